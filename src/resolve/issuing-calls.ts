/**
 * The calls that issue credentials, and where their records have what was issued.
 *
 * Calls that have STS issue for them (Roles Anywhere's CreateSession, EKS's AssumeRoleForPodIdentity) are
 * not here: STS logs the AssumeRole too, and a key that was issued twice proves nothing.
 */

/**
 * `session`: the call began a session. `witness`: it was made in the session, right after that began.
 * `key`: it made a key that lasts until somebody deletes it.
 */
export type Begins = "session" | "witness" | "key";

export interface Issuer {
  readonly eventSource: string;
  readonly eventNames: readonly string[];
  readonly begins: Begins;
  /** Where the record has what was issued. */
  readonly key?: string;
  readonly principalId?: string;
  readonly arn?: string;
  readonly userName?: string;
  readonly assignment?: readonly [account: string, permissionSet: string];
  readonly created?: string;
}

export const eventTime = "eventTime";
export const creationDate = "userIdentity.sessionContext.attributes.creationDate";
const issuedKey = "responseElements.credentials.accessKeyId";
/** Where a record has who made the call. */
export const caller = { principalId: "userIdentity.principalId", arn: "userIdentity.arn" } as const;

export const issuingCalls: readonly Issuer[] = [
  {
    eventSource: "sts.amazonaws.com",
    eventNames: ["AssumeRole", "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity"],
    begins: "session",
    key: issuedKey,
    principalId: "responseElements.assumedRoleUser.assumedRoleId",
    arn: "responseElements.assumedRoleUser.arn",
    created: eventTime,
  },
  {
    eventSource: "sts.amazonaws.com",
    eventNames: ["AssumeRoot"],
    begins: "session",
    key: issuedKey,
    principalId: "requestParameters.targetPrincipal",
    created: eventTime,
  },
  {
    eventSource: "sts.amazonaws.com",
    eventNames: ["GetSessionToken"],
    begins: "session",
    key: issuedKey,
    ...caller,
    created: eventTime,
  },
  {
    eventSource: "sts.amazonaws.com",
    eventNames: ["GetFederationToken"],
    begins: "session",
    key: issuedKey,
    principalId: "responseElements.federatedUser.federatedUserId",
    arn: "responseElements.federatedUser.arn",
    created: eventTime,
  },
  {
    // The console makes keys as it needs them; none is logged at sign-in.
    eventSource: "signin.amazonaws.com",
    eventNames: ["ConsoleLogin"],
    begins: "witness",
    ...caller,
    created: eventTime,
  },
  {
    eventSource: "signin.amazonaws.com",
    eventNames: ["SwitchRole"],
    begins: "witness",
    ...caller,
    created: creationDate,
  },
  {
    eventSource: "sso.amazonaws.com",
    eventNames: ["GetRoleCredentials", "Federate"],
    begins: "session",
    assignment: ["serviceEventDetails.account_id", "serviceEventDetails.role_name"],
    created: eventTime,
  },
  {
    eventSource: "sso.amazonaws.com",
    eventNames: ["Authenticate"],
    begins: "session",
    key: "additionalEventData.identitycenter:CredentialId",
    created: eventTime,
  },
  {
    eventSource: "sso-oauth.amazonaws.com",
    eventNames: ["CreateToken", "CreateTokenWithIAM"],
    begins: "session",
    key: "additionalEventData.identitycenter:CredentialId",
    created: eventTime,
  },
  {
    eventSource: "iam.amazonaws.com",
    eventNames: ["CreateAccessKey"],
    begins: "key",
    key: "responseElements.accessKey.accessKeyId",
    userName: "responseElements.accessKey.userName",
  },
];

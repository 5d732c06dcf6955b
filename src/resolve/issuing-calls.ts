/**
 * The calls that issue credentials, and where their records have what was issued.
 *
 * A key that was issued twice proves nothing. Where a service has STS issue for it, both calls are logged,
 * and the one that somebody made counts: see `asks`. ListX and GetX that show a key again repeat its issue.
 */

/**
 * `session`: the call began a session. `witness`: it was made in the session, right after that began.
 * `key`: it made a key that lasts until somebody deletes it. `password`: it set the password of a user.
 */
export type Begins = "session" | "witness" | "key" | "password";

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
  /** The sign-in that the session comes from, by its ARN. */
  readonly signIn?: string;
  /** A service has STS issue what the call asks for, in a call of the service's own. */
  readonly asks?: true;
  /** It shows what another call issued, and stands in for that where it is not in the logs. */
  readonly repeats?: true;
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
    // That of a portal is told in hex when it is given and in base64 when it is used: never equal.
    eventSource: "sso.amazonaws.com",
    eventNames: ["Authenticate", "CreateToken"],
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
  {
    eventSource: "iam.amazonaws.com",
    eventNames: ["CreateLoginProfile", "UpdateLoginProfile"],
    begins: "password",
    userName: "requestParameters.userName",
  },
  {
    eventSource: "iam.amazonaws.com",
    eventNames: ["ChangePassword"],
    begins: "password",
    userName: "userIdentity.userName",
  },
  {
    eventSource: "sts.amazonaws.com",
    eventNames: ["GetDelegatedAccessToken"],
    begins: "session",
    key: issuedKey,
    arn: "responseElements.assumedPrincipal",
    created: eventTime,
  },
  {
    // What it issues is made for the sign-in and begins when that did.
    eventSource: "signin.amazonaws.com",
    eventNames: ["CreateOAuth2Token", "CreateOAuth2TokenWithIAM"],
    begins: "session",
    key: "responseElements.accessToken.accessKeyId",
    signIn: "additionalEventData.signInSessionArn",
  },
  ...[
    asking("cognito-identity", ["GetCredentialsForIdentity"]),
    asking("eks-auth", ["AssumeRoleForPodIdentity"]),
    asking("ssm", ["GetAccessToken"]),
    asking("s3", ["CreateSession", "GetDataAccess"]),
    asking("s3express", ["CreateSession"]),
    asking("lakeformation", ["GetTemporaryDataLocationCredentials"]),
    asking(
      "lakeformation",
      [
        ...["AssumeDecoratedRoleWithSAML", "GetTemporaryGlueTableCredentials"],
        "GetTemporaryGluePartitionCredentials",
      ],
      "accessKeyId",
    ),
    asking("datazone", ["GetEnvironmentCredentials"], "accessKeyId"),
    asking("datazone", ["GetConnection"], "connectionCredentials.accessKeyId"),
    asking("deadline", [
      ...["AssumeFleetRoleForRead", "AssumeFleetRoleForWorker", "AssumeQueueRoleForRead"],
      ...["AssumeQueueRoleForUser", "AssumeQueueRoleForWorker"],
    ]),
    asking("codepipeline", ["PollForJobs"], "jobs.data.artifactCredentials.accessKeyId"),
    asking(
      "codepipeline",
      ["GetJobDetails", "GetThirdPartyJobDetails"],
      "jobDetails.data.artifactCredentials.accessKeyId",
    ),
    asking(
      "gamelift",
      ["CreateBuild", "RequestUploadCredentials"],
      "uploadCredentials.accessKeyId",
    ),
    asking("gamelift", ["GetComputeAccess"]),
    asking("finspace-api", [
      ...["GetProgrammaticAccessCredentials", "GetExternalDataViewAccessDetails"],
    ]),
    asking("rolesanywhere", ["CreateSession"], "credentialSet.credentials.accessKeyId"),
    asking("iot", ["AssumeRoleWithCertificate"]),
  ],
  {
    eventSource: "lightsail.amazonaws.com",
    eventNames: ["CreateBucketAccessKey"],
    begins: "key",
    key: "responseElements.accessKey.accessKeyId",
  },
  {
    eventSource: "lightsail.amazonaws.com",
    eventNames: ["GetBucketAccessKeys"],
    begins: "key",
    key: "responseElements.accessKeys.accessKeyId",
    repeats: true,
  },
];

/** What tells the credentials is their key alone: whose role it is the answer rarely says. */
function asking(
  service: string,
  eventNames: readonly string[],
  key = "credentials.accessKeyId",
): Issuer {
  return {
    eventSource: `${service}.amazonaws.com`,
    eventNames,
    begins: "session",
    key: `responseElements.${key}`,
    created: eventTime,
    asks: true,
  };
}

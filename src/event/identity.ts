/**
 * Who made a call, as far as this one record tells.
 *
 * Sessions are linked to the call that issued them elsewhere; here a role's session stays a role's
 * session. Nothing about the shape of `userIdentity` is believed.
 */

import { appUser } from "./app-user.ts";
import { rememberingLast } from "./last-asked.ts";
import { textsAt } from "./record.ts";
import {
  describeRoleSession,
  identityCenterKey,
  isGenerated,
  isOfIdentityCenter,
  lastPart,
} from "./role-session.ts";
import { type ReadPath, workloadOfSubject } from "./workload.ts";

/** `unknown`: the record does not tell a person from a program, or tells nothing. */
type IdentityKind = "person" | "workload" | "service" | "account" | "anonymous" | "unknown";

export interface Identity {
  /** For reading, not a key: two identities may share it. */
  readonly name: string;
  /**
   * The same for all calls that an investigator takes for one identity's, and only for these: the ARN
   * of a user or of a role's session, of the role alone where an SDK made the session's name up. A
   * person of Identity Center has one key in all accounts and roles. `#` stands before what the caller
   * is called within what the record knows of it: a user within a store, a session within an account.
   */
  readonly key: string;
  readonly kind: IdentityKind;
  /**
   * A part of the name is what somebody said of themselves and nobody checked: the session name that
   * whoever assumed the role chose, the user name at a sign-in that failed.
   */
  readonly isClaim: boolean;
  /** What runs behind a workload's session: `Lambda function resize`. */
  readonly workload?: string;
  /** The account it belongs to; for services and federated users, the one that got the event. */
  readonly account?: string;
  readonly role?: string;
  /** Whoever assumed the role chose it, except for Identity Center's roles: a claim. */
  readonly session?: string;
  /** The service that made the call for the identity, or another company's account. */
  readonly via?: string;
  /** As logged: of the session, for a role's session. */
  readonly arn?: string;
}

/** What the type of the caller decides; without a key there is nothing to tell it by. */
export type Described = Pick<
  Identity,
  "name" | "kind" | "isClaim" | "workload" | "role" | "session"
> & { readonly key?: string | undefined };

const isRole = /^arn:[^:]*:iam::[^:]*:role\//;

/** Their callers without a type are users of Identity Center; the account stands in for a principal. */
const signInServices = /^(?:signin|sso|sso-directory|identitystore)\.amazonaws\.com/;

/** Logged in place of a user name that was typed wrong at sign-in: it may be a password. */
const hidden = "HIDDEN_DUE_TO_SECURITY_REASONS";

export const describeIdentity = rememberingLast((record): Identity => {
  const read: ReadPath = (path) => textsAt(record, path).find((text) => text !== hidden);
  const identity = described(read);
  const account = accountOf(read, identity.kind);
  const arn = read("userIdentity.arn");
  const via = read("userIdentity.invokedBy") ?? delegate(read);
  return {
    ...identity,
    key: identity.key || "unknown",
    isClaim: identity.isClaim || isFailedSignIn(read) || isRefusedToken(read),
    ...(account !== undefined && { account }),
    ...(via !== undefined && !isCaller(via, identity.name) && { via }),
    ...(arn !== undefined && { arn }),
  };
});

/** Another company's product that somebody let act for them. */
function delegate(read: ReadPath): string | undefined {
  const account = read("userIdentity.invokedByDelegate.accountId");
  return account && `account ${account} (delegated access)`;
}

/** Nobody has shown yet to be the user that the record names. */
function isFailedSignIn(read: ReadPath): boolean {
  const eventName = read("eventName");
  return [read(`responseElements.${eventName}`), read(`serviceEventDetails.${eventName}`)].some(
    (outcome) => outcome?.toLowerCase() === "failure",
  );
}

/** What stands in a token that STS did not take may be made up. */
function isRefusedToken(read: ReadPath): boolean {
  const type = read("userIdentity.type");
  const isOfProvider = type === "SAMLUser" || type === "WebIdentityUser";
  return isOfProvider && read("errorCode") !== undefined;
}

/** Old records name the console's sign-in service, which is how a person called, not on whose behalf. */
function isCaller(via: string, name: string): boolean {
  return via === name || via === "signin.amazonaws.com";
}

function accountOf(read: ReadPath, kind: IdentityKind): string | undefined {
  if (kind === "anonymous") return undefined;
  const own = read("userIdentity.accountId") ?? read("userIdentity.arn")?.split(":")[4];
  // Services and users of an identity provider have none of their own.
  return own || (kind === "account" ? undefined : read("recipientAccountId"));
}

function described(read: ReadPath): Described {
  const userName = read("userIdentity.userName");
  const principalId = read("userIdentity.principalId");
  const accountId = read("userIdentity.accountId");
  const invokedBy = read("userIdentity.invokedBy");
  const arn = read("userIdentity.arn");
  // S3 puts the word into either field, in either spelling.
  if ([accountId, principalId].some((id) => /^anonymous(?:_principal)?$/i.test(id ?? ""))) {
    return named("anonymous", "anonymous", "anonymous");
  }
  const type = read("userIdentity.type");
  switch (type) {
    case "Root":
      // Without a key the call was the service's own, whatever the type says.
      return invokedBy !== undefined && read("userIdentity.accessKeyId") === undefined
        ? service(invokedBy)
        : named(
            `root of ${accountId ?? userName ?? "an unknown account"}`,
            "person",
            arn ?? iamArn(read, "root"),
          );
    case "IAMUser": {
      const name = userName ?? lastPart(arn);
      const key = arn ?? (name && iamArn(read, `user/${name}`)) ?? principalId;
      return named(name ?? principalId, "person", key);
    }
    case "AssumedRole":
      return describeRoleSession(read);
    case "FederatedUser":
      return federatedUser(read);
    case "SAMLUser":
      return named(userName ?? principalId, "person", samlKey(read));
    case "WebIdentityUser":
      return webIdentityUser(read);
    case "IdentityCenterUser":
      return identityCenterUser(read);
    case "Directory":
      return named(
        userName ?? principalId,
        "person",
        identityKey("directory", accountId, userName ?? principalId),
      );
    case "AWSAccount":
      return otherAccount(accountId, principalId);
    case "AWSService":
      return service(invokedBy ?? principalId);
    default:
      return ofUnknownType(read);
  }
}

function ofUnknownType(read: ReadPath): Described {
  const user = appUser(read);
  if (user !== undefined) return user;
  const arn = read("userIdentity.arn");
  if (arn?.includes(":assumed-role/")) return describeRoleSession(read);
  const invokedBy = read("userIdentity.invokedBy");
  if (arn === undefined && invokedBy !== undefined) return service(invokedBy);
  if (arn === undefined && signInServices.test(read("eventSource") ?? "")) {
    return identityCenterUser(read);
  }
  const userName = read("userIdentity.userName");
  const userId = read("userIdentity.onBehalfOf.userId");
  const principalId = read("userIdentity.principalId");
  if (userName === undefined && arn === undefined && userId !== undefined) {
    return { ...identityCenterUser(read), kind: "unknown" };
  }
  const role = isRole.test(arn ?? "") ? lastPart(arn) : undefined;
  return {
    ...named(
      userName ?? lastPart(arn) ?? principalId,
      "unknown",
      arn ?? principalId ?? identityKey("user", read("userIdentity.accountId"), userName),
    ),
    ...(role !== undefined && { role }),
  };
}

/** The name is of the caller's choosing; who asked for the token is the session issuer. */
function federatedUser(read: ReadPath): Described {
  const arn = read("userIdentity.arn");
  const principalId = read("userIdentity.principalId");
  const session = lastPart(arn) ?? principalId?.split(":")[1];
  if (!session) return named(principalId, "unknown", principalId);
  const issuer = "userIdentity.sessionContext.sessionIssuer";
  const issuerArn = read(`${issuer}.arn`);
  const by =
    read(`${issuer}.type`) === "Root"
      ? "root"
      : (read(`${issuer}.userName`) ?? lastPart(issuerArn));
  return {
    name: by ? `${session} (federated by ${by})` : session,
    key: issuerArn === undefined ? (arn ?? principalId) : `${issuerArn}#${session}`,
    kind: "unknown",
    isClaim: true,
    session,
  };
}

/** Identity Center's own provider hands out the user names that its roles' sessions are called by. */
function samlKey(read: ReadPath): string | undefined {
  const userName = read("userIdentity.userName");
  const provider = read("requestParameters.principalArn");
  const role = read("requestParameters.roleArn") ?? "";
  // Anybody may call a provider so; that role trusts none but Identity Center's own.
  const isOfCenter = provider?.includes(":saml-provider/AWSSSO_") && isOfIdentityCenter(role);
  if (userName && isOfCenter) return identityCenterKey(userName);
  return identityKey(
    "saml",
    read("userIdentity.identityProvider") ?? provider,
    userName ?? read("userIdentity.principalId"),
  );
}

function webIdentityUser(read: ReadPath): Described {
  const userName = read("userIdentity.userName");
  const principalId = read("userIdentity.principalId");
  const provider = read("userIdentity.identityProvider")?.replace(/^.*:oidc-provider\//s, "");
  const workload = workloadOfSubject(userName ?? "");
  return {
    ...named(
      userName ?? principalId,
      workload === undefined ? "unknown" : "workload",
      userName ? identityKey("oidc", provider, userName) : principalId,
    ),
    ...(workload !== undefined && { workload }),
  };
}

/** Of a user of Identity Center that a record knows by id, which is unique in its store. */
export function userIdKey(userId: string, storeArn = "identity-center"): string {
  return `${storeArn}#${userId}`;
}

/** Its sign-in events name the user, its other events have the id only. */
function identityCenterUser(read: ReadPath): Described {
  const userId = read("userIdentity.onBehalfOf.userId");
  const name = read("additionalEventData.UserName") ?? read("userIdentity.userName");
  const key = userId
    ? userIdKey(userId, read("userIdentity.onBehalfOf.identityStoreArn"))
    : name && identityCenterKey(name);
  return named(name ?? userId, "person", key);
}

/** Who it was in there, only that account's own logs can say. */
function otherAccount(account: string | undefined, principalId: string | undefined): Described {
  if (account === undefined) return named(undefined, "account", principalId);
  const [id, session] = principalId?.split(":") ?? [];
  const principal = session !== undefined && isGenerated(session) ? id : principalId;
  return {
    ...named(
      `account ${account}${principalId ? ` (${principalId})` : ""}`,
      "account",
      `account:${account}${principal ? `#${principal}` : ""}`,
    ),
    isClaim: session !== undefined,
  };
}

function service(name: string | undefined): Described {
  return named(name, "service", name && `service:${name}`);
}

function named(name: string | undefined, kind: IdentityKind, key: string | undefined): Described {
  return name
    ? { name, kind, key, isClaim: false }
    : { name: "unknown", kind: "unknown", key, isClaim: false };
}

/** Undefined without the last part, which is what tells one from another. */
function identityKey(scheme: string, within: string | undefined, name: string | undefined) {
  return name && [scheme, within, name].filter(Boolean).join(":");
}

/** For the few records that lack it; a path is then unknown. */
function iamArn(read: ReadPath, resource: string): string | undefined {
  const account = read("userIdentity.accountId") ?? read("recipientAccountId");
  const region = read("awsRegion") ?? "";
  const partition = /^(?:cn|us-gov)-/.exec(region)?.[0].slice(0, -1);
  const own = partition === undefined ? "aws" : `aws-${partition}`;
  return account && `arn:${own}:iam::${account}:${resource}`;
}

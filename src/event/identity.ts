/**
 * Who made a call, as far as this one record tells.
 *
 * Sessions are linked to the call that issued them elsewhere; here a role's session stays a role's
 * session. Nothing about the shape of `userIdentity` is believed.
 */

import { type CloudTrailRecord, textsAt } from "./record.ts";

/** `unknown`: the record does not tell a person from a program, or tells nothing. */
type IdentityKind = "person" | "workload" | "service" | "account" | "anonymous" | "unknown";

export interface Identity {
  /** For reading, not a key: two identities may share it. */
  readonly name: string;
  readonly kind: IdentityKind;
  /** The account it belongs to; for services and federated users, the one that got the event. */
  readonly account?: string;
  readonly role?: string;
  /** Whoever assumed the role chose it, except for Identity Center's roles: a claim. */
  readonly session?: string;
  /** The service that made the call for the identity. */
  readonly via?: string;
  /** As logged: of the session, for a role's session. */
  readonly arn?: string;
}

type Read = (path: string) => string | undefined;
type Described = Pick<Identity, "name" | "kind" | "role" | "session">;

const ssoRole = /^AWSReservedSSO_(.+)_[^_]+$/;
const serviceRole = /^AWSServiceRoleFor/;
const email = /^[^@\s]+@[^@\s.]+\.[^@\s]+$/;

/** Session names that only a service gives: the session is the workload. */
const workloadSession =
  /^(?:i-[0-9a-f]{8,17}|[0-9a-f]{32}|AWSCloudFormation|AutoScaling|AWSCodeBuild-.*|GitHubActions)$/i;

const workloadSubject = /^(?:repo:|system:serviceaccount:|project_path:)/;

/** Logged in place of a user name that was typed wrong at sign-in: it may be a password. */
const hidden = "HIDDEN_DUE_TO_SECURITY_REASONS";

export function describeIdentity(record: CloudTrailRecord): Identity {
  const read: Read = (path) => textsAt(record, path).find((text) => text !== hidden);
  const identity = described(read);
  const account = accountOf(read, identity.kind);
  const arn = read("userIdentity.arn");
  const via = read("userIdentity.invokedBy");
  return {
    ...identity,
    ...(account !== undefined && { account }),
    ...(via !== undefined && !isCaller(via, identity.name) && { via }),
    ...(arn !== undefined && { arn }),
  };
}

/** Old records name the console's sign-in service, which is how a person called, not on whose behalf. */
function isCaller(via: string, name: string): boolean {
  return via === name || via === "signin.amazonaws.com";
}

function accountOf(read: Read, kind: IdentityKind): string | undefined {
  if (kind === "anonymous") return undefined;
  const own = read("userIdentity.accountId") ?? read("userIdentity.arn")?.split(":")[4];
  // Services and users of an identity provider have none of their own.
  return own || (kind === "account" ? undefined : read("recipientAccountId"));
}

function described(read: Read): Described {
  const userName = read("userIdentity.userName");
  const principalId = read("userIdentity.principalId");
  const accountId = read("userIdentity.accountId");
  const invokedBy = read("userIdentity.invokedBy");
  const arn = read("userIdentity.arn");
  // S3 puts the word into either field, in either spelling.
  if ([accountId, principalId].some((id) => /^anonymous(?:_principal)?$/i.test(id ?? ""))) {
    return { name: "anonymous", kind: "anonymous" };
  }
  const type = read("userIdentity.type");
  switch (type) {
    case "Root":
      // Without a key the call was the service's own, whatever the type says.
      return invokedBy !== undefined && read("userIdentity.accessKeyId") === undefined
        ? { name: invokedBy, kind: "service" }
        : { name: `root of ${accountId ?? userName ?? "an unknown account"}`, kind: "person" };
    case "IAMUser":
      return named(userName ?? lastPart(arn) ?? principalId, "person");
    case "AssumedRole":
      return roleSession(read);
    case "FederatedUser":
      return federatedUser(read);
    case "SAMLUser":
      return named(userName ?? principalId, "person");
    case "WebIdentityUser":
      return named(
        userName ?? principalId,
        workloadSubject.test(userName ?? "") ? "workload" : "unknown",
      );
    case "IdentityCenterUser":
      return named(
        read("additionalEventData.UserName") ?? userName ?? read("userIdentity.onBehalfOf.userId"),
        "person",
      );
    case "Directory":
      return named(userName ?? principalId, "person");
    case "AWSAccount":
      return named(
        accountId && `account ${accountId}${principalId ? ` (${principalId})` : ""}`,
        "account",
      );
    case "AWSService":
      return named(invokedBy ?? principalId, "service");
    default:
      if (arn?.includes(":assumed-role/")) return roleSession(read);
      if (arn === undefined && invokedBy !== undefined) {
        return { name: invokedBy, kind: "service" };
      }
      return named(
        userName ?? lastPart(arn) ?? read("userIdentity.onBehalfOf.userId") ?? principalId,
        "unknown",
      );
  }
}

function roleSession(read: Read): Described {
  const [, arnRole, arnSession] = read("userIdentity.arn")?.split("/") ?? [];
  const issuer = "userIdentity.sessionContext.sessionIssuer";
  const role = read(`${issuer}.userName`) ?? lastPart(read(`${issuer}.arn`)) ?? arnRole;
  const session = arnSession ?? read("userIdentity.principalId")?.split(":")[1];
  const parts = { ...(role && { role }), ...(session && { session }) };
  const permissionSet = ssoRole.exec(role ?? "")?.[1];
  if (session && permissionSet) {
    return { name: `${session} (SSO ${permissionSet})`, kind: "person", ...parts };
  }
  const name = [role, session].filter(Boolean).join(" / ");
  return { ...named(name, sessionKind(read, role, session)), ...parts };
}

function sessionKind(read: Read, role = "", session = ""): IdentityKind {
  if (serviceRole.test(role)) return "service";
  if (workloadSession.test(session)) return "workload";
  if (read("userIdentity.sessionContext.ec2RoleDelivery") !== undefined) return "workload";
  return email.test(session) ? "person" : "unknown";
}

/** The name is of the caller's choosing; who asked for the token is the session issuer. */
function federatedUser(read: Read): Described {
  const session =
    lastPart(read("userIdentity.arn")) ?? read("userIdentity.principalId")?.split(":")[1];
  if (session === undefined) return named(undefined, "unknown");
  const issuer = "userIdentity.sessionContext.sessionIssuer";
  const by =
    read(`${issuer}.type`) === "Root"
      ? "root"
      : (read(`${issuer}.userName`) ?? lastPart(read(`${issuer}.arn`)));
  return { name: by ? `${session} (federated by ${by})` : session, kind: "unknown", session };
}

function named(name: string | undefined, kind: IdentityKind): Described {
  return name ? { name, kind } : { name: "unknown", kind: "unknown" };
}

function lastPart(arn: string | undefined): string | undefined {
  return arn?.split(/[/:]/).at(-1) || undefined;
}

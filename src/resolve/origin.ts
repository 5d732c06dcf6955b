/**
 * Where a chain begins: the person, workload or service, or how far the logs tell, and what says so.
 */

import { describeIdentity, type Identity, userIdKey } from "../event/identity.ts";
import { type CloudTrailRecord, isObject, textsAt, valuesSpelled } from "../event/record.ts";
import { timeOf } from "../event/time.ts";
import { isMcp } from "../event/via.ts";
import type { Issuance } from "./issuances.ts";
import { credentialsUsedBy, isLongTerm, permissionSetOf } from "./issuers.ts";
import type { SessionLink, Sessions } from "./sessions.ts";

/**
 * What says who it was. A session name is the claim of whoever chose it; everything else was checked by
 * AWS or by a provider of identities that the account trusts. A source identity stays as it was first
 * set, through whatever roles; who may set it to what, the policies of the first role say.
 */
type Evidence =
  | "IAM user"
  | "root user"
  | "Identity Center"
  | "SAML"
  | "OIDC"
  | "directory"
  | "Cognito"
  | "source identity"
  | "AWS service"
  | "session name";

/** The call that would tell more is not in the logs. */
export interface MissingCall {
  /** Whose logs would have it; undefined where nothing tells. */
  readonly account?: string;
  /** When the credentials were issued, epoch milliseconds. */
  readonly created?: number;
}

export interface Origin {
  /** `outside`: somebody of another account. `unknown`: nothing tells, or not whether it is a person. */
  readonly kind: "person" | "root" | "workload" | "service" | "outside" | "unknown";
  /** As far as is known: where nobody is, the session that the logs begin with. */
  readonly identity: Identity;
  /** Undefined where nothing tells who it was. */
  readonly evidence?: Evidence;
  readonly missing?: MissingCall;
  /** The call by which somebody else made the key or set the password, if the logs tell. */
  readonly made?: Issuance;
  /** The chain behind that call. */
  readonly maker?: Chain;
}

export interface Hop {
  readonly link: SessionLink;
  readonly certainty: "certain" | "likely" | "one of several";
  /** The calls that may have issued the credentials, in order of time. */
  readonly issues: readonly Issuance[];
}

export interface Chain {
  /** From the call back: the last credentials first. */
  readonly hops: readonly Hop[];
  /** At least one; several if the logs cannot tell which. */
  readonly origins: readonly Origin[];
}

/** Somebody on the way back. */
export interface Caller {
  readonly record: CloudTrailRecord;
  /** A call of the session that this caller was issued. */
  readonly session?: CloudTrailRecord | undefined;
  /** Who it is, as a session on the way told. */
  readonly proof?: Origin | undefined;
}

export function isProven({ evidence }: Pick<Origin, "evidence">): boolean {
  return evidence !== undefined && evidence !== "session name";
}

/** What a session says of the person behind it, through however many others. */
export function proofIn(record: CloudTrailRecord): Origin | undefined {
  const identity = describeIdentity(record);
  // Identity Center itself names the sessions of its roles; anybody may call another role like them.
  const isOfCenter = permissionSetOf(identity.role ?? "") !== undefined && !identity.isClaim;
  if (identity.kind === "person" && isOfCenter) {
    return { kind: "person", identity, evidence: "Identity Center" };
  }
  if (textsAt(record, "userIdentity.type").includes("IdentityCenterUser")) return undefined;
  const [userId] = textsAt(record, "userIdentity.onBehalfOf.userId");
  const [storeArn] = textsAt(record, "userIdentity.onBehalfOf.identityStoreArn");
  const [sourceIdentity] = textsAt(record, "userIdentity.sessionContext.sourceIdentity");
  const name = userId ?? sourceIdentity;
  if (name === undefined) return undefined;
  const evidence = userId === undefined ? "source identity" : "Identity Center";
  const { account } = identity;
  return {
    kind: "person",
    identity: {
      name,
      key: userId === undefined ? `source-identity:${name}` : userIdKey(userId, storeArn),
      kind: "person",
      isClaim: false,
      ...(account === undefined ? {} : { account }),
    },
    evidence,
  };
}

/** Who the caller is, if no call in the logs issued the credentials. */
export function originOf({ record, session, proof }: Caller, sessions: Sessions): Origin {
  const identity = describeIdentity(record);
  switch (textsAt(record, "userIdentity.type")[0]) {
    case "IAMUser":
      return { kind: "person", identity, evidence: "IAM user", ...keyFacts(record, sessions) };
    case "Root":
      if (identity.kind === "service")
        return { kind: "service", identity, evidence: "AWS service" };
      return isCentralRoot(record)
        ? (proof ?? { kind: "unknown", identity, missing: missingFor(record) })
        : { kind: "root", identity, evidence: "root user", ...keyFacts(record, sessions) };
    case "FederatedUser":
      return originOf({ record: federatedBy(record), proof }, sessions);
    case "SAMLUser":
      return fromIdentityCenter(proof) ?? { kind: "person", identity, evidence: "SAML" };
    case "WebIdentityUser":
      return {
        kind: identity.kind === "workload" ? "workload" : "unknown",
        identity,
        evidence: "OIDC",
      };
    case "IdentityCenterUser":
      return fromIdentityCenter(proof) ?? { kind: "person", identity, evidence: "Identity Center" };
    case "Directory":
      return { kind: "person", identity, evidence: "directory" };
    case "AWSService":
      return serviceOrigin(identity, session);
    case "AWSAccount":
      return identity.kind === "anonymous"
        ? { kind: "unknown", identity }
        : {
            // A source identity is whatever that account let its caller say.
            ...(fromIdentityCenter(proof) ?? { kind: "outside", identity }),
            missing: identity.account === undefined ? {} : { account: identity.account },
          };
    default:
      return identity.key.startsWith("cognito:")
        ? { kind: "unknown", identity, evidence: "Cognito" }
        : sessionOrigin(record, identity, proof);
  }
}

/** Its own record of a user has an id only; the session that the user got is named after the user. */
function fromIdentityCenter(proof: Origin | undefined): Origin | undefined {
  return proof?.evidence === "Identity Center" ? proof : undefined;
}

/** Services that run what the account's owner gave them to run. */
const runsCode =
  /^(?:ec2|ecs-tasks|lambda|edgelambda|pods\.eks|codebuild|glue|sagemaker|ssm|tasks\.apprunner|emr-serverless|rolesanywhere|credentials\.iot)\./;

/** A service takes a role for itself, or for what runs in it. */
function serviceOrigin(service: Identity, session: CloudTrailRecord | undefined): Origin {
  if (session !== undefined && runsCode.test(service.name)) {
    const identity = { ...describeIdentity(session), via: service.name };
    return { kind: "workload", identity, evidence: "AWS service" };
  }
  return { kind: "service", identity: service, evidence: "AWS service" };
}

/** A session whose issuing call is not in the logs. */
function sessionOrigin(
  record: CloudTrailRecord,
  identity: Identity,
  proof: Origin | undefined,
): Origin {
  if (identity.kind === "service") return { kind: "service", identity, evidence: "AWS service" };
  const isSigned = Object.keys(credentialsUsedBy(record)).length > 0;
  const gap = isSigned ? { missing: missingFor(record) } : {};
  if (proof !== undefined) return { ...proof, ...gap };
  if (isDelivered(record)) {
    const told = { ...identity, via: "ec2.amazonaws.com" };
    return { kind: "workload", identity: told, evidence: "AWS service", ...gap };
  }
  if (identity.kind === "person" || identity.kind === "workload") {
    return { kind: identity.kind, identity, evidence: "session name", ...gap };
  }
  return { kind: "unknown", identity, ...gap };
}

/** EC2 itself says so of credentials that an instance got by its metadata service. */
function isDelivered(record: CloudTrailRecord): boolean {
  return textsAt(record, "userIdentity.sessionContext.ec2RoleDelivery").length > 0;
}

function keyFacts(record: CloudTrailRecord, sessions: Sessions): Partial<Origin> {
  const { key, created, principalId } = credentialsUsedBy(record);
  const made =
    key !== undefined && isLongTerm(key) ? sessions.creationOf(key) : passwordOf(record, sessions);
  const isOwn = made?.used.principalId !== undefined && made.used.principalId === principalId;
  if (made !== undefined && !isOwn) return { made };
  const { via = "" } = describeIdentity(record);
  // Parts of the console, and agents, have those of the sign-in.
  const isOnBehalf = via !== "" && !/^AWS Internal/.test(via) && !isMcp(via);
  // A service that calls on somebody's behalf has credentials of its own, which no call issued.
  return created === undefined || isOnBehalf ? {} : { missing: missingFor(record) };
}

/** Of whoever signed in with one; nobody takes a session token by it. */
function passwordOf(record: CloudTrailRecord, sessions: Sessions): Issuance | undefined {
  const [userName] = textsAt(record, "userIdentity.userName");
  const { account } = describeIdentity(record);
  const isSignIn = textsAt(record, "userIdentity.accessKeyId").length === 0;
  // Of a caller read from columns there is no time: the last password counts.
  const time = timeOf(record) ?? Number.POSITIVE_INFINITY;
  return isSignIn && userName !== undefined
    ? sessions.passwordOf(`${account}/${userName}`, time)
    : undefined;
}

/** A management account may act as root in the accounts of its members. */
function isCentralRoot(record: CloudTrailRecord): boolean {
  return textsAt(record, "userIdentity.sessionContext.assumedRoot").includes("true");
}

/** The account of a role has a copy of every call that assumed it. */
function missingFor(record: CloudTrailRecord): MissingCall {
  const { account } = describeIdentity(record);
  const { created } = credentialsUsedBy(record);
  return {
    ...(account === undefined || isCentralRoot(record) ? {} : { account }),
    ...(created === undefined ? {} : { created }),
  };
}

/** The user that asked for the token, whose session is named by the caller. */
function federatedBy(record: CloudTrailRecord): CloudTrailRecord {
  const [issuer] = valuesSpelled(record, ["userIdentity", "sessionContext", "sessionIssuer"]);
  if (!isObject(issuer)) return {};
  const { type } = issuer;
  return { userIdentity: { ...issuer, type: type === "Root" ? type : "IAMUser" } };
}

/**
 * What a call issued, and what any call was signed with.
 *
 * Both sides are read into the same few facts, so that a session and the call that began it can be laid
 * side by side.
 */

import { rememberingLast } from "../event/last-asked.ts";
import { outcomeOf } from "../event/outcome.ts";
import { type CloudTrailRecord, textsAt } from "../event/record.ts";
import { parseEventTime } from "../event/time.ts";
import { valuesOf } from "../event/values.ts";
import { anyOf, every, some } from "../query/build.ts";
import type { Filter } from "../query/filter.ts";
import { type Begins, caller, creationDate, eventTime, issuingCalls } from "./issuing-calls.ts";

/** What tells credentials apart: those that a call issued, or those that it was signed with. */
export interface Credentials {
  /** Access key id; for a sign-in to Identity Center, the id of its credential. */
  readonly key?: string;
  readonly principalId?: string;
  /** Of the session, for a role's session. */
  readonly arn?: string;
  /** Of a long-term key that was created. */
  readonly userName?: string;
  /** What Identity Center gave out: the account and permission set. */
  readonly assignment?: string;
  /** The sign-in that it comes from, by its ARN: an agent has one of its own. */
  readonly signIn?: string;
  /** Epoch milliseconds; long-term keys tell no time. */
  readonly created?: number;
}

/** Every call that may issue credentials, so that one pass can gather them beside a question's events. */
export const issuingFilter: Filter = every([
  anyOf(
    "eventName",
    issuingCalls.flatMap(({ eventNames }) => eventNames),
  ),
  anyOf(
    "eventSource",
    issuingCalls.map(({ eventSource }) => eventSource),
  ),
]);

/** What a call issued, as the call itself tells it; an `Issuance` is the call with all that is known of it. */
interface Issued {
  readonly begins: Begins;
  readonly issued: Credentials;
  /** See `Issuer`. */
  readonly asks: boolean;
  readonly repeats: boolean;
}

/** What the call issued; undefined for a call that issues nothing or did not succeed. */
export function issuedBy(record: CloudTrailRecord): Issued | undefined {
  const [eventName] = textsAt(record, "eventName");
  const [eventSource] = textsAt(record, "eventSource");
  const issuer = issuingCalls.find(
    (row) => row.eventSource === eventSource && row.eventNames.includes(eventName ?? ""),
  );
  if (issuer === undefined || outcomeOf(record) !== "success") return undefined;
  const read = reader(record);
  const [account, permissionSet] = issuer.assignment ?? [];
  const { key: ownKey } = credentialsUsedBy(record);
  const key = known(read(issuer.key));
  const issued = credentials({
    // Where ids were replaced by one and the same, a call seems to issue what it was signed with.
    key: key === ownKey ? undefined : key,
    principalId: read(issuer.principalId),
    // EC2 and Lambda often log the request only.
    arn: read(issuer.arn) ?? sessionArn(...roleAndSession(read)),
    assignment: assignmentOf(read(account), read(permissionSet)),
    userName: read(issuer.userName),
    created: read(issuer.created),
    signIn: read(issuer.signIn),
  });
  const { created, ...names } = issued;
  const { begins, asks = false, repeats = false } = issuer;
  // Whoever polls is told nothing until there is something to issue.
  if ((asks || issuer.signIn !== undefined) && Object.keys(names).length === 0) return undefined;
  return { begins, issued, asks, repeats };
}

/** What the call was signed with. */
export const credentialsUsedBy = rememberingLast((record): Credentials => {
  const read = reader(record);
  const principalId = read(caller.principalId);
  if (read("userIdentity.type") === "SAMLUser") {
    const [roleArn] = roleAndSession(read);
    const [, , , , account, role = ""] = roleArn?.split(":") ?? [];
    return credentials({
      assignment: assignmentOf(account, permissionSetOf(role)),
      created: read(eventTime),
    });
  }
  const sessionIssuer = read("userIdentity.sessionContext.sessionIssuer.arn");
  return credentials({
    key: read("userIdentity.accessKeyId") ?? read("userIdentity.credentialId"),
    principalId: principalId ?? read("userIdentity.onBehalfOf.userId"),
    arn: read(caller.arn) ?? sessionArn(sessionIssuer, principalId?.split(":")[1]),
    created: read(creationDate),
    signIn: valuesOf("signInSession", record)[0],
  });
});

/** Whether the access key lasts until somebody deletes it. */
export function isLongTerm(key: string): boolean {
  return key.startsWith("AKIA");
}

/**
 * Calls by whoever is named like one of these, or in the sign-in: sessions of one name have to be told
 * apart later.
 */
export function callsNaming(credentials: Iterable<Credentials>): Filter {
  const all = [...credentials];
  const handles = all.flatMap(({ key, arn, principalId }) => [key, arn, principalId]);
  const signIns = all.map(({ signIn }) => signIn);
  return some([
    anyOf("user", handles.filter(isText)),
    anyOf("signInSession", signIns.filter(isText)),
  ]);
}

function isText(handle: string | undefined): handle is string {
  return handle !== undefined;
}

/** Who made an issuing call, as a record to go on from. */
export function issuedTo(record: CloudTrailRecord): CloudTrailRecord {
  // A SwitchRole is logged in the session that it led to.
  const [before] = textsAt(record, "additionalEventData.SwitchFrom");
  return before === undefined ? record : { userIdentity: identityOf(before) };
}

/** A record of a call signed with the credentials, for a session that made none in these logs. */
export function recordSignedWith(credentials: Credentials): CloudTrailRecord {
  const { key, principalId, arn, userName, signIn, created } = credentials;
  const creationDate = created && new Date(created).toISOString();
  const session = {
    ...(creationDate === undefined ? {} : { attributes: { creationDate } }),
    ...(signIn === undefined ? {} : { signInSessionArn: signIn }),
  };
  return {
    userIdentity: {
      ...(arn === undefined ? {} : identityOf(arn)),
      ...(userName === undefined ? {} : { type: "IAMUser", userName }),
      ...(principalId === undefined ? {} : { principalId }),
      ...(key === undefined ? {} : { accessKeyId: key }),
      ...(Object.keys(session).length === 0 ? {} : { sessionContext: session }),
    },
  };
}

/** `Admin` of Identity Center's role `AWSReservedSSO_Admin_0123456789abcdef`, with or without a path. */
export function permissionSetOf(role: string): string | undefined {
  return /(?:^|\/)AWSReservedSSO_(.+)_[^_/]+$/.exec(role)?.[1];
}

const identityTypes: ReadonlyMap<string, string> = new Map([
  ["user", "IAMUser"],
  ["root", "Root"],
  ["assumed-role", "AssumedRole"],
  ["federated-user", "FederatedUser"],
]);

function identityOf(arn: string) {
  const [, , , , accountId = "", resource = ""] = arn.split(":");
  const type = identityTypes.get(resource.split("/")[0] ?? "") ?? "Unknown";
  return { type, arn, accountId };
}

type Facts = { readonly [fact in keyof Credentials]?: string | undefined };

/** Without a spread for each: these are made for every call that is linked. */
function credentials(facts: Facts): Credentials {
  const found: { -readonly [fact in keyof Credentials]: Credentials[fact] } = {};
  const [key, principalId] = [known(facts.key), known(facts.principalId)];
  // With the role masked, the session's name still tells one from another.
  const arn = known(facts.arn?.split("/").at(-1)) && facts.arn;
  const created = parseEventTime(facts.created);
  if (key !== undefined) found.key = key;
  if (principalId !== undefined) found.principalId = principalId;
  if (arn !== undefined) found.arn = arn;
  if (facts.userName !== undefined) found.userName = facts.userName;
  if (facts.assignment !== undefined) found.assignment = facts.assignment;
  if (facts.signIn !== undefined) found.signIn = facts.signIn;
  if (created !== undefined) found.created = created;
  return found;
}

/** A masked id is as good as none. */
function known(id: string | undefined): string | undefined {
  return id === undefined || masked.test(id) ? undefined : id;
}

/** Stars, one character again and again, or what the logs themselves write for a secret. */
const masked = /\*|^(.)\1{3,}$|^\W*(?:hidden|masked|redacted|removed|anonymi[sz]ed)/i;

type ReadPath = (path: string | undefined) => string | undefined;

function reader(record: CloudTrailRecord): ReadPath {
  return (path) => (path === undefined ? undefined : textsAt(record, path)[0]);
}

function roleAndSession(read: ReadPath) {
  return [read("requestParameters.roleArn"), read("requestParameters.roleSessionName")] as const;
}

/** A session's ARN has the role's name without the path. */
function sessionArn(roleArn: string | undefined, session: string | undefined): string | undefined {
  const [, partition, account, role] =
    /^arn:([^:]*):iam::([^:]*):role\/(?:.*\/)?([^/]+)$/.exec(roleArn ?? "") ?? [];
  return role && session
    ? `arn:${partition}:sts::${account}:assumed-role/${role}/${session}`
    : undefined;
}

function assignmentOf(account: string | undefined, permissionSet: string | undefined) {
  return account && permissionSet ? `${account}/${permissionSet}` : undefined;
}

/**
 * `--by-human`: whoever is behind a session in place of the session.
 */

import type { CloudTrailRecord, JsonObject } from "../event/record.ts";
import type { Subject } from "../query/filter.ts";
import type { Engine, Group } from "../query/query.ts";
import { chainOf } from "../resolve/chain.ts";
import { allSessions } from "../resolve/gather.ts";
import { credentialsUsedBy } from "../resolve/issuers.ts";
import type { Origin } from "../resolve/origin.ts";
import type { Sessions } from "../resolve/sessions.ts";
import { listed } from "./sentences.ts";

/** Who is behind the calls of an engine's logs, in words. */
export type Humans = (record: CloudTrailRecord) => string;

export async function humansOf(engine: Engine): Promise<Humans> {
  const sessions = await allSessions(engine);
  const known = new Map<string, string>();
  return (record) => {
    const key = JSON.stringify([record["userIdentity"] ?? null, credentialsUsedBy(record)]);
    const told = known.get(key) ?? humanBehind(record, sessions);
    known.set(key, told);
    return told;
  };
}

/** `maria@example.com`, `maria or joe`. */
export function humanBehind(record: CloudTrailRecord, sessions: Sessions): string {
  return listed(chainOf(record, sessions).origins.map(humanName), 3, "or");
}

/** A person of Identity Center is the same in whichever role. */
export function humanName({ evidence, identity: { name, session } }: Origin): string {
  return evidence === "Identity Center" ? (session ?? name) : name;
}

/** What tells the sessions of a log apart, all of it columns of an index. */
const credentialPaths: readonly (readonly string[])[] = [
  ["type"],
  ["userName"],
  ["arn"],
  ["principalId"],
  ["accessKeyId"],
  ["accountId"],
  ["invokedBy"],
  ["onBehalfOf", "userId"],
  ["sessionContext", "sessionIssuer", "userName"],
  ["sessionContext", "sessionIssuer", "arn"],
  ["sessionContext", "sessionIssuer", "principalId"],
  ["sessionContext", "sourceIdentity"],
  ["sessionContext", "attributes", "creationDate"],
];

/** Subjects to group by, so that `recordOf` has what tells who is behind the events of a group. */
export const credentialSubjects: readonly Subject[] = [
  ...credentialPaths.map((path): Subject => ({ kind: "path", path: ["userIdentity", ...path] })),
  { kind: "path", path: ["recipientAccountId"] },
];

/** As much of the records of a group as its first values, those of `credentialSubjects`, tell. */
export function recordOf(values: Group["values"]): CloudTrailRecord {
  const userIdentity: JsonObject = {};
  for (const [index, path] of credentialPaths.entries()) {
    const value = values[index];
    if (value !== undefined) put(userIdentity, path, value);
  }
  const recipientAccountId = values[credentialPaths.length];
  return { userIdentity, ...(recipientAccountId === undefined ? {} : { recipientAccountId }) };
}

function put(object: JsonObject, path: readonly string[], value: string): void {
  let at = object as Record<string, JsonObject | string>;
  for (const key of path.slice(0, -1)) {
    const inner = at[key] ?? {};
    at[key] = inner;
    at = inner as Record<string, JsonObject | string>;
  }
  at[path.at(-1) ?? ""] = value;
}

/**
 * Sessions linked to the calls that issued their credentials.
 *
 * The order in which events come does not matter. Where several calls may have issued the credentials,
 * all are given: nothing here picks one. A time alone, or a role alone, links nothing.
 */

import { type CloudTrailRecord, textsAt, valuesSpelled } from "../event/record.ts";
import { parseEventTime } from "../event/time.ts";
import type { FoundEvent } from "../query/query.ts";
import { type Begins, type Credentials, credentialsUsedBy, issuanceOf } from "./issuers.ts";

/** A call that issued credentials. */
export interface Issue {
  /** The eventID, or the place of a record without one. */
  readonly id: string;
  /** Of the copies that two accounts have of the call, the one that tells more about its caller. */
  readonly event: FoundEvent;
  /** The other copies. */
  readonly copies: readonly FoundEvent[];
  readonly issued: Credentials;
  readonly begins: Begins;
  /** The session that it began, as an id (see `idsOf`): a long-term key is one session. */
  readonly begun: string;
}

/**
 * What ties a session to the call that issued its credentials. `key`: the access key, which no other
 * call issued. `session`: the same principal or ARN and the second in which the credentials were
 * created. `assignment`: the same account, permission set and second.
 */
export type Join = "key" | "session" | "assignment";

interface Link {
  readonly join: Join;
  /** At least one; several if the logs cannot tell which it was. In order of time. */
  readonly issues: readonly Issue[];
}

export interface Sessions {
  /**
   * All calls that issued credentials, in order of time; a call that only witnessed it where the one
   * that issued them is not in the logs.
   */
  readonly issues: readonly Issue[];
  /** What issued the credentials that the call was signed with. */
  issuersOf(record: CloudTrailRecord): Link | undefined;
  /**
   * The session that the call was made in, as an id: that of the issue, or what the credentials say of
   * themselves. Where the logs cannot tell, ids of all issues that it may have been come after; a call
   * without credentials, as services make them, has none.
   */
  idsOf(record: CloudTrailRecord): readonly string[];
  /** The call that created a long-term access key. */
  creationOf(accessKeyId: string): Issue | undefined;
  /** The copy of the call that tells most about its caller, the record itself if there is no other. */
  fullest(record: CloudTrailRecord): CloudTrailRecord;
}

/** Events that issue nothing matter only as copies of others. */
export function linkSessions(events: Iterable<FoundEvent>): Sessions {
  const deeds = deedsOf(events);
  const all: Record<Begins, Issue[]> = { session: [], witness: [], key: [] };
  for (const { event, copies } of deeds) {
    const told = [event, ...copies].flatMap(({ record }) => issuanceOf(record) ?? []);
    const [first] = told;
    if (first === undefined) continue;
    // Either copy may leave out what the other has.
    const issued: Credentials = Object.assign({}, ...told.map((one) => one.issued).reverse());
    const id = idOf(event);
    const begun = first.begins === "key" ? (issued.key ?? id) : id;
    all[first.begins].push({ id, event, copies, issued, begins: first.begins, begun });
  }
  const { session, key } = all;
  const bySession = indexed(session, ({ issued }) => beginnings(issued));
  const witness = all.witness.filter(({ issued }) =>
    beginnings(issued).every((begun) => !bySession.has(begun)),
  );
  const byWitness = indexed(witness, ({ issued }) => beginnings(issued));
  const witnesses = new Set(witness.map(({ id }) => id));
  const byKey = indexed(session, issuedKeys);
  const byCreatedKey = indexed(key, issuedKeys);
  const copies = indexed(
    deeds.filter((deed) => deed.copies.length > 0),
    ({ event }) => textsAt(event.record, "sharedEventID"),
  );
  const users = usersIn(deeds);
  const told = [...session, ...witness].flatMap(({ event, copies: others }) => [event, ...others]);
  const ids = new Set(told.map(idOf));
  const records = new Set(told.map(({ record }) => record));
  /** Thousands of calls with keys of their own may share thousands of issues. */
  const shared = new Map<string, Link | undefined>();
  const sharedLink = (used: Credentials): Link | undefined => {
    for (const index of [bySession, byWitness]) {
      const found = new Set(beginnings(used).flatMap((begun) => index.get(begun) ?? []));
      const possible = [...found].filter(({ issued }) => agree(issued, used)).sort(inTime);
      if (possible.length > 0) {
        return { join: used.assignment ? "assignment" : "session", issues: possible };
      }
    }
    return undefined;
  };
  const issuersOf = (record: CloudTrailRecord): Link | undefined => {
    const used = credentialsUsedBy(record);
    const { key = "", ...unkeyed } = used;
    const isPossible = (issue: Issue) => !isOf(issue, record) && agree(issue.issued, used);
    const [only, ...more] = (byKey.get(key) ?? []).filter(isPossible);
    if (only !== undefined && more.length === 0) return { join: "key", issues: [only] };
    const name = JSON.stringify(unkeyed);
    if (!shared.has(name)) shared.set(name, sharedLink(unkeyed));
    const link = shared.get(name);
    const [eventID = ""] = textsAt(record, "eventID");
    if (link === undefined || !(records.has(record) || ids.has(eventID))) return link;
    const possible = link.issues.filter((issue) => !isOf(issue, record));
    if (possible.length === link.issues.length) return link;
    return possible.length > 0 ? { ...link, issues: possible } : undefined;
  };
  return {
    issues: [...session, ...witness, ...key].sort(inTime),
    issuersOf,
    idsOf(record) {
      const [eventID] = textsAt(record, "eventID");
      if (eventID !== undefined && witnesses.has(eventID)) return [eventID];
      const issuers = issuersOf(record)?.issues ?? [];
      const ids = issuers.map(({ begun }) => begun);
      return ids.length === 1 ? ids : [...ownId(credentialsUsedBy(record)), ...ids];
    },
    creationOf(accessKeyId) {
      const [only, ...more] = byCreatedKey.get(accessKeyId) ?? [];
      return more.length === 0 ? only : undefined;
    },
    fullest(record) {
      const [shared = ""] = textsAt(record, "sharedEventID");
      const [deed] = copies.get(shared) ?? [];
      return deed?.event.record ?? users.get(outsider(record) ?? "") ?? record;
    },
  };
}

/** The id that is all that an account knows of a caller from another one. */
function outsider(record: CloudTrailRecord): string | undefined {
  const isOutside = textsAt(record, "userIdentity.type").includes("AWSAccount");
  return isOutside ? textsAt(record, "userIdentity.principalId")[0] : undefined;
}

/** Users by their ids; logs with masked ids have one id for everybody, which tells nobody. */
function usersIn(deeds: readonly Deed[]): ReadonlyMap<string, CloudTrailRecord> {
  const users = new Map<string, CloudTrailRecord>();
  const shared = new Set<string>();
  for (const { event } of deeds) {
    const { record } = event;
    const [id = ""] = textsAt(record, "userIdentity.principalId");
    if (!isUserId(id) || outsider(record) === id) continue;
    const known = users.get(id) ?? record;
    users.set(id, known);
    if (arnOf(known) !== arnOf(record)) shared.add(id);
  }
  for (const id of shared) users.delete(id);
  return users;
}

function arnOf(record: CloudTrailRecord): string | undefined {
  return textsAt(record, "userIdentity.arn")[0];
}

/** Of a user there is one in the world; several sessions of a role may share an id. */
function isUserId(id: string): boolean {
  return /^AIDA[A-Z0-9]+$/.test(id);
}

interface Deed {
  readonly event: FoundEvent;
  readonly copies: readonly FoundEvent[];
}

/** One for each call, however many accounts logged it; those that only one logged come first. */
function deedsOf(events: Iterable<FoundEvent>): readonly Deed[] {
  const alone: FoundEvent[] = [];
  const shared = new Map<string, FoundEvent[]>();
  for (const event of events) {
    const [id] = textsAt(event.record, "sharedEventID");
    const same = shared.get(id ?? "");
    if (id === undefined) alone.push(event);
    else if (same === undefined) shared.set(id, [event]);
    else same.push(event);
  }
  for (const same of shared.values()) {
    if (!areCopies(same)) alone.push(...same);
  }
  return [
    ...alone.map((event) => ({ event, copies: [] })),
    ...[...shared.values()].filter(areCopies).flatMap(deedOf),
  ];
}

/** The events without the copies that other accounts have of them, in their order. */
export function withoutCopies(events: readonly FoundEvent[]): readonly FoundEvent[] {
  const kept = new Set(deedsOf(events).map(({ event }) => event));
  return events.filter((event) => kept.has(event));
}

/** An id shared by different calls, or twice in one account, is forged or masked. */
function areCopies(events: readonly FoundEvent[]): boolean {
  const values = (path: string) => new Set(events.flatMap(({ record }) => textsAt(record, path)));
  // Either copy may leave out a part; what both have is the same.
  const isOne = ["eventName", "eventSource", ...issuedPaths].every((path) => values(path).size < 2);
  const times = [...values("eventTime")].flatMap((text) => parseEventTime(text) ?? []);
  return (
    isOne &&
    values("recipientAccountId").size === events.length &&
    times.every((time) => Math.abs(time - (times[0] ?? time)) <= momentMs)
  );
}

/** What a call issued, of which each copy has the same. */
const issuedPaths = [
  "responseElements.credentials.accessKeyId",
  "responseElements.assumedRoleUser.arn",
] as const;

/** The account of a role knows of a caller from outside no more than the account and an id. */
function deedOf(same: readonly FoundEvent[]): readonly Deed[] {
  const isFull = ({ record }: FoundEvent) => outsider(record) === undefined;
  const [event, ...copies] = same.toSorted(
    (a, b) => Number(isFull(b)) - Number(isFull(a)) || byText(idOf(a), idOf(b)),
  );
  return event === undefined ? [] : [{ event, copies }];
}

function idOf({ record, origin, offset }: FoundEvent): string {
  return textsAt(record, "eventID")[0] ?? `${origin}:${offset}`;
}

function isOf({ event, copies }: Issue, record: CloudTrailRecord): boolean {
  const [id] = textsAt(record, "eventID");
  return [event, ...copies].some(
    (copy) => copy.record === record || (id !== undefined && id === idOf(copy)),
  );
}

/** A session's calls have several keys if the console made them. */
function ownId(used: Credentials): readonly string[] {
  const { key, principalId, arn } = used;
  return [...beginnings(used), key, arn, principalId].filter((id) => id !== undefined).slice(0, 1);
}

/** Everything that names the session, with the second in which it began. */
export function beginnings({
  principalId,
  arn,
  assignment,
  created,
}: Credentials): readonly string[] {
  if (created === undefined) return [];
  const second = Math.floor(created / 1000);
  return [arn, principalId, assignment].flatMap((name) =>
    name === undefined ? [] : [`${name} ${second}`],
  );
}

function issuedKeys({ issued: { key } }: Issue): readonly string[] {
  return key === undefined ? [] : [key];
}

/** What two records of one moment may differ by, in milliseconds. */
export const momentMs = 1000;

/**
 * Logs with masked ids have one key or principal for everybody: what else is known must not differ. The
 * ARN decides, if both have one.
 */
function agree(issued: Credentials, used: Credentials): boolean {
  const { created = Number.NaN } = issued;
  if (Math.abs(created - (used.created ?? Number.NaN)) > momentMs) return false;
  const name = issued.arn === undefined || used.arn === undefined ? "principalId" : "arn";
  const [a, b] = [issued[name], used[name]];
  return a === undefined || b === undefined || a === b;
}

function indexed<T>(
  items: readonly T[],
  keysOf: (item: T) => readonly string[],
): ReadonlyMap<string, readonly T[]> {
  const index = new Map<string, T[]>();
  for (const item of items) {
    for (const key of keysOf(item)) {
      const same = index.get(key);
      if (same === undefined) index.set(key, [item]);
      else same.push(item);
    }
  }
  return index;
}

function inTime(a: Issue, b: Issue): number {
  return timeOf(a) - timeOf(b) || byText(a.id, b.id);
}

function timeOf({ issued: { created }, event }: Issue): number {
  return created ?? parseEventTime(valuesSpelled(event.record, ["eventTime"])[0]) ?? 0;
}

function byText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

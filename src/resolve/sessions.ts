/**
 * Sessions linked to the calls that issued their credentials.
 *
 * The order in which events come does not matter. Where several calls may have issued the credentials,
 * all are given: nothing here picks one. A time alone, or a role alone, links nothing.
 */

import { addTo } from "../event/add-to.ts";
import { type CloudTrailRecord, textsAt } from "../event/record.ts";
import { timeOf } from "../event/time.ts";
import { byText } from "../query/compare.ts";
import { type FoundEvent, sketchOf } from "../query/query.ts";
import { type Credentials, credentialsUsedBy, issuanceOf } from "./issuers.ts";
import type { Begins } from "./issuing-calls.ts";

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
  /** What the call itself was signed with. */
  readonly used: Credentials;
  /** Epoch milliseconds: when the session began, else when the call was made; 0 if not known. */
  readonly time: number;
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
  /** The session that an issuing call was made in, likewise. */
  madeIn(issue: Issue): readonly string[];
  /** The call that created a long-term access key. */
  creationOf(accessKeyId: string): Issue | undefined;
  /** The copy of the call that tells most about its caller, the record itself if there is no other. */
  fullest(record: CloudTrailRecord): CloudTrailRecord;
}

/** What is read of an event to link it, so that its record need not stay at hand. */
export interface Read {
  readonly event: FoundEvent;
  readonly id: string;
  readonly issuance: ReturnType<typeof issuanceOf>;
  readonly used: Credentials;
  readonly time: number | undefined;
  /** Of a call that another account may have logged, too. */
  readonly shared: Shared | undefined;
  /** See `outsider`. */
  readonly outsider: string | undefined;
}

interface Shared {
  /** `sharedEventID`. */
  readonly id: string;
  readonly account: string | undefined;
  /** At `sharedPaths`. */
  readonly values: readonly (string | undefined)[];
}

export function readOf(event: FoundEvent): Read {
  const record = sketchOf(event);
  const first = (path: string) => textsAt(record, path)[0];
  const id = first("sharedEventID");
  return {
    event,
    id: idOf(event, record),
    issuance: issuanceOf(record),
    used: credentialsUsedBy(record),
    time: timeOf(record),
    shared:
      id === undefined
        ? undefined
        : { id, account: first("recipientAccountId"), values: sharedPaths.map(first) },
    outsider: outsider(record),
  };
}

/** Events that issue nothing matter only as copies of others. */
export function linkSessions(events: Iterable<FoundEvent>): Sessions {
  return linkRead(Array.from(events, readOf));
}

export function linkRead(reads: readonly Read[]): Sessions {
  const calls = callsAmong(reads);
  const all: Record<Begins, Issue[]> = { session: [], witness: [], key: [] };
  for (const { read, copies } of calls) {
    const issue = issueOf(read, copies);
    if (issue !== undefined) all[issue.begins].push(issue);
  }
  const { session, key } = all;
  const bySession = bySecond(session);
  const witness = all.witness.filter(({ issued }) => beganAs(bySession, issued).length === 0);
  const byWitness = bySecond(witness);
  const witnesses = new Set(witness.map(({ id }) => id));
  const byKey = indexed(session, ({ issued }) => issued.key);
  const byCreatedKey = indexed(key, ({ issued }) => issued.key);
  const shared = calls.filter(({ copies }) => copies.length > 0);
  const copies = indexed(shared, ({ read }) => read.shared?.id);
  const users = usersIn(calls);
  const ids = new Set(reads.map(({ id }) => id));
  /** Thousands of calls with keys of their own may share thousands of issues. */
  const links = new Map<string, Link | undefined>();
  const linkWithout = (unkeyed: Omit<Credentials, "key">): Link | undefined => {
    for (const index of [bySession, byWitness]) {
      const possible = beganAs(index, unkeyed)
        .filter(({ issued }) => agree(issued, unkeyed))
        .sort(inTime);
      if (possible.length > 0) {
        return { join: unkeyed.assignment ? "assignment" : "session", issues: possible };
      }
    }
    return undefined;
  };
  const linkOf = (used: Credentials, isSelf?: (issue: Issue) => boolean): Link | undefined => {
    const isOther = (issue: Issue) => isSelf === undefined || !isSelf(issue);
    const { key = "", ...unkeyed } = used;
    const [only, ...more] = (byKey.get(key) ?? []).filter(
      (issue) => agree(issue.issued, used) && isOther(issue),
    );
    if (only !== undefined && more.length === 0) return { join: "key", issues: [only] };
    const name = JSON.stringify(unkeyed);
    if (!links.has(name)) links.set(name, linkWithout(unkeyed));
    const link = links.get(name);
    const others = link?.issues.filter(isOther) ?? [];
    if (link === undefined || others.length === link.issues.length) return link;
    return others.length > 0 ? { ...link, issues: others } : undefined;
  };
  const idsOf = (id: string | undefined, used: Credentials, link: Link | undefined) => {
    if (id !== undefined && witnesses.has(id)) return [id];
    const ids = link?.issues.map(({ begun }) => begun) ?? [];
    return ids.length === 1 ? ids : [...ownId(used), ...ids];
  };
  const issuersOf = (record: CloudTrailRecord) => {
    const [id] = textsAt(record, "eventID");
    const used = credentialsUsedBy(record);
    // Most calls issue nothing, and so did not issue what they were signed with.
    if (id !== undefined && !ids.has(id)) return linkOf(used);
    return linkOf(used, (issue) => isOf(issue, record));
  };
  return {
    issues: [...session, ...witness, ...key].sort(inTime),
    issuersOf,
    idsOf: (record) =>
      idsOf(textsAt(record, "eventID")[0], credentialsUsedBy(record), issuersOf(record)),
    madeIn: (issue) =>
      idsOf(
        issue.id,
        issue.used,
        linkOf(issue.used, (other) => other.id === issue.id),
      ),
    creationOf(accessKeyId) {
      const [only, ...more] = byCreatedKey.get(accessKeyId) ?? [];
      return more.length === 0 ? only : undefined;
    },
    fullest(record) {
      const [sharedID = ""] = textsAt(record, "sharedEventID");
      const [call] = copies.get(sharedID) ?? [];
      const known = call?.read.event ?? users.get(outsider(record) ?? "");
      return known === undefined ? record : sketchOf(known);
    },
  };
}

function issueOf(read: Read, copies: readonly Read[]): Issue | undefined {
  const { id, event, used, time } = read;
  const told = copies.length === 0 ? read.issuance : toldTogether([read, ...copies]);
  if (told === undefined) return undefined;
  const { begins, issued } = told;
  return {
    id,
    event,
    copies: copies.length === 0 ? noEvents : copies.map((copy) => copy.event),
    issued,
    begins,
    begun: begins === "key" ? (issued.key ?? id) : id,
    used,
    time: issued.created ?? time ?? 0,
  };
}

const noEvents: readonly FoundEvent[] = [];

/** Either copy may leave out what the other has. */
function toldTogether(reads: readonly Read[]): Read["issuance"] {
  const told = reads.flatMap(({ issuance }) => issuance ?? []);
  const [first] = told;
  return (
    first && { ...first, issued: Object.assign({}, ...told.map((one) => one.issued).reverse()) }
  );
}

/** The id that is all that an account knows of a caller from another one. */
function outsider(record: CloudTrailRecord): string | undefined {
  const isOutside = textsAt(record, "userIdentity.type").includes("AWSAccount");
  return isOutside ? textsAt(record, "userIdentity.principalId")[0] : undefined;
}

/** Users by their ids; logs with masked ids have one id for everybody, which tells nobody. */
function usersIn(calls: readonly LoggedCall[]): ReadonlyMap<string, FoundEvent> {
  const users = new Map<string, Read>();
  const shared = new Set<string>();
  for (const { read } of calls) {
    const { principalId: id = "", arn } = read.used;
    if (!isUserId(id) || read.outsider === id) continue;
    const known = users.get(id) ?? read;
    users.set(id, known);
    if (known.used.arn !== arn) shared.add(id);
  }
  for (const id of shared) users.delete(id);
  return new Map(Array.from(users, ([id, { event }]) => [id, event]));
}

/** Of a user there is one in the world; several sessions of a role may share an id. */
function isUserId(id: string): boolean {
  return /^AIDA[A-Z0-9]+$/.test(id);
}

interface LoggedCall {
  readonly read: Read;
  readonly copies: readonly Read[];
}

const none: readonly Read[] = [];

/** One for each call, however many accounts logged it; those that only one logged come first. */
function callsAmong(reads: readonly Read[]): readonly LoggedCall[] {
  const alone: Read[] = [];
  const shared = new Map<string, Read[]>();
  for (const read of reads) {
    const id = read.shared?.id;
    if (id === undefined) alone.push(read);
    else addTo(shared, id, read);
  }
  for (const same of shared.values()) {
    if (!areCopies(same)) alone.push(...same);
  }
  return [
    ...alone.map((read) => ({ read, copies: none })),
    ...[...shared.values()].filter(areCopies).flatMap(callFrom),
  ];
}

/** The events without the copies that other accounts have of them, in their order. */
export function withoutCopies(events: readonly FoundEvent[]): readonly FoundEvent[] {
  const shared = events.filter(({ record }) => textsAt(record, "sharedEventID").length > 0);
  const kept = new Set(callsAmong(shared.map(readOf)).map(({ read }) => read.event));
  const left = new Set(shared.filter((event) => !kept.has(event)));
  return events.filter((event) => !left.has(event));
}

/** An id shared by different calls, or twice in one account, is forged or masked. */
function areCopies(reads: readonly Read[]): boolean {
  const shared = reads.flatMap((read) => read.shared ?? []);
  const accounts = new Set(shared.flatMap(({ account }) => account ?? []));
  // Either copy may leave out a part; what both have is the same.
  const isOne = sharedPaths.every(
    (_, path) => new Set(shared.flatMap(({ values }) => values[path] ?? [])).size < 2,
  );
  const times = reads.flatMap(({ time }) => time ?? []);
  return (
    isOne &&
    accounts.size === reads.length &&
    times.every((time) => Math.abs(time - (times[0] ?? time)) <= momentMs)
  );
}

/** What copies of a call have in common. */
const sharedPaths = [
  "eventName",
  "eventSource",
  "responseElements.credentials.accessKeyId",
  "responseElements.assumedRoleUser.arn",
] as const;

/** The account of a role knows of a caller from outside no more than the account and an id. */
function callFrom(same: readonly Read[]): readonly LoggedCall[] {
  const isFull = (read: Read) => read.outsider === undefined;
  const [read, ...copies] = same.toSorted(
    (a, b) => Number(isFull(b)) - Number(isFull(a)) || byText(a.id, b.id),
  );
  return read === undefined ? [] : [{ read, copies }];
}

function idOf(event: FoundEvent, record = sketchOf(event)): string {
  return textsAt(record, "eventID")[0] ?? event.id;
}

function isOf({ id, event, copies }: Issue, record: CloudTrailRecord): boolean {
  const [own] = textsAt(record, "eventID");
  if (own === undefined) return [event, ...copies].some((copy) => copy.record === record);
  return own === id || copies.some((copy) => own === idOf(copy));
}

/** A session's calls have several keys if the console made them. */
function ownId(used: Credentials): readonly string[] {
  const { key, principalId, arn } = used;
  return [...beginnings(used), key, arn, principalId].filter((id) => id !== undefined).slice(0, 1);
}

/** Everything that names the session, with the second in which it began. */
export function beginnings(credentials: Credentials): readonly string[] {
  const second = secondOf(credentials);
  return second === undefined ? [] : namesOf(credentials).map((name) => `${name} ${second}`);
}

function secondOf({ created }: Credentials): number | undefined {
  return created === undefined ? undefined : Math.floor(created / 1000);
}

function namesOf({ arn, principalId, assignment }: Credentials): readonly string[] {
  return [arn, principalId, assignment].filter((name) => name !== undefined);
}

/** By the second in which the session began: a number takes less room than names with it. */
type BySecond = ReadonlyMap<number, readonly Issue[]>;

function bySecond(issues: readonly Issue[]): BySecond {
  return indexed(issues, ({ issued }) => secondOf(issued));
}

/** Those that began in the same second under one of the same names. */
function beganAs(index: BySecond, credentials: Credentials): readonly Issue[] {
  const second = secondOf(credentials);
  const began = second === undefined ? undefined : index.get(second);
  if (began === undefined) return [];
  const names = namesOf(credentials);
  return began.filter(({ issued }) => namesOf(issued).some((name) => names.includes(name)));
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

/** Without those that have no key. */
function indexed<K extends string | number, T>(
  items: readonly T[],
  keyOf: (item: T) => K | undefined,
): ReadonlyMap<K, readonly T[]> {
  const index = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key !== undefined) addTo(index, key, item);
  }
  return index;
}

function inTime(a: Issue, b: Issue): number {
  return a.time - b.time || byText(a.id, b.id);
}

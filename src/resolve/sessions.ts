/**
 * Sessions linked to the calls that issued their credentials.
 *
 * The order in which events come does not matter. Where several calls may have issued the credentials,
 * all are given: nothing here picks one. A time alone, or a role alone, links nothing.
 */

import { type CloudTrailRecord, textsAt } from "../event/record.ts";
import { type FoundEvent, sketchOf } from "../query/query.ts";
import { agree, beganAs, bySecond, ownId } from "./beginnings.ts";
import { callsAmong, type LoggedCall } from "./copies.ts";
import { indexed } from "./indexed.ts";
import {
  type Issuance,
  inTime,
  isOf,
  issueOf,
  withoutRepeats,
  withoutServices,
} from "./issuances.ts";
import { type Credentials, credentialsUsedBy } from "./issuers.ts";
import type { Begins } from "./issuing-calls.ts";
import { outsider, type ReadCall, readCall } from "./session-reads.ts";
import { type NamedId, namedIdIn, namedIdOf, type UserNames, userNames } from "./user-names.ts";

/**
 * What links a session to the call that issued its credentials. `key`: the access key, which no other
 * call issued. `session`: the same principal or ARN and the second in which the credentials were
 * created. `assignment`: the same account, permission set and second. `sign-in`: the sign-in that it bears.
 */
export type SessionLink = "sign-in" | "key" | "session" | "assignment";

interface Issuers {
  readonly link: SessionLink;
  /** At least one; several if the logs cannot tell which it was. In order of time. */
  readonly issues: readonly Issuance[];
}

export interface Sessions {
  /**
   * All calls that issued credentials, in order of time; a call that only witnessed it where the one
   * that issued them is not in the logs.
   */
  readonly issues: readonly Issuance[];
  /** What issued the credentials that the call was signed with. */
  issuersOf(record: CloudTrailRecord): Issuers | undefined;
  /**
   * The session that the call was made in, as an id: that of the issue, or what the credentials say of
   * themselves. Where the logs cannot tell, ids of all issues that it may have been come after; a call
   * without credentials, as services make them, has none.
   */
  idsOf(record: CloudTrailRecord): readonly string[];
  /** The session that an issuing call was made in, likewise. */
  madeIn(issue: Issuance): readonly string[];
  /** The call that created a long-term access key. */
  creationOf(accessKeyId: string): Issuance | undefined;
  /** The last call before then that set the password of a user; of `account/userName`. */
  passwordOf(user: string, before: number): Issuance | undefined;
  /** Users of Identity Center, as far as the calls that issued credentials tell. */
  userNames(): UserNames;
  /** The copy of the call that tells most about its caller, the record itself if there is no other. */
  fullest(record: CloudTrailRecord): CloudTrailRecord;
}

/** Events that issue nothing matter only as copies of others. */
export function linkSessions(events: Iterable<FoundEvent>): Sessions {
  return linkRead(Array.from(events, readCall));
}

export function linkRead(reads: readonly ReadCall[]): Sessions {
  const calls = callsAmong(reads);
  const all: Record<Begins, Issuance[]> = { session: [], witness: [], key: [], password: [] };
  for (const { read, copies } of calls) {
    const issue = issueOf(read, copies);
    if (issue !== undefined) all[issue.begins].push(issue);
  }
  const session = withoutServices(all.session);
  const key = withoutRepeats(all.key);
  const bySession = bySecond(session);
  const witness = all.witness.filter(({ issued }) => beganAs(bySession, issued).length === 0);
  const byWitness = bySecond(witness);
  const witnesses = new Set(witness.map(({ id }) => id));
  const bySignIn = indexed(session, ({ issued }) => issued.signIn);
  const byKey = indexed(session, ({ issued }) => issued.key);
  const byCreatedKey = indexed(key, ({ issued }) => issued.key);
  const byUser = indexed<string, Issuance>(all.password.sort(inTime), ({ issued, event }) =>
    issued.userName === undefined
      ? undefined
      : `${textsAt(sketchOf(event), "recipientAccountId")[0]}/${issued.userName}`,
  );
  const shared = calls.filter(({ copies }) => copies.length > 0);
  const copies = indexed(shared, ({ read }) => read.shared?.id);
  const users = usersIn(calls);
  const ids = new Set(reads.map(({ id }) => id));
  /** The ids of records without an eventID, which only the record itself leads to. */
  const nameless = new Map(
    reads.filter(({ id, event }) => id === event.id).map(({ id, event }) => [event.record, id]),
  );
  /** Thousands of calls with keys of their own may share thousands of issues. */
  const unkeyedIssuers = new Map<string, Issuers | undefined>();
  const issuersWithout = (unkeyed: Omit<Credentials, "key">): Issuers | undefined => {
    for (const index of [bySession, byWitness]) {
      const possible = beganAs(index, unkeyed)
        .filter(({ issued }) => agree(issued, unkeyed))
        .sort(inTime);
      if (possible.length > 0) {
        return { link: unkeyed.assignment ? "assignment" : "session", issues: possible };
      }
    }
    return undefined;
  };
  const issuersOfUsed = (
    used: Credentials,
    isSelf?: (issue: Issuance) => boolean,
  ): Issuers | undefined => {
    const isOther = (issue: Issuance) => isSelf === undefined || !isSelf(issue);
    const { key = "", signIn = "", ...unkeyed } = used;
    const [grant, ...grants] = bySignIn.get(signIn)?.filter(isOther) ?? [];
    if (grant !== undefined && grants.length === 0) return { link: "sign-in", issues: [grant] };
    const [only, ...more] = (byKey.get(key) ?? []).filter(
      (issue) => agree(issue.issued, used) && isOther(issue),
    );
    if (only !== undefined && more.length === 0) return { link: "key", issues: [only] };
    const name = JSON.stringify(unkeyed);
    if (!unkeyedIssuers.has(name)) unkeyedIssuers.set(name, issuersWithout(unkeyed));
    const issuers = unkeyedIssuers.get(name);
    const others = issuers?.issues.filter(isOther) ?? [];
    if (issuers === undefined || others.length === issuers.issues.length) return issuers;
    return others.length > 0 ? { ...issuers, issues: others } : undefined;
  };
  const idsOf = (id: string | undefined, used: Credentials, issuers: Issuers | undefined) => {
    // A role's sign-in to the console is made in the session that the role was assumed for.
    const isInSession = issuers?.issues.every(({ begins }) => begins === "session") === true;
    if (id !== undefined && witnesses.has(id) && !isInSession) return [id];
    const ids = issuers?.issues.map(({ begun }) => begun) ?? [];
    // From one sign-in to the console come sessions of several: whoever clicks, and agents.
    const isConsole = issuers?.issues.every(({ begins }) => begins === "witness") === true;
    if (used.signIn !== undefined && isConsole) return ownId(used);
    return ids.length === 1 ? ids : [...ownId(used), ...ids];
  };
  const issuersOf = (record: CloudTrailRecord) => {
    const id = textsAt(record, "eventID")[0] ?? nameless.get(record);
    const used = credentialsUsedBy(record);
    // Most calls issue nothing, and so did not issue what they were signed with.
    if (id === undefined || !ids.has(id)) return issuersOfUsed(used);
    return issuersOfUsed(used, (issue) => isOf(issue, id));
  };
  const namedIdsOf = (issue: Issuance): readonly NamedId[] => {
    const record = sketchOf(issue.event);
    const isSignIn = textsAt(record, "userIdentity.type").includes("SAMLUser");
    const isSelf = (one: Issuance) => one.id === issue.id;
    const [grant, ...others] = isSignIn ? (issuersOfUsed(issue.used, isSelf)?.issues ?? []) : [];
    const told =
      grant !== undefined && others.length === 0
        ? namedIdOf(record, sketchOf(grant.event))
        : namedIdIn(record);
    return told === undefined ? [] : [told];
  };
  let names: UserNames | undefined;
  return {
    issues: [...session, ...witness, ...key].sort(inTime),
    userNames() {
      names ??= userNames(session.flatMap(namedIdsOf));
      return names;
    },
    issuersOf,
    idsOf: (record) =>
      idsOf(textsAt(record, "eventID")[0], credentialsUsedBy(record), issuersOf(record)),
    madeIn: (issue) =>
      idsOf(
        issue.id,
        issue.used,
        issuersOfUsed(issue.used, (other) => other.id === issue.id),
      ),
    creationOf(accessKeyId) {
      const [only, ...more] = byCreatedKey.get(accessKeyId) ?? [];
      return more.length === 0 ? only : undefined;
    },
    passwordOf: (user, before) => byUser.get(user)?.findLast(({ time }) => time <= before),
    fullest(record) {
      const [sharedID = ""] = textsAt(record, "sharedEventID");
      const [call] = copies.get(sharedID) ?? [];
      const known = call?.read.event ?? users.get(outsider(record) ?? "");
      return known === undefined ? record : sketchOf(known);
    },
  };
}

/** Users by their ids; logs with masked ids have one id for everybody, which tells nobody. */
function usersIn(calls: readonly LoggedCall[]): ReadonlyMap<string, FoundEvent> {
  const users = new Map<string, ReadCall>();
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

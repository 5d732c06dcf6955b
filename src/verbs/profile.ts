/**
 * `trailhound profile`: everything that the logs tell of an identity, an access key or an address:
 * when, where, with what, what for, and who is linked to it.
 *
 * What an identity did in sessions that it began counts for it, told apart from its own calls.
 */

import { parseRange } from "../event/address.ts";
import { describeIdentity } from "../event/identity.ts";
import type { CloudTrailRecord } from "../event/record.ts";
import type { Answer, Section } from "../query/answer.ts";
import { every, field, fitting, not, some } from "../query/build.ts";
import type { Filter, TextTest } from "../query/filter.ts";
import { matches } from "../query/matches.ts";
import { parsePattern } from "../query/pattern.ts";
import type { Reading } from "../query/query.ts";
import { chainOf } from "../resolve/chain.ts";
import { claimsOf, provenBy } from "../resolve/claims.ts";
import { allSessions, sessionsQuestion } from "../resolve/gather.ts";
import type { Issuance } from "../resolve/issuances.ts";
import { callsNaming, issuedTo } from "../resolve/issuers.ts";
import { begunAfter } from "../resolve/session-tree.ts";
import type { Sessions } from "../resolve/sessions.ts";
import { alsoCalled } from "../resolve/through-roles.ts";
import { whoWasMeant } from "../words/absence.ts";
import { originWords } from "../words/chain-words.ts";
import { apartWords, callsIn, claimsSection } from "../words/claim-words.ts";
import { namesakes } from "../words/namesakes.ts";
import { counted, grouped, listed, period } from "../words/sentences.ts";
import { burstWords, type CallKind, lookingAroundWords } from "./profile/bursts.ts";
import { linkedSection, roleName } from "./profile/links.ts";
import { begunSection, isOfAnother, isSession, tallySection } from "./profile/sections.ts";
import {
  type Calls,
  callsOf,
  clientIn,
  countedSubjects,
  talliesBy,
  toldBy,
  totalOf,
  wholeSpan,
} from "./profile/tallies.ts";
import { placesWords } from "./sessions/instance-places.ts";
import { isConsole } from "./show/session-story.ts";
import { type Scope, verb } from "./verb.ts";

/** How many rows a section has unless `--limit` says otherwise. */
const usualLimit = 10;

export const profile = verb({
  name: "profile",
  summary: "tell all about an identity, access key or address: when, where, what, with whom",
  details:
    "What an identity did in sessions that it began is counted with what it did itself, and told " +
    "apart. Filters narrow which calls count. --limit is how many rows a table has: " +
    `${usualLimit} otherwise.`,
  arguments: [
    { name: "<what>", help: "a name, ARN, id, access key or role; an address, block or range" },
  ],
  takes: ["filter", "limit"],
  reach: "everything",
  readsLogs: true,
  examples: [
    { command: "profile mallory.k", says: "a user, and what came of the roles they assumed" },
    { command: "profile 203.0.113.7 --last 7d", says: "who came from there, to do what" },
    { command: "profile AKIAEXAMPLEMALLORYK", says: "a key: since when, from where, by whom" },
  ],
  questions: ({ arguments: [what = ""], filter }) => [
    sessionsQuestion,
    { kind: "groups", filter: every([filter, calledSo(what)]), by: countedSubjects },
    // Whose calls those of a name are is known only when they were looked at.
    { kind: "more" },
  ],
  async run(reading, scope) {
    const [what = ""] = scope.arguments;
    const range = parseRange(what);
    const isIdentity = range === undefined;
    const test: TextTest = { kind: "text", subject: field("user"), pattern: parsePattern(what) };
    const more = isIdentity ? await alsoCalled(reading, test) : undefined;
    const claims = isIdentity ? await claimsOf(reading, test) : undefined;
    const wanted: Filter =
      range === undefined
        ? some([provenBy(test, claims), ...(more === undefined ? [] : [more])])
        : { kind: "address", subject: field("sourceIPAddress"), range };
    const gathered = await gather(reading, { wanted, isIdentity, filter: scope.filter });
    const isFound = gathered.calls.length > 0;
    return {
      found: isFound,
      hints: isFound
        ? []
        : [
            ...(isIdentity ? await whoWasMeant(reading, what) : []),
            "`trailhound stats --by identity` lists who there is.",
          ],
      sentences: [
        ...(isFound
          ? await sentences(reading, what, gathered, scope)
          : [`No matching call was made ${isIdentity ? "by" : "from"} ${what}, in these logs.`]),
        ...(claims === undefined ? [] : [apartWords(claims.claimants)]),
      ],
      facts: {
        ...factsOf(gathered),
        ...(claims && { claimed: callsIn(claims.claimants) }),
      },
      sections: [
        ...(isFound ? await sections(reading, gathered, scope) : []),
        ...(claims === undefined ? [] : [claimsSection(claims.claimants)]),
      ],
    };
  },
});

/** Calls from the address, or by whoever bears the name. */
function calledSo(what: string): Filter {
  const range = parseRange(what);
  return range === undefined
    ? fitting("user", what)
    : { kind: "address", subject: field("sourceIPAddress"), range };
}

export interface Profiled {
  readonly isIdentity: boolean;
  /** Selects what is profiled among all events. */
  readonly wanted: Filter;
  readonly calls: readonly Calls[];
  readonly sessions: Sessions;
  /** Calls by which it began sessions or made keys, directly or in such a session. */
  readonly begun: readonly Issuance[];
}

interface Wanted extends Pick<Profiled, "wanted" | "isIdentity"> {
  readonly filter: Filter;
}

async function gather(reading: Reading, { wanted, isIdentity, filter }: Wanted): Promise<Profiled> {
  const own = every([filter, wanted]);
  const sessions = await allSessions(reading);
  const isBy = ({ event: { record } }: Issuance) =>
    [record, issuedTo(record)].some((one) => matches(wanted, one));
  const begun = isIdentity ? begunAfter(sessions.issues.filter(isBy), sessions) : [];
  const led = begun.filter(isOfAnother);
  const ids = new Set(led.map((issue) => issue.begun));
  const isThrough = (record: CloudTrailRecord) => {
    const [id = "", ...others] = sessions.idsOf(record);
    return others.length === 0 && ids.has(id);
  };
  const named = await callsOf(reading, own, isThrough);
  const others = await callsOf(
    reading,
    every([filter, not(wanted), callsNaming(led.map(({ issued }) => issued))]),
    isThrough,
  );
  const calls = [...named, ...others.filter((some) => some.isThrough)];
  return { isIdentity, wanted, sessions, begun, calls };
}

async function sentences(
  reading: Reading,
  what: string,
  { calls, begun, isIdentity, wanted }: Profiled,
  { filter, timeZone }: Scope,
): Promise<readonly string[]> {
  const all = totalOf(calls);
  const through = totalOf(calls.filter(({ isThrough }) => isThrough));
  const made =
    through === 0
      ? ""
      : `: ${grouped(all - through)} directly and ${grouped(through)} in sessions that it began`;
  const having = (name: "outcome" | "readOnly" | "mfa", value: string) =>
    totalOf(calls.filter(({ told }) => told.get(name) === value));
  const writes = having("readOnly", "false");
  const denied = having("outcome", "denied");
  const others = all - denied - having("outcome", "success");
  const reads = calls.flatMap(({ told, span: { first, last } }) =>
    told.get("readOnly") === "true" && first !== undefined && last !== undefined
      ? [{ call: `${told.get("eventSource")} ${told.get("eventName")}`, first, last }]
      : [],
  );
  return [
    `${what}: ${counted(all, "call")}${period(wholeSpan(calls), timeZone)}${made}.`,
    `${writes === 0 ? "no writes" : counted(writes, "write")}; ${shareWords(denied, all)} denied` +
      `${others === 0 ? "" : `, ${grouped(others)} without success otherwise`}; ` +
      `${amount(having("mfa", "yes"))} with MFA; ` +
      `${amount(totalOf(calls.filter((some) => isConsole(clientIn(some) ?? ""))))} from the console.`,
    ...(isIdentity ? namesakeWords(calls) : []),
    ...begunWords(begun),
    ...lookingAroundWords(kindsOf(reads), timeZone),
    ...(await burstWords(reading, every([filter, wanted]), timeZone)),
    ...(isIdentity ? placesWords(calls.filter(({ isThrough }) => !isThrough).map(callPlace)) : []),
  ];
}

/** One name in several accounts may be of as many people. */
function namesakeWords(calls: readonly Calls[]): readonly string[] {
  const own = calls.flatMap(({ record, isThrough }) => (isThrough ? [] : describeIdentity(record)));
  const nameOf = namesakes(own);
  const accounts = new Set(
    own.filter((one) => nameOf(one) !== one.name).flatMap(({ account }) => account ?? []),
  );
  return accounts.size < 2
    ? []
    : [
        `Callers of that name in ${counted(accounts.size, "account")} are counted together: ` +
          `${listed([...accounts].sort())}. An ARN tells them apart.`,
      ];
}

function amount(count: number): string {
  return count === 0 ? "none" : grouped(count);
}

function callPlace({ record, told, count }: Calls) {
  const address = told.get("sourceIPAddress");
  return { record, addresses: new Map(address === undefined ? [] : [[address, count]]) };
}

function shareWords(part: number, all: number): string {
  return part === 0 ? "none" : `${grouped(part)} (${Math.round((100 * part) / all) || "under 1"}%)`;
}

function begunWords(begun: readonly Issuance[]): readonly string[] {
  const keys = begun.filter((issue) => !isSession(issue)).length;
  const led = begun.filter((issue) => isSession(issue) && isOfAnother(issue)).length;
  const parts = [
    ...(led > 0 ? [`went on as a role in ${counted(led, "session")}`] : []),
    ...(keys > 0 ? [`made ${counted(keys, "access key")}`] : []),
  ];
  return parts.length === 0 ? [] : [`It ${listed(parts)}.`];
}

/** Each kind of call once, from its first time to its last. */
function kindsOf(calls: readonly CallKind[]): readonly CallKind[] {
  const known = new Map<string, CallKind>();
  for (const one of calls) {
    const { first, last } = known.get(one.call) ?? one;
    known.set(one.call, {
      call: one.call,
      first: Math.min(first, one.first),
      last: Math.max(last, one.last),
    });
  }
  return [...known.values()];
}

function factsOf({ calls, begun }: Profiled): NonNullable<Answer["facts"]> {
  const denied = totalOf(calls.filter(({ told }) => told.get("outcome") === "denied"));
  const all = totalOf(calls);
  return {
    events: all,
    through: totalOf(calls.filter(({ isThrough }) => isThrough)),
    denied,
    deniedShare: all === 0 ? null : denied / all,
    begun: begun.length,
  };
}

async function sections(
  reading: Reading,
  profiled: Profiled,
  { filter, limit = usualLimit }: Scope,
): Promise<readonly Section[]> {
  const { calls, sessions, isIdentity } = profiled;
  const callers = new Map<string, string>();
  const nameOf = namesakes(calls.map(({ record }) => describeIdentity(record)));
  const callerIn = ({ caller, record }: Calls) => {
    const words = callers.get(caller) ?? callerWords(record, sessions, nameOf);
    callers.set(caller, words);
    return words;
  };
  const by = (
    name: string,
    [title, heading]: readonly [string, string],
    nameOf: (calls: Calls) => string | undefined,
  ) => tallySection({ name, title, heading, limit, isIdentity, tallies: talliesBy(calls, nameOf) });
  return [
    by("callers", ["Who", "Who"], callerIn),
    by("services", ["Services", "Service"], toldBy("eventSource")),
    by("calls", ["Calls", "Call"], toldBy("eventName")),
    by("regions", ["Regions", "Region"], toldBy("awsRegion")),
    by("addresses", ["Addresses", "Address"], toldBy("sourceIPAddress")),
    by("clients", ["Clients", "Client"], clientIn),
    begunSection(profiled, limit),
    await linkedSection(reading, profiled, { filter, limit }),
  ].flatMap((section) => section ?? []);
}

/** `Deploy, by ci-runner (IAM user)`. */
function callerWords(
  record: CloudTrailRecord,
  sessions: Sessions,
  nameOf: ReturnType<typeof namesakes>,
): string {
  const identity = describeIdentity(record);
  const { name } = identity;
  const chain = chainOf(record, sessions);
  const [origin, ...others] = chain.origins;
  const isItself = others.length === 0 && origin?.identity.name === name;
  return isItself ? nameOf(identity) : `${roleName(record)}, by ${originWords(chain, record)}`;
}

/**
 * A user in a filter, with all that the user did in sessions that they began: roles assumed, tokens
 * taken, and so on through those. The filter that comes of it is about records alone, so any engine can
 * answer it.
 */

import { formatTime } from "../event/time.ts";
import { during, every, exists, field, not, path, some } from "../query/build.ts";
import { type Filter, mapTests, type Subject, type TextTest, textTests } from "../query/filter.ts";
import { printedName } from "../query/printed-name.ts";
import type { Reading } from "../query/query.ts";
import { beginnings, momentMs } from "./beginnings.ts";
import { bearingOnly, type Claimant, claimsOf } from "./claims.ts";
import { issuingEvents, makingKeys, mostSteps } from "./gather.ts";
import type { Issuance } from "./issuances.ts";
import { type Credentials, issuingFilter } from "./issuers.ts";
import { otherNames, personFilter } from "./persons.ts";
import { promptedBy } from "./prompted.ts";
import { linkSessions } from "./sessions.ts";

/** Whether the filter tells users apart at all. */
export function namesUsers(filter: Filter): boolean {
  return userTests(filter).length > 0;
}

/** What has to be at hand for telling whose calls those of a name are. */
export function claimFilters(filter: Filter): readonly Filter[] {
  return userTests(filter).flatMap((test) => [bearingOnly(test), personFilter(test)]);
}

/** The names that it gives, without those with wildcards. */
export function namesOfUsers(filter: Filter): readonly string[] {
  return userTests(filter).flatMap(({ pattern }) =>
    pattern.kind === "equals" ? [pattern.text] : [],
  );
}

export interface Users {
  readonly filter: Filter;
  /** What was left out, as a question of its own; undefined where nothing was. */
  readonly claimed?: { readonly filter: Filter; readonly claimants: readonly Claimant[] };
}

/** How users are looked for; all as usual. */
export interface Reach {
  /** Not through roles assumed. */
  readonly direct?: boolean;
  /** Also what only claims to be theirs. */
  readonly claimed?: boolean;
  /** Also what services did because they had them do it. */
  readonly byHuman?: boolean;
}

/**
 * The filter with every test of who called made to leave out what only bears their name, and to take in
 * what they did through roles.
 */
export async function throughRoles(
  reading: Reading,
  filter: Filter,
  { direct = false, claimed = false, byHuman = false }: Reach = {},
): Promise<Users> {
  const own = new Map<Filter, Filter>();
  const all = new Map<Filter, Filter>();
  const claimants: Claimant[] = [];
  for (const test of userTests(filter)) {
    const claims = claimed ? undefined : await claimsOf(reading, test);
    const more = await alsoCalled(reading, test);
    const known = more === undefined ? test : some([test, more]);
    const named = claims === undefined ? test : every([test, not(claims.filter)]);
    const proven = more === undefined ? named : some([named, more]);
    const through = direct ? undefined : await callsThrough(reading, proven);
    const theirs = through === undefined ? proven : some([proven, through]);
    const prompted = byHuman ? await promptedBy(reading, theirs) : undefined;
    const calls = prompted === undefined ? through : some([through ?? some([]), prompted]);
    if (proven !== test || calls !== undefined) {
      own.set(test, calls === undefined ? proven : some([proven, calls]));
      all.set(test, calls === undefined ? known : some([known, calls]));
    }
    claimants.push(...(claims?.claimants ?? []));
  }
  const told = own.size === 0 ? filter : replaced(filter, own);
  if (claimants.length === 0) return { filter: told };
  const left = every([replaced(filter, all), not(told)]);
  return { filter: told, claimed: { filter: left, claimants } };
}

/** Calls under the names that answers print, and under the other names of a person. */
export async function alsoCalled(reading: Reading, test: TextTest): Promise<Filter | undefined> {
  const printed = test.pattern.kind === "equals" ? printedName(test.pattern.text) : undefined;
  const others = await otherNames(reading, test);
  const more = [printed, others].flatMap((one) => one ?? []);
  return more.length === 0 ? undefined : some(more);
}

function userTests(filter: Filter): readonly TextTest[] {
  return textTests(filter).filter(
    ({ subject }) => subject.kind === "field" && subject.field === "user",
  );
}

function replaced(filter: Filter, by: ReadonlyMap<Filter, Filter>): Filter {
  return mapTests(filter, (test) => by.get(test) ?? test);
}

/** The calls in sessions that the user's calls began, those that these led to, and so on. */
async function callsThrough(reading: Reading, isUser: Filter): Promise<Filter | undefined> {
  const begun = new Map<string, Issuance>();
  let calls: Filter | undefined;
  for (let step = 0; step < mostSteps; step++) {
    const found = await issuingEvents(reading, every([issuingFilter, calls ?? isUser]));
    const issues = await withoutDoubtfulKeys(reading, linkSessions(found).issues);
    const news = issues.filter(({ id }) => !begun.has(id));
    if (news.length === 0) break;
    for (const issue of news) begun.set(issue.id, issue);
    calls = callsIn([...begun.values()], await othersBegun(reading, begun));
  }
  return calls;
}

/** Two calls that seem to have made one key prove nothing. */
async function withoutDoubtfulKeys(
  reading: Reading,
  issues: readonly Issuance[],
): Promise<readonly Issuance[]> {
  const keys = issues.flatMap(({ begins, issued }) => (begins === "key" ? (issued.key ?? []) : []));
  if (keys.length === 0) return issues;
  const all = linkSessions(await issuingEvents(reading, makingKeys(keys)));
  return issues.filter(
    ({ begins, issued }) => begins !== "key" || all.creationOf(issued.key ?? "") !== undefined,
  );
}

/** Sessions that somebody else began when these were begun. */
async function othersBegun(
  reading: Reading,
  begun: ReadonlyMap<string, Issuance>,
): Promise<readonly Issuance[]> {
  const times = [...begun.values()].flatMap(({ issued: { created } }) => created ?? []);
  const found = await issuingEvents(reading, every([issuingFilter, some(momentsOf(times))]));
  return linkSessions(found).issues.filter(({ id, begins }) => begins !== "key" && !begun.has(id));
}

/** More moments than this are asked for as one span of time. */
const mostMoments = 32;

function momentsOf(times: readonly number[]): readonly Filter[] {
  const spans: { from: number; until: number }[] = [];
  for (const time of times.toSorted((a, b) => a - b)) {
    const [from, until] = [time - momentMs, time + momentMs + 1];
    const last = spans.at(-1);
    if (last !== undefined && (from <= last.until || spans.length > mostMoments))
      last.until = until;
    else spans.push({ from, until });
  }
  return spans.map(during);
}

/**
 * Keys are often made anew within a session, so its name and beginning tell it as well, unless
 * somebody else's session has both in common with it.
 */
function callsIn(issues: readonly Issuance[], others: readonly Issuance[]): Filter {
  const all = issues.map(({ issued }) => issued);
  const foreign = others.map(({ issued }) => issued);
  const dated = all.filter(({ created }) => created !== undefined);
  const keyed = dated.filter(ownKeys(all, foreign));
  const isShared = sharing(others);
  const told = dated.filter((issued) => !isShared(issued));
  const named = told.filter(({ arn }) => arn !== undefined);
  const isWithoutArn = ({ arn }: Credentials) => arn === undefined;
  return some([
    every([
      not(exists("sessionStart")),
      areKeys([...all.filter(({ created }) => created === undefined), ...keyed]),
    ]),
    every([
      begunAs(keyUsed, keyed, ({ key }) => key, momentMs),
      // A key that was logged for another name as well is masked or forged.
      some([isNameless, areKeysOfArns(keyed), areKeys(keyed.filter(isWithoutArn))]),
    ]),
    every([begunAs(arnUsed, named, ({ arn }) => arn), not(areOf(foreign))]),
    begunAs(idUsed, told.filter(isWithoutArn), ({ principalId }) => principalId),
    // Where both have an ARN, that tells: masked ids are the same for everybody.
    every([isNameless, begunAs(idUsed, named, ({ principalId }) => principalId)]),
  ]);
}

/** Of two sessions that began within a moment the key tells; one issued at another time tells nothing of either. */
function areOf(issued: readonly Credentials[]): Filter {
  return every([begunAs(keyUsed, issued, ({ key }) => key, momentMs), areKeysOfArns(issued)]);
}

/** Whether one call alone issued the key, and none of somebody else's the same for that name. */
function ownKeys(
  all: readonly Credentials[],
  foreign: readonly Credentials[],
): (issued: Credentials) => boolean {
  const [once, twice] = [new Set<string>(), new Set<string>()];
  for (const { key } of all) if (key !== undefined) (once.has(key) ? twice : once).add(key);
  const taken = new Set(foreign.map(({ key, arn }) => JSON.stringify([key, arn])));
  return ({ key, arn }) =>
    key !== undefined && !twice.has(key) && !taken.has(JSON.stringify([key, arn]));
}

/** Whether others began at the same moment what cannot be told from it. */
function sharing(others: readonly Issuance[]): (issued: Credentials) => boolean {
  const all = new Set(others.flatMap(({ issued }) => beginnings(issued)));
  const nameless = new Set(
    others.flatMap(({ issued }) => (issued.arn === undefined ? beginnings(issued) : [])),
  );
  return ({ arn, principalId, created }) => {
    const at = (names: Credentials) =>
      beginnings({ ...names, ...(created !== undefined && { created }) });
    const byId = principalId === undefined ? [] : at({ principalId });
    return arn === undefined
      ? byId.some((one) => all.has(one))
      : at({ arn }).some((one) => all.has(one)) || byId.some((one) => nameless.has(one));
  };
}

const keyUsed = field("accessKeyId");
const sessionStart = field("sessionStart");
const arnUsed = path("userIdentity.arn");
const idUsed = path("userIdentity.principalId");

const isNameless = not({ kind: "exists", subject: arnUsed });

/** As records write it, and as the documentation does. */
function spellings(time: number): readonly string[] {
  const text = formatTime(time, "UTC");
  return [text, text.replace(/[-:]/g, "")];
}

type Pair = readonly [string, string];

/** Calls in sessions that began when these did, give or take `slackMs`, and are called the same. */
function begunAs(
  subject: Subject,
  credentials: readonly Credentials[],
  nameOf: (issued: Credentials) => string | undefined,
  slackMs = 0,
): Filter {
  const pairs = credentials.flatMap((issued): readonly Pair[] => {
    const [name, { created }] = [nameOf(issued), issued];
    if (name === undefined || created === undefined) return [];
    const times = new Set([created - slackMs, created, created + slackMs]);
    return [...times].flatMap(spellings).map((text) => [name, text]);
  });
  return { kind: "pairs", subjects: [subject, sessionStart], pairs };
}

/** Thousands of keys are one look-up this way, as alternatives they would each be tried. */
function areKeys(credentials: readonly Credentials[]): Filter {
  const pairs = credentials.flatMap(({ key }): readonly Pair[] =>
    key === undefined ? [] : [[key, key]],
  );
  return { kind: "pairs", subjects: [keyUsed, keyUsed], pairs };
}

function areKeysOfArns(credentials: readonly Credentials[]): Filter {
  const pairs = credentials.flatMap(({ key, arn }): readonly Pair[] =>
    key === undefined || arn === undefined ? [] : [[key, arn]],
  );
  return { kind: "pairs", subjects: [keyUsed, arnUsed], pairs };
}

/**
 * A user in a filter, with all that the user did in sessions that they began: roles assumed, tokens
 * taken, and so on through those. The filter that comes of it is about records alone, so any engine can
 * answer it.
 */

import { formatTime } from "../event/time.ts";
import { during, every, exists, field, not, path, some } from "../query/build.ts";
import { type Filter, type Subject, textTests } from "../query/filter.ts";
import type { Engine } from "../query/query.ts";
import { issuingEvents } from "./gather.ts";
import { type Credentials, issuingFilter } from "./issuers.ts";
import { beginnings, type Issue, linkSessions, momentMs } from "./sessions.ts";

/** Whether the filter tells users apart at all. */
export function namesUsers(filter: Filter): boolean {
  return userTests(filter).length > 0;
}

/** The filter with every test of who called made to take in what they did through roles. */
export async function throughRoles(engine: Engine, filter: Filter): Promise<Filter> {
  const tests = userTests(filter);
  const reach = new Map<Filter, Filter>();
  for (const test of tests) {
    const calls = await callsThrough(engine, test);
    if (calls !== undefined) reach.set(test, some([test, calls]));
  }
  return reach.size === 0 ? filter : replaced(filter, reach);
}

function userTests(filter: Filter): readonly Filter[] {
  return textTests(filter).filter(
    ({ subject }) => subject.kind === "field" && subject.field === "user",
  );
}

function replaced(filter: Filter, by: ReadonlyMap<Filter, Filter>): Filter {
  switch (filter.kind) {
    case "every":
    case "some":
      return { ...filter, filters: filter.filters.map((part) => replaced(part, by)) };
    case "not":
      return { ...filter, filter: replaced(filter.filter, by) };
    default:
      return by.get(filter) ?? filter;
  }
}

/** Sessions lead to sessions; a chain longer than this is made up. */
const mostSteps = 20;

/** The calls in sessions that the user's calls began, those that these led to, and so on. */
async function callsThrough(engine: Engine, isUser: Filter): Promise<Filter | undefined> {
  const begun = new Map<string, Issue>();
  let calls: Filter | undefined;
  for (let step = 0; step < mostSteps; step++) {
    const found = await issuingEvents(engine, every([issuingFilter, calls ?? isUser]));
    // A key that lasts is for somebody else to use; the user's own bears the user's name.
    const issues = linkSessions(found).issues.filter(({ begins }) => begins !== "key");
    const news = issues.filter(({ id }) => !begun.has(id));
    if (news.length === 0) break;
    for (const issue of news) begun.set(issue.id, issue);
    calls = callsIn([...begun.values()], await othersBegun(engine, begun));
  }
  return calls;
}

/** Sessions that somebody else began when these were begun. */
async function othersBegun(
  engine: Engine,
  begun: ReadonlyMap<string, Issue>,
): Promise<readonly Issue[]> {
  const times = [...begun.values()].flatMap(({ issued: { created } }) => created ?? []);
  const found = await issuingEvents(engine, every([issuingFilter, some(momentsOf(times))]));
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
function callsIn(issues: readonly Issue[], others: readonly Issue[]): Filter {
  const keys = new Set(others.map(({ issued: { key, arn } }) => JSON.stringify([key, arn])));
  const isShared = sharing(others);
  const [once, twice] = [new Set<string>(), new Set<string>()];
  for (const { issued } of issues) {
    if (issued.key !== undefined) (once.has(issued.key) ? twice : once).add(issued.key);
  }
  const lonely: Pair[] = [];
  const nameless: Pair[] = [];
  const byKey: Pair[] = [];
  const named: Pair[] = [];
  const byArn: Pair[] = [];
  const byId: Pair[] = [];
  const byHiddenId: Pair[] = [];
  for (const { issued } of issues) {
    const { key, principalId, arn, created } = issued;
    if (created === undefined) {
      if (key !== undefined) lonely.push([key, key]);
      continue;
    }
    const at = (times: readonly number[], name: string) =>
      times.flatMap(spellings).map((text): Pair => [name, text]);
    if (key !== undefined && !twice.has(key) && !keys.has(JSON.stringify([key, arn]))) {
      byKey.push(...at([created - momentMs, created, created + momentMs], key));
      lonely.push([key, key]);
      if (arn === undefined) nameless.push([key, key]);
      else named.push([key, arn]);
    }
    if (isShared(issued)) continue;
    if (arn !== undefined) byArn.push(...at([created], arn));
    if (principalId === undefined) continue;
    (arn === undefined ? byId : byHiddenId).push(...at([created], principalId));
  }
  return some([
    every([not(exists("sessionStart")), areKeys(lonely)]),
    every([
      pairsOf(keyUsed, byKey),
      // A key that was logged for another name as well is masked or forged.
      some([
        not(existsAt(arnUsed)),
        { kind: "pairs", subjects: [keyUsed, arnUsed], pairs: named },
        areKeys(nameless),
      ]),
    ]),
    every([
      pairsOf(arnUsed, byArn),
      // Of two sessions that began within a moment the key tells.
      not({
        kind: "pairs",
        subjects: [keyUsed, arnUsed],
        pairs: others.flatMap(({ issued: { key, arn } }): readonly Pair[] =>
          key === undefined || arn === undefined ? [] : [[key, arn]],
        ),
      }),
    ]),
    pairsOf(path("userIdentity.principalId"), byId),
    // Where both have an ARN, that tells: masked ids are the same for everybody.
    every([not(existsAt(arnUsed)), pairsOf(path("userIdentity.principalId"), byHiddenId)]),
  ]);
}

/** Whether others began at the same moment what cannot be told from it. */
function sharing(others: readonly Issue[]): (issued: Credentials) => boolean {
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

type Pair = readonly [string, string];

const keyUsed = field("accessKeyId");
const sessionStart = field("sessionStart");
const arnUsed = path("userIdentity.arn");

/** As records write it, and as the documentation does. */
function spellings(time: number): readonly string[] {
  const text = formatTime(time, "UTC");
  return [text, text.replace(/[-:]/g, "")];
}

function pairsOf(subject: Subject, pairs: readonly Pair[]): Filter {
  return { kind: "pairs", subjects: [subject, sessionStart], pairs };
}

/** Thousands of keys are one look-up this way, as alternatives they would each be tried. */
function areKeys(pairs: readonly Pair[]): Filter {
  return { kind: "pairs", subjects: [keyUsed, keyUsed], pairs };
}

function existsAt(subject: Subject): Filter {
  return { kind: "exists", subject };
}

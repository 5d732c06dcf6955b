/**
 * A user in a filter, with all that the user did in sessions that they began: roles assumed, tokens
 * taken, and so on through those. The filter that comes of it is about records alone, so any engine can
 * answer it.
 */

import { formatTime } from "../event/time.ts";
import { during, equals, every, not, path, some } from "../query/build.ts";
import { type Filter, textTests } from "../query/filter.ts";
import type { Engine } from "../query/query.ts";
import { issuingEvents } from "./gather.ts";
import { issuingFilter } from "./issuers.ts";
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
    const sessions = await sessionsOf(engine, test);
    if (sessions.length > 0) reach.set(test, some([test, ...sessions.map(callsIn)]));
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

/** A session that was begun, and the keys of others that began just like it. */
interface Begun {
  readonly issue: Issue;
  readonly othersKeys: readonly string[];
}

/** Sessions lead to sessions; a chain longer than this is made up. */
const mostSteps = 20;

/** The sessions that the user's calls began, those that these led to, and so on. */
async function sessionsOf(engine: Engine, isUser: Filter): Promise<readonly Begun[]> {
  const begun = new Map<string, Begun>();
  let callers: Filter = isUser;
  for (let step = 0; step < mostSteps; step++) {
    const news = (await begunBy(engine, callers)).filter(({ issue }) => !begun.has(issue.id));
    if (news.length === 0) break;
    for (const one of news) begun.set(one.issue.id, one);
    callers = some(news.map(callsIn));
  }
  return [...begun.values()];
}

async function begunBy(engine: Engine, isCaller: Filter): Promise<readonly Begun[]> {
  const found = await issuingEvents(engine, every([issuingFilter, isCaller]));
  // A key that lasts is for somebody else to use; the user's own bears the user's name.
  const issues = linkSessions(found).issues.filter(({ begins }) => begins !== "key");
  if (issues.length === 0) return [];
  const moments = some(issues.flatMap(({ issued: { created } }) => created ?? []).map(around));
  const alike = linkSessions(await issuingEvents(engine, every([issuingFilter, moments]))).issues;
  return issues.map((issue) => ({
    issue,
    othersKeys: alike
      .filter((other) => other.id !== issue.id && beganAlike(other, issue))
      .flatMap(({ issued: { key } }) => key ?? []),
  }));
}

function around(time: number): Filter {
  return during({ from: time - momentMs, until: time + momentMs + 1 });
}

function beganAlike(a: Issue, b: Issue): boolean {
  const names = beginnings(a.issued);
  return beginnings(b.issued).some((name) => names.includes(name));
}

/** Keys are often made anew within a session, so principal and beginning tell it as well. */
function callsIn({ issue: { issued }, othersKeys }: Begun): Filter {
  const { key, principalId, arn, created } = issued;
  const isKey = key === undefined ? [] : [equals("accessKeyId", key)];
  const isPrincipal = [
    ...(principalId === undefined ? [] : [equals(path("userIdentity.principalId"), principalId)]),
    ...(arn === undefined ? [] : [equals(path("userIdentity.arn"), arn)]),
  ];
  if (created === undefined || isPrincipal.length === 0) return some(isKey);
  const isSession = every([
    some(isPrincipal),
    some(spellings(created).map((text) => equals("sessionStart", text))),
    ...othersKeys.map((other) => not(equals("accessKeyId", other))),
  ]);
  return some([...isKey, isSession]);
}

/** As records write it, and as the documentation does. */
function spellings(time: number): readonly string[] {
  const text = formatTime(time, "UTC");
  return [text, text.replace(/[-:]/g, "")];
}

/**
 * Tests of who called, held against whoever is behind the call: through however many roles, and whatever
 * sessions are called.
 *
 * A name that somebody only claims is enough to break a rule, and never enough to be let through it.
 */

import type { CloudTrailRecord } from "../../event/record.ts";
import { valuesOf } from "../../event/values.ts";
import { not } from "../../query/build.ts";
import {
  everything,
  type Filter,
  type Subject,
  type Test,
  type TextTest,
} from "../../query/filter.ts";
import { matches } from "../../query/matches.ts";
import { fits } from "../../query/pattern.ts";
import { sketchOf } from "../../query/query.ts";
import { type Chain, chainOf, peopleBehind } from "../../resolve/chain.ts";
import { isProven, type Origin } from "../../resolve/origin.ts";
import type { Sessions } from "../../resolve/sessions.ts";
import { humanName } from "../../words/humans.ts";

const nothing: Filter = not(everything);

/** All that the filter may select, whoever is behind it: what has to be read to know. */
export function whoever(filter: Filter): Filter {
  return settled(filter, true, (_, isWanted) => isWanted);
}

/** Whether there is a test in it that the record alone does not decide. */
export function asksWho(filter: Filter): boolean {
  switch (filter.kind) {
    case "every":
    case "some":
      return filter.filters.some(asksWho);
    case "not":
      return asksWho(filter.filter);
    default:
      return isAboutWho(filter);
  }
}

export function matchesBehind(
  filter: Filter,
  record: CloudTrailRecord,
  sessions: Sessions,
): boolean {
  const chain = chainOf(record, sessions);
  const told = settled(filter, true, (test, isWanted) =>
    fieldOf(test.subject) === "mfa"
      ? fitsMfa(test, record, chain)
      : fitsCaller(test, record, chain, isWanted),
  );
  return matches(told, record);
}

/** `isWanted`: the event breaks the rule because of the test, and not in spite of it. */
type Decide = (test: TextTest, isWanted: boolean) => boolean;

function settled(filter: Filter, isWanted: boolean, decide: Decide): Filter {
  switch (filter.kind) {
    case "every":
    case "some": {
      const filters = filter.filters.map((part) => settled(part, isWanted, decide));
      return { kind: filter.kind, filters };
    }
    case "not":
      return not(settled(filter.filter, !isWanted, decide));
    default:
      return isAboutWho(filter) ? (decide(filter, isWanted) ? everything : nothing) : filter;
  }
}

function isAboutWho(test: Test): test is TextTest {
  if (test.kind !== "text") return false;
  const field = fieldOf(test.subject);
  return field === "user" || field === "mfa";
}

function fieldOf(subject: Subject): string | undefined {
  return subject.kind === "field" ? subject.field : undefined;
}

/** Whoever began one of the sessions on the way counts as well as the one at its end. */
function fitsCaller(
  test: TextTest,
  record: CloudTrailRecord,
  { hops, origins }: Chain,
  isWanted: boolean,
): boolean {
  const proven: TextTest = { ...test, subject: { kind: "field", field: "bearer" } };
  const own = isWanted ? test : proven;
  const isCaller = (one: CloudTrailRecord) => matches(own, one);
  if (isCaller(record)) return true;
  const callsOf = ({ issues }: Chain["hops"][number]) => issues.map(({ event }) => sketchOf(event));
  // One of several that may have begun a session is enough to suspect, not to acquit.
  if (hops.some((hop) => callsOf(hop)[isWanted ? "some" : "every"](isCaller))) return true;
  const isOrigin = (origin: Origin) =>
    (isWanted || isProven(origin)) && namesOf(origin).some(fits(test.pattern));
  return isWanted ? origins.some(isOrigin) : origins.every(isOrigin);
}

function namesOf(origin: Origin): readonly string[] {
  const { name, arn } = origin.identity;
  return [name, humanName(origin), ...(arn === undefined ? [] : [arn])];
}

/**
 * Where AWS cannot know of a second factor, there is none to be missed: it is the identity provider's to
 * ask for, and programs have none.
 */
function fitsMfa({ pattern }: TextTest, record: CloudTrailRecord, chain: Chain): boolean {
  const [said] = valuesOf("mfa", record);
  const counts = said !== "yes" && peopleBehind(chain).every(isElsewhere) ? "yes" : said;
  return counts !== undefined && fits(pattern)(counts);
}

function isElsewhere({ kind, evidence }: Origin): boolean {
  if (kind === "service" || kind === "workload" || kind === "outside") return true;
  return evidence !== undefined && evidence !== "IAM user" && evidence !== "root user";
}

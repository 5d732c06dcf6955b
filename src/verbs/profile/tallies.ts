/**
 * The calls of whoever is profiled, counted by one thing after another.
 */

import { describeClient } from "../../event/client.ts";
import type { FieldName } from "../../event/fields.ts";
import type { CloudTrailRecord } from "../../event/record.ts";
import { field } from "../../query/build.ts";
import { byText } from "../../query/compare.ts";
import type { Filter, Subject } from "../../query/filter.ts";
import type { Reading } from "../../query/query.ts";
import { joinedSpan, type Span } from "../../query/span.ts";
import { callerSubjects, groupsByCaller } from "../../resolve/caller-groups.ts";

const counted = [
  "eventSource",
  "eventName",
  "awsRegion",
  "sourceIPAddress",
  "userAgent",
  "outcome",
  "readOnly",
  "mfa",
] as const satisfies readonly FieldName[];

/** All that `callsOf` counts by. */
export const countedSubjects: readonly Subject[] = [...callerSubjects, ...counted.map(field)];

/** Calls alike in all that a profile tells of. */
export interface Calls {
  readonly record: CloudTrailRecord;
  readonly caller: string;
  readonly count: number;
  readonly span: Span;
  readonly told: ReadonlyMap<FieldName, string>;
  /** Made in a session that was begun, and not with whoever's own credentials. */
  readonly isThrough: boolean;
}

export async function callsOf(
  reading: Reading,
  filter: Filter,
  isThrough: (record: CloudTrailRecord) => boolean,
): Promise<readonly Calls[]> {
  const groups = await groupsByCaller(reading, { kind: "groups", filter, by: counted.map(field) });
  // One record stands for all groups of a caller.
  const callers = new Map(groups.map(({ record }) => [record, false]));
  for (const record of callers.keys()) callers.set(record, isThrough(record));
  return groups.map(({ record, caller, count, first, last, values }) => ({
    record,
    caller,
    count,
    span: first === undefined || last === undefined ? {} : { first, last },
    told: new Map(
      counted.flatMap((name, at) => {
        const value = values[at];
        return value === undefined ? [] : [[name, value] as const];
      }),
    ),
    isThrough: callers.get(record) ?? false,
  }));
}

export interface Tally {
  readonly value: string;
  events: number;
  through: number;
  denied: number;
  span: Span;
}

/** Most events first; calls of which `nameOf` tells nothing are left out. */
export function talliesBy(
  calls: readonly Calls[],
  nameOf: (calls: Calls) => string | undefined,
): readonly Tally[] {
  const tallies = new Map<string, Tally>();
  for (const some of calls) {
    const value = nameOf(some);
    if (value === undefined) continue;
    const tally = tallies.get(value) ?? { value, events: 0, through: 0, denied: 0, span: {} };
    tallies.set(value, tally);
    tally.events += some.count;
    tally.through += some.isThrough ? some.count : 0;
    tally.denied += some.told.get("outcome") === "denied" ? some.count : 0;
    tally.span = joinedSpan(tally.span, some.span);
  }
  return [...tallies.values()].sort((a, b) => b.events - a.events || byText(a.value, b.value));
}

export function toldBy(name: (typeof counted)[number]): (calls: Calls) => string | undefined {
  return ({ told }) => told.get(name);
}

export function clientIn({ told }: Calls): string | undefined {
  return describeClient(told.get("userAgent"));
}

export function totalOf(calls: readonly Calls[]): number {
  return calls.reduce((sum, { count }) => sum + count, 0);
}

export function wholeSpan(calls: readonly Calls[]): Span {
  return calls.reduce<Span>((span, some) => joinedSpan(span, some.span), {});
}

/**
 * An engine over an array of records, built on `matches`: slow, obvious and exact. Verbs are tested
 * with it, and faster engines are held to it.
 */

import type { FieldName } from "../../src/event/fields.ts";
import { foldCase } from "../../src/event/fold-case.ts";
import { mentionables } from "../../src/event/mention.ts";
import { outcomeOf } from "../../src/event/outcome.ts";
import {
  type CloudTrailRecord,
  isObject,
  type Json,
  textOf,
  valuesSpelled,
} from "../../src/event/record.ts";
import { parseEventTime, startOf, startOfNext } from "../../src/event/time.ts";
import type { Coverage, Tally } from "../../src/query/coverage.ts";
import type { Filter } from "../../src/query/filter.ts";
import { matches } from "../../src/query/matches.ts";
import { preparePatterns } from "../../src/query/pattern.ts";
import type {
  Bucket,
  Engine,
  EventsQuery,
  FoundEvent,
  Group,
  GroupsQuery,
} from "../../src/query/query.ts";
import type { Span } from "../../src/query/span.ts";
import { labelsOf } from "../../src/query/subject.ts";

/** Records with an eventID that an earlier one has are duplicates. All come from `origin`. */
export function arrayEngine(records: readonly CloudTrailRecord[], origin = "events.json"): Engine {
  const events = unique(records, origin);
  const coverage = coverageOf(records, events);
  const select = async (filter: Filter) => {
    await preparePatterns(filter);
    return events.filter(({ record }) => matches(filter, record));
  };
  return {
    expect() {},
    async events(query) {
      const found = inOrder(await select(query.filter), query);
      return { total: found.length, events: iterated(found.slice(0, query.limit)) };
    },
    async sketches({ filter, paths }) {
      const found = inOrder(await select(filter), { kind: "events", filter });
      // Read as columns are: a path that was not asked for shows in whoever needs it.
      return found.map((event) => ({ ...event, sketch: sketched(event.record, paths) }));
    },
    async groups(query) {
      return groupsOf(await select(query.filter), query);
    },
    async histogram({ filter, unit, timeZone }) {
      const found = await select(filter);
      const dated = found.filter((event) => timeOf(event) !== undefined);
      const buckets = new Map<number, Bucket>();
      for (const event of dated) {
        const start = startOf(unit, timeOf(event) ?? Number.NaN, timeZone);
        const { count, failed } = buckets.get(start) ?? { count: 0, failed: 0 };
        const fails = outcomeOf(event.record) === "success" ? 0 : 1;
        buckets.set(start, { start, count: count + 1, failed: failed + fails });
      }
      return {
        buckets: filled(buckets, (start) => startOfNext(unit, start, timeZone)),
        undated: found.length - dated.length,
      };
    },
    async similar(resource) {
      const wanted = foldCase(resource);
      const names = new Set(events.flatMap(({ record }) => [...mentionables(record)]));
      return [...names]
        .filter((name) => foldCase(name).includes(wanted) || wanted.includes(foldCase(name)))
        .sort();
    },
    coverage: () => coverage,
    survey: () => Promise.resolve({ ...coverage, gaps: [] }),
  };
}

function unique(records: readonly CloudTrailRecord[], origin: string): readonly FoundEvent[] {
  const seen = new Set<unknown>();
  return records.flatMap((record, offset) => {
    const { eventID } = record;
    if (typeof eventID === "string" && seen.has(eventID)) return [];
    seen.add(eventID);
    return [{ record, bytes: Buffer.from(textOf(record)), origin, offset }];
  });
}

function sketched(
  record: CloudTrailRecord,
  paths: readonly (readonly string[])[],
): CloudTrailRecord {
  return paths.reduce<CloudTrailRecord>((sketch, path) => {
    const texts = valuesSpelled(record, path).map(textOf);
    const [only = ""] = texts;
    return texts.length === 0 ? sketch : withValue(sketch, path, texts.length === 1 ? only : texts);
  }, {});
}

function withValue(
  object: CloudTrailRecord,
  [key = "", ...deeper]: readonly string[],
  value: Json,
): CloudTrailRecord {
  const inner = object[key];
  return {
    ...object,
    [key]: deeper.length === 0 ? value : withValue(isObject(inner) ? inner : {}, deeper, value),
  };
}

function timeOf({ record: { eventTime } }: FoundEvent): number | undefined {
  return parseEventTime(eventTime);
}

async function* iterated<T>(items: readonly T[]): AsyncIterable<T> {
  yield* items;
}

/** By time or the subject, then by time, then by eventID, then as they came; without a key last. */
function inOrder(
  found: readonly FoundEvent[],
  { sort, descending }: EventsQuery,
): readonly FoundEvent[] {
  const inTime = found.toSorted(
    (a, b) => compared(timeOf(a), timeOf(b)) || compared(idOf(a), idOf(b)),
  );
  const labelOf = ({ record }: FoundEvent) => sort && labelsOf(sort, record)[0];
  const keyOf = sort === undefined ? timeOf : labelOf;
  const keyed =
    sort === undefined ? inTime : inTime.toSorted((a, b) => naturally(labelOf(a), labelOf(b)));
  if (descending !== true) return keyed;
  return [
    ...keyed.filter((event) => keyOf(event) !== undefined).reverse(),
    ...keyed.filter((event) => keyOf(event) === undefined),
  ];
}

function idOf({ record: { eventID } }: FoundEvent): string {
  return typeof eventID === "string" ? eventID : "";
}

/** Numbers by size and texts by code unit, undefined last. */
function compared<T extends string | number>(a: T | undefined, b: T | undefined): number {
  if (a === b) return 0;
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  return a < b ? -1 : 1;
}

type Key = string | undefined;

/** Texts that are numbers by size, others by code unit. */
function naturally(a: Key, b: Key): number {
  const numbers = a === "" || b === "" ? Number.NaN : Number(a) - Number(b);
  return Number.isNaN(numbers) || numbers === 0 ? compared(a, b) : numbers;
}

/** Each combination of values once for an event; an event without a value has the value undefined. */
function groupsOf(
  events: readonly FoundEvent[],
  { by, pauseMs = Number.POSITIVE_INFINITY, once }: Omit<GroupsQuery, "kind" | "filter">,
): readonly Group[] {
  const groups: Group[] = [];
  const latest = new Map<string, number>();
  const inTime = events.toSorted((a, b) => compared(timeOf(a), timeOf(b)));
  for (const event of inTime) {
    const time = timeOf(event);
    const labels = by.map((subject) => labelsOf(subject, event.record));
    for (const values of combinations(once ? labels.map((own) => own.slice(0, 1)) : labels)) {
      const key = JSON.stringify(values);
      const at = latest.get(key) ?? -1;
      const { count, last, first } = groups[at] ?? { count: 0 };
      const isUndated = (time === undefined) !== (last === undefined);
      const isApart =
        (pauseMs !== Number.POSITIVE_INFINITY && isUndated) ||
        (time ?? 0) - (last ?? time ?? 0) > pauseMs;
      const span = { ...(first !== undefined && { first }), ...(last !== undefined && { last }) };
      if (count === 0 || isApart) {
        latest.set(key, groups.length);
        groups.push({ ...extended({}, time), values, count: 1 });
      } else groups[at] = { ...extended(span, time), values, count: count + 1 };
    }
  }
  return groups.sort(
    (a, b) =>
      b.count - a.count ||
      by.reduce((earlier, _, i) => earlier || compared(a.values[i], b.values[i]), 0) ||
      compared(a.first, b.first),
  );
}

function combinations(labels: readonly (readonly string[])[]): readonly Group["values"][] {
  return labels.reduce<readonly Group["values"][]>(
    (found, own) => {
      const choices = own.length === 0 ? [undefined] : own;
      return found.flatMap((values) => choices.map((choice) => [...values, choice]));
    },
    [[]],
  );
}

function extended({ first, last }: Span, time: number | undefined): Span {
  if (time === undefined)
    return { ...(first !== undefined && { first }), ...(last !== undefined && { last }) };
  return { first: Math.min(first ?? time, time), last: Math.max(last ?? time, time) };
}

/** With empty buckets in between. */
function filled(
  buckets: ReadonlyMap<number, Bucket>,
  next: (start: number) => number,
): readonly Bucket[] {
  const last = Math.max(...buckets.keys());
  const all: Bucket[] = [];
  for (let start = Math.min(...buckets.keys()); start <= last; start = next(start)) {
    all.push(buckets.get(start) ?? { start, count: 0, failed: 0 });
  }
  return all;
}

function coverageOf(records: readonly CloudTrailRecord[], events: readonly FoundEvent[]): Coverage {
  return {
    files: 1,
    bytes: Buffer.byteLength(textOf(records)),
    records: records.length,
    duplicates: records.length - events.length,
    malformed: 0,
    undated: events.filter((event) => timeOf(event) === undefined).length,
    notLogs: [],
    outsideWindow: 0,
    notFollowed: 0,
    problems: [],
    problemCount: 0,
    exact: true,
    span: events.reduce<Span>((span, event) => extended(span, timeOf(event)), {}),
    accounts: talliesOf(events, "recipientAccountId"),
    regions: talliesOf(events, "awsRegion"),
    categories: talliesOf(events, "eventCategory"),
  };
}

function talliesOf(events: readonly FoundEvent[], field: FieldName): readonly Tally[] {
  return groupsOf(events, { by: [{ kind: "field", field }] }).flatMap(
    ({ values: [value], count, ...span }) =>
      value === undefined ? [] : [{ ...span, value, events: count }],
  );
}

/**
 * The engine that only knows `matches`: it looks at every event for every question. Slow, obvious and
 * right, it is what faster engines are held to, and what can be handed the few events that a source
 * elsewhere gives as candidates.
 */

import type { FieldName } from "../../event/fields.ts";
import { foldCase } from "../../event/fold-case.ts";
import { laneOfRecord } from "../../event/lane.ts";
import { mentionables } from "../../event/mention.ts";
import { outcomeOf } from "../../event/outcome.ts";
import {
  type CloudTrailRecord,
  isObject,
  type Json,
  textOf,
  valuesSpelled,
} from "../../event/record.ts";
import { parseEventTime, startOf, startOfNext } from "../../event/time.ts";
import type { Coverage, Tally } from "../../query/coverage.ts";
import { nothingJudged } from "../../query/integrity.ts";
import { takesAnyLane } from "../../query/lanes.ts";
import { matches } from "../../query/matches.ts";
import { preparePatterns } from "../../query/pattern.ts";
import type {
  Bucket,
  Engine,
  EventsQuery,
  FoundEvent,
  Group,
  GroupsQuery,
  HistogramQuery,
  HistogramReply,
  Reading,
} from "../../query/query.ts";
import type { Span } from "../../query/span.ts";
import { labelsOf } from "../../query/subject.ts";

/** Events of equal eventID are one: the first. */
export function plainEngine(events: readonly FoundEvent[]): Engine {
  const engine: Engine = { reading: () => readingOf(engine, withoutRepeats(events), coverage) };
  const coverage = coverageOf(events, withoutRepeats(events));
  return engine;
}

/** Records that stand in `origin` one after another. */
export function eventsAt(
  origin: string,
  records: readonly CloudTrailRecord[],
): readonly FoundEvent[] {
  return records.map((record, offset) => ({
    id: `${offset} ${origin}`,
    record,
    source: { origin, offset, bytes: Buffer.from(textOf(record)) },
  }));
}

function readingOf(engine: Engine, events: readonly FoundEvent[], all: Coverage): Reading {
  const coverage = () => all;
  const calls = events.filter(({ record }) => laneOfRecord(record) === undefined);
  const select = async (
    query: Pick<GroupsQuery, "filter" | "anyLane"> & { by?: GroupsQuery["by"] },
  ) => {
    const { filter } = query;
    await preparePatterns(filter);
    const asked = takesAnyLane(query) ? events : calls;
    return asked.filter(({ record }) => matches(filter, record));
  };
  const reading: Reading = {
    engine,
    async events(query) {
      const found = inOrder(await select(query), query);
      return { total: found.length, events: iterated(found.slice(0, query.limit)), coverage };
    },
    async sketches({ filter, paths }) {
      const found = inOrder(await select({ filter }), { kind: "events", filter });
      // Read as columns are: a path that was not asked for shows in whoever needs it.
      return {
        events: found.map((event) => ({ ...event, sketch: sketched(event.record, paths) })),
        coverage,
      };
    },
    async groups(query) {
      return { groups: groupsOf(await select(query), query), coverage };
    },
    async histogram(query) {
      return { ...histogramOf(await select(query), query), coverage };
    },
    similar: (resource) => Promise.resolve({ names: namesLike(resource, events), coverage }),
    survey: () => Promise.resolve({ coverage: () => ({ ...all, gaps: [] }) }),
    integrity: () => Promise.resolve(nothingJudged),
    further: () => reading,
    coverage,
  };
  return reading;
}

function namesLike(resource: string, events: readonly FoundEvent[]): readonly string[] {
  const wanted = foldCase(resource);
  const names = new Set(events.flatMap(({ record }) => [...mentionables(record)]));
  return [...names]
    .filter((name) => foldCase(name).includes(wanted) || wanted.includes(foldCase(name)))
    .sort();
}

function histogramOf(
  found: readonly FoundEvent[],
  { unit, timeZone }: HistogramQuery,
): Pick<HistogramReply, "buckets" | "undated"> {
  const dated = found.filter((event) => timeOf(event) !== undefined);
  const buckets = new Map<number, Bucket>();
  for (const event of dated) {
    const start = startOf(unit, timeOf(event) ?? Number.NaN, timeZone);
    const { count, failed } = buckets.get(start) ?? { count: 0, failed: 0 };
    const fails = /^(?:denied|failed)$/.test(outcomeOf(event.record));
    buckets.set(start, { start, count: count + 1, failed: failed + (fails ? 1 : 0) });
  }
  return {
    buckets: filled(buckets, (start) => startOfNext(unit, start, timeZone)),
    undated: found.length - dated.length,
  };
}

function withoutRepeats(events: readonly FoundEvent[]): readonly FoundEvent[] {
  const seen = new Set<unknown>();
  return events.filter(({ record: { eventID } }) => {
    if (typeof eventID === "string" && seen.has(eventID)) return false;
    seen.add(eventID);
    return true;
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
  const sortKey = sort === undefined ? timeOf : labelOf;
  const keyed =
    sort === undefined ? inTime : inTime.toSorted((a, b) => naturally(labelOf(a), labelOf(b)));
  if (descending !== true) return keyed;
  return [
    ...keyed.filter((event) => sortKey(event) !== undefined).reverse(),
    ...keyed.filter((event) => sortKey(event) === undefined),
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

/** `all` are those given, `events` those that repeat no other. */
function coverageOf(all: readonly FoundEvent[], events: readonly FoundEvent[]): Coverage {
  return {
    files: new Set(all.map(({ source: { origin } }) => origin)).size,
    bytes: all.reduce((sum, { source: { bytes } }) => sum + bytes.length, 0),
    records: all.length,
    duplicates: all.length - events.length,
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

/**
 * The selected events in order, read one after another as somebody takes them.
 */

// Indexes stay within the arrays; the casts only drop the `undefined` of the checked index access.

import type { Subject } from "../../query/filter.ts";
import type { EventsQuery, EventsReply, FoundEvent } from "../../query/query.ts";
import type { EventStore, RowRef, Selection } from "./event-store.ts";
import { labelsFor } from "./labels.ts";

export async function events(
  store: EventStore,
  query: EventsQuery,
): Promise<Omit<EventsReply, "coverage">> {
  const selection = await store.select(query);
  const inTime = rowsInTime(store, selection);
  const sorted =
    query.sort === undefined ? inTime : await sortedBy(store, selection, inTime.rows, query.sort);
  if (query.descending) sorted.rows.subarray(0, sorted.valued).reverse();
  const limit = query.limit ?? Number.POSITIVE_INFINITY;
  return { total: sorted.rows.length, events: read(store, refs(sorted.rows), limit) };
}

async function* read(
  store: EventStore,
  rows: Iterable<RowRef>,
  limit: number,
): AsyncGenerator<FoundEvent> {
  let given = 0;
  for (const ref of rows) {
    if (given >= limit) return;
    const event = await store.event(ref);
    if (event === undefined) continue;
    given += 1;
    yield event;
  }
}

/** Rows of all segments as one number each: the segment times 2^32, and the row. */
type Rows = Float64Array;

interface Sorted {
  readonly rows: Rows;
  /** How many have a value to sort by; the others follow them, in whichever direction. */
  readonly valued: number;
}

const perSegment = 2 ** 32;

function refOf(number: number): RowRef {
  return { segment: Math.floor(number / perSegment), row: number % perSegment };
}

export function* refs(rows: Rows): Generator<RowRef> {
  for (const number of rows) yield refOf(number);
}

/**
 * By eventTime, then by the bits of the eventID; events without a time come last. Sorting the rows by
 * whole seconds as plain integers first is many times faster than asking a comparison for each pair.
 */
export function rowsInTime(store: EventStore, selection: Selection): Sorted {
  const total = selection.reduce((sum, rows) => sum + rows.length, 0);
  const rows = new Float64Array(total);
  const keys = new BigUint64Array(total);
  const halves = new Uint32Array(keys.buffer);
  let at = 0;
  for (const [segment, own] of selection.entries()) {
    const times = store.segments[segment]?.times ?? new Float64Array(0);
    for (const row of own) {
      rows[at] = segment * perSegment + row;
      halves[at * 2] = at;
      halves[at * 2 + 1] = secondsKey(times[row] as number);
      at += 1;
    }
  }
  keys.sort();
  const sorted = new Float64Array(total);
  for (let i = 0; i < total; i += 1) sorted[i] = rows[halves[i * 2] as number] as number;
  for (let from = 0; from < total; ) {
    let until = from + 1;
    while (until < total && halves[until * 2 + 1] === halves[from * 2 + 1]) until += 1;
    if (until - from > 1) sorted.subarray(from, until).sort(byTimeAndId(store));
    from = until;
  }
  let valued = total;
  while (valued > 0 && halves[valued * 2 - 1] === lastKey) valued -= 1;
  return { rows: sorted, valued };
}

const lastKey = 0xffffffff;

/** Seconds from 1901 to 2106 as a number without sign; what lies beyond is put at the ends. */
function secondsKey(timeMs: number): number {
  if (Number.isNaN(timeMs)) return lastKey;
  return Math.min(Math.max(Math.floor(timeMs / 1000) + 2 ** 31, 0), lastKey - 1);
}

function byTimeAndId(store: EventStore): (a: number, b: number) => number {
  return (a, b) => {
    const first = refOf(a);
    const second = refOf(b);
    const left = store.segments[first.segment] as EventStore["segments"][number];
    const right = store.segments[second.segment] as EventStore["segments"][number];
    const times = (left.times[first.row] as number) - (right.times[second.row] as number);
    if (times !== 0 && !Number.isNaN(times)) return times;
    for (let word = 0; word < 4; word += 1) {
      const ids =
        bigEndian(left.ids[first.row * 4 + word] as number) -
        bigEndian(right.ids[second.row * 4 + word] as number);
      if (ids !== 0) return ids;
    }
    return store.comparePlaces(first, second);
  };
}

/** The word of a GUID as its text begins with it, so that the order is that of the texts. */
function bigEndian(word: number): number {
  return ((word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24)) >>> 0;
}

/** Numbers by size and before texts, texts by code unit, events without a value last. */
async function sortedBy(
  store: EventStore,
  selection: Selection,
  inTime: Rows,
  subject: Subject,
): Promise<Sorted> {
  const perSegmentKeys: { of: ArrayLike<number>; keys: (string | undefined)[] }[] = [];
  for (const [segment, rows] of selection.entries()) {
    const labels = await labelsFor(store, segment, rows, subject);
    const keys: (string | undefined)[] = [];
    for (const row of rows) {
      const number = labels.of[row] as number;
      if (!(number in keys)) keys[number] = labels.texts(number)[0];
    }
    perSegmentKeys.push({ of: labels.of, keys });
  }
  const sortKey = (number: number) => {
    const { segment, row } = refOf(number);
    const { of, keys } = perSegmentKeys[segment] as (typeof perSegmentKeys)[number];
    return keys[of[row] as number];
  };
  // The sort is stable, so that equal keys stay in the order of time.
  const keyed = Array.from(inTime, (number) => ({ number, key: sortKey(number) })).sort((a, b) =>
    compareKeys(a.key, b.key),
  );
  const missing = keyed.findIndex(({ key }) => key === undefined);
  return {
    rows: Float64Array.from(keyed, ({ number }) => number),
    valued: missing < 0 ? keyed.length : missing,
  };
}

function compareKeys(a: string | undefined, b: string | undefined): number {
  if (a === b) return 0;
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  const numbers = Number(a) - Number(b);
  if (a !== "" && b !== "" && !Number.isNaN(numbers) && numbers !== 0) return numbers;
  return a < b ? -1 : 1;
}

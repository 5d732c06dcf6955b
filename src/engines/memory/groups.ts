/**
 * Counts the selected events by what they are labelled with.
 */

// Loops over all rows count an index: until they are optimised, iterators take several times as long, and
// most questions are asked once. Indexes stay within the arrays; the casts only drop the `undefined` of the
// checked index access.

import type { Group, GroupsQuery } from "../../query/query.ts";
import type { Codes } from "../../store/segment.ts";
import { emptyStretch, extend, type Stretch } from "./coverage-tally.ts";
import type { EventStore } from "./event-store.ts";
import { type Labels, labelsFor } from "./labels.ts";

type Values = Group["values"];

/** Key of the group without a value; no text of a log is exactly this lone surrogate. */
const none = "\ud800";

export async function groups(store: EventStore, query: GroupsQuery): Promise<readonly Group[]> {
  const selection = await store.select(query);
  const found = new Map<string, Found>();
  for (const [segment, rows] of selection.entries()) {
    const labels: Labels[] = [];
    for (const subject of query.by) {
      const all = await labelsFor(store, segment, rows, subject);
      labels.push(query.once === true ? firstOf(all) : all);
    }
    const times = store.segments[segment]?.times ?? new Float64Array(0);
    const combined = combine(labels, rows, times.length);
    const stretches = stretchesOf(combined, rows, times);
    const timesOf = query.pauseMs === undefined ? undefined : timesBy(combined, rows, times);
    const choices = labels.map(choicesOf);
    const digits: number[] = [];
    for (const [number, stretch] of stretches) {
      digits.length = 0;
      combined.digits(number, digits);
      for (const values of combinations(choices, digits)) {
        const key = values.length === 1 ? (values[0] ?? none) : JSON.stringify(values);
        const group = found.get(key) ?? { values, stretch: emptyStretch(), times: [] };
        found.set(key, group);
        extend(group.stretch, stretch);
        if (timesOf !== undefined) group.times.push(timesOf(number));
      }
    }
  }
  const { pauseMs } = query;
  return [...found.values()]
    .flatMap((group) => (pauseMs === undefined ? [toGroup(group)] : parts(group, pauseMs)))
    .sort(byCount);
}

function firstOf(labels: Labels): Labels {
  return { ...labels, texts: (number) => labels.texts(number).slice(0, 1) };
}

interface Found {
  readonly values: Values;
  readonly stretch: Stretch;
  /** Of its events, where they are asked for; those of each segment apart. */
  readonly times: Float64Array[];
}

/** For each row a number below `size`, and what the numbers stand for. */
interface Combined {
  readonly of: ArrayLike<number>;
  readonly size: number;
  /** Adds the number of each label. */
  digits(number: number, into: number[]): void;
}

/** The numbers of several labels made one, like the digits of a number. */
function combine(labels: readonly Labels[], rows: Uint32Array, count: number): Combined {
  const nothing: Combined = { of: new Uint8Array(count), size: 1, digits: () => {} };
  const combined = labels.reduce((before, label) => withLabel(before, label, rows), nothing);
  return combined.size <= denseLimit ? combined : renumbered(combined, rows);
}

function withLabel(before: Combined, { of, size }: Labels, rows: Uint32Array): Combined {
  const safe = before.size * size <= Number.MAX_SAFE_INTEGER ? before : renumbered(before, rows);
  return {
    of: safe.size === 1 ? of : digitsOf(safe.of, of, size, rows),
    size: safe.size * size,
    digits(number, into) {
      safe.digits(Math.floor(number / size), into);
      into.push(number % size);
    },
  };
}

function digitsOf(
  before: ArrayLike<number>,
  of: Codes,
  size: number,
  rows: Uint32Array,
): Float64Array {
  const numbers = new Float64Array(of.length);
  for (let i = 0; i < rows.length; i += 1) {
    const row = rows[i] as number;
    numbers[row] = (before[row] as number) * size + (of[row] as number);
  }
  return numbers;
}

/** What a number of one label stands for. */
type Choices = (number: number) => Values;

/** Many combinations have a text in common, which is written in bytes. */
function choicesOf({ texts }: Labels): Choices {
  const known = new Map<number, Values>();
  return (number) => {
    const before = known.get(number);
    if (before !== undefined) return before;
    const own = texts(number);
    const value = own.length === 0 ? [undefined] : own;
    known.set(number, value);
    return value;
  };
}

/** Several where an event has several labels. */
function combinations(choices: readonly Choices[], digits: readonly number[]): readonly Values[] {
  let found: (string | undefined)[][] = [[]];
  for (let at = 0; at < digits.length; at += 1) {
    const own = (choices[at] as Choices)(digits[at] as number);
    if (own.length === 1) for (const values of found) values.push(own[0]);
    else found = found.flatMap((values) => own.map((value) => [...values, value]));
  }
  return found;
}

/** With the numbers that occur counted through: of most combinations there is no event. */
function renumbered({ of, digits }: Combined, rows: Uint32Array): Combined {
  const numbers = new Map<number, number>();
  const before: number[] = [];
  const next = new Uint32Array(of.length);
  for (let i = 0; i < rows.length; i += 1) {
    const row = rows[i] as number;
    const old = of[row] as number;
    let number = numbers.get(old);
    if (number === undefined) {
      number = before.length;
      before.push(old);
      numbers.set(old, number);
    }
    next[row] = number;
  }
  return {
    of: next,
    size: before.length,
    digits: (number, into) => digits(before[number] as number, into),
  };
}

/** Up to this many combinations are counted as they are numbered. */
const denseLimit = 1 << 20;

/** One stretch for each combination that occurs. */
function stretchesOf(
  { of, size }: Combined,
  rows: Uint32Array,
  times: Float64Array,
): Map<number, Stretch> {
  const counts = new Uint32Array(size);
  const firsts = new Float64Array(size).fill(Number.POSITIVE_INFINITY);
  const lasts = new Float64Array(size).fill(Number.NEGATIVE_INFINITY);
  for (let i = 0; i < rows.length; i += 1) {
    const row = rows[i] as number;
    const number = of[row] as number;
    const time = times[row] as number;
    counts[number] = (counts[number] as number) + 1;
    if (time < (firsts[number] as number)) firsts[number] = time;
    if (time > (lasts[number] as number)) lasts[number] = time;
  }
  const found = new Map<number, Stretch>();
  for (let number = 0; number < size; number += 1) {
    const count = counts[number] as number;
    if (count === 0) continue;
    found.set(number, {
      count,
      first: firsts[number] as number,
      last: lasts[number] as number,
    });
  }
  return found;
}

/** The times of the events of each combination, in no order; NaN for those without one. */
function timesBy(
  { of, size }: Combined,
  rows: Uint32Array,
  times: Float64Array,
): (number: number) => Float64Array {
  const ends = new Uint32Array(size + 1);
  for (const row of rows)
    ends[(of[row] as number) + 1] = (ends[(of[row] as number) + 1] as number) + 1;
  for (let number = 0; number < size; number += 1) {
    ends[number + 1] = (ends[number + 1] as number) + (ends[number] as number);
  }
  const starts = ends.slice();
  const sorted = new Float64Array(rows.length);
  for (const row of rows) {
    const number = of[row] as number;
    sorted[starts[number] as number] = times[row] as number;
    starts[number] = (starts[number] as number) + 1;
  }
  return (number) => sorted.subarray(ends[number], ends[number + 1]);
}

/** The group cut at its pauses; what has no time is a part of its own. */
function parts({ values, times }: Found, pauseMs: number): readonly Group[] {
  const all = new Float64Array(times.reduce((sum, { length }) => sum + length, 0));
  let filled = 0;
  for (const some of times) {
    all.set(some, filled);
    filled += some.length;
  }
  // Those that are no number come last.
  all.sort();
  const found: Group[] = [];
  let from = 0;
  for (let at = 1; at <= all.length; at += 1) {
    const first = all[from] as number;
    const last = all[at - 1] as number;
    const next = all[at] ?? Number.NaN;
    if (next - last <= pauseMs || (Number.isNaN(last) && at < all.length)) continue;
    found.push(toGroup({ values, stretch: { count: at - from, first, last } }));
    from = at;
  }
  return found;
}

function toGroup({ values, stretch }: Pick<Found, "values" | "stretch">): Group {
  const { count, first, last } = stretch;
  return Number.isFinite(first) ? { values, count, first, last } : { values, count };
}

function byCount(a: Group, b: Group): number {
  return (
    b.count - a.count ||
    compareValues(a.values, b.values) ||
    (a.first ?? Number.POSITIVE_INFINITY) - (b.first ?? Number.POSITIVE_INFINITY)
  );
}

/** By code unit; a missing value comes last. */
function compareValues(a: Values, b: Values): number {
  for (const [index, value] of a.entries()) {
    const other = b[index];
    if (value === other) continue;
    if (value === undefined) return 1;
    if (other === undefined) return -1;
    return value < other ? -1 : 1;
  }
  return 0;
}

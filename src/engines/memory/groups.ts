/**
 * Counts the selected events by what they are labelled with.
 */

// Indexes stay within the arrays; the casts only drop the `undefined` of the checked index access.

import type { Group, GroupsQuery } from "../../query/query.ts";
import { emptyStretch, extend, type Stretch } from "./coverage-tally.ts";
import type { EventStore } from "./event-store.ts";
import { type Labels, labelsFor } from "./labels.ts";

type Values = Group["values"];

/** Key of the group without a value; no text of a log is exactly this lone surrogate. */
const none = "\ud800";

export async function groups(store: EventStore, query: GroupsQuery): Promise<readonly Group[]> {
  const selection = await store.select(query.filter);
  const found = new Map<string, { values: Values; stretch: Stretch }>();
  for (const [segment, rows] of selection.entries()) {
    const labels: Labels[] = [];
    for (const subject of query.by) labels.push(await labelsFor(store, segment, rows, subject));
    const times = store.segments[segment]?.times ?? new Float64Array(0);
    const all = combined(labels, rows, times.length);
    for (const [combination, stretch] of stretches(all, rows, times)) {
      for (const values of combinations(labels, all.parts(combination))) {
        const key = values.length === 1 ? (values[0] ?? none) : JSON.stringify(values);
        const group = found.get(key) ?? { values, stretch: emptyStretch() };
        found.set(key, group);
        extend(group.stretch, stretch);
      }
    }
  }
  return [...found.values()].map(toGroup).sort(byCount);
}

/** Several labels of each row made one number. */
interface Combined {
  /** For each selected row a number below `size`. */
  readonly of: ArrayLike<number>;
  readonly size: number;
  /** The number of each label, in their order. */
  parts(number: number): readonly number[];
}

/** One stretch for each combination of labels that occurs. */
function stretches(
  { of, size }: Combined,
  rows: Uint32Array,
  times: Float64Array,
): Map<number, Stretch> {
  return size <= denseLimit
    ? denseStretches(of, rows, times, size)
    : sparseStretches(of, rows, times);
}

/** Like the digits of a number, as far as numbers are exact. */
function combined(labels: readonly Labels[], rows: Uint32Array, count: number): Combined {
  let all: Combined = { of: new Uint8Array(count), size: 1, parts: () => [] };
  for (const { of, size } of labels) {
    const before: Combined =
      all.size * size <= Number.MAX_SAFE_INTEGER ? all : renumbered(all, rows, count);
    const next = before.size === 1 ? of : new Float64Array(count);
    if (next instanceof Float64Array) {
      for (const row of rows) {
        next[row] = (before.of[row] as number) * size + (of[row] as number);
      }
    }
    all = {
      of: next,
      size: before.size * size,
      parts: (number) => [...before.parts(Math.floor(number / size)), number % size],
    };
  }
  return all;
}

/** The same with the numbers that occur made consecutive. */
function renumbered({ of, parts }: Combined, rows: Uint32Array, count: number): Combined {
  const numbers = new Map<number, number>();
  const originals: number[] = [];
  const next = new Uint32Array(count);
  for (const row of rows) {
    const original = of[row] as number;
    let number = numbers.get(original);
    if (number === undefined) {
      number = originals.push(original) - 1;
      numbers.set(original, number);
    }
    next[row] = number;
  }
  return {
    of: next,
    size: originals.length,
    parts: (number) => parts(originals[number] as number),
  };
}

/** Up to this many combinations are counted in arrays, more in a map. */
const denseLimit = 1 << 20;

function denseStretches(
  combined: ArrayLike<number>,
  rows: Uint32Array,
  times: Float64Array,
  size: number,
): Map<number, Stretch> {
  const counts = new Uint32Array(size);
  const firsts = new Float64Array(size).fill(Number.POSITIVE_INFINITY);
  const lasts = new Float64Array(size).fill(Number.NEGATIVE_INFINITY);
  for (const row of rows) {
    const number = combined[row] as number;
    const time = times[row] as number;
    counts[number] = (counts[number] as number) + 1;
    if (time < (firsts[number] as number)) firsts[number] = time;
    if (time > (lasts[number] as number)) lasts[number] = time;
  }
  const found = new Map<number, Stretch>();
  for (const [number, count] of counts.entries()) {
    if (count === 0) continue;
    found.set(number, {
      count,
      first: firsts[number] as number,
      last: lasts[number] as number,
    });
  }
  return found;
}

function sparseStretches(
  combined: ArrayLike<number>,
  rows: Uint32Array,
  times: Float64Array,
): Map<number, Stretch> {
  const found = new Map<number, Stretch>();
  for (const row of rows) {
    const number = combined[row] as number;
    const time = times[row] as number;
    let stretch = found.get(number);
    if (stretch === undefined) {
      stretch = emptyStretch();
      found.set(number, stretch);
    }
    stretch.count += 1;
    if (time < stretch.first) stretch.first = time;
    if (time > stretch.last) stretch.last = time;
  }
  return found;
}

/** The values a combination stands for: several rows where an event has several labels. */
function combinations(labels: readonly Labels[], numbers: readonly number[]): readonly Values[] {
  let found: Values[] = [[]];
  for (const [index, { texts }] of labels.entries()) {
    const own = texts(numbers[index] as number);
    const choices = own.length === 0 ? [undefined] : own;
    found = found.flatMap((values) => choices.map((value) => [...values, value]));
  }
  return found;
}

function toGroup({ values, stretch }: { values: Values; stretch: Stretch }): Group {
  const { count, first, last } = stretch;
  return Number.isFinite(first) ? { values, count, first, last } : { values, count };
}

function byCount(a: Group, b: Group): number {
  return b.count - a.count || compareValues(a.values, b.values);
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

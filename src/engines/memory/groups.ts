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
    for (const [combination, stretch] of stretches(labels, rows, times)) {
      for (const values of combinations(labels, combination)) {
        const key = values.length === 1 ? (values[0] ?? none) : JSON.stringify(values);
        const group = found.get(key) ?? { values, stretch: emptyStretch() };
        found.set(key, group);
        extend(group.stretch, stretch);
      }
    }
  }
  return [...found.values()].map(toGroup).sort(byCount);
}

/** One stretch for each combination of labels that occurs; a combination is a number. */
function stretches(
  labels: readonly Labels[],
  rows: Uint32Array,
  times: Float64Array,
): Map<number, Stretch> {
  const combined = combinedNumbers(labels, rows, times.length);
  const size = labels.reduce((product, label) => product * label.size, 1);
  return size <= denseLimit
    ? denseStretches(combined, rows, times, size)
    : sparseStretches(combined, rows, times);
}

/** The numbers of several labels made one, like the digits of a number. */
function combinedNumbers(
  labels: readonly Labels[],
  rows: Uint32Array,
  count: number,
): ArrayLike<number> {
  const [first, ...others] = labels;
  if (first === undefined) return new Uint8Array(count);
  let combined: ArrayLike<number> = first.of;
  for (const { of, size } of others) {
    const next = new Float64Array(count);
    for (const row of rows) {
      next[row] = (combined[row] as number) * size + (of[row] as number);
    }
    combined = next;
  }
  return combined;
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
function combinations(labels: readonly Labels[], combination: number): readonly Values[] {
  let rest = combination;
  let found: Values[] = [[]];
  for (const { size, texts } of labels.toReversed()) {
    const own = texts(rest % size);
    const choices = own.length === 0 ? [undefined] : own;
    found = choices.flatMap((value) => found.map((values) => [value, ...values]));
    rest = Math.floor(rest / size);
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

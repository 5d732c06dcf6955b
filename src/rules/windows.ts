/**
 * The windows of event time in which the condition of a correlation holds.
 *
 * A window is as long as the time that the correlation allows lets it be: only those that no further event
 * could join are looked at. So `gte: 10` holds wherever ten events are near enough, and `eq: 10` or `lt: 10`
 * does not hold on the way to a hundred.
 */

import type { Correlation } from "./rule.ts";
import { type Occurrence, tallyFor } from "./tally.ts";

/** Of the occurrences, those from `from` to before `until`. */
export interface Window {
  readonly from: number;
  readonly until: number;
  /** The occurrences with which, one after another, it came to hold; the last is its own last. */
  readonly moments: readonly number[];
  /** False if it rests on an order of events within one second, which the log does not tell. */
  readonly isOrderKnown: boolean;
}

/** Both ends of one window are never before those of the window before it. */
export function windowsIn(
  inOrder: readonly Occurrence[],
  correlation: Correlation,
): readonly Window[] {
  const { condition } = correlation;
  return condition.kind === "temporal" && condition.isOrdered
    ? chainsIn(inOrder, correlation)
    : longestIn(inOrder, correlation);
}

/** By time, then by part. */
export function byTime(a: Occurrence, b: Occurrence): number {
  return a.time - b.time || a.part - b.part;
}

function longestIn(inOrder: readonly Occurrence[], correlation: Correlation): readonly Window[] {
  const tally = tallyFor(correlation);
  const windows: Window[] = [];
  let until = 0;
  for (const [from, first] of inOrder.entries()) {
    const moments: number[] = [];
    for (let next = inOrder[until]; next !== undefined; next = inOrder[until]) {
      if (next.time - first.time > correlation.withinMs) break;
      tally.add(next);
      if (tally.holds()) moments.push(until);
      until += 1;
    }
    if (moments.at(-1) === until - 1) windows.push({ from, until, moments, isOrderKnown: true });
    tally.remove(first);
  }
  return windows;
}

/** One event of each part, each not before that of the part before it; where several fit, the latest. */
function chainsIn(
  inOrder: readonly Occurrence[],
  { parts, withinMs }: Correlation,
): readonly Window[] {
  /** Where the chain of all parts up to this one began, with ties as in order, and without them. */
  const begun: number[] = [];
  const known: number[] = [];
  const tied: (readonly [part: number, from: number])[] = [];
  const windows: Window[] = [];
  let second = Number.NaN;
  for (const [at, { part, time }] of inOrder.entries()) {
    if (time !== second) {
      for (const [of, from] of tied.splice(0)) known[of] = from;
      second = time;
    }
    const [from, knownFrom] = part === 0 ? [at, at] : [begun[part - 1], known[part - 1]];
    if (knownFrom !== undefined) tied.push([part, knownFrom]);
    if (from === undefined) continue;
    begun[part] = from;
    if (part < parts.length - 1 || time - (inOrder[from]?.time ?? 0) > withinMs) continue;
    const start = knownFrom === undefined ? undefined : inOrder[knownFrom]?.time;
    const isOrderKnown = start !== undefined && time - start <= withinMs;
    windows.push({ from, until: at + 1, moments: [at], isOrderKnown });
  }
  return windows;
}

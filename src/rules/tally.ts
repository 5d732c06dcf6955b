/**
 * What a window of events amounts to, kept while events come in at its end and leave at its start.
 */

import { quantityOf } from "../query/compare.ts";
import { matches } from "../query/matches.ts";
import type { Bound, Correlation, CorrelationCondition } from "./rule.ts";

/** One event for a correlation, in one of its groups. */
export interface Occurrence {
  /** Epoch milliseconds. */
  readonly time: number;
  /** Which of the correlation's parts it is of. */
  readonly part: number;
  /** Of each field of the condition the values. */
  readonly values: readonly (readonly string[])[];
}

export interface Tally {
  add(one: Occurrence): void;
  remove(one: Occurrence): void;
  holds(): boolean;
}

export function tallyFor({ condition, parts }: Correlation): Tally {
  switch (condition.kind) {
    case "event_count":
      return counting(condition);
    case "value_count":
      return countingValues(condition);
    case "value_sum":
    case "value_avg":
      return summing(condition);
    case "value_percentile":
      return ranking(condition);
    case "temporal":
      return seeing(
        condition,
        parts.map(({ rule }) => rule),
      );
  }
}

type Counted = Extract<CorrelationCondition, { kind: "event_count" | "value_count" }>;
type Measured = Extract<CorrelationCondition, { percentile: number }>;
type Temporal = Extract<CorrelationCondition, { kind: "temporal" }>;

function counting({ bounds }: Counted): Tally {
  let count = 0;
  return {
    add: () => {
      count += 1;
    },
    remove: () => {
      count -= 1;
    },
    holds: () => isWithin(count, bounds),
  };
}

/** Of several fields, the different combinations; an event without one of them has none. */
function countingValues({ bounds }: Counted): Tally {
  const counts = new Map<string, number>();
  const change = ({ values }: Occurrence, by: number) => {
    for (const combination of combinations(values)) {
      const key = JSON.stringify(combination);
      const count = (counts.get(key) ?? 0) + by;
      if (count === 0) counts.delete(key);
      else counts.set(key, count);
    }
  };
  return {
    add: (one) => change(one, 1),
    remove: (one) => change(one, -1),
    holds: () => isWithin(counts.size, bounds),
  };
}

/** Events without a number do not count, nor do windows without any. */
function summing({ kind, bounds }: Measured): Tally {
  let sum = 0;
  let count = 0;
  const change = (one: Occurrence, by: number) => {
    for (const number of numbersOf(one)) {
      sum += by * number;
      count += by;
    }
    // What rounding left would add up.
    if (count === 0) sum = 0;
  };
  return {
    add: (one) => change(one, 1),
    remove: (one) => change(one, -1),
    holds: () => count > 0 && isWithin(kind === "value_sum" ? sum : sum / count, bounds),
  };
}

function ranking({ percentile, bounds }: Measured): Tally {
  const sorted: number[] = [];
  return {
    add: (one) => {
      for (const number of numbersOf(one)) sorted.splice(placeOf(number, sorted), 0, number);
    },
    remove: (one) => {
      for (const number of numbersOf(one)) sorted.splice(placeOf(number, sorted), 1);
    },
    holds: () => sorted.length > 0 && isWithin(percentileOf(sorted, percentile), bounds),
  };
}

function placeOf(number: number, sorted: readonly number[]): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < number) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Between two values in proportion. */
function percentileOf(sorted: readonly number[], percentile: number): number {
  const rank = (percentile / 100) * (sorted.length - 1);
  const [low = 0, high = 0] = [sorted[Math.floor(rank)], sorted[Math.ceil(rank)]];
  return low + (high - low) * (rank - Math.floor(rank));
}

function numbersOf({ values }: Occurrence): readonly number[] {
  return (values[0] ?? []).flatMap((text) => {
    const quantity = quantityOf(text);
    return quantity?.kind === "number" && Number.isFinite(quantity.amount) ? [quantity.amount] : [];
  });
}

function seeing({ bounds, holds }: Temporal, parts: readonly string[]): Tally {
  const counts = parts.map(() => 0);
  return {
    add: ({ part }) => {
      counts[part] = (counts[part] ?? 0) + 1;
    },
    remove: ({ part }) => {
      counts[part] = (counts[part] ?? 0) - 1;
    },
    holds: () => {
      const seen = parts.filter((_, part) => (counts[part] ?? 0) > 0);
      if (!isWithin(seen.length, bounds)) return false;
      return matches(holds, Object.fromEntries(seen.map((part) => [part, true])));
    },
  };
}

function isWithin(amount: number, bounds: readonly Bound[]): boolean {
  return bounds.every(({ operator, value }) => compared[operator](amount, value));
}

const compared: Readonly<Record<Bound["operator"], (amount: number, value: number) => boolean>> = {
  "<": (amount, value) => amount < value,
  "<=": (amount, value) => amount <= value,
  ">": (amount, value) => amount > value,
  ">=": (amount, value) => amount >= value,
  "=": (amount, value) => amount === value,
  "!=": (amount, value) => amount !== value,
};

/** A record may hold a thousand values here and there; as many combinations of them say all there is to say. */
const mostCombinations = 1000;

/** Each choice of one value of every list. */
export function combinations(
  lists: readonly (readonly string[])[],
): readonly (readonly string[])[] {
  let all: readonly (readonly string[])[] = [[]];
  for (const values of lists) {
    const each = [...new Set(values)];
    all = all.flatMap((one) => each.map((value) => [...one, value])).slice(0, mostCombinations);
  }
  return all;
}

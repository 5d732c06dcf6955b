/**
 * Counts the selected events by minute, hour or day.
 */

// Indexes stay within the arrays; the casts only drop the `undefined` of the checked index access.

import { startOf, startOfNext } from "../../event/time.ts";
import type { Subject } from "../../query/filter.ts";
import type { Bucket, HistogramQuery } from "../../query/query.ts";
import type { EventStore } from "./event-store.ts";
import { labelsFor } from "./labels.ts";

const outcome: Subject = { kind: "field", field: "outcome" };

/** What a histogram looks at beside its filter. */
export const histogramSubjects: readonly Subject[] = [outcome];

/** A dry run did what it was for. */
const failures: ReadonlySet<string | undefined> = new Set(["denied", "failed"]);

interface Counts {
  count: number;
  failed: number;
}

/** All zones are offset from UTC by whole quarters of an hour, so a bucket begins on one. */
const quarterMs = 15 * 60_000;
const minuteMs = 60_000;

export async function histogram(
  store: EventStore,
  { filter, unit, timeZone }: HistogramQuery,
): Promise<{ buckets: readonly Bucket[]; undated: number }> {
  const selection = await store.select({ filter });
  const step = unit === "minute" ? minuteMs : quarterMs;
  const steps = new Map<number, Counts>();
  let undated = 0;
  let current = Number.NaN;
  let counts: Counts = { count: 0, failed: 0 };
  for (const [segment, rows] of selection.entries()) {
    const times = store.segments[segment]?.times ?? new Float64Array(0);
    const outcomes = await labelsFor(store, segment, rows, outcome);
    const fails = Array.from({ length: outcomes.size }, (_, number) =>
      failures.has(outcomes.texts(number)[0]),
    );
    for (let i = 0; i < rows.length; i += 1) {
      const time = times[rows[i] as number] as number;
      if (Number.isNaN(time)) {
        undated += 1;
        continue;
      }
      const start = Math.floor(time / step) * step;
      // Records stand nearly in order, so the step is mostly that of the row before.
      if (start !== current) {
        current = start;
        counts = steps.get(start) ?? { count: 0, failed: 0 };
        steps.set(start, counts);
      }
      counts.count += 1;
      if (fails[outcomes.of[rows[i] as number] as number]) counts.failed += 1;
    }
  }
  const found = new Map<number, Counts>();
  for (const [at, { count, failed }] of steps) {
    const start = startOf(unit, at, timeZone);
    const counts = found.get(start) ?? { count: 0, failed: 0 };
    found.set(start, counts);
    counts.count += count;
    counts.failed += failed;
  }
  return { buckets: filled(found, (start) => startOfNext(unit, start, timeZone)), undated };
}

/** More empty buckets than anybody reads; beyond that they are left out. */
const bucketLimit = 100_000;

function filled(
  found: ReadonlyMap<number, Counts>,
  next: (start: number) => number,
): readonly Bucket[] {
  const starts = [...found.keys()].sort((a, b) => a - b);
  const last = starts.at(-1);
  const buckets: Bucket[] = [];
  for (let start = starts[0]; start !== undefined && last !== undefined && start <= last; ) {
    buckets.push({ start, ...(found.get(start) ?? { count: 0, failed: 0 }) });
    if (buckets.length > bucketLimit) {
      return starts.map((at) => ({ start: at, ...(found.get(at) ?? { count: 0, failed: 0 }) }));
    }
    start = next(start);
  }
  return buckets;
}

/**
 * `trailhound timeline`: when the matching events happened, as a histogram.
 */

import type { TimeUnit } from "../event/time.ts";
import type { Column, Row } from "../query/answer.ts";
import type { Bucket } from "../query/query.ts";
import { countCell, timeCell } from "../words/cells.ts";
import { leftOut } from "../words/left-out.ts";
import { counted, grouped, moment } from "../words/sentences.ts";
import { choiceOr } from "./options.ts";
import { verb } from "./verb.ts";

const units: readonly TimeUnit[] = ["minute", "hour", "day"];

const columns: readonly Column[] = [
  { name: "start", title: "Start" },
  { name: "events", title: "Events" },
  { name: "failed", title: "Without success" },
];

export const timeline = verb({
  name: "timeline",
  summary: "count the matching events by minute, hour or day",
  options: { by: choiceOr("hour", units, "--by <unit>", "width of a bar") },
  takes: ["filter"],
  readsLogs: true,
  examples: [
    { command: "timeline --by minute -u mallory.k --last 1d", says: "one identity's day" },
    { command: "timeline --by day --outcome denied", says: "when denials began" },
  ],
  questions: ({ filter }) => [{ kind: "histogram", filter }],
  asked: ({ options: { by } }) => `timeline by ${by}`,
  async run(reading, { filter, options: { by: unit }, timeZone }) {
    const { buckets, undated, coverage } = await reading.histogram({
      kind: "histogram",
      filter,
      unit,
      timeZone,
    });
    const total = buckets.reduce((sum, { count }) => sum + count, 0);
    const busiest = buckets.reduce<Bucket | undefined>(
      (most, bucket) => (bucket.count > (most?.count ?? 0) ? bucket : most),
      undefined,
    );
    const sentences =
      busiest === undefined
        ? [undated === 0 ? "No events match." : "No event that matches has a readable time."]
        : [
            `${counted(total, "event")} in ${counted(buckets.length, unit)}; the busiest ${unit} ` +
              `began on ${moment(busiest.start, timeZone)} with ${grouped(busiest.count)}.`,
          ];
    if (undated > 0) sentences.push(`${counted(undated, "more event")} without a readable time.`);
    return {
      found: total + undated > 0,
      sentences,
      facts: { total, undated, unit, timeZone },
      sections: [
        { name: "buckets", columns, rows: buckets.map((bucket) => row(bucket, busiest?.count)) },
      ],
      hints: total + undated > 0 ? [] : leftOut(filter, coverage()),
    };
  },
});

/** Both bars have one scale, so the failed share shows. */
function row({ start, count, failed }: Bucket, most = 1): Row {
  return {
    cells: [
      timeCell(start),
      { ...countCell(count), share: count / most },
      { ...countCell(failed), share: failed / most },
    ],
  };
}

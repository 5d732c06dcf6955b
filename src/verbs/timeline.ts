/**
 * `trailhound timeline`: when the matching events happened, as a histogram.
 */

import type { TimeUnit } from "../event/time.ts";
import type { Column, Row } from "../query/answer.ts";
import { takesAnyLane } from "../query/lanes.ts";
import type { Bucket } from "../query/query.ts";
import { countCell, timeCell } from "../words/cells.ts";
import { laneFacts, lanesOf, lanesQuestion, leftOutLanes } from "../words/lane-words.ts";
import { leftOut } from "../words/left-out.ts";
import { counted, grouped, moment } from "../words/sentences.ts";
import { choice } from "./options.ts";
import { verb } from "./verb.ts";

const units: readonly TimeUnit[] = ["minute", "hour", "day"];
/** More hours than these, six weeks, nobody reads. */
const mostHours = 1000;

const columns: readonly Column[] = [
  { name: "start", title: "Start" },
  { name: "events", title: "Events" },
  { name: "failed", title: "Without success" },
];

export const timeline = verb({
  name: "timeline",
  summary: "count the matching events by minute, hour or day",
  options: {
    by: choice(
      units,
      "--by <unit>",
      `width of a bar; an hour otherwise, a day where it would be over ${grouped(mostHours)} hours`,
    ),
  },
  takes: ["filter"],
  readsLogs: true,
  examples: [
    { command: "timeline --by minute -u mallory.k --last 1d", says: "one identity's day" },
    { command: "timeline --by day --outcome denied", says: "when denials began" },
  ],
  questions: ({ filter }) => [{ kind: "histogram", filter }, lanesQuestion(filter)],
  asked: ({ options: { by } }) => (by === undefined ? "timeline" : `timeline by ${by}`),
  async run(reading, { filter, options: { by }, timeZone }) {
    const countedBy = async (unit: TimeUnit) => ({
      unit,
      ...(await reading.histogram({ kind: "histogram", filter, unit, timeZone })),
    });
    const first = await countedBy(by ?? "hour");
    const isLong = by === undefined && first.buckets.length > mostHours;
    const { unit, buckets, undated, coverage } = isLong ? await countedBy("day") : first;
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
    const lanes = takesAnyLane({ filter }) ? undefined : await lanesOf(reading, filter);
    if (lanes !== undefined) sentences.push(...leftOutLanes(lanes));
    if (undated > 0) sentences.push(`${counted(undated, "more event")} without a readable time.`);
    return {
      found: total + undated > 0,
      sentences,
      facts: { total, undated, unit, timeZone, ...(lanes && laneFacts(lanes)) },
      sections: [
        {
          name: "buckets",
          columns,
          rows: buckets.map((bucket) => row(bucket, busiest?.count)),
          terse: terseRows(buckets, { unit, most: busiest?.count }),
        },
      ],
      hints: total + undated > 0 ? [] : leftOut(filter, coverage()),
    };
  },
});

/** So many empty buckets one after another, or more, are one row. */
const fewestFolded = 3;

function* terseRows(
  buckets: readonly Bucket[],
  { unit, most }: { readonly unit: TimeUnit; readonly most: number | undefined },
): Iterable<Row> {
  let empty: Bucket[] = [];
  for (const bucket of buckets) {
    if (bucket.count === 0) {
      empty.push(bucket);
      continue;
    }
    yield* emptyRows(empty, unit);
    empty = [];
    yield row(bucket, most);
  }
}

/** The first and the last bucket are never empty. */
function emptyRows(empty: readonly Bucket[], unit: TimeUnit): readonly Row[] {
  const [first] = empty;
  if (first === undefined || empty.length < fewestFolded) return empty.map((one) => row(one));
  const text = `none in ${counted(empty.length, unit)}`;
  return [{ cells: [timeCell(first.start), { text }], stands: empty.length }];
}

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

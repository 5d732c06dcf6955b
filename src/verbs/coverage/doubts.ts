/**
 * What the records themselves say against taking them for everything that happened: logging that was
 * switched off, parts that CloudTrail left out, records that came late or correct others, and what no
 * record can tell.
 */

import { type CloudTrailRecord, textsAt } from "../../event/record.ts";
import { timeOf } from "../../event/time.ts";
import { valuesOf } from "../../event/values.ts";
import type { Section } from "../../query/answer.ts";
import { exists, some } from "../../query/build.ts";
import { byText } from "../../query/compare.ts";
import type { Coverage, Tally } from "../../query/coverage.ts";
import type { Reading } from "../../query/query.ts";
import { joinedSpan, type Span, spanOf } from "../../query/span.ts";
import { type LoggingStop, LoggingStops, loggingFilter } from "../../resolve/logging-stops.ts";
import { talliesSection, timeCell } from "../../words/cells.ts";
import { callOf, whoOf } from "../../words/event-words.ts";
import { counted, listed, moment, period } from "../../words/sentences.ts";

export interface Doubts {
  readonly stops: readonly LoggingStop[];
  /** Records of which a part was left out, by operation. */
  readonly omitted: ReadonlyMap<string, Seen>;
  /** Late and correcting records, by the reason they give. */
  readonly addenda: ReadonlyMap<string, Seen>;
}

interface Seen extends Span {
  readonly events: number;
}

/** Which records speak of it. */
export const doubtsFilter = some([loggingFilter, exists("omitted"), exists("addendum")]);

export async function doubtsOf(reading: Reading): Promise<Doubts> {
  const { events } = await reading.events({
    ...{ kind: "events", filter: doubtsFilter, anyLane: true },
  });
  const logging = new LoggingStops();
  const omitted = new Map<string, Seen>();
  const addenda = new Map<string, Seen>();
  for await (const event of events) {
    const { record } = event;
    logging.add(event);
    if (isOmitted(record)) count(omitted, callOf(record), record);
    for (const reason of valuesOf("addendum", record)) count(addenda, reason, record);
  }
  return { stops: logging.all(), omitted, addenda };
}

/** A parameter that happens to be called so has another value. */
function isOmitted(record: CloudTrailRecord): boolean {
  return valuesOf("omitted", record).some((value) => value.toLowerCase() === "true");
}

function count(into: Map<string, Seen>, value: string, record: CloudTrailRecord): void {
  const { events, ...span } = into.get(value) ?? { events: 0 };
  into.set(value, { events: events + 1, ...joinedSpan(span, spanOf(record)) });
}

export function doubtSentences(
  { stops, omitted, addenda }: Doubts,
  { categories, notLogs }: Pick<Coverage, "categories" | "notLogs">,
  { events, timeZone }: { readonly events: number; readonly timeZone: string },
): readonly string[] {
  if (events === 0) return [];
  const sentences: string[] = [];
  if (stops.length > 0) {
    const told = stops.map((stop) => `${stop.trail} ${offText(stop, timeZone)}`);
    sentences.push(`Logging was switched off: ${listed(told)}.`);
  }
  const lacking = total(omitted);
  if (lacking > 0) {
    sentences.push(
      `${counted(lacking, "record lacks", "records lack")} a part that CloudTrail left out for its ` +
        "size: what stood there is not known.",
    );
  }
  const corrections = addenda.get("UPDATED_DATA")?.events ?? 0;
  const late = total(addenda) - corrections;
  if (corrections > 0) {
    const others = `${corrections === 1 ? "another" : "others"} (addendum.originalEventID)`;
    sentences.push(
      `${counted(corrections, "record corrects", "records correct")} ${others} and ` +
        `${corrections === 1 ? "is" : "are"} counted beside ${corrections === 1 ? "it" : "them"}.`,
    );
  }
  if (late > 0) sentences.push(`${counted(late, "record")} came late, by an addendum.`);
  sentences.push(...dataSentences(events, categories));
  const digests = notLogs.filter(({ what }) => what === "a CloudTrail digest").length;
  sentences.push(
    digests > 0
      ? `Whether files were altered or removed, verify tells by ${counted(digests, "digest")}.`
      : "Whether files were altered or removed is not checked.",
  );
  return sentences;
}

/** Records of before eventVersion 1.07 do not say what category they are of. */
function dataSentences(events: number, categories: readonly Tally[]): readonly string[] {
  if (categories.some(({ value }) => value === "Data")) return [];
  const telling = categories.reduce((sum, tally) => sum + tally.events, 0);
  if (telling === 0) {
    return ["Whether data events are among them is not known: no record says its category."];
  }
  const silent = events - telling;
  const except = silent > 0 ? `, except for ${counted(silent, "record")} of unknown category` : "";
  return [`No data events: calls on objects, items and messages are not in these logs${except}.`];
}

function offText({ stopped, started }: LoggingStop, timeZone: string): string {
  const from = timeOf(stopped.record);
  const until = started && timeOf(started.record);
  if (from === undefined) return "at a time the log does not tell";
  if (until === undefined)
    return `since ${moment(from, timeZone)} (not started again in these logs)`;
  return period({ first: from, last: until }, timeZone).trim();
}

function total(seen: ReadonlyMap<string, Seen>): number {
  return [...seen.values()].reduce((sum, { events }) => sum + events, 0);
}

export function doubtSections({ stops, omitted, addenda }: Doubts): readonly Section[] {
  return [
    loggingSection(stops),
    seenSection("omitted", "With a part left out for its size", "Event", omitted),
    seenSection("addenda", "Late or correcting another", "Reason", addenda),
  ];
}

function loggingSection(stops: readonly LoggingStop[]): Section {
  return {
    name: "loggingStopped",
    title: "Logging switched off",
    columns: [
      { name: "trail", title: "Trail" },
      { name: "account", title: "Account", rank: 3 },
      { name: "region", title: "Region", rank: 2 },
      { name: "from", title: "From" },
      { name: "until", title: "Until" },
      { name: "who", title: "By", wrap: true },
      { name: "event", title: "Event", rank: 1 },
      { name: "eventID", title: "Event ID", rank: 4, id: true },
    ],
    rows: stops.map(({ trail, account, region, stopped, started }) => ({
      cells: [
        { text: trail },
        { text: account },
        { text: region },
        timeCell(timeOf(stopped.record)),
        timeCell(started && timeOf(started.record)),
        { text: whoOf(stopped.record) },
        { text: callOf(stopped.record) },
        { text: textsAt(stopped.record, "eventID")[0] },
      ],
    })),
  };
}

function seenSection(
  name: string,
  title: string,
  heading: string,
  seen: ReadonlyMap<string, Seen>,
): Section {
  const rows = Array.from(seen, ([value, told]) => ({ value, ...told }));
  rows.sort((a, b) => b.events - a.events || byText(a.value, b.value));
  return talliesSection(name, title, heading, rows);
}

/**
 * What comes out of CloudWatch Logs: `filter-log-events` and `get-log-events` (`events`), the payload of
 * a subscription (`logEvents`), that payload as a Lambda function gets it (`awslogs.data`), the results of
 * Logs Insights, and exports to S3, whose lines begin with a time. The event is the message.
 */

import type { Format, Recognised } from "./format.ts";
import { type Opening, readOpening } from "./opening.ts";
import { documentsUnder, isEvent, keyAt, namesOf, wrappedAt } from "./wrapping.ts";

const what = "a CloudWatch Logs export";

export const cloudwatchLogs: Format = {
  name: "CloudWatch Logs",
  envelopes: ["events", "logEvents", "results"],
  recognise(opening) {
    if (opening.kind === "array") return resultRow(opening);
    if (opening.kind === "other") return exportedLine(opening);
    return (
      documentsUnder("events", what, opening, isLogEvent) ??
      documentsUnder("logEvents", what, opening, isLogEvent) ??
      documentsUnder("results", what, opening, (first) => resultRow(first) !== undefined) ??
      payload(opening) ??
      (isLogEvent(opening) ? wrappedAt(["message"], what, opening) : undefined) ??
      resultField(opening)
    );
  },
};

function isLogEvent(opening: Opening): boolean {
  const names = namesOf(opening);
  if (!names.has("message") || isEvent(opening)) return false;
  return names.has("timestamp") || names.has("ingestionTime");
}

function payload(opening: Opening): Recognised | undefined {
  const wrapped = wrappedAt(["awslogs", "data"], what, opening);
  return wrapped && { ...wrapped, isBase64: true };
}

/** A row of Logs Insights: `[{"field":"@message","value":"…"}, …]`. */
function resultRow({ bytes, at, kind }: Opening): Recognised | undefined {
  if (kind !== "array") return undefined;
  const first = readOpening(bytes, at + 1);
  if (first === undefined || !isField(first)) return undefined;
  return { kind: "documents", what, at: at + 1 };
}

function isField(opening: Opening): boolean {
  const names = namesOf(opening);
  return names.has("field") && names.has("value");
}

function resultField(opening: Opening): Recognised | undefined {
  if (!isField(opening)) return undefined;
  const at = keyAt(["field"], opening)?.valueAt;
  const name = Buffer.from(opening.bytes.subarray(at, (at ?? 0) + messageField.length)).toString();
  if (name !== messageField) return { kind: "not a log", what, isUsual: true };
  return wrappedAt(["value"], what, opening);
}

const messageField = '"@message"';

/** A time, ISO or in milliseconds, and the event behind it. */
const exportedBeginning = /^(?:\d{4}-\d\d-\d\dT[\d:.]{8,15}Z|\d{13})[ \t](?=\{)/;

function exportedLine({ bytes, at }: Opening): Recognised | undefined {
  const beginning = Buffer.from(bytes.subarray(at, at + 40)).toString("latin1");
  const time = exportedBeginning.exec(beginning)?.[0];
  return time === undefined
    ? undefined
    : { kind: "wrapped", what, at: at + time.length, end: undefined };
}

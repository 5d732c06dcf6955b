/**
 * Events as rows: the columns that every listing of events has, or those of `--fields`.
 */

import type { FieldName } from "../event/fields.ts";
import { describeIdentity } from "../event/identity.ts";
import { endingFor } from "../event/item-outcome.ts";
import { type Outcome, outcomeOf } from "../event/outcome.ts";
import type { CloudTrailRecord } from "../event/record.ts";
import { primaryTargets } from "../event/targets.ts";
import { valuesOf } from "../event/values.ts";
import type { Cell, Column, Mark, Row } from "../query/answer.ts";
import type { ResourcePattern, Subject } from "../query/filter.ts";
import type { FoundEvent } from "../query/query.ts";
import { subjectName, textsOf } from "../query/subject.ts";
import { timeOf } from "./event-words.ts";

interface EventColumn extends Column {
  readonly cell: (record: CloudTrailRecord, about?: ResourcePattern) => Cell;
}

const usual: readonly EventColumn[] = [
  { name: "time", title: "Time", cell: timeCell },
  {
    name: "who",
    title: "Who",
    wrap: true,
    cell: (record) => ({ text: describeIdentity(record).name }),
  },
  { name: "event", title: "Event", cell: (record) => ({ text: eventText(record) }) },
  {
    name: "what",
    title: "What",
    wrap: true,
    cell: (record) => listCell(primaryTargets(record)),
  },
  { name: "from", title: "From", cell: fieldCell("sourceIPAddress") },
  {
    name: "outcome",
    title: "Outcome",
    wrap: true,
    cell: (record, about) => ({ text: outcomeText(record, about) }),
  },
  { name: "region", title: "Region", cell: fieldCell("awsRegion") },
  { name: "account", title: "Account", cell: fieldCell("recipientAccountId") },
  { name: "eventID", title: "Event ID", cell: fieldCell("eventID") },
];

export interface EventTable {
  readonly columns: readonly Column[];
  row(found: FoundEvent, mark?: Mark): Row;
}

/** Outcomes are those of the calls, or, of a batch, that for the resource which the question is about. */
export function eventTable(
  fields: readonly Subject[] | undefined,
  about?: ResourcePattern,
): EventTable {
  const columns = fields?.map(columnOf) ?? usual;
  return {
    columns,
    row: (found, mark = markOf[endingOf(found.record, about).outcome]) => ({
      cells: columns.map(({ cell }) => cell(found.record, about)),
      mark,
      event: found,
    }),
  };
}

/** One row an event, read as they come. */
export async function* eventRows(
  table: EventTable,
  events: AsyncIterable<FoundEvent>,
): AsyncIterable<Row> {
  for await (const event of events) yield table.row(event);
}

const markOf: Readonly<Record<Outcome, Mark>> = {
  success: "succeeded",
  denied: "denied",
  failed: "failed",
  "dry-run": "dry-run",
};

/** `s3:DeleteBucket`. */
function eventText(record: CloudTrailRecord): string | undefined {
  const [eventName] = valuesOf("eventName", record);
  const [source] = valuesOf("eventSource", record);
  if (eventName === undefined || source === undefined) return eventName ?? source;
  return `${source.replace(/\.amazonaws\.com(\.cn)?$/, "")}:${eventName}`;
}

function endingOf(
  record: CloudTrailRecord,
  about: ResourcePattern | undefined,
): { readonly outcome: Outcome; readonly code?: string } {
  if (about !== undefined) return endingFor(record, about);
  const [code] = valuesOf("errorCode", record);
  return { outcome: outcomeOf(record), ...(code === undefined ? {} : { code }) };
}

/** `denied (AccessDenied)`. */
function outcomeText(record: CloudTrailRecord, about: ResourcePattern | undefined): string {
  const { outcome, code } = endingOf(record, about);
  return `${outcome}${code === undefined ? "" : ` (${code})`}`;
}

function columnOf(subject: Subject): EventColumn {
  const name = subjectName(subject);
  const isTime = subject.kind === "field" && subject.field === "eventTime";
  const cell = isTime ? timeCell : (record: CloudTrailRecord) => listCell(textsOf(subject, record));
  return { name, title: name, wrap: true, cell };
}

function fieldCell(field: FieldName): EventColumn["cell"] {
  return (record) => listCell(valuesOf(field, record));
}

function timeCell(record: CloudTrailRecord): Cell {
  const [text] = valuesOf("eventTime", record);
  const time = timeOf(record);
  return time === undefined ? { text } : { text, time };
}

function listCell(values: readonly string[]): Cell {
  const [first, ...others] = values;
  return others.length === 0 ? { text: first } : { text: values.join(", "), value: values };
}

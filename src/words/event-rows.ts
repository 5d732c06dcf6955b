/**
 * Events as rows: the columns that every listing of events has, or those of `--fields`.
 */

import type { FieldName } from "../event/fields.ts";
import { type GeoField, openGeoFields } from "../event/geo.ts";
import { describeIdentity } from "../event/identity.ts";
import { endingFor } from "../event/item-outcome.ts";
import { serviceIn } from "../event/names.ts";
import { type Outcome, outcomeOf } from "../event/outcome.ts";
import type { CloudTrailRecord } from "../event/record.ts";
import { primaryTargets } from "../event/targets.ts";
import { timeOf } from "../event/time.ts";
import { valuesOf } from "../event/values.ts";
import type { Cell, Column, Mark, Row } from "../query/answer.ts";
import type { ResourcePattern, Subject } from "../query/filter.ts";
import type { FoundEvent } from "../query/query.ts";
import { subjectName, textsOf } from "../query/subject.ts";
import type { Humans } from "./humans.ts";

interface EventColumn extends Column {
  readonly cell: (record: CloudTrailRecord, about?: ResourcePattern) => Cell;
  /** Left out where no database has it. */
  readonly needs?: GeoField;
}

const usual: readonly EventColumn[] = [
  { name: "time", title: "Time", cell: timeCell },
  {
    name: "who",
    title: "Who",
    wrap: true,
    cell: (record) => ({ text: describeIdentity(record).name }),
  },
  {
    name: "event",
    title: "Event",
    wrap: true,
    least: 26,
    cell: (record) => ({ text: eventText(record) }),
  },
  {
    name: "what",
    title: "What",
    wrap: true,
    cell: (record) => listCell(primaryTargets(record)),
  },
  { name: "from", title: "From", rank: 2, cell: fieldCell("sourceIPAddress") },
  { name: "country", title: "Country", rank: 4, cell: fieldCell("country"), needs: "country" },
  {
    name: "network",
    title: "Network",
    rank: 5,
    wrap: true,
    cell: fieldCell("network"),
    needs: "network",
  },
  {
    name: "outcome",
    title: "Outcome",
    rank: 1,
    wrap: true,
    cell: (record, about) => ({ text: outcomeText(record, about) }),
  },
  { name: "region", title: "Region", rank: 6, cell: fieldCell("awsRegion") },
  { name: "account", title: "Account", rank: 7, cell: fieldCell("recipientAccountId") },
  { name: "eventID", title: "Event ID", rank: 3, id: true, cell: fieldCell("eventID") },
];

export interface EventTable {
  readonly columns: readonly Column[];
  row(found: FoundEvent, mark?: Mark): Row;
}

/** What an event table shows otherwise than usual. */
export interface TableOptions {
  /** In place of the usual columns. */
  readonly fields?: readonly Subject[] | undefined;
  /** Those who are behind the callers stand in their place. */
  readonly humans?: Humans | undefined;
  /** Outcomes are those for the resource that the question is about, not those of whole batches. */
  readonly about?: ResourcePattern | undefined;
}

export function eventTable({ fields, humans, about }: TableOptions): EventTable {
  const who: readonly EventColumn[] =
    humans === undefined
      ? []
      : [
          {
            name: "who",
            title: "Who",
            wrap: true,
            cell: (record) => ({ text: humans(record).name }),
          },
        ];
  const columns =
    fields === undefined
      ? usualColumns().flatMap((column) =>
          column.name === "who" && humans !== undefined ? [...who, guise(humans)] : [column],
        )
      : [...who, ...fields.map(columnOf)];
  return {
    columns,
    row: (found, mark = markOf[endingOf(found.record, about).outcome]) => ({
      cells: columns.map(({ cell }) => cell(found.record, about)),
      mark,
      event: found,
    }),
  };
}

/** The caller as logged, if that is not whoever is behind it. */
function guise(humans: Humans): EventColumn {
  return {
    name: "as",
    title: "As",
    wrap: true,
    cell: (record) => {
      const { name } = describeIdentity(record);
      return { text: name === humans(record).name ? undefined : name };
    },
  };
}

function usualColumns(): readonly EventColumn[] {
  const known = openGeoFields();
  return usual.filter(({ needs }) => needs === undefined || known.includes(needs));
}

/** One row an event, read as they come. */
export async function* eventRows(
  table: EventTable,
  events: AsyncIterable<FoundEvent>,
): AsyncIterable<Row> {
  for await (const event of events) yield table.row(event);
}

export const markOf: Readonly<Record<Outcome, Mark>> = {
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
  return `${serviceIn(source)}:${eventName}`;
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

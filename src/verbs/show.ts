/**
 * `trailhound show`: one event in full, each value of the record beside its path, or the record's
 * very bytes.
 */

import { type CloudTrailRecord, isObject, type Json, textOf } from "../event/record.ts";
import type { Column, Row, Section } from "../query/answer.ts";
import type { Filter } from "../query/filter.ts";
import type { FoundEvent } from "../query/query.ts";
import type { Verb } from "./verb.ts";

const columns: readonly Column[] = [
  { name: "path", title: "Path" },
  { name: "value", title: "Value" },
];

export const show: Verb = {
  name: "show",
  summary: "show one event in full",
  arguments: [{ name: "<eventID>", help: "as listings give it" }],
  options: [{ flags: "--raw", help: "the record's bytes exactly as the file holds them" }],
  takes: ["filter"],
  givesEvents: true,
  readsLogs: true,
  examples: [
    { command: "show 2b0f9a88-d7a9-4310-a1ee-e2016a5a0d76", says: "every value, by its path" },
  ],
  async run(engine, { arguments: [eventID = ""], options: { raw }, filter }) {
    const wanted: Filter = {
      kind: "text",
      subject: { kind: "field", field: "eventID" },
      pattern: { kind: "equals", text: eventID },
    };
    const { events } = await engine.events({
      kind: "events",
      filter: { kind: "every", filters: [wanted, filter] },
    });
    let event: FoundEvent | undefined;
    for await (const found of events) event ??= found;
    return {
      verb: "show",
      question: `show ${eventID}`,
      found: event !== undefined,
      sentences: [
        event === undefined
          ? `No event has the id ${eventID}, in these logs.`
          : `${eventID}, in ${event.origin} at byte ${event.offset}:`,
      ],
      sections: event === undefined ? [] : [details(event)],
      hints: [],
      coverage: () => engine.coverage(),
      ...(raw === true ? { verbatim: event?.bytes ?? new Uint8Array() } : {}),
    };
  },
};

function details(event: FoundEvent): Section {
  const rows = Array.from(leaves(event.record), ([path, value]) => leafRow(path, value));
  return { name: "events", layout: "details", columns, rows, event };
}

function leafRow(path: string, value: Json): Row {
  const text = textOf(value);
  return {
    cells: [
      { text: path },
      typeof value === "number" || typeof value === "boolean" ? { text, value } : { text },
    ],
  };
}

/**
 * Every value that holds no others, with its path as `--fields` and `--where` take it: elements of
 * an array share the array's path. By a stack, because a record may be nested deeper than calls can be.
 */
function* leaves(record: CloudTrailRecord): Iterable<readonly [path: string, value: Json]> {
  const pending: (readonly [string, Json])[] = [["", record]];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [path, value] = next;
    const below = inside(path, value);
    if (below.length === 0) yield next;
    else pending.push(...below.reverse());
  }
}

function inside(path: string, value: Json): (readonly [string, Json])[] {
  if (Array.isArray(value)) return value.map((element) => [path, element]);
  if (!isObject(value)) return [];
  return Object.entries(value).map(([key, held = null]) => [
    path === "" ? key : `${path}.${key}`,
    held,
  ]);
}

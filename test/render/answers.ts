/** Answers to render: parts that a case is not about are filled in. */

import { isObject, type JsonObject } from "../../src/event/record.ts";
import type { Answer, Cell, Column, Mark, Row, Section } from "../../src/query/answer.ts";
import type { Coverage } from "../../src/query/coverage.ts";
import type { Format, RenderOptions } from "../../src/render/format.ts";

export const plainCoverage: Coverage = {
  files: 1,
  bytes: 100,
  records: 2,
  duplicates: 0,
  malformed: 0,
  undated: 0,
  notLogs: [],
  outsideWindow: 0,
  notFollowed: 0,
  problems: [],
  problemCount: 0,
  exact: true,
  span: {},
  accounts: [],
  regions: [],
  categories: [],
};

export function answer(parts: Partial<Answer> = {}): Answer {
  return {
    verb: "search",
    question: "search",
    found: true,
    sentences: [],
    sections: [],
    hints: [],
    coverage: () => plainCoverage,
    ...parts,
  };
}

/** A section named "events"; columns by name, their titles the same in capitals. */
export function section(
  columns: readonly (string | Column)[],
  rows: readonly Row[],
  parts: Partial<Section> = {},
): Section {
  return { name: "events", columns: columns.map(column), rows, ...parts };
}

function column(of: string | Column): Column {
  return typeof of === "string" ? { name: of, title: of.toUpperCase() } : of;
}

export function row(...cells: readonly (string | undefined | Cell)[]): Row {
  return { cells: cells.map((cell) => (typeof cell === "object" ? cell : { text: cell })) };
}

export function marked(mark: Mark, of: Row): Row {
  return { ...of, mark };
}

/** A row of the event whose record is written so in the file. */
export function eventRow(json: string, ...cells: readonly string[]): Row {
  const bytes = Buffer.from(json);
  const record: unknown = JSON.parse(json);
  return {
    ...row(...cells),
    event: {
      id: "12 logs/a.json.gz",
      record: object(record),
      source: { origin: "logs/a.json.gz", offset: 12, bytes },
    },
  };
}

/** An event of which the rows are single values, as `show` gives it. */
export function spelledOut(json: string): Section {
  const { event } = eventRow(json);
  const rows = [row("eventID", "e1")];
  return section(["path", "value"], rows, { layout: "details", ...(event && { event }) });
}

/** Rests on no logs. */
export function unfounded(parts: Partial<Answer>): Answer {
  const { coverage: _, ...rest } = answer(parts);
  return rest;
}

function object(value: unknown): JsonObject {
  if (!isObject(value)) throw new TypeError("an event's record is an object");
  return value;
}

/** What the format writes; in a pipe, in UTC, without colour, if not told otherwise. */
export async function rendered(
  format: Format,
  of: Answer,
  options: Partial<RenderOptions> = {},
): Promise<string> {
  const pieces: Uint8Array[] = [];
  const all = { width: undefined, colour: 0, timeZone: "UTC", ...options } as const;
  for await (const piece of format.render(of, all)) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces).toString();
}

/**
 * Tables of events: CSV from Athena, CloudTrail Lake or the console's Event history, and rows of such a
 * table as JSON, whose columns are in lower case or whose structs are texts.
 */

import { isObject, type Json, type JsonObject } from "../../event/record.ts";
import type { Translated } from "../tables/assemble.ts";
import { areOfEvents } from "../tables/columns.ts";
import { RowReader } from "../tables/row.ts";
import { tableHeader } from "../tables/table.ts";
import { eventKeysAmong } from "./event-keys.ts";
import type { Format, Recognised } from "./format.ts";
import { type Opening, readOpening } from "./opening.ts";

const what = "a table of CloudTrail events";

export const tables: Format = {
  name: "tables",
  recognise(opening) {
    switch (opening.kind) {
      case "other":
        return csv(opening);
      case "object":
        return jsonRow(opening) ?? resultSet(opening);
      case "array":
        return lakeRow(opening);
    }
  },
};

function csv({ bytes, at }: Opening): Recognised | undefined {
  return tableHeader(bytes, at) === undefined ? undefined : { kind: "table", what, at };
}

function jsonRow(opening: Opening): Recognised | undefined {
  const names = opening.keys.map(({ name }) => name);
  if (isEventAlready(opening, names) || !areOfEvents(names)) return undefined;
  return { kind: "translated", what, translate: (row) => (isObject(row) ? [readRow(row)] : []) };
}

/** CloudTrail's own spelling, with structs that are structs. */
function isEventAlready({ bytes, keys }: Opening, names: readonly string[]): boolean {
  if (eventKeysAmong(names) < 2) return false;
  const identity = keys.find(({ name }) => name === "userIdentity");
  return identity === undefined || bytes[identity.valueAt] !== 0x22;
}

function readRow(row: JsonObject): Translated {
  return readerOf(Object.keys(row)).read(Object.values(row).map((cell) => cell ?? null));
}

/** Rows of one table follow each other. */
let lastReader: { readonly key: string; readonly reader: RowReader } | undefined;

function readerOf(names: readonly string[]): RowReader {
  const key = JSON.stringify(names);
  if (lastReader?.key !== key) lastReader = { key, reader: new RowReader(names) };
  return lastReader.reader;
}

/** A row as `get-query-results` of CloudTrail Lake gives it: `[{"eventName":"…"},{"eventTime":"…"}]`. */
function lakeRow({ bytes, at }: Opening): Recognised | undefined {
  const names: string[] = [];
  for (let next = at + 1; ; next += 1) {
    const cell = readOpening(bytes, next);
    const [key, ...others] = cell?.keys ?? [];
    if (cell?.end === undefined || key === undefined || others.length > 0) return undefined;
    names.push(key.name);
    next = skipBlanks(bytes, cell.end);
    if (bytes[next] === 0x5d) break;
    if (bytes[next] !== 0x2c) return undefined;
  }
  if (!areOfEvents(names)) return undefined;
  return { kind: "translated", what, translate: (row) => [readRow(joined(row))] };
}

function skipBlanks(bytes: Uint8Array, from: number): number {
  let at = from;
  while (bytes[at] === 0x20 || bytes[at] === 0x0a || bytes[at] === 0x0d) at += 1;
  return at;
}

function joined(row: Json): JsonObject {
  return Object.fromEntries(listOf(row).filter(isObject).flatMap(Object.entries));
}

/** What `aws athena get-query-results` gives: `{"ResultSet":{"Rows":[{"Data":[{"VarCharValue":"…"}]}]}}`. */
function resultSet({ keys }: Opening): Recognised | undefined {
  if (!keys.some(({ name }) => name === "ResultSet")) return undefined;
  return { kind: "translated", what, translate: rowsOfResultSet };
}

function* rowsOfResultSet(document: Json): Iterable<Translated> {
  const set = memberOf(document, "ResultSet");
  const infos = memberOf(memberOf(set, "ResultSetMetadata"), "ColumnInfo");
  const names = listOf(infos).map((info) => `${memberOf(info, "Name")}`);
  if (!areOfEvents(names)) return;
  const reader = new RowReader(names);
  for (const row of listOf(memberOf(set, "Rows"))) {
    const cells = listOf(memberOf(row, "Data")).map(
      (cell) => memberOf(cell, "VarCharValue") ?? null,
    );
    if (!reader.isHeader(cells)) yield reader.read(cells);
  }
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function memberOf(value: Json | undefined, name: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

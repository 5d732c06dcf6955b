/**
 * From a row of a table of events to the event, in CloudTrail's own spelling.
 *
 * A value that cannot be read without guessing is left out and told of, as are the columns that a table
 * does not have: nobody must take what was never exported for what did not happen.
 */

import type { Json } from "../../event/record.ts";
import { parseEventTime } from "../../event/time.ts";
import { type Assembled, nothing, put, type Translated, textOf } from "./assemble.ts";
import { askedOf, type Column, columnOf } from "./columns.ts";
import { readStruct, type Shape } from "./struct-text.ts";

/** How the cells under given names become events. */
export class RowReader {
  private readonly names: readonly string[];
  private readonly columns: readonly (Column | "event" | undefined)[];
  private readonly missing: readonly string[];
  private readonly resources: { readonly type: number; readonly name: number };

  constructor(names: readonly string[]) {
    this.names = names;
    this.columns = names.map(columnOf);
    const indexOf = (name: string) => names.findIndex((each) => isCalled(each, name));
    this.resources = { type: indexOf("resource type"), name: indexOf("resource name") };
    const missing = missingAmong(this.columns);
    this.missing =
      this.resources.name < 0 ? missing : missing.filter((name) => name !== "resources");
  }

  /** One cell for each name. */
  read(cells: readonly Json[]): Translated {
    const whole = cells.find((cell, index) => this.columns[index] === "event" && hasText(cell));
    if (whole !== undefined) {
      return { text: typeof whole === "string" ? whole : JSON.stringify(whole), lacks: [] };
    }
    const record = nothing();
    const lacks = this.missing.length === 0 ? [] : [without(this.missing)];
    for (const [index, column] of this.columns.entries()) {
      const cell = cells[index] ?? null;
      if (column === undefined || column === "event" || !hasText(cell)) continue;
      const { value, lack } = valueIn(cell, column.shape);
      if (lack !== undefined) lacks.push(`${column.path.join(".")} ${lack}`);
      if (value !== undefined) put(record, column.path, value);
    }
    this.addResources(record, cells);
    if (Object.keys(record).length === 0) return { text: undefined, lacks };
    return { text: textOf(record), lacks };
  }

  /** Whether a row repeats the names, as each file's first does where files were joined. */
  isHeader(cells: readonly Json[]): boolean {
    return this.names.every((name, index) => cells[index] === name);
  }

  /** The console gives the name alone where CloudTrail's list has the ARN. */
  private addResources(record: Assembled, cells: readonly Json[]): void {
    const name = cells[this.resources.name];
    if (!hasText(name) || record["resources"] !== undefined) return;
    const type = cells[this.resources.type];
    record["resources"] = [hasText(type) ? { ARN: name, type } : { ARN: name }];
  }
}

function isCalled(name: string, what: string): boolean {
  return name.trim().replaceAll("_", " ").toLowerCase() === what;
}

function hasText(cell: Json | undefined): cell is Json {
  return cell !== undefined && cell !== null && cell !== "" && cell !== "null" && cell !== "-";
}

function missingAmong(columns: readonly (Column | "event" | undefined)[]): readonly string[] {
  if (columns.includes("event")) return [];
  const present = new Set(
    columns.flatMap((column) => (column as Column | undefined)?.path[0] ?? []),
  );
  return askedOf.filter((name) => !present.has(name));
}

function without(names: readonly string[]): string {
  return `a table without ${names.join(", ")}: its events are known in part`;
}

const isNoTime = "is no time that names its zone";
const isUnclear = "is a text that can be read in more than one way, so it was left out";
const isUnquoted = "was read from a text without quotes: a value may have been cut in two";

interface CellValue {
  readonly value?: Json | undefined;
  readonly lack?: string;
}

function valueIn(cell: Json, shape: Shape): CellValue {
  switch (shape.kind) {
    case "text":
      return { value: typeof cell === "number" || typeof cell === "boolean" ? `${cell}` : cell };
    case "flag":
      return { value: flagOf(cell) };
    case "time":
      return timeOf(cell);
    case "struct":
    case "map":
    case "list":
      return typeof cell === "string" ? readText(cell, shape) : { value: spelled(cell, shape) };
  }
}

function flagOf(cell: Json): Json {
  return typeof cell === "string" && /^(?:true|false)$/i.test(cell)
    ? cell.toLowerCase() === "true"
    : cell;
}

/** JSON, or what the table's engine prints for a struct. */
function readText(text: string, shape: Shape): CellValue {
  try {
    return { value: spelled(JSON.parse(text) as Json, shape) };
  } catch {
    const value = readStruct(text.trim(), shape);
    if (value === undefined) return { lack: isUnclear };
    const isGuess = shape.kind === "map" && Object.keys(value).length > 0;
    return { value: spelled(value as Json, shape), ...(isGuess && { lack: isUnquoted }) };
  }
}

/** With members called as CloudTrail calls them. */
function spelled(value: Json, shape: Shape): Json {
  switch (shape.kind) {
    case "map":
    case "text":
      return value;
    case "flag":
      return flagOf(value);
    case "time":
      return timeOf(value).value ?? value;
    case "list":
      return Array.isArray(value) ? value.map((item) => spelled(item, shape.of)) : value;
    case "struct": {
      if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
      const entries = Object.entries(value).map(([key, inner = null]): [string, Json] => {
        const member = shape.members.get(key.toLowerCase().replaceAll("_", ""));
        return member ? [member.name, spelled(inner, member.shape)] : [key, inner];
      });
      return Object.fromEntries(entries.filter(([, inner]) => inner !== null));
    }
  }
}

/** In the console's words: `October 04, 2026, 22:41:07 (UTC+02:00)`. */
const consoleTime =
  /^([A-Z][a-z]+ \d{1,2}, \d{4}),? (\d{1,2}:\d\d:\d\d(?: [AP]M)?) \(UTC(?:([+-]\d\d):?(\d\d))?\)$/;

function timeOf(cell: Json): CellValue {
  const ms = parseEventTime(cell) ?? consoleMs(cell);
  if (ms === undefined || Number.isNaN(ms)) return { lack: isNoTime };
  return { value: new Date(ms).toISOString().replace(".000Z", "Z") };
}

function consoleMs(cell: Json): number | undefined {
  const parts = typeof cell === "string" ? consoleTime.exec(cell) : null;
  if (parts === null) return undefined;
  const [, day = "", clock = "", hours = "+00", minutes = "00"] = parts;
  return Date.parse(`${day} ${clock} GMT${hours}${minutes}`);
}

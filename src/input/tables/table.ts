/**
 * The rows of a table as CSV (RFC 4180, with commas, semicolons or tabs), as they come.
 *
 * Only whole rows are parsed; where one ends is told by the quotes, as the parser tells it.
 */

import { type Options, parse } from "csv-parse/sync";
import { areOfEvents } from "./columns.ts";

const quote = 0x22;
const newline = 0x0a;

export interface TableHeader {
  readonly names: readonly string[];
  readonly delimiter: string;
  /** Where the first row begins. */
  readonly end: number;
}

/** Undefined: what begins at `at` is no table of events, or its names are not all there. */
export function tableHeader(bytes: Uint8Array, at: number, final = false): TableHeader | undefined {
  const most = bytes.subarray(0, at + longestHeader);
  for (const delimiter of [",", ";", "\t"]) {
    const end = endOfRow(most, at, delimiter) ?? (final ? most.length : undefined);
    if (end === undefined) continue;
    const [names] = parsed(bytes.subarray(at, end), delimiter) ?? [];
    if (names !== undefined && areOfEvents(names)) return { names, delimiter, end };
  }
  return undefined;
}

const longestHeader = 16 * 1024;

interface Row {
  readonly cells: readonly string[];
  /** Where it begins. */
  readonly at: number;
}

export interface Rows {
  readonly rows: readonly Row[];
  /** Places of rows that are no CSV. */
  readonly broken: readonly number[];
  /** Before it everything is done with. */
  readonly end: number;
}

/** The whole rows from `from` on; with `final` the last may lack the end of its line. */
export function readRows(
  bytes: Uint8Array,
  from: number,
  { delimiter, final }: { readonly delimiter: string; readonly final: boolean },
): Rows {
  const starts: number[] = [];
  let end = from;
  for (let at = from; at < bytes.length; at = end) {
    const next =
      endOfRow(bytes, at, delimiter) ?? (final ? endOfLast(bytes, at, delimiter) : undefined);
    if (next === undefined) break;
    end = next;
    if (!isEmptyLine(bytes, at, end)) starts.push(at);
  }
  const all = parsed(bytes.subarray(from, end), delimiter);
  if (all?.length === starts.length) {
    return {
      rows: all.map((cells, index) => ({ cells, at: starts[index] ?? from })),
      broken: [],
      end,
    };
  }
  return oneByOne(bytes, starts, { delimiter, end });
}

/** Some row is no CSV: which it is shows if each is read by itself. */
function oneByOne(
  bytes: Uint8Array,
  starts: readonly number[],
  { delimiter, end }: { readonly delimiter: string; readonly end: number },
): Rows {
  const rows: Row[] = [];
  const broken: number[] = [];
  for (const [index, at] of starts.entries()) {
    const found = parsed(bytes.subarray(at, starts[index + 1] ?? end), delimiter);
    const [cells] = found ?? [];
    if (cells === undefined || found?.length !== 1) broken.push(at);
    else rows.push({ cells, at });
  }
  return { rows, broken, end };
}

function parsed(bytes: Uint8Array, delimiter: string): string[][] | undefined {
  const options: Options = {
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    record_delimiter: ["\r\n", "\n"],
  };
  try {
    return parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), options) as string[][];
  } catch {
    return undefined;
  }
}

function isEmptyLine(bytes: Uint8Array, at: number, end: number): boolean {
  return bytes[at] === newline || (bytes[at] === 0x0d && end - at <= 2);
}

/** Behind the row's end of line; undefined if there is none outside quotes. */
function endOfRow(bytes: Uint8Array, from: number, delimiter: string): number | undefined {
  const separator = delimiter.charCodeAt(0);
  for (let at = from; at < bytes.length; ) {
    if (bytes[at] === quote) {
      const closed = endOfQuoted(bytes, at);
      if (closed === undefined) return undefined;
      at = closed;
    }
    while (at < bytes.length && bytes[at] !== separator && bytes[at] !== newline) at += 1;
    if (bytes[at] === newline) return at + 1;
    at += 1;
  }
  return undefined;
}

/** The rest is a row if no quote is open in it. */
function endOfLast(bytes: Uint8Array, at: number, delimiter: string): number | undefined {
  const closed = new Uint8Array(bytes.length - at + 1);
  closed.set(bytes.subarray(at));
  closed[closed.length - 1] = newline;
  return endOfRow(closed, 0, delimiter) === closed.length ? bytes.length : undefined;
}

/** Behind the quote that closes the one at `from`; two of them stand for one. */
function endOfQuoted(bytes: Uint8Array, from: number): number | undefined {
  for (let at = bytes.indexOf(quote, from + 1); at >= 0; at = bytes.indexOf(quote, at + 2)) {
    if (bytes[at + 1] !== quote) return at + 1;
  }
  return undefined;
}

/**
 * Walks over a table as CSV, block by block: the names of its columns first, then its rows.
 */

import type { Translated } from "./assemble.ts";
import { RowReader } from "./row.ts";
import { readRows, tableHeader } from "./table.ts";

export interface RowTaker {
  row(translated: Translated, at: number): void;
  problem(at: number, reason: string): void;
}

export class TableWalker {
  private readonly taker: RowTaker;
  private table:
    | { readonly reader: RowReader; readonly delimiter: string; readonly width: number }
    | undefined;

  constructor(taker: RowTaker) {
    this.taker = taker;
  }

  /** The place before which everything is done with; undefined if more bytes are needed. */
  walk(bytes: Uint8Array, from: number, final: boolean): number | undefined {
    if (this.table === undefined) {
      const header = tableHeader(bytes, from, final);
      if (header === undefined) return final ? bytes.length : undefined;
      const { names, delimiter } = header;
      this.table = { reader: new RowReader(names), delimiter, width: names.length };
      return header.end;
    }
    const { reader, delimiter, width } = this.table;
    const { rows, broken, end } = readRows(bytes, from, { delimiter, final });
    for (const at of broken) this.taker.problem(at, "a row that is no CSV");
    for (const { cells, at } of rows) {
      if (reader.isHeader(cells)) continue;
      if (cells.length === width) this.taker.row(reader.read(cells), at);
      else this.taker.problem(at, `a row of ${cells.length} cells under ${width} columns`);
    }
    return end === from ? undefined : end;
  }
}

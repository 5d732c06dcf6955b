/**
 * The answer to a command: words first, then the rows that show it. Renderers turn it into text and
 * cannot tell which verb gave it.
 */

import type { Coverage } from "./coverage.ts";
import type { FoundEvent } from "./query.ts";
import type { Report } from "./report.ts";

/** Where a row stands in the answer; human formats mark and colour it. */
export type Mark = "decisive" | "succeeded" | "denied" | "failed" | "dry-run";

export type CellValue =
  | number
  | boolean
  | readonly string[]
  | { readonly [key: string]: string | number };

export interface Cell {
  /** As the log has it: not yet escaped for any format. Undefined: nothing there. */
  readonly text: string | undefined;
  /** For machine formats, where the value is not a string. */
  readonly value?: CellValue;
  /** Epoch milliseconds: human formats show it in the zone asked for, machine formats in UTC. */
  readonly time?: number;
  /** Of a stretch of time that begins with `time`, its end, for people. */
  readonly until?: number;
  /** Several, which the text lists: people are shown as many as there is room for, and how many more there are. */
  readonly items?: readonly string[];
  /** 0..1: human formats draw a bar beside or instead of the text. */
  readonly share?: number;
}

export interface Column {
  /** Key in machine formats. */
  readonly name: string;
  /** Heading in human formats. */
  readonly title: string;
  readonly align?: "left" | "right";
  /** The first to be cut in a table, and wrapped elsewhere, on a terminal. In a pipe nothing is. */
  readonly wrap?: boolean;
  /** How much it keeps of its texts, if they have it, as long as other columns can be cut or left out. */
  readonly least?: number;
  /**
   * Where a terminal has no room for all columns of a table, those of the highest rank leave it first; one
   * without a rank stays. What all rows have in common in a ranked column is said once above them.
   */
  readonly rank?: number;
  /** Ids: on a terminal as many of their first characters as tell them apart. */
  readonly id?: true;
}

export interface Row {
  readonly cells: readonly Cell[];
  readonly mark?: Mark;
  /** How deep the row stands in a section that is a tree. */
  readonly depth?: number;
  /** How many like rows it stands for in `Section.terse`. */
  readonly stands?: number;
  /** The event behind the row; listing formats (`ndjson`, `records`) give its whole record. */
  readonly event?: FoundEvent;
}

export interface Section {
  /** Key of this section in machine formats: "events", "attempts", "groups", ... */
  readonly name: string;
  /** Heading in human formats, e.g. "Attempts that failed (2)". */
  readonly title?: string;
  readonly columns: readonly Column[];
  /** Name of the column in which a terminal draws the rows as a tree, by their depth; it stands first there. */
  readonly branch?: string;
  /** Read once, in order. */
  readonly rows: AsyncIterable<Row> | Iterable<Row>;
  /**
   * In place of a table: `details`, one key and value a line (for `show`); `text`, one line of text a
   * row, for people only: formats for programs leave it out, as `facts` have what it says.
   */
  readonly layout?: "table" | "details" | "text";
  /** Like rows as one, which people are shown in place of the rows. */
  readonly summary?: Pick<Section, "columns" | "rows">;
  /** Like rows as one, which a terminal shows in place of the rows. One or the other is read. */
  readonly terse?: Section["rows"];
  /** The event that the rows spell out; formats that write whole records give this instead. */
  readonly event?: FoundEvent;
  /** The events of rows that stand for several: formats that list whole records give these instead. */
  readonly folded?: readonly FoundEvent[];
}

/** What a verb says that judges: all is well, something is not, or what is left could not be judged. */
export type Verdict = "good" | "bad" | "unknown";

/** What a verb has to say. */
export interface Told {
  /** Decides between exit status 0 and 1. */
  readonly found: boolean;
  /** Decides the exit status by itself: 0, 1, 2. What is bad outranks what could not be read. */
  readonly verdict?: Verdict;
  /** Whoever asked takes the answer although not all could be read. */
  readonly mayRestOnPart?: true;
  /** The answer in words, headline first. May be empty for plain listings. */
  readonly sentences: readonly string[];
  /** Machine-readable form of the sentences, for `--format json`. */
  readonly facts?: { readonly [name: string]: unknown };
  readonly sections: readonly Section[];
  /** Of a verb that checks: for formats that pipelines read. */
  readonly report?: Report;
  /** What to try next: "did you mean", a region hint, ... */
  readonly hints: readonly string[];
  /** What stands in the way of a full answer beside the logs: each a line, and lines that show the place. */
  readonly complaints?: readonly (readonly [string, ...string[]])[];
  /** To be written as it is in place of everything else, whatever the format. */
  readonly verbatim?: Uint8Array;
}

export interface Answer extends Told {
  /** The verb and what it was asked, e.g. { verb: "who", question: "who deleted orders" }. */
  readonly verb: string;
  readonly question: string;
  /** What the answer rests on, final only once all rows were read; absent if on no logs at all. */
  coverage?(): Coverage;
}

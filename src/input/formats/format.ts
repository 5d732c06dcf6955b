/**
 * An input format: how the records of one kind of document are told and found.
 *
 * A file is a sequence of documents (`zcat *.gz` makes one of many). For each, the formats of
 * `index.ts` are asked in turn. A format never looks at a file's name.
 */

import type { Layout } from "../../kernel/kernel.ts";
import type { Opening } from "./opening.ts";

/** The document holds records: they begin at `at` and follow each other so. */
export interface Records {
  readonly kind: "records";
  readonly layout: Layout;
  readonly at: number;
  /** The key of their array, where the rest of an object follows it. Absent: another document follows. */
  readonly envelope?: string;
}

/** The document is no CloudTrail log, but this. */
export interface NotLog {
  readonly kind: "not a log";
  readonly what: string;
  /** A kind that is found among logs, so that more of them may follow. */
  readonly isUsual: boolean;
}

/** What may well be a log cannot be read. */
interface Unreadable {
  readonly kind: "unreadable";
  readonly reason: string;
}

export type Recognised = Records | NotLog | Unreadable;

export interface Format {
  readonly name: string;
  /** The key of an array of records. An opening is not read beyond it. */
  readonly envelope?: string;
  /** Undefined: not this format. */
  recognise(opening: Opening): Recognised | undefined;
}

/**
 * An input format: how the records of one kind of document are told and found.
 *
 * A file is a sequence of documents (`zcat *.gz` makes one of many). For each, the formats of
 * `index.ts` are asked in turn. A format never looks at a file's name.
 */

import type { Json } from "../../event/record.ts";
import type { Layout } from "../../kernel/kernel.ts";
import type { Translated } from "../tables/assemble.ts";
import type { Opening } from "./opening.ts";

/** The document holds records: they begin at `at` and follow each other so. */
export interface Records {
  readonly kind: "records";
  readonly layout: Layout;
  readonly at: number;
  /** The key of their array, where the rest of an object follows it. Absent: another document follows. */
  readonly envelope?: string;
}

/** The document holds an array of documents, which begins at `at`. */
export interface Documents {
  readonly kind: "documents";
  /** What the document is, if it turns out that no event is in it. */
  readonly what: string;
  readonly at: number;
  /** The key of the array, where the rest of an object follows it. */
  readonly envelope?: string;
}

/** The document holds another one: the value at `at`, which is an object, or a text that holds it. */
export interface Wrapped {
  readonly kind: "wrapped";
  readonly what: string;
  readonly at: number;
  /** Where the value ends, if that is known. */
  readonly end: number | undefined;
  /** The text is base64, perhaps of gzip. Else it is the document itself. */
  readonly isBase64?: boolean;
}

/** The document tells of events in terms of its own. */
export interface Translatable {
  readonly kind: "translated";
  readonly what: string;
  /** The events in the document, which was parsed. */
  translate(document: Json): Iterable<Translated>;
}

/** The rest of the file is a table as CSV. */
interface Table {
  readonly kind: "table";
  readonly what: string;
  readonly at: number;
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

/** What holds events, or may, in a form that is not read. */
export interface Unread {
  readonly kind: "unread";
  /** With the way to the events. */
  readonly reason: string;
  /** The rest of the file is of the same kind; else it is this document alone. */
  readonly isAll: boolean;
}

export type Recognised =
  | Records
  | Documents
  | Wrapped
  | Translatable
  | Table
  | NotLog
  | Unreadable
  | Unread;

export interface Format {
  readonly name: string;
  /** The keys of arrays of records or documents. An opening is not read beyond such an array. */
  readonly envelopes?: readonly string[];
  /** Undefined: not this format. `within` recognises a document inside this one. */
  recognise(opening: Opening, within: (opening: Opening) => Recognised): Recognised | undefined;
}

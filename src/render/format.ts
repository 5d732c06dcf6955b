/**
 * What an output format is: an answer in, text out, piece by piece.
 *
 * A format cannot tell which verb gave the answer and does no I/O; `cli` writes what it yields. Rows
 * may be a million, so a format reads them once, in order, and keeps only what fixes its layout.
 */

import type { Answer } from "../query/answer.ts";

export interface RenderOptions {
  /** Columns of the terminal; undefined in a pipe, where nothing is ever cut or wrapped. */
  readonly width: number | undefined;
  /** Lines of the terminal, where it is one. */
  readonly height?: number | undefined;
  /** chalk's levels: 0 no colour, 1 sixteen colours, 2 256, 3 all. */
  readonly colour: 0 | 1 | 2 | 3;
  /** IANA zone in which human formats show times; machine formats always use UTC. */
  readonly timeZone: string;
  /** `--fields` was given: listings give the columns in place of whole records. */
  readonly fields?: boolean;
  /** `--wide` was given: tables as in a pipe, however wide the terminal. */
  readonly wide?: boolean;
}

/** Small pieces as they come; `cli` gathers them into writes. */
export type Pieces = AsyncIterable<string | Uint8Array>;

export interface Format {
  readonly name: string;
  /** One line for `--help`. */
  readonly summary: string;
  /** For programs: UTC, no bars, no marks, nothing beside the data. */
  readonly machine: boolean;
  /** Can show only answers whose rows are events; `cli` refuses the others. */
  readonly needsEvents: boolean;
  /** Can show only findings: other verbs do not offer it. */
  readonly needsReport?: true;
  /** A file of it keeps what stands in it already. */
  readonly isAppended?: true;
  render(answer: Answer, options: RenderOptions): Pieces;
}

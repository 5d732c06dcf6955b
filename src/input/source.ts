/**
 * What can be read: files on disk and streams that pass once.
 */

import type { Member } from "./archives/member.ts";

/** A regular file, which can be opened again to show a record. */
export interface FileSource {
  readonly kind: "file";
  readonly path: string;
  /** As the user would name it. */
  readonly origin: string;
  readonly bytes: number;
  /** Of a file in an archive, which `path` names. */
  readonly member?: Member;
}

/** Standard input or a named pipe: its bytes pass once. */
export interface StreamSource {
  readonly kind: "stream";
  /** File descriptor, or the path of a pipe. */
  readonly target: number | string;
  readonly origin: string;
  /** Bytes that were read ahead: what the descriptor gives comes after them. */
  readonly head?: Uint8Array;
}

export type Source = FileSource | StreamSource;

/** A part of a file whose records stand one a line: the lines that start in [from, until). */
export interface LineRange {
  readonly from: number;
  readonly until: number;
  /** Nothing of the file comes after it. */
  readonly isLast: boolean;
}

/** Where to begin reading: whether a line starts at `from` shows in the byte before it. */
export function firstByte(range: LineRange | undefined): number {
  return Math.max(0, (range?.from ?? 0) - 1);
}

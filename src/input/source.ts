/**
 * What can be read: files on disk and streams that pass once.
 */

/** A regular file, which can be opened again to show a record. */
export interface FileSource {
  readonly kind: "file";
  readonly path: string;
  /** As the user would name it. */
  readonly origin: string;
  readonly bytes: number;
}

/** Standard input or a named pipe: its bytes pass once. */
interface StreamSource {
  readonly kind: "stream";
  /** File descriptor, or the path of a pipe. */
  readonly target: number | string;
  readonly origin: string;
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

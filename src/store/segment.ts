/**
 * A segment: the events that one thread kept, as columns outside the V8 heap.
 *
 * Text columns hold codes into their dictionary, as narrow as the dictionary allows. A record itself
 * is not kept but its place is, as an offset in a block of a source; where the source cannot be read
 * again, or few records matched, the bytes are kept beside.
 */

import type { Arena } from "./entries.ts";
import type { KeptBytes } from "./kept-bytes.ts";
import type { SideTable } from "./side-table.ts";

export type Codes = Uint8Array | Uint16Array | Uint32Array;

export interface Column extends Arena {
  readonly codes: Codes;
}

/**
 * Which strings, numbers and keys each event names; see `event/mention.ts`. ASCII letters are in lower
 * case, so that one search finds all spellings; which were capitals is told beside.
 */
export interface Tokens extends Arena {
  /** A bit for each byte of the arena. */
  readonly capitals: Uint8Array;
  /** Row r's tokens are codes[starts[r]] up to codes[starts[r + 1]]. */
  readonly starts: Uint32Array;
  readonly codes: Uint32Array;
}

export interface Segment {
  readonly count: number;
  /** Epoch milliseconds; NaN without a readable time. */
  readonly times: Float64Array;
  /** Four words a row: the eventID's bits, or a hash of the record if it has none. */
  readonly ids: Uint32Array;
  /** Rows without an eventID, in order. */
  readonly unidentified: Uint32Array;
  /** Offset of the record in its block, and its length. */
  readonly offsets: Uint32Array;
  readonly lengths: Uint32Array;
  /** Block b begins with row firstRows[b], at byte bases[b] of source sources[b]. */
  readonly firstRows: Uint32Array;
  readonly bases: Float64Array;
  readonly sources: Uint32Array;
  /** In the order of the plan's columns. */
  readonly columns: readonly Column[];
  readonly tokens: Tokens | undefined;
  /** For each row a bit for each needle that it may hold; empty where none were looked for. */
  readonly held: Uint8Array;
  /** Of the rows that sketches were expected of. */
  readonly sketched: SideTable;
  readonly kept: KeptBytes;
}

/** Where a row's record stands. */
export interface Place {
  readonly source: number;
  /** Byte offset in the inflated source. */
  readonly offset: number;
  readonly length: number;
}

export function placeOf(segment: Segment, row: number): Place {
  const block = blockOf(segment.firstRows, row);
  return {
    source: segment.sources[block] ?? 0,
    offset: (segment.bases[block] ?? 0) + (segment.offsets[row] ?? 0),
    length: segment.lengths[row] ?? 0,
  };
}

/** The last block that begins at or before the row. */
function blockOf(firstRows: Uint32Array, row: number): number {
  let low = 0;
  let high = firstRows.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((firstRows[middle] ?? 0) <= row) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** All buffers of a segment, to hand it to another thread without a copy. */
export function buffersOf(segment: Segment): ArrayBuffer[] {
  const views: ArrayBufferView[] = [
    segment.times,
    segment.ids,
    segment.unidentified,
    segment.offsets,
    segment.lengths,
    segment.firstRows,
    segment.bases,
    segment.sources,
    segment.held,
    segment.kept.rows,
    segment.kept.places,
    ...segment.kept.chunks,
    segment.sketched.rows,
    segment.sketched.spelled,
    ...[...segment.columns, ...segment.sketched.columns].flatMap(({ codes, arena, offsets }) => [
      codes,
      arena,
      offsets,
    ]),
  ];
  const { tokens } = segment;
  if (tokens) {
    views.push(tokens.starts, tokens.codes, tokens.arena, tokens.offsets, tokens.capitals);
  }
  return [...new Set(views.map(({ buffer }) => buffer as ArrayBuffer))];
}

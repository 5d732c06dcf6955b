/**
 * The distinct values of a column, decoded on demand.
 *
 * The kernel stores the raw JSON text of each value, so two spellings of one string are two entries;
 * whoever compares values compares what `values` gives, and never codes of different entries.
 */

import { itemsOf, type Json, parseJson, textOf } from "../event/record.ts";

export interface Entries {
  /** Highest code in use; codes count from 1. */
  readonly size: number;
  /** Raw JSON text of an entry. */
  bytes(code: number): Uint8Array;
}

const quote = 0x22;
const backslash = 0x5c;

/** The values of an entry as texts: one, or those of an array, nulls left out. */
export function values(entries: Entries, code: number): readonly string[] {
  const bytes = entries.bytes(code);
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (text[0] === quote && !text.includes(backslash))
    return [text.toString("utf8", 1, text.length - 1)];
  return itemsOf([parseJson(text.toString()) as Json]).map(textOf);
}

/** Entries that were copied out of a kernel: one arena and where each entry begins. */
export interface Arena {
  readonly arena: Uint8Array;
  /** Entry `code` is arena[offsets[code - 1]] up to arena[offsets[code]]. */
  readonly offsets: Uint32Array;
}

export function entriesOf({ arena, offsets }: Arena): Entries {
  return {
    size: Math.max(0, offsets.length - 1),
    bytes: (code) => arena.subarray(offsets[code - 1], offsets[code]),
  };
}

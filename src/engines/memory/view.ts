/**
 * Rows as the filters see them: those of a block in the kernel, or those of a segment.
 */

import { type Entries, entriesOf } from "../../store/entries.ts";
import type { Codes, Segment } from "../../store/segment.ts";
import { type TokenView, tokenView } from "./mentions.ts";

export interface View {
  readonly count: number;
  readonly times: Float64Array;
  readonly ids: Uint32Array;
  readonly codes: readonly Codes[];
  /** The same objects as long as the dictionaries are the same: verdicts are remembered by them. */
  readonly entries: readonly Entries[];
  readonly tokens: TokenView | undefined;
}

/** Which column holds a path; undefined if none does. */
export type ColumnOf = (path: readonly string[]) => number | undefined;

let counted = new Uint32Array(0);

/** The rows of a view; not to be changed. */
export function allRows({ count }: Pick<View, "count">): Uint32Array {
  if (count > counted.length) counted = new Uint32Array(count).map((_, row) => row);
  return counted.subarray(0, count);
}

export function viewOf(segment: Segment): View {
  return {
    count: segment.count,
    times: segment.times,
    ids: segment.ids,
    codes: segment.columns.map(({ codes }) => codes),
    entries: segment.columns.map(entriesOf),
    tokens: segment.tokens && tokenView(segment.tokens),
  };
}

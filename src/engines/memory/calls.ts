/**
 * Which rows are calls, and not records of another lane.
 */

// Indexes stay within the arrays; the casts only drop the `undefined` of the checked index access.

import { laneFields, laneOf } from "../../event/lane.ts";
import { type Entries, values } from "../../store/entries.ts";
import type { ColumnOf, View } from "./view.ts";

/** The same array where all are. */
export function callsAmong(rows: Uint32Array, view: View, columnOf: ColumnOf): Uint32Array {
  const [category, type] = laneFields.map((field) => textsIn(view, columnOf([field])));
  if (category === undefined || type === undefined) return rows;
  const known = new Map<number, boolean>();
  const isCall = (row: number) => {
    const key = category.codeOf(row) * type.size + type.codeOf(row);
    let call = known.get(key);
    if (call === undefined) {
      call = laneOf(category.textOf(row), type.textOf(row)) === undefined;
      known.set(key, call);
    }
    return call;
  };
  return rows.every(isCall) ? rows : rows.filter(isCall);
}

interface Texts {
  readonly size: number;
  readonly codeOf: (row: number) => number;
  readonly textOf: (row: number) => string | undefined;
}

function textsIn({ codes, entries }: View, column: number | undefined): Texts {
  const own = column === undefined ? undefined : codes[column];
  const texts: Entries | undefined = column === undefined ? undefined : entries[column];
  if (own === undefined || texts === undefined) {
    return { size: 1, codeOf: () => 0, textOf: () => undefined };
  }
  const codeOf = (row: number) => own[row] as number;
  return {
    size: texts.size + 1,
    codeOf,
    textOf: (row) => (codeOf(row) === 0 ? undefined : values(texts, codeOf(row))[0]),
  };
}

/**
 * Fields that are worked out of several columns (outcome, addressClass, country), as columns of their
 * own: worked out once for each combination of codes that occurs, and once for each set of rows.
 */

// Indexes stay within the view; the casts only drop the `undefined` of the checked index access.

import { type DerivedType, derivedValue, manyValued } from "../../event/derived.ts";
import { type Entries, values } from "../../store/entries.ts";
import type { Codes } from "../../store/segment.ts";
import type { View } from "./view.ts";

export interface DerivedColumn {
  /** For each row the number of its value. */
  readonly numbers: Codes;
  readonly values: readonly (string | undefined)[];
}

const known = new WeakMap<View, Map<DerivedType, DerivedColumn>>();

/** `columns` are those of the field's sources, in their order. */
export function derivedColumn(
  type: DerivedType,
  columns: readonly number[],
  view: View,
): DerivedColumn {
  const ofView = known.get(view) ?? new Map<DerivedType, DerivedColumn>();
  known.set(view, ofView);
  const column = ofView.get(type) ?? derive(type, columns, view);
  ofView.set(type, column);
  return column;
}

function derive(type: DerivedType, columns: readonly number[], view: View): DerivedColumn {
  const sources = columns.map((column) => ({
    codes: view.codes[column] as Codes,
    entries: view.entries[column] as Entries,
    size: (view.entries[column] as Entries).size + 1,
  }));
  const textAt = ({ entries }: (typeof sources)[number], code: number) =>
    code === 0 ? undefined : values(entries, code).find((text) => text !== "");
  const numbers = manyValued.includes(type)
    ? new Uint32Array(view.count)
    : new Uint8Array(view.count);
  const found = new Map<string | undefined, number>([[derivedValue(type, []), 0]]);
  // All codes of a row make one number; only a forged log has more combinations than numbers are exact.
  const isExact = sources.reduce((product, { size }) => product * size, 1) <= exactly;
  const byCodes = new Map<number, number>();
  for (let row = 0; row < view.count; row += 1) {
    let key = 0;
    for (const { codes, size } of sources) key = key * size + (codes[row] as number);
    // Most calls have no error at all.
    if (key === 0) continue;
    let number = isExact ? byCodes.get(key) : undefined;
    if (number === undefined) {
      const texts = sources.map((source) => textAt(source, source.codes[row] as number));
      const value = derivedValue(type, texts);
      number = found.get(value) ?? found.size;
      found.set(value, number);
      if (isExact) byCodes.set(key, number);
    }
    numbers[row] = number;
  }
  return { numbers, values: [...found.keys()] };
}

const exactly = Number.MAX_SAFE_INTEGER;

/**
 * Fields that are worked out of several columns (outcome, addressClass, country), as columns of their
 * own: worked out once for each combination of codes that occurs, and once for each set of rows.
 */

// Indexes stay within the view; the casts only drop the `undefined` of the checked index access.

import { type DerivedType, derivedValue, firstDecides } from "../../event/derived.ts";
import { geoFields } from "../../event/geo.ts";
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
  const hasManyValues = geoFields.some((field) => field === type);
  const numbers = hasManyValues ? new Uint32Array(view.count) : new Uint8Array(view.count);
  const found = new Map<string | undefined, number>([[derivedValue(type, []), 0]]);
  const numberOf = (texts: readonly (string | undefined)[]) => {
    const value = derivedValue(type, texts);
    const number = found.get(value) ?? found.size;
    found.set(value, number);
    return number;
  };
  const [first] = sources;
  const byFirst = firstDecides.has(type) && first ? numbersByCode(first, numberOf) : undefined;
  // Most sources have a value in no event at all.
  const filled = sources.filter(({ size }) => size > 1);
  // All codes of a row make one number; only a forged log has more combinations than numbers are exact.
  const isExact = filled.reduce((product, { size }) => product * size, 1) <= exactly;
  const byCodes = new Map<number, number>();
  for (let row = 0; row < view.count; row += 1) {
    let key = 0;
    for (let i = 0; i < filled.length; i += 1) {
      const { codes, size } = filled[i] as Column;
      key = key * size + (codes[row] as number);
    }
    // Most calls have no error at all.
    if (key === 0) continue;
    let number = byFirst?.(row) ?? (isExact ? byCodes.get(key) : undefined);
    if (number === undefined) {
      number = numberOf(sources.map((source) => textAt(source, source.codes[row] as number)));
      if (isExact) byCodes.set(key, number);
    }
    numbers[row] = number;
  }
  return { numbers, values: [...found.keys()] };
}

interface Column {
  readonly codes: Codes;
  readonly entries: Entries;
  readonly size: number;
}

function textAt({ entries }: Column, code: number): string | undefined {
  return code === 0 ? undefined : values(entries, code).find((text) => text !== "");
}

/** For a row, the number that its code in this column stands for, if there is a text at all. */
function numbersByCode(
  column: Column,
  numberOf: (texts: readonly string[]) => number,
): (row: number) => number | undefined {
  const known = new Map<number, number | undefined>([[0, undefined]]);
  return (row) => {
    const code = column.codes[row] as number;
    const before = known.get(code);
    if (before !== undefined || known.has(code)) return before;
    const text = textAt(column, code);
    const number = text === undefined ? undefined : numberOf([text]);
    known.set(code, number);
    return number;
  };
}

const exactly = Number.MAX_SAFE_INTEGER;

/**
 * Fields that are worked out of several columns (outcome, readOnly, mfa), as columns of their own:
 * worked out once for each combination of codes that occurs, and once for each set of rows.
 */

// Indexes stay within the view; the casts only drop the `undefined` of the checked index access.

import { type DerivedType, derivedValue } from "../../event/derived.ts";
import { type Entries, values } from "../../store/entries.ts";
import type { Codes } from "../../store/segment.ts";
import type { View } from "./view.ts";

export interface DerivedColumn {
  /** For each row the number of its value. */
  readonly numbers: Uint8Array;
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
  const [first = noCodes, second = noCodes, ...others] = columns.map(
    (column) => view.codes[column] as Codes,
  );
  const textAt = (source: number, code: number) => {
    const entries = view.entries[columns[source] as number] as Entries;
    return code === 0 ? undefined : values(entries, code).find((text) => text !== "");
  };
  const numbers = new Uint8Array(view.count);
  const found: (string | undefined)[] = [derivedValue(type, [])];
  const byCodes = new Map<number, number>();
  for (let row = 0; row < view.count; row += 1) {
    const a = first[row] ?? 0;
    const b = second[row] ?? 0;
    let c = 0;
    for (const other of others) c = c * otherCodes + Math.min(other[row] ?? 0, otherCodes - 1);
    // Most calls have no error at all.
    if (a === 0 && b === 0 && c === 0) continue;
    const key = (a * secondCodes + b) * thirdCodes + c;
    const exact = a < firstCodes && others.every((codes) => (codes[row] ?? 0) < otherCodes - 1);
    let number = exact ? byCodes.get(key) : undefined;
    if (number === undefined) {
      const texts = columns.map((column, i) => textAt(i, view.codes[column]?.[row] ?? 0));
      const value = derivedValue(type, texts);
      number = found.indexOf(value);
      if (number < 0) number = found.push(value) - 1;
      if (exact) byCodes.set(key, number);
    }
    numbers[row] = number;
  }
  return { numbers, values: found };
}

const noCodes = new Uint8Array(0);

/**
 * All codes of a row make one exact number of 53 bits: error codes, messages, and the one word of each of
 * at most five kinds of sign-in. Codes beyond are not remembered; only a forged log has so many.
 */
const firstCodes = 2 ** 13;
const secondCodes = 2 ** 25;
const otherCodes = 2 ** 3;
const thirdCodes = otherCodes ** 5;

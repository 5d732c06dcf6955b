/**
 * Fields that are worked out of several columns (outcome, addressClass, country), as columns of their
 * own: worked out once for each combination of codes that occurs, and once for each set of rows.
 */

// Indexes stay within the view; the casts only drop the `undefined` of the checked index access.

import { type DerivedType, derivedValue } from "../../event/derived.ts";
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

/** `columns` are those of the field's sources, in their order; at most three. */
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
  const [first = noCodes, second = noCodes, third = noCodes] = columns.map(
    (column) => view.codes[column] as Codes,
  );
  const textAt = (source: number, code: number) => {
    const entries = view.entries[columns[source] as number] as Entries;
    return code === 0 ? undefined : values(entries, code).find((text) => text !== "");
  };
  const hasManyValues = geoFields.some((field) => field === type);
  const numbers = hasManyValues ? new Uint32Array(view.count) : new Uint8Array(view.count);
  const none = derivedValue(type, []);
  const found = new Map<string | undefined, number>([[none, 0]]);
  const byCodes = new Map<number, number>();
  for (let row = 0; row < view.count; row += 1) {
    const a = first[row] ?? 0;
    const b = second[row] ?? 0;
    const c = third[row] ?? 0;
    // Most calls have no error at all.
    if ((a | b | c) === 0) continue;
    const key = (a * secondCodes + b) * thirdCodes + c;
    const exact = a < firstCodes && c < thirdCodes;
    let number = exact ? byCodes.get(key) : undefined;
    if (number === undefined) {
      const value = derivedValue(type, [textAt(0, a), textAt(1, b), textAt(2, c)]);
      number = found.get(value) ?? found.size;
      found.set(value, number);
      if (exact) byCodes.set(key, number);
    }
    numbers[row] = number;
  }
  return { numbers, values: [...found.keys()] };
}

const noCodes = new Uint8Array(0);

/**
 * Three codes make one exact number of 53 bits: error codes or addresses, messages, and a sign-in's one
 * word. Codes beyond are not remembered; only a forged log has so many.
 */
const firstCodes = 2 ** 19;
const secondCodes = 2 ** 26;
const thirdCodes = 2 ** 8;

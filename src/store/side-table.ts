/**
 * Columns for some of a segment's rows only: values that few events have would be mostly empty columns of
 * all rows.
 */

// Indexes stay within the table; the casts only drop the `undefined` of the checked index access.

import { type Dictionary, NO_ID, type Rows } from "../kernel/kernel.ts";
import type { Arena } from "./entries.ts";
import { GrowingCodes, GrowingNumbers } from "./growing.ts";
import type { Column } from "./segment.ts";

export interface SideTable {
  /** The rows that are in it, in ascending order. */
  readonly rows: Uint32Array;
  /** For each of these rows whether its eventID is, letter by letter, the GUID that its bits spell. */
  readonly spelled: Uint8Array;
  readonly columns: readonly Column[];
}

interface BlockRows {
  readonly rows: Rows;
  readonly bytes: Uint8Array;
  readonly dictionaries: readonly Dictionary[];
}

const words = () => new GrowingNumbers((length) => new Uint32Array(length));

export class SideTableBuilder {
  private readonly rows = words();
  private readonly spelled = new GrowingCodes();
  private readonly columns: readonly GrowingCodes[];
  private readonly first: number;

  /** Its columns are those of the kernel from the given one on. */
  constructor(first: number, count: number) {
    this.first = first;
    this.columns = Array.from({ length: count }, () => new GrowingCodes());
  }

  /** Adds rows of a block, which become the rows of the segment with these numbers. */
  append(
    { rows, bytes, dictionaries }: BlockRows,
    chosen: Uint32Array,
    numbers: ArrayLike<number>,
  ): void {
    const at = this.rows.length;
    const added = chosen.length;
    this.rows.extend(added).set(numbers, at);
    const spelled = this.spelled.extend(added, 1);
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    for (let i = 0; i < added; i += 1) {
      spelled[at + i] = isSpelled(rows, chosen[i] as number, text) ? 1 : 0;
    }
    for (const [index, column] of this.columns.entries()) {
      const codes = rows.codes[this.first + index] as Uint32Array;
      const to = column.extend(added, dictionaries[this.first + index]?.size ?? 1);
      for (let i = 0; i < added; i += 1) to[at + i] = codes[chosen[i] as number] as number;
    }
  }

  finish(dictionaries: readonly Dictionary[]): SideTable {
    return {
      rows: this.rows.finish(),
      spelled: Uint8Array.from(this.spelled.finish()),
      columns: this.columns.map((column, index) => {
        const entries = dictionaries[this.first + index]?.snapshot();
        return used(column.finish(), entries ?? nothing);
      }),
    };
  }
}

const nothing: Arena = { arena: new Uint8Array(0), offsets: new Uint32Array(1) };

/** With the entries that occur among the codes, and numbered by these. */
function used(codes: Column["codes"], { arena, offsets }: Arena): Column {
  const numbers = new Uint32Array(offsets.length);
  let [count, length] = [0, 0];
  for (const code of codes) {
    if (code === 0 || numbers[code] !== 0) continue;
    count += 1;
    numbers[code] = count;
    length += (offsets[code] as number) - (offsets[code - 1] as number);
  }
  const own = { arena: new Uint8Array(length), offsets: new Uint32Array(count + 1) };
  const renumbered = new GrowingCodes();
  const to = renumbered.extend(codes.length, count);
  let taken = 0;
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at] as number;
    const number = numbers[code] as number;
    to[at] = number;
    if (number <= taken) continue;
    taken = number;
    const entry = arena.subarray(offsets[code - 1], offsets[code]);
    own.arena.set(entry, own.offsets[number - 1]);
    own.offsets[number] = (own.offsets[number - 1] as number) + entry.length;
  }
  return { codes: renumbered.finish(), ...own };
}

const eventID = Buffer.from('"eventID"');
const quote = 0x22;
/** Places of the digits in a GUID, two for each byte of its bits. */
const digitPlaces = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];
const digits = Buffer.from("0123456789abcdef");

/** False for what a hash looks like as a GUID, for one in capitals, and where the id does not show at once. */
function isSpelled({ flags, ids, starts }: Rows, row: number, bytes: Buffer): boolean {
  if (((flags[row] as number) & NO_ID) !== 0) return false;
  const key = bytes.indexOf(eventID, starts[row]);
  const at = bytes.indexOf(quote, key + eventID.length) + 1;
  if (key < 0 || at === 0) return false;
  for (let byte = 0; byte < digitPlaces.length; byte += 1) {
    const place = at + (digitPlaces[byte] as number);
    const value = ((ids[row * 4 + (byte >> 2)] as number) >>> ((byte & 3) * 8)) & 0xff;
    if (bytes[place] !== digits[value >> 4] || bytes[place + 1] !== digits[value & 0xf]) {
      return false;
    }
  }
  return true;
}

/** The GUID of these bits as CloudTrail writes it. */
export function guidOf(id: Uint32Array): string {
  let text = "";
  for (let byte = 0; byte < 16; byte += 1) {
    if (byte === 4 || byte === 6 || byte === 8 || byte === 10) text += "-";
    text += hexOf[((id[byte >> 2] as number) >>> ((byte & 3) * 8)) & 0xff];
  }
  return text;
}

const hexOf = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** Where a row stands in the table; undefined if it is not in it. */
export function placeIn({ rows }: SideTable, row: number): number | undefined {
  let low = 0;
  for (let high = rows.length; low < high; ) {
    const middle = (low + high) >>> 1;
    if ((rows[middle] as number) < row) low = middle + 1;
    else high = middle;
  }
  return rows[low] === row ? low : undefined;
}

/**
 * Which rows are repetitions: the same eventID delivered twice, by an organization's trail beside the
 * account's own, or in overlapping files.
 *
 * The copy that stands first in the input stays. Records that share an eventID but differ in time or
 * name are two events with a forged or careless id: both stay. Records without an eventID are never
 * taken for one another.
 */

// Indexes stay within the arrays; the casts only drop the `undefined` of the checked index access.

import { randomInt } from "node:crypto";
import { placeOf, type Segment } from "./segment.ts";

export interface Deduplication {
  /** For each segment, 1 for rows that repeat another; undefined when it has none. */
  readonly repeated: readonly (Uint8Array | undefined)[];
  readonly count: number;
}

/** `nameOf` gives the event name of a row, to tell repetitions from clashes. */
export function findDuplicates(
  segments: readonly Segment[],
  nameOf: (segment: number, row: number) => string,
): Deduplication {
  const rows = segments.reduce((sum, { count }) => sum + count, 0);
  const bits = Math.ceil(Math.log2(Math.max(16, rows * 2)));
  const table = new Uint32Array(2 ** bits);
  const wrap = table.length - 1;
  // The highest bits are the best mixed.
  const shift = 32 - bits;
  const repeated: (Uint8Array | undefined)[] = segments.map(() => undefined);
  let count = 0;

  const firsts: number[] = [];
  let total = 0;
  for (const segment of segments) {
    firsts.push(total);
    total += segment.count;
  }
  const segmentOf = (global: number) => {
    let index = firsts.length - 1;
    while ((firsts[index] as number) > global) index -= 1;
    return index;
  };
  const drop = (index: number, row: number) => {
    const flags = repeated[index] ?? new Uint8Array((segments[index] as Segment).count);
    repeated[index] = flags;
    flags[row] = 1;
    count += 1;
  };

  for (const [index, segment] of segments.entries()) {
    const { ids, unidentified } = segment;
    let nextUnidentified = 0;
    for (let row = 0; row < segment.count; row += 1) {
      if (unidentified[nextUnidentified] === row) {
        nextUnidentified += 1;
        continue;
      }
      const at = row * 4;
      const a = ids[at] as number;
      const b = ids[at + 1] as number;
      const c = ids[at + 2] as number;
      const d = ids[at + 3] as number;
      let slot = hash(a, b, c, d, segment.times[row] as number) >>> shift;
      for (;;) {
        const entry = table[slot] as number;
        if (entry === 0) {
          table[slot] = (firsts[index] as number) + row + 1;
          break;
        }
        const otherIndex = segmentOf(entry - 1);
        const otherRow = entry - 1 - (firsts[otherIndex] as number);
        const other = segments[otherIndex] as Segment;
        const otherAt = otherRow * 4;
        if (
          other.ids[otherAt] === a &&
          other.ids[otherAt + 1] === b &&
          other.ids[otherAt + 2] === c &&
          other.ids[otherAt + 3] === d &&
          Object.is(other.times[otherRow], segment.times[row]) &&
          nameOf(otherIndex, otherRow) === nameOf(index, row)
        ) {
          if (standsBefore(segment, row, other, otherRow)) {
            drop(otherIndex, otherRow);
            table[slot] = (firsts[index] as number) + row + 1;
          } else {
            drop(index, row);
          }
          break;
        }
        slot = (slot + 1) & wrap;
      }
    }
  }
  return { repeated, count };
}

/** Odd, and of this run alone: whoever writes logs chooses ids, but not so that all meet here. */
const factors = Array.from({ length: 5 }, () => randomInt(2 ** 31) * 2 + 1);
const [forA = 1, forB = 1, forC = 1, forD = 1, forTime = 1] = factors;

/** Of the id and the time: one careless id on all events must not make them all meet. */
function hash(a: number, b: number, c: number, d: number, time: number): number {
  return (
    (Math.imul(a, forA) + Math.imul(b, forB)) ^
    (Math.imul(c, forC) + Math.imul(d, forD)) ^
    Math.imul(time / 1000, forTime)
  );
}

function standsBefore(a: Segment, rowA: number, b: Segment, rowB: number): boolean {
  const first = placeOf(a, rowA);
  const second = placeOf(b, rowB);
  return first.source === second.source
    ? first.offset < second.offset
    : first.source < second.source;
}

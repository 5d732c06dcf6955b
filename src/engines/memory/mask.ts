/**
 * Masks: for each row, what is known of whether it matches.
 */

export const no = 0;
/** The columns cannot tell; the record can. */
export const maybe = 1;
export const yes = 2;

/** One of `no`, `maybe`, `yes` for each row. */
export type Mask = Uint8Array;

// Most tests say `no` or `yes` of most rows, so four rows at a time are alike nearly everywhere. Indexes
// stay within the masks; the casts only drop the `undefined` of the checked index access.

const allNo = 0;
const allYes = 0x02020202;

/** Makes each verdict of `mask` the lesser of its own and the other's. */
export function lower(mask: Mask, other: Mask): void {
  const [words, others] = [wordsOf(mask), wordsOf(other)];
  for (let word = 0; word < words.length; word += 1) {
    const own = words[word] as number;
    const its = others[word] as number;
    if (own === allNo || own === its || its === allYes) continue;
    if (its === allNo || own === allYes) words[word] = its;
    else lowerRows(mask, other, word * 4, word * 4 + 4);
  }
  lowerRows(mask, other, words.length * 4, mask.length);
}

function lowerRows(mask: Mask, other: Mask, from: number, until: number): void {
  for (let row = from; row < until; row += 1) {
    if ((other[row] as number) < (mask[row] as number)) mask[row] = other[row] as number;
  }
}

/** Makes each verdict of `mask` the greater of its own and the other's. */
export function raise(mask: Mask, other: Mask): void {
  const [words, others] = [wordsOf(mask), wordsOf(other)];
  for (let word = 0; word < words.length; word += 1) {
    const own = words[word] as number;
    const its = others[word] as number;
    if (its === allNo || own === its || own === allYes) continue;
    if (own === allNo || its === allYes) words[word] = its;
    else raiseRows(mask, other, word * 4, word * 4 + 4);
  }
  raiseRows(mask, other, words.length * 4, mask.length);
}

function raiseRows(mask: Mask, other: Mask, from: number, until: number): void {
  for (let row = from; row < until; row += 1) {
    if ((other[row] as number) > (mask[row] as number)) mask[row] = other[row] as number;
  }
}

/** Four rows a word: every mask is an array of its own, so it begins where a word can. */
function wordsOf({ buffer, byteOffset, length }: Mask): Uint32Array {
  return new Uint32Array(buffer, byteOffset, length >>> 2);
}

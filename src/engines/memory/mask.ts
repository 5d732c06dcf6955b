/**
 * Masks: for each row, what is known of whether it matches.
 */

export const no = 0;
/** The columns cannot tell; the record can. */
export const maybe = 1;
export const yes = 2;

/** One of `no`, `maybe`, `yes` for each row that was asked about. */
export type Mask = Uint8Array;

// Most tests say `no` of most rows, so four rows at a time are alike nearly everywhere. Indexes stay within
// the masks; the casts only drop the `undefined` of the checked index access.

const allNo = 0;
const allYes = 0x02020202;

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

/** The places of the mask that are not `no`, in order. */
export function openIn(mask: Mask): Uint32Array {
  const words = wordsOf(mask);
  let places = new Uint32Array(64);
  let count = 0;
  for (let word = 0; word <= words.length; word += 1) {
    if (words[word] === allNo) continue;
    if (count + 4 > places.length) {
      const grown = new Uint32Array(Math.min(places.length * 4, mask.length + 4));
      grown.set(places);
      places = grown;
    }
    const until = Math.min(word * 4 + 4, mask.length);
    for (let place = word * 4; place < until; place += 1) {
      if (mask[place] === no) continue;
      places[count] = place;
      count += 1;
    }
  }
  return places.subarray(0, count);
}

/** Four rows a word: every mask is an array of its own, so it begins where a word can. */
function wordsOf({ buffer, byteOffset, length }: Mask): Uint32Array {
  return new Uint32Array(buffer, byteOffset, length >>> 2);
}

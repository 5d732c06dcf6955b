/**
 * Builds the decoding table of a prefix code from the lengths of its code words.
 *
 * A table grows by doubling: with the words of one length in place, a copy of it behind itself makes
 * it the table for one bit more. Words are kept as the stream has them, first bit lowest.
 */

import { LITERAL, LONGEST, ONE_BYTE, ORDERED, SPECIAL, SUBTABLE, WORDS } from "./layout";

/** Of each length (16 u32): how many words, where they begin in the order, where their literals end. */
const counts = memory.data(4 * 16, 16);
const firsts = memory.data(4 * 17, 16);
const literalEnds = memory.data(4 * 16, 16);

// @ts-ignore: decorator
@inline
function at(array: usize, index: u32): u32 {
  return load<u32>(array + ((index as usize) << 2));
}

// @ts-ignore: decorator
@inline
function put(array: usize, index: u32, value: u32): void {
  store<u32>(array + ((index as usize) << 2), value);
}

/**
 * Puts the symbols that have a word in the order of their words. Returns how much of the space of all
 * words is left over, negative if they need more than there is.
 */
function order(lengths: usize, symbols: u32): i32 {
  memory.fill(counts, 0, 4 * 16);
  memory.fill(literalEnds, 0, 4 * 16);
  for (let symbol: u32 = 0; symbol < symbols; symbol += 1) {
    const length = load<u8>(lengths + symbol) as u32;
    put(counts, length, at(counts, length) + 1);
    if (symbol < 256) put(literalEnds, length, at(literalEnds, length) + 1);
  }
  let left: i32 = 1 << LONGEST;
  let first: u32 = 0;
  for (let length: u32 = 1; length <= LONGEST; length += 1) {
    const count = at(counts, length);
    left -= count << (LONGEST - length);
    put(firsts, length, first);
    put(literalEnds, length, first + at(literalEnds, length));
    first += count;
    // From here on: where the next symbol of this length goes.
    put(counts, length, first - count);
  }
  put(firsts, LONGEST + 1, first);
  for (let symbol: u32 = 0; symbol < symbols; symbol += 1) {
    const length = load<u8>(lengths + symbol) as u32;
    if (!length) continue;
    const place = at(counts, length);
    put(counts, length, place + 1);
    store<u16>(ORDERED + 2 * place, symbol);
  }
  return left;
}

// @ts-ignore: decorator
@inline
function entryOf(meanings: usize, place: u32, length: u32): u32 {
  return at(meanings, load<u16>(ORDERED + 2 * place)) + length * 0x101;
}

/** The word that follows `word` among those of `length` bits; counting goes from the last bit down. */
// @ts-ignore: decorator
@inline
function following(word: u32, length: u32): u32 {
  const bit = <u32>0x80000000 >> clz(word ^ ((1 << length) - 1));
  return (word & (bit - 1)) | bit;
}

/**
 * False if the lengths make no complete code, but for what `mayBeSparse` lets pass: no word at all, or
 * one of one bit. With `paired`, a table entry holds two literals where both words fit in `bits`.
 */
export function build(
  table: usize,
  bits: u32,
  meanings: usize,
  lengths: usize,
  symbols: u32,
  paired: bool,
  mayBeSparse: bool,
): bool {
  const left = order(lengths, symbols);
  if (left) return mayBeSparse && buildSparse(table, bits, meanings, left);

  let word: u32 = 0;
  for (let length: u32 = 1; length <= bits; length += 1) {
    const half = <usize>2 << length;
    for (let at: usize = 0; at < half; at += 16) v128.store(table + half + at, v128.load(table + at));
    const end = at(firsts, length + 1);
    for (let place = at(firsts, length); place < end; place += 1) {
      put(table, word, entryOf(meanings, place, length));
      store<u16>(WORDS + 2 * place, word);
      word = following(word, length);
    }
    if (paired) pair(table, length, meanings);
  }
  if (at(firsts, bits + 1) < at(firsts, LONGEST + 1)) extend(table, bits, meanings, word);
  return true;
}

function buildSparse(table: usize, bits: u32, meanings: usize, left: i32): bool {
  const isEmpty = left == 1 << LONGEST;
  if (!isEmpty && (left != 1 << (LONGEST - 1) || at(firsts, 2) != 1)) return false;
  const first = isEmpty ? SPECIAL : entryOf(meanings, 0, 1);
  for (let word: u32 = 0; word < 1 << bits; word += 2) {
    put(table, word, first);
    put(table, word + 1, SPECIAL);
  }
  return true;
}

/** The pairs of literals whose words have `length` bits together. */
function pair(table: usize, length: u32, meanings: usize): void {
  for (let one: u32 = 1; one < length; one += 1) {
    const other = length - one;
    const otherFirst = at(firsts, other);
    const otherEnd = at(literalEnds, other);
    if (otherFirst == otherEnd) continue;
    const end = at(literalEnds, one);
    for (let place = at(firsts, one); place < end; place += 1) {
      const entry = entryOf(meanings, place, length) + ONE_BYTE;
      const word = load<u16>(WORDS + 2 * place) as u32;
      for (let next = otherFirst; next < otherEnd; next += 1) {
        put(
          table,
          word | ((load<u16>(WORDS + 2 * next) as u32) << one),
          entry | ((load<u16>(ORDERED + 2 * next) as u32) << 24),
        );
      }
    }
  }
}

/** The words of more than `bits` bits, the first of which is `word`: their subtables. */
function extend(table: usize, bits: u32, meanings: usize, word: u32): void {
  const size = <u32>1 << (LONGEST - bits);
  const mask = (<u32>1 << bits) - 1;
  let free = <u32>1 << bits;
  let subtable: u32 = 0;
  let prefix: u32 = -1;
  for (let length = bits + 1; length <= LONGEST; length += 1) {
    const step = <u32>1 << (length - bits);
    const end = at(firsts, length + 1);
    for (let place = at(firsts, length); place < end; place += 1) {
      if ((word & mask) != prefix) {
        prefix = word & mask;
        subtable = free;
        free += size;
        put(table, prefix, SPECIAL | SUBTABLE | (subtable << 16));
      }
      const entry = entryOf(meanings, place, length);
      for (let rest = word >> bits; rest < size; rest += step) put(table, subtable + rest, entry);
      word = following(word, length);
    }
  }
}

/**
 * Where things stand in memory, and what an entry of a decoding table says.
 *
 * The tables stand at fixed addresses above the module's own data, so that a look-up is one load with
 * the address in the instruction.
 *
 * An entry stands for a code word, by the bits that come next. Its low six bits are how many to
 * consume (extra bits included); counts and shifts are taken modulo 64 (or 32), so that entries serve
 * as they are, whatever stands above these bits.
 *
 * - bits 8..11: length of the code word alone
 * - LITERAL: one or two bytes in 16..31, how many of them in 6..7
 * - a length: its base in 16..24, the mask of its extra bits in 25..29
 * - an offset: its base in 16..30
 * - SPECIAL with SUBTABLE: the entry is in the table whose first index is in 16..31
 * - SPECIAL with END: the block ends
 * - SPECIAL alone: no code word
 * - in the code of code lengths: the symbol in 16..31
 */

export const LITERAL: u32 = 1 << 15;
export const SPECIAL: u32 = 1 << 14;
export const END: u32 = 1 << 13;
export const SUBTABLE: u32 = 1 << 12;
export const ONE_BYTE: u32 = 1 << 6;

/** The longest code word of the format. */
export const LONGEST: u32 = 15;

/** Bits that the first look-up takes; the rest of a longer code word is looked up in a subtable. */
export const LITLEN_BITS: u32 = 12;
export const OFFSET_BITS: u32 = 8;
export const PRECODE_BITS: u32 = 7;

/** Symbols of each code, those included that a fixed block could name but must not. */
export const LITLENS: u32 = 288;
export const OFFSETS: u32 = 32;
export const PRECODES: u32 = 19;

// A subtable holds two symbols or more, so there are at most half as many of them as symbols.
const LITLEN_ENTRIES = (1 << LITLEN_BITS) + (LITLENS / 2) * (1 << (LONGEST - LITLEN_BITS));
const OFFSET_ENTRIES = (1 << OFFSET_BITS) + (OFFSETS / 2) * (1 << (LONGEST - OFFSET_BITS));

export const LITLEN_TABLE: usize = 0x10000;
export const OFFSET_TABLE: usize = LITLEN_TABLE + 4 * LITLEN_ENTRIES;
export const PRECODE_TABLE: usize = OFFSET_TABLE + 4 * OFFSET_ENTRIES;

/** What each symbol means: its entry but for the length of its code word. */
export const LITLEN_MEANINGS: usize = PRECODE_TABLE + (4 << PRECODE_BITS);
export const OFFSET_MEANINGS: usize = LITLEN_MEANINGS + 4 * LITLENS;
export const PRECODE_MEANINGS: usize = OFFSET_MEANINGS + 4 * OFFSETS;

/** Lengths of the code words of a block, a byte each: a repeat may run over the end by 138. */
export const CODE_LENGTHS: usize = PRECODE_MEANINGS + 4 * PRECODES;
export const PRECODE_LENGTHS: usize = CODE_LENGTHS + 512;

/** Of the code being built: symbols (u16) in the order of their code words, and these words (u16). */
export const ORDERED: usize = PRECODE_LENGTHS + 64;
export const WORDS: usize = ORDERED + 2 * LITLENS;

export const INPUT: usize = 0x20000;
memory.grow(((INPUT >> 16) as i32) - memory.size());

/** Bytes behind the input that may be read, and behind the output's room that may be written. */
export const PAD: usize = 1024;

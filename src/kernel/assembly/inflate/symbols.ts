/** The loop that everything else is for: literals and matches of a block. */

import { copyMatch } from "./match";
import {
  END,
  LITERAL,
  LITLEN_BITS,
  LITLEN_TABLE,
  LONGEST,
  OFFSET_BITS,
  OFFSET_TABLE,
  SPECIAL,
  SUBTABLE,
} from "./layout";
import * as stream from "./stream";

export const BROKEN: i32 = 0;
export const BLOCK_ENDED: i32 = 1;
/** The output's room is used up; the block goes on. */
export const FULL: i32 = 2;

// @ts-ignore: decorator
@inline
function litlenEntry(bits: u64): u32 {
  return load<u32>(((bits as u32) & ((1 << LITLEN_BITS) - 1)) << 2, LITLEN_TABLE);
}

/**
 * Limits are looked at once a round: a round takes less than 32 bytes and gives less than 300, which
 * the pads have room for. What it decodes from the pad is never part of a result.
 */
export function decodeSymbols(): i32 {
  let input = stream.input;
  let output = stream.output;
  let bits = stream.bits;
  let count = stream.bitCount;
  const inputEnd = stream.inputEnd;
  const outputStart = stream.outputStart;
  const outputEnd = stream.outputEnd;

  bits |= load<u64>(input) << (count as u64);
  input += 7 - ((count >> 3) & 7);
  count |= 56;
  let entry = litlenEntry(bits);
  while (true) {
    if (input > inputEnd) return BROKEN;
    if (output > outputEnd) {
      stream.keep(input, output, bits, count);
      return FULL;
    }

    // Three entries take at most 36 of the 56 bits, which leaves enough to look up a fourth.
    if (entry & LITERAL) {
      store<u16>(output, entry >> 16);
      output += (entry >> 6) & 3;
      bits >>= entry as u64;
      count -= entry;
      entry = litlenEntry(bits);
      if (entry & LITERAL) {
        store<u16>(output, entry >> 16);
        output += (entry >> 6) & 3;
        bits >>= entry as u64;
        count -= entry;
        entry = litlenEntry(bits);
        if (entry & LITERAL) {
          store<u16>(output, entry >> 16);
          output += (entry >> 6) & 3;
          bits >>= entry as u64;
          count -= entry;
          entry = litlenEntry(bits);
        }
      }
      bits |= load<u64>(input) << (count as u64);
      input += 7 - ((count >> 3) & 7);
      count |= 56;
      if (entry & LITERAL) continue;
    }

    if (entry & SPECIAL) {
      if (entry & SUBTABLE) {
        const rest = ((bits as u32) >> LITLEN_BITS) & ((1 << (LONGEST - LITLEN_BITS)) - 1);
        entry = load<u32>(((entry >> 16) + rest) << 2, LITLEN_TABLE);
      }
      if (entry & LITERAL) {
        store<u8>(output, entry >> 16);
        output += 1;
        bits >>= entry as u64;
        count -= entry;
        bits |= load<u64>(input) << (count as u64);
        input += 7 - ((count >> 3) & 7);
        count |= 56;
        entry = litlenEntry(bits);
        continue;
      }
      if (entry & SPECIAL) {
        stream.keep(input, output, bits >> (entry as u64), count - entry);
        return entry & END ? BLOCK_ENDED : BROKEN;
      }
    }

    const length: usize = ((entry >> 16) & 0x1ff) + (((bits as u32) >> (entry >> 8)) & (entry >> 25));
    bits >>= entry as u64;
    count -= entry;

    entry = load<u32>(((bits as u32) & ((1 << OFFSET_BITS) - 1)) << 2, OFFSET_TABLE);
    if (entry & SPECIAL) {
      if (!(entry & SUBTABLE)) return BROKEN;
      const rest = ((bits as u32) >> OFFSET_BITS) & ((1 << (LONGEST - OFFSET_BITS)) - 1);
      entry = load<u32>(((entry >> 16) + rest) << 2, OFFSET_TABLE);
      if (entry & SPECIAL) return BROKEN;
    }
    const offset: usize = (entry >> 16) + (((bits as u32) & ((1 << entry) - 1)) >> (entry >> 8));
    bits >>= entry as u64;
    count -= entry;
    if (offset > output - outputStart) return BROKEN;

    // What comes next is looked up before the copy, which takes its time.
    bits |= load<u64>(input) << (count as u64);
    input += 7 - ((count >> 3) & 7);
    count |= 56;
    entry = litlenEntry(bits);

    copyMatch(output, offset, length);
    output += length;
  }
}

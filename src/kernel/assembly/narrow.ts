/**
 * Which records hold a needle. Two bytes of the needle are looked for at once, at their distance;
 * only where both stand is the whole needle compared.
 */

import { BACKSLASH, anyEqual64, equal64 } from "./bytes";
import { allocate, release } from "./memory";
import { count, ends, keepFirst, starts } from "./split";

let marks: usize = 0;
let marksRoom: u32 = 0;

// @ts-ignore: decorator
@inline
function folded(byte: u8): u8 {
  return byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte;
}

function sameFolded(text: usize, needle: usize, length: usize): bool {
  for (let at: usize = 0; at < length; at++) {
    if (folded(load<u8>(text + at)) != load<u8>(needle + at)) return false;
  }
  return true;
}

// @ts-ignore: decorator
@inline
function caseBit(byte: u8): v128 {
  return i8x16.splat(byte >= 0x61 && byte <= 0x7a ? 0x20 : 0);
}

export function unmark(): void {
  if (marksRoom < count) {
    release(marks);
    marksRoom = count + (count >> 1);
    marks = allocate(marksRoom);
  }
  memory.fill(marks, 0, count);
}

/**
 * Marks the records that hold the needle, which is in lower case; `first` and `second` are two of its
 * offsets below 64. With `escapes` also those with an escape that could hide it.
 */
export function mark(
  base: usize,
  needle: usize,
  length: usize,
  first: usize,
  second: usize,
  escapes: bool,
): void {
  if (!count) return;
  const one = load<u8>(needle + first);
  const two = load<u8>(needle + second);
  const oneWanted = i8x16.splat(one);
  const twoWanted = i8x16.splat(two);
  const oneCase = caseBit(one);
  const twoCase = caseBit(two);
  // Without escapes this is looked for in place of a backslash, and is in no text.
  const backslash = i8x16.splat(BACKSLASH);
  const escapeMask = i8x16.splat(escapes ? -1 : 0);
  let record: u32 = 0;
  let recordEnd = base + load<u32>(ends);
  const limit = base + load<u32>(ends + (((count - 1) as usize) << 2));
  let at = base + load<u32>(starts);
  while (at < limit) {
    let next = at + 64;
    const a = v128.load(at);
    const b = v128.load(at, 16);
    const c = v128.load(at, 32);
    const d = v128.load(at, 48);
    const fits0 = fits(at, first, second, oneCase, twoCase, oneWanted, twoWanted);
    const fits1 = fits(at + 16, first, second, oneCase, twoCase, oneWanted, twoWanted);
    const fits2 = fits(at + 32, first, second, oneCase, twoCase, oneWanted, twoWanted);
    const fits3 = fits(at + 48, first, second, oneCase, twoCase, oneWanted, twoWanted);
    const anyEscape = v128.and(anyEqual64(a, b, c, d, backslash), escapeMask);
    const anyFit = v128.or(v128.or(fits0, fits1), v128.or(fits2, fits3));
    if (v128.any_true(v128.or(anyEscape, anyFit))) {
      let places =
        (i8x16.bitmask(fits0) as u64) |
        ((i8x16.bitmask(fits1) as u64) << 16) |
        ((i8x16.bitmask(fits2) as u64) << 32) |
        ((i8x16.bitmask(fits3) as u64) << 48);
      if (escapes) places |= equal64(a, b, c, d, backslash);
      while (places) {
        const place = at + (ctz(places) as usize);
        places &= places - 1;
        if (place >= limit) return;
        while (recordEnd <= place) {
          record += 1;
          recordEnd = base + load<u32>(ends + ((record as usize) << 2));
        }
        if (place < base + load<u32>(starts + ((record as usize) << 2))) continue;
        if (
          (escapes && isHiding(place, recordEnd)) ||
          (place + length <= recordEnd && sameFolded(place, needle, length))
        ) {
          store<u8>(marks + record, 1);
          next = recordEnd;
          break;
        }
      }
    }
    at = next;
  }
}

// @ts-ignore: decorator
@inline
function fits(
  at: usize,
  first: usize,
  second: usize,
  oneCase: v128,
  twoCase: v128,
  oneWanted: v128,
  twoWanted: v128,
): v128 {
  return v128.and(
    i8x16.eq(v128.or(v128.load(at + first), oneCase), oneWanted),
    i8x16.eq(v128.or(v128.load(at + second), twoCase), twoWanted),
  );
}

/** Whether `\u` stands here: it can spell what a needle is looking for. */
// @ts-ignore: decorator
@inline
function isHiding(at: usize, limit: usize): bool {
  return load<u8>(at) == BACKSLASH && at + 2 <= limit && load<u8>(at + 1) == 0x75;
}

export function keepMarked(): void {
  let kept: u32 = 0;
  for (let record: u32 = 0; record < count; record++) {
    const from = (record as usize) << 2;
    const to = (kept as usize) << 2;
    store<u32>(starts + to, load<u32>(starts + from));
    store<u32>(ends + to, load<u32>(ends + from));
    kept += load<u8>(marks + record);
  }
  keepFirst(kept);
}

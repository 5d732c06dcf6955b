/**
 * Where records begin and end. Objects and arrays are crossed 64 bytes at a time: one mask says
 * which bytes stand in strings, two more where brackets open and close outside of them.
 */

import { BACKSLASH, QUOTE, anyEqual64, equal64, isSpace, stringEnd } from "./bytes";
import { enlarge } from "./memory";

const MORE = 0;
const END = 1;
const BROKEN = 2;
const FULL = 3;

/** As in `../kernel.ts`. */
const RECORDS_AT_ONCE: u32 = 1 << 20;

/** What `closed` answers when there is no end to give. */
export const UNCLOSED: usize = 0;
export const TOO_DEEP: usize = 1;

const DEPTH_LIMIT: u32 = 1000;

export let starts: usize = 0;
export let ends: usize = 0;
export let count: u32 = 0;
export let consumed: usize = 0;
let room: u32 = 0;
let origin: usize = 0;

@inline
function found(from: usize, to: usize): void {
  if (count == room) makeRoom();
  store<u32>(starts + ((count as usize) << 2), from - origin);
  store<u32>(ends + ((count as usize) << 2), to - origin);
  count++;
}

function makeRoom(): void {
  const larger = max<u32>(4096, room * 2);
  starts = enlarge(starts, room << 2, larger << 2);
  ends = enlarge(ends, room << 2, larger << 2);
  room = larger;
}

export function keepFirst(kept: u32): void {
  count = kept;
}

/** Marks the bytes after odd backslashes; bit 0 of `carry` says so of the chunk's first byte. */
function escapedBytes(backslashes: u64, carry: u64): u64 {
  let escaped = carry;
  let left = backslashes & ~carry;
  while (left) {
    const at = ctz(left);
    escaped |= (<u64>2) << at;
    left &= ~((<u64>3) << at);
  }
  return escaped;
}

@inline
function prefixXor(bits: u64): u64 {
  bits ^= bits << 1;
  bits ^= bits << 2;
  bits ^= bits << 4;
  bits ^= bits << 8;
  bits ^= bits << 16;
  return bits ^ (bits << 32);
}

/**
 * The end of the object or array that opens at `at`, if it closes before `limit`. Only brackets of
 * its own kind are counted: in JSON the others are balanced within.
 */
export function closed(at: usize, limit: usize): usize {
  const opener = load<u8>(at);
  const open = i8x16.splat(opener);
  // `[`, `]` and `{`, `}` both differ by two.
  const close = i8x16.splat(opener + 2);
  const quote = i8x16.splat(QUOTE);
  const backslash = i8x16.splat(BACKSLASH);
  let depth: u32 = 1;
  let inString: u64 = 0;
  let carry: u64 = 0;
  for (at += 1; at < limit; at += 64) {
    const a = v128.load(at);
    const b = v128.load(at, 16);
    const c = v128.load(at, 32);
    const d = v128.load(at, 48);
    let quotes = equal64(a, b, c, d, quote);
    if (v128.any_true(anyEqual64(a, b, c, d, backslash)) || carry) {
      const backslashes = equal64(a, b, c, d, backslash);
      const escaped = escapedBytes(backslashes, carry);
      carry = (backslashes & ~escaped) >> 63;
      quotes &= ~escaped;
    }
    const strings = prefixXor(quotes) ^ inString;
    inString = ((strings as i64) >> 63) as u64;
    const closes = equal64(a, b, c, d, close) & ~strings;
    const opens = equal64(a, b, c, d, open) & ~strings;
    const closing = popcnt(closes) as u32;
    const opening = popcnt(opens) as u32;
    if (closing >= depth || depth + opening > DEPTH_LIMIT) {
      let brackets = opens | closes;
      let level = depth;
      while (brackets) {
        const bit = brackets & (0 - brackets);
        if (closes & bit) {
          if (--level == 0) {
            const end = at + (ctz(bit) as usize) + 1;
            return end > limit ? UNCLOSED : end;
          }
        } else if (++level > DEPTH_LIMIT) {
          return at + (ctz(bit) as usize) < limit ? TOO_DEEP : UNCLOSED;
        }
        brackets ^= bit;
      }
    }
    depth += opening - closing;
  }
  return UNCLOSED;
}

@inline
function isScalarStart(byte: u8): bool {
  return (
    (byte >= 0x30 && byte <= 0x39) || byte == 0x2d || byte == 0x74 || byte == 0x66 || byte == 0x6e
  );
}

/** Letters, digits and the signs of numbers: what a number, true, false or null is made of. */
@inline
function isScalarByte(byte: u8): bool {
  const letter = byte | 0x20;
  return (
    (letter >= 0x61 && letter <= 0x7a) ||
    (byte >= 0x30 && byte <= 0x39) ||
    byte == 0x2b ||
    byte == 0x2d ||
    byte == 0x2e
  );
}

/** The end of the value at `at`; UNCLOSED, TOO_DEEP, or `at` itself if none begins there. */
function valueEnd(at: usize, limit: usize, lastMayEnd: bool): usize {
  const byte = load<u8>(at);
  if (byte == 0x7b || byte == 0x5b) return closed(at, limit);
  if (byte == QUOTE) {
    const end = stringEnd(at + 1) + 1;
    return end > limit ? UNCLOSED : end;
  }
  if (!isScalarStart(byte)) return at;
  do {
    at += 1;
  } while (at < limit && isScalarByte(load<u8>(at)));
  return at < limit || lastMayEnd ? at : UNCLOSED;
}

/** Records of the layouts `elements` and `values`. */
export function splitValues(
  base: usize,
  at: usize,
  limit: usize,
  elements: bool,
  final: bool,
): u32 {
  origin = base;
  count = 0;
  while (true) {
    while (at < limit && (isSpace(load<u8>(at)) || (elements && load<u8>(at) == 0x2c))) at += 1;
    consumed = at - base;
    if (at >= limit) return MORE;
    if (count == RECORDS_AT_ONCE) return FULL;
    if (elements && load<u8>(at) == 0x5d) {
      consumed += 1;
      return END;
    }
    const end = valueEnd(at, limit, final && !elements);
    if (end == UNCLOSED) return final ? BROKEN : MORE;
    if (end == TOO_DEEP || end == at) return BROKEN;
    found(at, end);
    at = end;
  }
}

@inline
function line(from: usize, to: usize): void {
  while (from < to && isSpace(load<u8>(from))) from += 1;
  while (from < to && isSpace(load<u8>(to - 1))) to -= 1;
  if (from < to) found(from, to);
}

export function splitLines(base: usize, from: usize, limit: usize, final: bool): u32 {
  origin = base;
  count = 0;
  const newline = i8x16.splat(0x0a);
  for (let at = from; at < limit; at += 64) {
    const a = v128.load(at);
    const b = v128.load(at, 16);
    const c = v128.load(at, 32);
    const d = v128.load(at, 48);
    if (!v128.any_true(anyEqual64(a, b, c, d, newline))) continue;
    let newlines = equal64(a, b, c, d, newline);
    do {
      const end = at + (ctz(newlines) as usize);
      if (end >= limit) break;
      line(from, end);
      from = end + 1;
      if (count == RECORDS_AT_ONCE) {
        consumed = from - base;
        return FULL;
      }
      newlines &= newlines - 1;
    } while (newlines);
  }
  if (final) {
    line(from, limit);
    from = limit;
  }
  consumed = from - base;
  return MORE;
}

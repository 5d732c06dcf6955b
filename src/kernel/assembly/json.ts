/** The grammar of JSON, to the letter. Text that breaks off is read into the pad, no further. */

import { BACKSLASH, QUOTE, pastSpace, stringEnd } from "./bytes";

const DEPTH_LIMIT = 200;

@inline
function isDigit(byte: u8): bool {
  return byte - 0x30 < 10;
}

@inline
function pastDigits(at: usize): usize {
  while (isDigit(load<u8>(at))) at += 1;
  return at;
}

/** The end of the number, `true`, `false` or `null` at `at`; 0 if there is none. */
export function scalarEnd(at: usize): usize {
  const word = load<u32>(at);
  if (word == 0x65757274 || word == 0x6c6c756e) return at + 4;
  if (word == 0x736c6166 && load<u8>(at, 4) == 0x65) return at + 5;
  if (load<u8>(at) == 0x2d) at += 1;
  if (!isDigit(load<u8>(at))) return 0;
  at = load<u8>(at) == 0x30 ? at + 1 : pastDigits(at);
  if (load<u8>(at) == 0x2e) {
    if (!isDigit(load<u8>(at, 1))) return 0;
    at = pastDigits(at + 1);
  }
  if ((load<u8>(at) | 0x20) == 0x65) {
    at += 1;
    if (load<u8>(at) == 0x2b || load<u8>(at) == 0x2d) at += 1;
    if (!isDigit(load<u8>(at))) return 0;
    at = pastDigits(at);
  }
  return at;
}

/**
 * Where the number ends when written as JavaScript writes it, without the zeros that end a
 * fraction. 0 where JavaScript might write something else: for more than 15 digits, exponents, the
 * negative zero and what is below a millionth.
 */
export function plainNumberEnd(at: usize, end: usize): usize {
  const from = at;
  if (load<u8>(at) == 0x2d) at += 1;
  const point = pastDigits(at);
  let last = end;
  if (point < end) {
    if (load<u8>(point) != 0x2e || pastDigits(point + 1) < end) return 0;
    while (load<u8>(last - 1) == 0x30) last -= 1;
    if (last - 1 == point) last = point;
  }
  // Fifteen digits and a point.
  if (last - at > 16 || point - at > 15) return 0;
  if (load<u8>(at) != 0x30) return last;
  if (last == point) return at == from ? last : 0;
  return (load<u64>(point + 1) & 0xffffffffffff) == 0x303030303030 ? 0 : last;
}

/** Whether the bytes are the content of a JSON string. */
export function isStringContent(at: usize, end: usize): bool {
  const blank = i8x16.splat(0x20);
  const backslash = i8x16.splat(BACKSLASH);
  while (at < end) {
    const bytes = v128.load(at);
    const stops = i8x16.bitmask(v128.or(i8x16.lt_u(bytes, blank), i8x16.eq(bytes, backslash)));
    if (!stops) {
      at += 16;
      continue;
    }
    at += ctz(stops);
    if (at >= end) return true;
    if (load<u8>(at) != BACKSLASH) return false;
    const kind = load<u8>(at + 1);
    if (kind == 0x75) {
      for (let digit: usize = 2; digit < 6; digit++) {
        const byte = load<u8>(at + digit);
        if (!isDigit(byte) && (byte | 0x20) - 0x61 >= 6) return false;
      }
      at += 6;
    } else {
      // b f n r t / \ "
      if (
        kind != 0x62 && kind != 0x66 && kind != 0x6e && kind != 0x72 &&
        kind != 0x74 && kind != 0x2f && kind != BACKSLASH && kind != QUOTE
      ) {
        return false;
      }
      at += 2;
    }
  }
  return true;
}

/** Whether the bytes are one JSON value, without white space around it. */
export function isValue(at: usize, end: usize): bool {
  return valueEnd(at, end, 0) == end;
}

function valueEnd(at: usize, limit: usize, depth: i32): usize {
  if (at >= limit || depth > DEPTH_LIMIT) return 0;
  const byte = load<u8>(at);
  if (byte == QUOTE) return stringValueEnd(at);
  if (byte != 0x7b && byte != 0x5b) return scalarEnd(at);
  const close = byte + 2;
  at = pastSpace(at + 1);
  if (load<u8>(at) == close) return at + 1;
  while (true) {
    if (byte == 0x7b) {
      at = load<u8>(at) == QUOTE ? stringValueEnd(at) : 0;
      if (!at) return 0;
      at = pastSpace(at);
      if (load<u8>(at) != 0x3a) return 0;
      at = pastSpace(at + 1);
    }
    at = valueEnd(at, limit, depth + 1);
    if (!at) return 0;
    at = pastSpace(at);
    if (load<u8>(at) == close) return at + 1;
    if (load<u8>(at) != 0x2c) return 0;
    at = pastSpace(at + 1);
  }
}

@inline
function stringValueEnd(at: usize): usize {
  const end = stringEnd(at + 1);
  return isStringContent(at + 1, end) ? end + 1 : 0;
}

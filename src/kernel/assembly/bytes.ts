/** Bytes compared and searched many at a time. Every function may load behind what it is given. */

// @ts-ignore: decorator
@inline
export const QUOTE: u8 = 0x22;
// @ts-ignore: decorator
@inline
export const BACKSLASH: u8 = 0x5c;

/** One bit for each of the 64 bytes that equals `wanted`. */
// @ts-ignore: decorator
@inline
export function equal64(a: v128, b: v128, c: v128, d: v128, wanted: v128): u64 {
  return (
    (i8x16.bitmask(i8x16.eq(a, wanted)) as u64) |
    ((i8x16.bitmask(i8x16.eq(b, wanted)) as u64) << 16) |
    ((i8x16.bitmask(i8x16.eq(c, wanted)) as u64) << 32) |
    ((i8x16.bitmask(i8x16.eq(d, wanted)) as u64) << 48)
  );
}

// @ts-ignore: decorator
@inline
export function anyEqual64(a: v128, b: v128, c: v128, d: v128, wanted: v128): v128 {
  return v128.or(
    v128.or(i8x16.eq(a, wanted), i8x16.eq(b, wanted)),
    v128.or(i8x16.eq(c, wanted), i8x16.eq(d, wanted)),
  );
}

export function same(a: usize, b: usize, length: usize): bool {
  let at: usize = 0;
  for (; at + 16 <= length; at += 16) {
    if (i8x16.bitmask(i8x16.eq(v128.load(a + at), v128.load(b + at))) != 0xffff) return false;
  }
  const wanted = (1 << ((length - at) as i32)) - 1;
  return (i8x16.bitmask(i8x16.eq(v128.load(a + at), v128.load(b + at))) & wanted) == wanted;
}

/** The quote that ends the string whose content begins at `at`. The pad behind the input has one. */
export function stringEnd(at: usize): usize {
  const quote = i8x16.splat(QUOTE);
  const backslash = i8x16.splat(BACKSLASH);
  while (true) {
    const a = v128.load(at);
    const b = v128.load(at, 16);
    const stops =
      i8x16.bitmask(v128.or(i8x16.eq(a, quote), i8x16.eq(a, backslash))) |
      (i8x16.bitmask(v128.or(i8x16.eq(b, quote), i8x16.eq(b, backslash))) << 16);
    if (!stops) {
      at += 32;
      continue;
    }
    at += ctz(stops);
    if (load<u8>(at) == QUOTE) return at;
    at += 2;
  }
}

/** The same for a string without escapes; 0 if it has one. */
export function plainStringEnd(at: usize): usize {
  const quote = i8x16.splat(QUOTE);
  const backslash = i8x16.splat(BACKSLASH);
  while (true) {
    const a = v128.load(at);
    const stops = i8x16.bitmask(v128.or(i8x16.eq(a, quote), i8x16.eq(a, backslash)));
    if (!stops) {
      at += 16;
      continue;
    }
    at += ctz(stops);
    return load<u8>(at) == QUOTE ? at : 0;
  }
}

// @ts-ignore: decorator
@inline
export function isSpace(byte: u8): bool {
  return byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09;
}

/** The first byte from `at` on that is no white space. */
// @ts-ignore: decorator
@inline
export function pastSpace(at: usize): usize {
  return load<u8>(at) > 0x20 ? at : pastSpaces(at);
}

function pastSpaces(at: usize): usize {
  const blank = i8x16.splat(0x20);
  while (isSpace(load<u8>(at))) {
    at += 1;
    // Indentation is long runs of blanks.
    while (true) {
      const others = ~i8x16.bitmask(i8x16.eq(v128.load(at), blank)) & 0xffff;
      if (others) {
        at += ctz(others);
        break;
      }
      at += 16;
    }
  }
  return at;
}

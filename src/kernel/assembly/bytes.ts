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

/** 64 set bytes, then 64 that are not: from `tailMask(n)` on stands a mask of n bytes. */
const masks = memory.data<u64>([-1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0], 64);

// @ts-ignore: decorator
@inline
export function tailMask(length: usize): usize {
  return masks + 64 - length;
}

/** What the 16 bytes at both places differ in, under the mask at `mask`. */
// @ts-ignore: decorator
@inline
function difference(a: usize, b: usize, mask: usize): v128 {
  return v128.and(v128.xor(v128.load(a), v128.load(b)), v128.load(mask));
}

export function same(a: usize, b: usize, length: usize): bool {
  while (length > 64) {
    if (v128.any_true(v128.or(
      v128.or(v128.xor(v128.load(a), v128.load(b)), v128.xor(v128.load(a, 16), v128.load(b, 16))),
      v128.or(v128.xor(v128.load(a, 32), v128.load(b, 32)), v128.xor(v128.load(a, 48), v128.load(b, 48))),
    ))) return false;
    a += 64;
    b += 64;
    length -= 64;
  }
  const mask = tailMask(length);
  return !v128.any_true(v128.or(
    v128.or(difference(a, b, mask), difference(a + 16, b + 16, mask + 16)),
    v128.or(difference(a + 32, b + 32, mask + 32), difference(a + 48, b + 48, mask + 48)),
  ));
}

/** The quote that ends the string whose content begins at `at`. The pad behind the input has one. */
export function stringEnd(at: usize): usize {
  const quote = i8x16.splat(QUOTE);
  const backslash = i8x16.splat(BACKSLASH);
  while (true) {
    const stops =
      stopsAt(at, quote, backslash) |
      (stopsAt(at + 16, quote, backslash) << 16) |
      (stopsAt(at + 32, quote, backslash) << 32) |
      (stopsAt(at + 48, quote, backslash) << 48);
    if (!stops) {
      at += 64;
      continue;
    }
    at += ctz(stops) as usize;
    if (load<u8>(at) == QUOTE) return at;
    at += 2;
  }
}

// @ts-ignore: decorator
@inline
function stopsAt(at: usize, quote: v128, backslash: v128): u64 {
  const bytes = v128.load(at);
  return i8x16.bitmask(v128.or(i8x16.eq(bytes, quote), i8x16.eq(bytes, backslash))) as u64;
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
  return byte <= 0x20 && (byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09);
}

/** The first byte from `at` on that is no white space. */
// @ts-ignore: decorator
@inline
export function pastSpace(at: usize): usize {
  while (isSpace(load<u8>(at))) at += 1;
  return at;
}

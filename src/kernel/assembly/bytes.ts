/** Bytes compared and searched many at a time. Every function may load behind what it is given. */

@inline
export const QUOTE: u8 = 0x22;
export const COLON: u8 = 0x3a;
@inline
export const BACKSLASH: u8 = 0x5c;

/** The highest bit of each of 64 bytes. */
@inline
export function mask64(a: v128, b: v128, c: v128, d: v128): u64 {
  return (
    (i8x16.bitmask(a) as u64) |
    ((i8x16.bitmask(b) as u64) << 16) |
    ((i8x16.bitmask(c) as u64) << 32) |
    ((i8x16.bitmask(d) as u64) << 48)
  );
}

/** One bit for each of the 64 bytes that equals `wanted`. */
@inline
export function equal64(a: v128, b: v128, c: v128, d: v128, wanted: v128): u64 {
  return mask64(i8x16.eq(a, wanted), i8x16.eq(b, wanted), i8x16.eq(c, wanted), i8x16.eq(d, wanted));
}

@inline
export function anyEqual64(a: v128, b: v128, c: v128, d: v128, wanted: v128): v128 {
  return v128.or(
    v128.or(i8x16.eq(a, wanted), i8x16.eq(b, wanted)),
    v128.or(i8x16.eq(c, wanted), i8x16.eq(d, wanted)),
  );
}

/** A mask of the first n bytes of 16 stands 16 - n bytes after this. */
const masks = memory.data<u64>([-1, -1, 0, 0], 16);

@inline
export function firstOf16(length: usize): v128 {
  return v128.load(masks + 16 - length);
}

export function same(a: usize, b: usize, length: usize): bool {
  for (; length > 16; length -= 16) {
    if (v128.any_true(v128.xor(v128.load(a), v128.load(b)))) return false;
    a += 16;
    b += 16;
  }
  return !v128.any_true(v128.and(v128.xor(v128.load(a), v128.load(b)), firstOf16(length)));
}

/** The first quote or backslash from `at` on. The pad behind the input has quotes. */
@inline
function stop(at: usize): usize {
  const quote = i8x16.splat(QUOTE);
  const backslash = i8x16.splat(BACKSLASH);
  while (true) {
    const bytes = v128.load(at);
    const stops = i8x16.bitmask(v128.or(i8x16.eq(bytes, quote), i8x16.eq(bytes, backslash)));
    if (stops) return at + (ctz(stops) as usize);
    at += 16;
  }
}

/** The quote that ends the string whose content begins at `at`. */
@inline
export function stringEnd(at: usize): usize {
  while (true) {
    at = stop(at);
    if (load<u8>(at) == QUOTE) return at;
    at += 2;
  }
}

/** The same for a string without escapes; 0 if it has one. */
@inline
export function plainStringEnd(at: usize): usize {
  const end = stop(at);
  return load<u8>(end) == QUOTE ? end : 0;
}

/** A key's first and last eight bytes in one word, the bits of each byte in their places. */
@inline
export function keyWord(key: usize, length: usize): u64 {
  const first = load<u64>(key);
  if (length >= 8) return first ^ rotl(load<u64>(key + length - 8), 24);
  return (first << ((7 - (length as u64)) << 3)) << 8;
}

@inline
export function isSpace(byte: u8): bool {
  return byte <= 0x20 && (byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09);
}

/** The first byte from `at` on that is no white space. */
@inline
export function pastSpace(at: usize): usize {
  return load<u8>(at) > 0x20 ? at : pastSpaces(at);
}

function pastSpaces(at: usize): usize {
  while (isSpace(load<u8>(at))) at += 1;
  return at;
}

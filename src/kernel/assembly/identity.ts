/**
 * Identifiers as 128 bits. `../id-hash.ts` computes the same, as identifiers are compared across
 * threads and kernels.
 */

/** Whether the 36 bytes are a GUID, whose bits are then written to `to`. */
export function readGuid(at: usize, to: usize): bool {
  if (
    load<u8>(at, 8) != 0x2d || load<u8>(at, 13) != 0x2d ||
    load<u8>(at, 18) != 0x2d || load<u8>(at, 23) != 0x2d
  ) {
    return false;
  }
  // The 32 digits without the dashes between them.
  const head = i8x16.shuffle(
    v128.load(at), v128.load(at, 2),
    0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 14, 15, 30, 31,
  );
  const tail = i8x16.shuffle(
    v128.load(at, 19), v128.load(at, 20),
    0, 1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 31,
  );
  if (!i8x16.all_true(v128.or(isDigit(head), isLetter(head)))) return false;
  if (!i8x16.all_true(v128.or(isDigit(tail), isLetter(tail)))) return false;
  v128.store(to, i8x16.narrow_i16x8_u(bytes(head), bytes(tail)));
  return true;
}

@inline
function isDigit(text: v128): v128 {
  return i8x16.lt_u(i8x16.sub(text, i8x16.splat(0x30)), i8x16.splat(10));
}

@inline
function isLetter(text: v128): v128 {
  const small = v128.or(text, i8x16.splat(0x20));
  return i8x16.lt_u(i8x16.sub(small, i8x16.splat(0x61)), i8x16.splat(6));
}

/** Each pair of hexadecimal digits as the byte it means. */
@inline
function bytes(text: v128): v128 {
  const digits = v128.and(text, i8x16.splat(0x0f));
  const nibbles = i8x16.add(digits, v128.and(isLetter(text), i8x16.splat(9)));
  const pairs = v128.or(i16x8.shl(nibbles, 4), i16x8.shr_u(nibbles, 8));
  return v128.and(pairs, i16x8.splat(0xff));
}

/** Hashes the content of a string to `to`; false unless it is plain ASCII without escapes. */
export function hashText(at: usize, end: usize, to: usize): bool {
  let words = i32x4(0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344);
  const factors = i32x4(0x9e3779b1, 0x85ebca77, 0xc2b2ae3d, 0x27d4eb2f);
  words = v128.xor(words, i32x4.splat((end - at) as i32));
  for (; at < end; at++) {
    const byte = load<u8>(at);
    if (byte < 0x20 || byte > 0x7e || byte == 0x5c) return false;
    words = i32x4.mul(v128.xor(words, i32x4.splat(byte)), factors);
    words = v128.or(i32x4.shl(words, 13), i32x4.shr_u(words, 19));
  }
  for (let round = 0; round < 4; round++) {
    words = i32x4.mul(v128.xor(words, i32x4.shr_u(words, 15)), factors);
    words = i32x4.add(words, i32x4.shuffle(words, words, 1, 2, 3, 0));
  }
  v128.store(to, words);
  return true;
}

/**
 * Lower case for ASCII letters, in place, four bytes at a time.
 */

// Indexes stay within the array; the casts only drop the `undefined` of the checked index access.

/**
 * Tells which bytes were capitals, a bit each. The array must begin on a word of its buffer. Bytes of
 * other characters stay as they are.
 */
export function foldBytes(bytes: Uint8Array): Uint8Array {
  const capitals = new Uint8Array((bytes.length + 7) >>> 3);
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >>> 2);
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] as number;
    const found = capitalsIn(word);
    if (found === 0) continue;
    words[at] = word | (found >>> 2);
    const bits = (found >>> 7) | (found >>> 14) | (found >>> 21) | (found >>> 28);
    capitals[at >>> 1] = (capitals[at >>> 1] as number) | ((bits & 15) << ((at & 1) * 4));
  }
  for (let at = words.length * 4; at < bytes.length; at += 1) {
    const byte = bytes[at] as number;
    if (byte < 0x41 || byte > 0x5a) continue;
    bytes[at] = byte | 0x20;
    capitals[at >>> 3] = (capitals[at >>> 3] as number) | (1 << (at & 7));
  }
  return capitals;
}

/** The high bit of each byte comes out set where the byte is a capital; a quarter of it is 0x20. */
function capitalsIn(word: number): number {
  const low = word & 0x7f7f7f7f;
  const fromA = low + 0x3f3f3f3f;
  const beyondZ = low + 0x25252525;
  return (fromA ^ beyondZ) & ~word & 0x80808080;
}

/** The bytes of a stretch as they were before they were folded; the very stretch if none was a capital. */
export function unfolded(
  bytes: Uint8Array,
  capitals: Uint8Array,
  { from, end }: { readonly from: number; readonly end: number },
): Uint8Array {
  let found: Uint8Array | undefined;
  for (let at = from; at < end; at += 1) {
    const eight = capitals[at >>> 3] as number;
    if (eight === 0) at |= 7;
    else if (eight & (1 << (at & 7))) {
      found ??= bytes.slice(from, end);
      found[at - from] = (bytes[at] as number) & ~0x20;
    }
  }
  return found ?? bytes.subarray(from, end);
}

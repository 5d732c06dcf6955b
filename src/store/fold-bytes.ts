/**
 * Lower case for ASCII letters, in place, four bytes at a time.
 */

// Indexes stay within the array; the casts only drop the `undefined` of the checked index access.

/** The array must begin on a word of its buffer. Bytes of other characters stay as they are. */
export function foldBytes(bytes: Uint8Array): void {
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >>> 2);
  for (let at = 0; at < words.length; at += 1) words[at] = foldWord(words[at] as number);
  for (let at = words.length * 4; at < bytes.length; at += 1) {
    const byte = bytes[at] as number;
    if (byte >= 0x41 && byte <= 0x5a) bytes[at] = byte | 0x20;
  }
}

/** The high bit of each byte comes out set where the byte is a capital; a quarter of it is 0x20. */
function foldWord(word: number): number {
  const low = word & 0x7f7f7f7f;
  const fromA = low + 0x3f3f3f3f;
  const beyondZ = low + 0x25252525;
  const capitals = (fromA ^ beyondZ) & ~word & 0x80808080;
  return word | (capitals >>> 2);
}

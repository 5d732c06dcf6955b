/**
 * Which two neighbouring bytes of a needle to look for: the pair that the logs at hand have least of.
 */

/** As much of the logs is counted: some ten records. */
const sampleBytes = 1 << 14;

/** How often each pair of bytes occurs, the second byte the higher one. ASCII letters count as small. */
export function countPairs(text: Uint8Array): Uint16Array {
  const counts = new Uint16Array(1 << 16);
  let pair = 0;
  for (const byte of text.subarray(0, sampleBytes)) {
    pair = (pair >> 8) | (lowered(byte) << 8);
    counts[pair] = (counts[pair] ?? 0) + 1;
  }
  return counts;
}

/** The offset of the needle's rarest pair. The needle is in lower case. */
export function anchorOf(needle: Uint8Array, pairs: Uint16Array): number {
  const counts = Array.from(
    needle.subarray(1),
    (second, first) => pairs[(needle[first] ?? 0) | (second << 8)] ?? 0,
  );
  return Math.max(0, counts.indexOf(Math.min(...counts)));
}

export function lowered(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte;
}

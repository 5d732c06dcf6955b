/**
 * The 128 bits by which events are compared across kernels and threads, so nothing in it is random.
 * `assembly/identity.ts` computes the same.
 *
 * A GUID is its own sixteen bytes, in either case. Any other text is hashed: four lanes of
 * exclusive-or, multiply and rotate over its bytes, mixed at the end. Nothing is all zero.
 */

// Indexes stay within the four lanes; the casts only drop the `undefined` of the checked access.

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const seeds = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344] as const;
const factors = [0x9e3779b1, 0x85ebca77, 0xc2b2ae3d, 0x27d4eb2f] as const;

/** The words of an identifier, given as the content of its JSON string. */
export function hashId(content: Uint8Array): Uint32Array {
  if (content.length === 0) return new Uint32Array(4);
  const text = content.length === 36 ? Buffer.from(content).toString("latin1") : "";
  return isGuid(text) ? guidWords(text) : textWords(content);
}

export function isGuid(text: string): boolean {
  return guid.test(text);
}

function guidWords(text: string): Uint32Array {
  const bytes = Buffer.from(text.replaceAll("-", ""), "hex");
  return Uint32Array.from([0, 4, 8, 12], (at) => bytes.readUInt32LE(at));
}

function textWords(content: Uint8Array): Uint32Array {
  const words = Uint32Array.from(seeds, (seed) => seed ^ content.length);
  for (const byte of content) {
    for (const [lane, factor] of factors.entries()) {
      const product = Math.imul((words[lane] as number) ^ byte, factor);
      words[lane] = (product << 13) | (product >>> 19);
    }
  }
  for (let round = 0; round < 4; round += 1) {
    const products = words.map((word, lane) => Math.imul(word ^ (word >>> 15), factors[lane] ?? 0));
    for (const lane of words.keys()) {
      words[lane] = (products[lane] as number) + (products[(lane + 1) % 4] as number);
    }
  }
  return words;
}

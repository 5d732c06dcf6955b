import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { foldBytes } from "../../src/store/fold-bytes.ts";

describe("foldBytes", () => {
  it("makes capitals of ASCII small, and leaves all else", () => {
    const every = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    const folded = every.map((byte) => (byte >= 65 && byte <= 90 ? byte + 32 : byte));
    // Each byte at each place of a word, and at an end that is no whole word.
    for (let shift = 0; shift < 256; shift += 1) {
      for (let cut = 0; cut < 4; cut += 1) {
        const turned = (bytes: Uint8Array) =>
          Uint8Array.from({ length: 256 - cut }, (_, i) => bytes[(i + shift) % 256] ?? 0);
        const bytes = turned(every);
        foldBytes(bytes);
        assert.deepEqual(bytes, turned(folded));
      }
    }
  });
});

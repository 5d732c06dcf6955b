import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { foldBytes, unfolded } from "../../src/store/fold-bytes.ts";

describe("folded bytes", () => {
  it("come back as they were, wherever a stretch begins and ends", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat(60), fc.nat(60), (bytes, a, b) => {
        const from = Math.min(a, b, bytes.length);
        const end = Math.min(Math.max(a, b), bytes.length);
        const folded = new Uint8Array(bytes);
        const capitals = foldBytes(folded);
        assert.deepEqual(
          [...unfolded(folded, capitals, { from, end })],
          [...bytes.slice(from, end)],
        );
      }),
    );
  });
});

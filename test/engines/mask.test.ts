import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { maybe, no, openIn, raise, yes } from "../../src/engines/memory/mask.ts";

/** Long stretches alike, as tests give them, and single rows between. */
const stretch = fc
  .tuple(fc.constantFrom(no, maybe, yes), fc.constantFrom(1, 1, 2, 3, 9))
  .map(([verdict, rows]) => Array<number>(rows).fill(verdict));
const verdicts = fc.array(stretch, { minLength: 8, maxLength: 12 }).map((parts) => parts.flat());

describe("a mask", () => {
  it("is raised row by row, whatever its length", () => {
    fc.assert(
      fc.property(verdicts, verdicts, (own, other) => {
        const rows = Math.min(own.length, other.length);
        const mask = Uint8Array.from(own.slice(0, rows));
        raise(mask, Uint8Array.from(other.slice(0, rows)));
        const expected = Array.from(mask, (_, row) => Math.max(own[row] ?? no, other[row] ?? no));
        assert.deepEqual([...mask], expected);
      }),
    );
  });

  it("tells where it is open, whatever its length", () => {
    fc.assert(
      fc.property(verdicts, (own) => {
        const expected = own.flatMap((verdict, place) => (verdict === no ? [] : [place]));
        assert.deepEqual([...openIn(Uint8Array.from(own))], expected);
      }),
    );
  });
});

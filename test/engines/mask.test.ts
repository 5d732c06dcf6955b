import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { lower, maybe, no, raise, yes } from "../../src/engines/memory/mask.ts";

/** Long stretches alike, as tests give them, and single rows between. */
const stretch = fc
  .tuple(fc.constantFrom(no, maybe, yes), fc.constantFrom(1, 1, 2, 3, 9))
  .map(([verdict, rows]) => Array<number>(rows).fill(verdict));
const verdicts = fc.array(stretch, { minLength: 8, maxLength: 12 }).map((parts) => parts.flat());

describe("a mask", () => {
  const cases = [
    { name: "is lowered", change: lower, choose: Math.min },
    { name: "is raised", change: raise, choose: Math.max },
  ];
  for (const { name, change, choose } of cases) {
    it(`${name} row by row, whatever its length`, () => {
      fc.assert(
        fc.property(verdicts, verdicts, (own, other) => {
          const rows = Math.min(own.length, other.length);
          const mask = Uint8Array.from(own.slice(0, rows));
          change(mask, Uint8Array.from(other.slice(0, rows)));
          const expected = Array.from(mask, (_, row) => choose(own[row] ?? no, other[row] ?? no));
          assert.deepEqual([...mask], expected);
        }),
      );
    });
  }
});

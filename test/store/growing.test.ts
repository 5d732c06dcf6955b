import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { GrowingCodes, GrowingNumbers } from "../../src/store/growing.ts";

describe("GrowingNumbers", () => {
  const words = () => new GrowingNumbers((length) => new Uint32Array(length));

  it("keeps what was pushed", () => {
    for (const count of [0, 1, 1023, 1024, 1025, 5000]) {
      const numbers = words();
      for (let i = 0; i < count; i += 1) numbers.push(i * 3);
      assert.equal(numbers.length, count);
      assert.deepEqual(
        numbers.finish(),
        Uint32Array.from({ length: count }, (_, i) => i * 3),
      );
    }
  });

  it("makes room for many at once", () => {
    const numbers = words();
    numbers.push(7);
    numbers.extend(100_000).fill(9, 1);
    numbers.push(8);
    const all = numbers.finish();
    assert.deepEqual(
      [all.length, all[0], all[1], all[100_000], all[100_001]],
      [100_002, 7, 9, 9, 8],
    );
  });
});

describe("GrowingCodes", () => {
  const cases: readonly (readonly [codes: readonly number[], bytes: number])[] = [
    [[], 1],
    [[0, 255], 1],
    [[255, 256], 2],
    [[65_535], 2],
    [[1, 300, 65_536], 4],
    [[4_000_000_000], 4],
  ];
  for (const [codes, bytes] of cases) {
    it(`keeps ${codes.join(", ") || "nothing"} in ${bytes} bytes each`, () => {
      const growing = new GrowingCodes();
      for (const [at, code] of codes.entries()) growing.extend(1, code)[at] = code;
      const all = growing.finish();
      assert.deepEqual([...all], codes);
      assert.equal(all.BYTES_PER_ELEMENT, bytes);
    });
  }

  it("never becomes narrower, and keeps its codes when it grows", () => {
    const growing = new GrowingCodes();
    growing.extend(1, 70_000)[0] = 70_000;
    growing.extend(3000, 1).fill(1, 1);
    const all = growing.finish();
    assert.deepEqual([all.length, all[0], all[1], all[3000]], [3001, 70_000, 1, 1]);
  });
});

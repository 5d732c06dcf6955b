import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { lasting } from "../../src/words/sentences.ts";

const lengths: readonly [ms: number, words: string][] = [
  [0, "0 s"],
  [999, "0 s"],
  [1000, "1 s"],
  [59_999, "59 s"],
  [60_000, "1 min"],
  [205_000, "3 min 25 s"],
  [3_600_000, "1 h"],
  [3_660_000, "1 h 1 min"],
  [3_601_000, "1 h"],
  [86_400_000, "1 d"],
  [180_000_000, "2 d 2 h"],
];

describe("a length of time", () => {
  for (const [ms, words] of lengths) {
    it(`of ${ms} ms is ${words}`, () => {
      assert.equal(lasting(ms), words);
    });
  }
});

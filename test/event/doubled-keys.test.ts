import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { doubledKeys } from "../../src/event/doubled-keys.ts";

const cases: readonly (readonly [text: string, paths: readonly string[]])[] = [
  ['{"a":1,"a":2,"a":3}', ["a"]],
  ['{"a":{"b":1,"c":{},"b":2}}', ["a.b"]],
  ['{"a":[{"b":1},{"c":1,"c":2}]}', ["a.c"]],
  ['{"a":1,"\\u0061":2}', ["a"]],
  ['{"a":[{"b":1},{"b":2}],"b":"a"}', []],
  ['{"a":"\\"a\\":","b":["a","a"],"A":1}', []],
];

describe("keys that stand twice", () => {
  for (const [text, paths] of cases) {
    it(`in ${text}`, () => assert.deepEqual(doubledKeys(text), paths));
  }
});

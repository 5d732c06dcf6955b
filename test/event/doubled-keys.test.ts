import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { doubledKeys } from "../../src/event/doubled-keys.ts";

const cases: readonly (readonly [text: string, times: Readonly<Record<string, number>>])[] = [
  ['{"a":1,"a":2,"a":3}', { a: 3 }],
  ['[{"a":1,"a":2},{"a":1,"a":2,"a":3},{"a":1,"a":2}]', { a: 3 }],
  ['{"a":{"b":1,"c":{},"b":2}}', { "a.b": 2 }],
  ['{"a":[{"b":1},{"c":1,"c":2}]}', { "a.c": 2 }],
  ['{"a":1,"\\u0061":2}', { a: 2 }],
  ['{"a":[{"b":1},{"b":2}],"b":"a"}', {}],
  ['{"a":"\\"a\\":","b":["a","a"],"A":1}', {}],
];

describe("keys that stand more than once", () => {
  for (const [text, times] of cases) {
    it(`in ${text}`, () => assert.deepEqual(Object.fromEntries(doubledKeys(text)), times));
  }
});

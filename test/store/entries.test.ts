import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { entriesOf, values } from "../../src/store/entries.ts";

const cases: readonly (readonly [raw: string, texts: readonly string[]])[] = [
  ['"plain"', ["plain"]],
  ['""', [""]],
  ['"é €"', ["é €"]],
  [String.raw`"a\"b\\c\nd\u00e9\/"`, ['a"b\\c\ndé/']],
  [String.raw`"\ud83d\ude00 \ud800"`, ["😀 \ud800"]],
  ["12", ["12"]],
  ["-0.50", ["-0.50"]],
  ["12345678901234567890", ["12345678901234567890"]],
  ["true", ["true"]],
  ['["a",1,null,["b",[false]]]', ["a", "1", "b", "false"]],
  ["[]", []],
  ["[null]", []],
  ['{"a": [1,"x"]}', ['{"a":[1,"x"]}']],
  ['[{"a":null}]', ['{"a":null}']],
];

describe("values", () => {
  const bytes = cases.map(([raw]) => Buffer.from(raw));
  const offsets = Uint32Array.from([
    0,
    ...bytes.map((_, i) => Buffer.concat(bytes.slice(0, i + 1)).length),
  ]);
  const entries = entriesOf({ arena: Buffer.concat(bytes), offsets });

  for (const [index, [raw, texts]] of cases.entries()) {
    it(`of ${raw}`, () => assert.deepEqual(values(entries, index + 1), texts));
  }

  it("are counted", () => {
    assert.equal(entries.size, cases.length);
    assert.equal(entriesOf({ arena: new Uint8Array(0), offsets: new Uint32Array(1) }).size, 0);
    assert.equal(entriesOf({ arena: new Uint8Array(0), offsets: new Uint32Array(0) }).size, 0);
  });
});

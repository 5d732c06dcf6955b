import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseJson } from "../../src/event/record.ts";

const long = "12345678901234567890";
const cases: readonly (readonly [text: string, value: unknown])[] = [
  [long, long],
  [`{"a":[-${long}, ${long}]}`, { a: [`-${long}`, long] }],
  [`{"${long}":"${long}"}`, { [long]: long }],
  [`{"a":"\\":${long},","b":7}`, { a: `":${long},`, b: 7 }],
  ["9007199254740991", 9007199254740991],
  ["[1.7976931348623157e308]", ["1.7976931348623157e308"]],
  ["[1.0000000000000000]", ["1.0000000000000000"]],
  ['{"a":12345678901234.50}', { a: "12345678901234.50" }],
  ['{"a":1e3,"b": -1.50E+2,"c":[0.10,1.5]}', { a: "1e3", b: "-1.50E+2", c: ["0.10", 1.5] }],
  ["1.50", "1.50"],
  ["0.0000001", "0.0000001"],
  ['{"a":-0,"b":0,"c":0.5}', { a: "-0", b: 0, c: 0.5 }],
  ['{"a":"1e3,:1.50","b":1e3}', { a: "1e3,:1.50", b: "1e3" }],
];

describe("JSON of records", () => {
  for (const [text, value] of cases) {
    it(`keeps what ${text} says`, () => assert.deepEqual(parseJson(text), value));
  }
  it("takes no number for a key", () => {
    assert.throws(() => parseJson(`{${long}:1}`), SyntaxError);
  });
});

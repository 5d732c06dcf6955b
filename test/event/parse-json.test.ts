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
  ["1.7976931348623157e308", Number.MAX_VALUE],
  ["1.0000000000000000", 1],
  ["12345678901234.50", 12345678901234.5],
];

describe("JSON of records", () => {
  for (const [text, value] of cases) {
    it(`keeps what ${text} says`, () => assert.deepEqual(parseJson(text), value));
  }
  it("takes no number for a key", () => {
    assert.throws(() => parseJson(`{${long}:1}`), SyntaxError);
  });
});

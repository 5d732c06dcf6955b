import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { displayWidth, wrapped } from "../../src/render/width.ts";

const widths: readonly (readonly [text: string, columns: number])[] = [
  ["", 0],
  ["orders-prod", 11],
  ["▶ über", 6],
  ["e\u0301", 1],
  ["注文", 4],
  ["한국", 4],
  ["ｱ", 1],
  ["Ａ", 2],
  ["👍🏽", 2],
  ["🇩🇪", 2],
  ["████▌", 5],
];

describe("displayWidth", () => {
  for (const [text, columns] of widths) {
    it(`counts ${columns} for "${text}"`, () => assert.equal(displayWidth(text), columns));
  }
});

const breaks: readonly (readonly [text: string, width: number, lines: readonly string[]])[] = [
  ["", 4, [""]],
  ["one two", 7, ["one two"]],
  ["one two three", 7, ["one two", "three"]],
  ["abcdefghij", 4, ["abcd", "efgh", "ij"]],
  ["on abcdefghij", 4, ["on", "abcd", "efgh", "ij"]],
  ["注文注文", 5, ["注文", "注文"]],
  ["any length", Number.POSITIVE_INFINITY, ["any length"]],
];

describe("wrapped", () => {
  for (const [text, width, lines] of breaks) {
    it(`breaks "${text}" at ${width}`, () => assert.deepEqual(wrapped(text, width), lines));
  }
});

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { safeText } from "../../src/render/safe-text.ts";
import { hiddenIn } from "./hidden.ts";

const cases: readonly (readonly [text: string, shown: string])[] = [
  ["arn:aws:s3:::orders-prod/über/注文 😀", "arn:aws:s3:::orders-prod/über/注文 😀"],
  ["two\r\nlines\tand a tab", "two\\r\\nlines\\tand a tab"],
  ["\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m"],
  ["bell\x07 delete\x7f csi\x9b", "bell\\x07 delete\\x7f csi\\x9b"],
  ["user\u202Egpj.exe", "user<U+202E>gpj.exe"],
  ["ad\u200Bmin\uFEFF", "ad<U+200B>min<U+FEFF>"],
  ["line\u2028paragraph\u2029", "line<U+2028>paragraph<U+2029>"],
  ["tag\u{E0041}", "tag<U+E0041>"],
  ["half\uD800", "half<U+D800>"],
  ["filler\u3164 selector\uFE0F", "filler<U+3164> selector<U+FE0F>"],
];

describe("safeText", () => {
  for (const [text, shown] of cases) {
    it(`shows ${shown}`, () => assert.equal(safeText(text), shown));
  }

  it("leaves no hidden character, whatever the code point", () => {
    for (let code = 0; code <= 0x10ffff; code++) {
      const shown = safeText(String.fromCodePoint(code));
      assert.equal(hiddenIn(shown), undefined);
      assert.equal(safeText(shown), shown);
    }
  });
});

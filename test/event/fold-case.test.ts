import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { foldCase } from "../../src/event/fold-case.ts";

const cases: readonly { readonly name: string; readonly text: string; readonly folded: string }[] =
  [
    { name: "lowers ASCII letters", text: "DeleteBucket-9", folded: "deletebucket-9" },
    { name: "lowers them beside other letters", text: "KÖLN-Ä1", folded: "kÖln-Ä1" },
    { name: "never makes a k of a Kelvin sign", text: "\u212aEY", folded: "\u212aey" },
    { name: "keeps the length of a dotted I", text: "İX", folded: "İx" },
  ];

describe("foldCase", () => {
  for (const { name, text, folded } of cases) {
    it(name, () => assert.equal(foldCase(text), folded));
  }
});

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { markdown } from "../../src/render/markdown.ts";
import { answer, marked, rendered, row, section } from "./answers.ts";

const basis = ["Rests on 2 records in 1 file."];

const cells: readonly (readonly [text: string, written: string])[] = [
  ["s3:DeleteBucket", "s3:DeleteBucket"],
  ["arn:aws:s3:::a", "arn:aws:s3:::a"],
  ["a|b", "a\\|b"],
  ["a\\|b", "a\\\\\\|b"],
  ["`rm`", "\\`rm\\`"],
  ["*a* _b_ ~c~", "\\*a\\* \\_b\\_ \\~c\\~"],
  ["[x](http://a)", "\\[x\\](http\\://a)"],
  ["https://a.example", "https\\://a.example"],
  ["WWW.a.example", "WWW\\.a.example"],
  ["bob@a.example #1", "bob\\@a.example \\#1"],
  ["<img src=x>&amp;", "&lt;img src=x&gt;&amp;amp;"],
  ["two\nlines", "two\\\\nlines"],
  ["- item", "\\- item"],
  ["1. item", "1\\. item"],
  ["a\u202Eb", "a&lt;U+202E&gt;b"],
];

describe("markdown", () => {
  for (const [text, written] of cells) {
    it(`writes ${written}`, async () => {
      const sections = [section(["x", "y"], [row("", text)])];
      const lines = (await rendered(markdown, answer({ sections }))).split("\n");
      assert.deepEqual(lines, [
        "| X | Y |",
        "| --- | --- |",
        `|  | ${written} |`,
        "",
        ...basis,
        "",
      ]);
    });
  }

  it("writes text as a block of code that nothing in it can end", async () => {
    const rows = [row("{"), row('  "```"'), row("a\nb")];
    const sections = [section(["line"], rows, { title: "The policy", layout: "text" })];
    assert.deepEqual((await rendered(markdown, answer({ sections }))).split("\n"), [
      "### The policy",
      "",
      "    {",
      '      "```"',
      "    a\\nb",
      "",
      ...basis,
      "",
    ]);
  });

  it("puts the answer first, then what shows it, then what to try", async () => {
    const of = answer({
      sentences: ["alice deleted it.", "It worked."],
      sections: [
        section(
          ["who", { name: "n", title: "N", align: "right" }],
          [marked("decisive", row("alice", { text: "3", share: 0.5 }))],
          { title: "Events" },
        ),
        section(["none"], [], { title: "None" }),
      ],
      hints: ["Did you mean orders-2?", "Or orders-3?"],
    });
    assert.deepEqual((await rendered(markdown, of)).split("\n"), [
      "**alice deleted it.**",
      "",
      "It worked.",
      "",
      "### Events",
      "",
      "| WHO | N |",
      "| --- | ---: |",
      "| ▶ alice | ██████████ 3 |",
      "",
      "- Did you mean orders-2?",
      "- Or orders-3?",
      "",
      ...basis,
      "",
    ]);
  });
});

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { csv } from "../../src/render/csv.ts";
import { answer, rendered, row, section } from "./answers.ts";

const fields: readonly (readonly [text: string, written: string])[] = [
  ["orders-prod", "orders-prod"],
  ["", ""],
  ["a,b", '"a,b"'],
  ['say "hi"', '"say ""hi"""'],
  [" padded ", '" padded "'],
  ["two\nlines", "two\\nlines"],
  ["\x1b[2J", "\\x1b[2J"],
  ["=1+1", "'=1+1"],
  ["+cmd", "'+cmd"],
  ["-x", "'-x"],
  ["@SUM(A1)", "'@SUM(A1)"],
  ["  =1", "'  =1"],
  ["\t=1", "'\\t=1"],
  ["\r1", "'\\r1"],
  ["＝1", "'＝1"],
  ["＋1", "'＋1"],
  ["－1", "'－1"],
  ["＠x", "'＠x"],
  ["-1", "-1"],
  ["+12.5", "+12.5"],
  ["-1-1", "'-1-1"],
];

describe("csv", () => {
  for (const [text, written] of fields) {
    it(`writes ${written}`, async () => {
      const sections = [section(["a", "b"], [row(text, "x")])];
      assert.equal(await rendered(csv, answer({ sections })), `a,b\n${written},x\n`);
    });
  }

  it("writes numbers, lists and times as programs read them", async () => {
    const cells = [
      { text: "1,000", value: 1000 },
      { text: "a, b", value: ["a", "b"] },
      { text: "then", time: Date.UTC(2026, 10, 14) },
      { text: undefined },
    ];
    const sections = [section(["n", "list", "time", "none"], [row(...cells)])];
    assert.equal(
      await rendered(csv, answer({ sections }), { timeZone: "Asia/Kolkata" }),
      'n,list,time,none\n1000,"a, b",2026-11-14T00:00:00Z,\n',
    );
  });

  it("gives the header alone when there are no rows", async () => {
    const sections = [section(["a", "b"], [])];
    assert.equal(await rendered(csv, answer({ sections })), "a,b\n");
  });

  it("makes one table of several sections", async () => {
    const sections = [
      section(["who", "what"], [row("alice", "orders")]),
      section(["what", "count"], [row("users", "2")], { name: "groups" }),
    ];
    assert.equal(
      await rendered(csv, answer({ sections })),
      "section,who,what,count\nevents,alice,orders,\ngroups,,users,2\n",
    );
  });
});

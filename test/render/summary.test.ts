import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { summary } from "../../src/render/summary.ts";
import { rendered, row, section } from "./answers.ts";
import { finding, many, reporting } from "./reports.ts";

describe("summary", () => {
  it("tells the answer, and what was not checked", async () => {
    const text = await rendered(
      summary,
      reporting(
        {
          findings: [finding()],
          gaps: [
            { about: "rules", problem: "no key <b>", file: "a_b.yaml", line: 2 },
            { about: "logs", problem: "no record", allowedBy: "--allow-empty" },
          ],
        },
        { question: "check", sentences: ["1 finding."], sections: [section(["a"], [row("x|y")])] },
      ),
    );
    assert.deepEqual(text.split("\n").slice(0, 7), [
      ...["## trailhound check", "", "**1 finding.**", "", "| A |", "| --- |", "| x\\|y |"],
    ]);
    assert.deepEqual(text.split("\n").slice(-5), [
      "### Not checked",
      "",
      "- a\\_b.yaml:2: no key &lt;b&gt;",
      "- no record (let pass by --allow-empty)",
      "",
    ]);
  });

  it("stays below what GitHub takes, and says how many rows it left out", async () => {
    const rows = many(1000, () => row("x".repeat(10_000)));
    const text = await rendered(summary, reporting({}, { sections: [section(["a"], rows)] }));
    assert.ok(Buffer.byteLength(text) < 1024 * 1024);
    const shown = text.match(/^\| x/gm)?.length ?? 0;
    assert.ok(shown > 80);
    assert.ok(text.includes(`\n${1000 - shown} rows left out`), text.slice(-200));
    assert.match(text, /Rests on 2 records/);
  });
});

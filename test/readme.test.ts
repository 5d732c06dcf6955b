import assert from "node:assert/strict";
import { readFileSync, rmSync } from "node:fs";
import { after, describe, it } from "node:test";
import { programFolder, runShell } from "./support/golden.ts";
import { blocksOf, examples, filterTable, fitsAnswer, readme } from "./support/readme.ts";

describe("the README", { concurrency: 2 }, () => {
  const folder = programFolder();
  after(() => rmSync(folder, { recursive: true }));

  for (const { command, answer } of examples) {
    it(`tells what ${command} answers`, async () => {
      const { stdout, stderr } = await runShell(command, folder);
      if (!fitsAnswer(answer, stdout)) assert.equal(stdout, answer);
      assert.equal(stderr, "");
    });
  }

  it("begins with a question and its answer", () => {
    const [first] = examples;
    assert.match(first?.command ?? "", /^trailhound who deleted /);
    assert.ok(readme.indexOf("## ") > readme.indexOf(first?.answer ?? "## "));
  });

  it("gives two lines for a fresh machine: the main job, and the tests as CI runs them", () => {
    const [ask = "", test = "", ...others] = blocksOf("sh");
    assert.deepEqual(others, []);
    const question = ask
      .trim()
      .replace(/^npm ci && npm run build && node bin\/trailhound\.js/, "trailhound");
    assert.equal(question, examples[0]?.command);
    assert.ok(readFileSync(".ci/run", "utf8").endsWith(`\n${test}`));
  });

  it("lists the filters of the catalogue", () => {
    assert.ok(readme.includes(`\n${filterTable()}\n`), `the table should be\n${filterTable()}`);
  });
});

describe("an answer in the README", () => {
  const text = "a\nb\nc\nd\n";
  for (const pattern of [text, "a\n...\n", "...\nd\n", "a\n...\nc\n...\n", "a\n...\nb\n...\nd\n"]) {
    it(`fits as ${JSON.stringify(pattern)}`, () => assert.ok(fitsAnswer(pattern, text)));
  }
  for (const pattern of [
    "a\n",
    "b\n...\n",
    "a\n...\nc\n",
    "a\n...\nc\n...\nb\n...\n",
    "a\n...\nbc\n...\n",
  ]) {
    it(`does not fit as ${JSON.stringify(pattern)}`, () => assert.ok(!fitsAnswer(pattern, text)));
  }
});

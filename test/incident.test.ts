/**
 * Holds `fixtures/incident.md` to the files: the log is what the builders tell, each row of the table has
 * its golden case and none is without a row, and what stands in code in a truth stands in the answer.
 */

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { describe, it } from "node:test";
import { gunzipSync } from "node:zlib";
import { incident } from "./builders/incident/story.ts";
import { expected, goldenCases } from "./support/golden.ts";

const fixtures = resolve(import.meta.dirname, "../fixtures");
const logs = join(fixtures, "logs/incident");

const rows = readFileSync(join(fixtures, "incident.md"), "utf8")
  .split("\n")
  .filter((line) => line.includes("| `trailhound "))
  .map((line) => {
    const [question = "", name = "", command = "", truth = ""] = line.slice(2, -2).split(" | ");
    return { question, name, command: command.slice(1, -1), truth };
  });

const cases = new Map(
  goldenCases
    .filter(({ name }) => name.startsWith("incident/"))
    .map((golden) => [golden.name.slice("incident/".length), golden]),
);

describe("the log of the incident", () => {
  const told = incident().files();

  it("has at least three hundred events", () => {
    const ids = [...told.values()].flat().map(({ eventID }) => eventID);
    assert.ok(new Set(ids).size >= 300);
  });

  it("is what the builders tell (npm run incident)", () => {
    const files = readdirSync(logs, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(logs, join(entry.parentPath, entry.name)));
    assert.deepEqual(files.sort(), [...told.keys()].sort());
    for (const [path, Records] of told) {
      const bytes = readFileSync(join(logs, path));
      const text = path.endsWith(".gz") ? gunzipSync(bytes) : bytes;
      assert.deepEqual(JSON.parse(text.toString()), { Records }, path);
    }
  });
});

describe("the questions about the incident", () => {
  it("have a row for every golden case", () => {
    assert.deepEqual(rows.map(({ name }) => name).sort(), [...cases.keys()].sort());
  });

  for (const { question, name, command, truth } of rows) {
    it(`are answered: ${question}`, () => {
      const golden = cases.get(name);
      assert.ok(golden !== undefined, "the row has its case");
      assert.equal(command, golden.cmd.trimEnd());
      const { stdout } = expected(golden);
      const facts = [...truth.matchAll(/`([^`]+)`/g)].map(([, fact = ""]) => fact);
      assert.notDeepEqual(facts, [], "the truth names something");
      for (const fact of facts) assert.ok(stdout.includes(fact), `the answer names ${fact}`);
    });
  }
});

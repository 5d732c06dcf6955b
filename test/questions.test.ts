/**
 * Holds `fixtures/questions.md` to the files: each of the forty questions has a log made for it and a
 * golden case that runs the command in its row, and neither is without a row.
 */

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, parse, resolve } from "node:path";
import { describe, it } from "node:test";
import { expected, goldenCases } from "./support/golden.ts";

const fixtures = resolve(import.meta.dirname, "../fixtures");

interface Row {
  readonly number: number;
  readonly question: string;
  readonly name: string;
  readonly command: string;
  readonly traps: string;
}

const rows: readonly Row[] = readFileSync(join(fixtures, "questions.md"), "utf8")
  .split("\n")
  .filter((line) => /^\| \d/.test(line))
  .map((line) => {
    const [number = "", question = "", name = "", command = "", traps = ""] = line
      .slice(2, -2)
      .split(" | ");
    return { number: Number(number), question, name, command: command.slice(1, -1), traps };
  });

const cases = new Map(
  goldenCases
    .filter(({ name }) => name.startsWith("questions/"))
    .map((golden) => [golden.name.slice("questions/".length), golden]),
);
const logs = new Set(readdirSync(join(fixtures, "logs/questions")).map((name) => parse(name).name));

describe("the table of questions", () => {
  it("numbers forty questions", () => {
    const numbers = Array.from({ length: 40 }, (_, index) => index + 1);
    assert.deepEqual(
      rows.map(({ number }) => number),
      numbers,
    );
  });

  it("has a row for every golden case and for every log", () => {
    const names = rows.map(({ name }) => name);
    assert.deepEqual([...cases.keys()], names);
    assert.deepEqual([...logs].sort(), names);
  });

  for (const { number, question, name, command, traps } of rows) {
    it(`answers ${number}: ${question}`, () => {
      const golden = cases.get(name);
      assert.ok(golden !== undefined && logs.has(name), "the row has its case and its log");
      assert.equal(command, golden.cmd.trimEnd());
      assert.ok(command.includes(`fixtures/logs/questions/${name}`), "the log is its own");
      assert.notEqual(expected(golden).stdout, "", "the case has an answer");
      assert.notEqual(traps, "", "the row says what is easily got wrong");
    });
  }
});

/** Holds `fixtures/statuses.md` against the program. */

import assert from "node:assert/strict";
import { readFileSync, rmSync } from "node:fs";
import { after, describe, it } from "node:test";
import { programFolder, runShell } from "../support/golden.ts";

const rows = readFileSync("fixtures/statuses.md", "utf8")
  .split("\n")
  .filter((line) => line.startsWith("| "))
  .slice(1)
  .map((line) => line.split("|").map((cell) => cell.trim()));

function commandOf(rules: string, logs: string, flags: string): string {
  const files = rules.split(" ").map((name) => (name.endsWith(".yml") ? name : `${name}.yaml`));
  return [
    "trailhound check",
    ...files.map((file) => `--rules fixtures/rules/${file}`),
    flags.replace(/(?<=--(?:baseline|exceptions) )/g, "fixtures/"),
    ...logs.split(" ").map((log) => `fixtures/logs/${log}`),
  ].join(" ");
}

describe("the exit status of check", { concurrency: 2 }, () => {
  const folder = programFolder();
  after(() => rmSync(folder, { recursive: true }));

  it("has a table of it", () => assert.ok(rows.length >= 60));

  for (const [, what = "", rules = "", logs = "", flags = "", status, says = ""] of rows) {
    const command = commandOf(rules, logs, flags);
    it(`is ${status} for ${what}: ${command}`, async () => {
      const { stdout, stderr, status: was } = await runShell(command, folder);
      assert.equal(was, Number(status), stderr);
      if (says === "") assert.equal(stdout, "");
      else assert.equal(stdout.slice(0, says.length), says);
    });
  }
});

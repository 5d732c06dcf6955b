import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { after, describe, it } from "node:test";
import { expected, goldenCases, programFolder, runCase } from "../support/golden.ts";

describe("trailhound", { concurrency: 2 }, () => {
  const folder = programFolder();
  after(() => rmSync(folder, { recursive: true }));
  for (const golden of goldenCases) {
    it(golden.name, async () => {
      assert.deepEqual(await runCase(golden, folder), expected(golden));
    });
  }
});

import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { after, describe, it } from "node:test";
import { displayWidth } from "../../src/render/width.ts";
import { programFolder } from "../support/golden.ts";
import { expectedOn, screens, shownOn } from "../support/screens.ts";

describe("on a terminal", { concurrency: 2 }, () => {
  const folder = programFolder();
  after(() => rmSync(folder, { recursive: true }));
  for (const screen of screens) {
    const { command, columns } = screen;
    it(`${command} fits ${columns} columns`, async () => {
      const text = await shownOn(screen, folder);
      assert.equal(text, expectedOn(screen));
      const tables = text.split("\n").filter((line) => /^[▶✓✗!~ ] /.test(line));
      assert.deepEqual(
        tables.filter((line) => displayWidth(line) > columns),
        [],
      );
    });
  }
});

/** What fuzzing found once is not found again. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { targets } from "./targets.ts";

const folder = "test/fuzz/finds";
const finds = existsSync(folder) ? readdirSync(folder) : [];

describe("every target", () => {
  for (const { name, corpus, run } of targets) {
    it(`takes sound ${name}`, async () => {
      for (const input of corpus) await run(input);
    });
  }
});

describe("a find", () => {
  for (const find of finds) {
    it(`stays mended: ${find}`, async () => {
      const target = targets.find(({ name }) => find.startsWith(`${name}-`));
      if (target === undefined) throw new Error(`there is no target of ${find}`);
      await target.run(readFileSync(join(folder, find)));
    });
  }
});

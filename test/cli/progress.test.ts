import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { progressLine } from "../../src/cli/progress.ts";

/** What a screen shows of updates at the given milliseconds, each after a million records more. */
function shown(times: readonly number[], isTTY = true): readonly string[] {
  const written: string[] = [];
  let now = 0;
  const screen = { isTTY, columns: 60, write: (text: string) => written.push(text) };
  const line = progressLine(screen, () => now);
  for (const [i, time] of times.entries()) {
    now = time;
    line.update({ bytes: (i + 1) * 25e6, totalBytes: 100e6, records: (i + 1) * 1e6 });
  }
  line.end();
  line.update({ bytes: 0, records: 0 });
  return written;
}

const clear = "\r\x1b[K";

describe("the progress line", () => {
  it("is silent for half a second, then shown ten times a second, and taken away", () => {
    assert.deepEqual(shown([100, 499, 500, 550, 600]), [
      "\rreading: 75 MB of 100 MB (75%), 3000000 records\x1b[K",
      "\rreading: 125 MB of 100 MB (125%), 5000000 records\x1b[K",
      clear,
    ]);
  });

  it("leaves nothing to take away after short work", () => {
    assert.deepEqual(shown([100, 200]), []);
  });

  it("is only for terminals", () => {
    assert.deepEqual(shown([1000, 2000], false), []);
  });
});

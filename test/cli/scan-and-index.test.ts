/**
 * An answer is the same whether the logs were indexed whole or only what the question needs was kept
 * from one pass over them, and in whatever order the files come. The questions are those of the golden
 * cases, which are small and would all be indexed.
 */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { answerOf } from "../../src/cli/answering.ts";
import { settingsFrom } from "../../src/cli/options.ts";
import { type Command, parse } from "../../src/cli/program.ts";
import { memoryEngine } from "../../src/engines/memory/index.ts";
import { discover } from "../../src/input/discover.ts";
import { UserError } from "../../src/query/user-error.ts";
import { json } from "../../src/render/json.ts";
import { verbs } from "../../src/verbs/index.ts";
import type { Verb } from "../../src/verbs/verb.ts";
import { goldenCases } from "../support/golden.ts";
import { wordsOf } from "../support/shell-words.ts";

/** With the path given, in the order in which they are found. */
function filesIn(path: string): readonly string[] {
  return discover([path], { lateDeliveryMs: 0 }).sources.flatMap((source) =>
    source.kind === "file" ? source.path : [],
  );
}

/** Cases of one plain query, for which engines have tests of their own. */
const asksOnce = /^(?:search|timeline|coverage|show|shapes|cli|fields)\//;

const now = Date.parse("2026-11-06T00:00:00Z");

async function answered(
  command: Command<Verb>,
  paths: readonly string[],
  smallInputBytes: number,
): Promise<string> {
  const settings = settingsFrom(command.values, now);
  const { window, lateDeliveryMs } = settings;
  const engine = memoryEngine({
    paths,
    window: command.verb.reach === "everything" ? {} : window,
    lateDeliveryMs,
    index: false,
    threads: 1,
    smallInputBytes,
  });
  const { coverage: _, ...answer } = await answerOf(engine, command, settings);
  const { timeZone } = settings;
  const options = {
    width: 100,
    colour: 0,
    timeZone,
    fields: settings.fields !== undefined,
  } as const;
  let text = answer.verbatim === undefined ? "" : Buffer.from(answer.verbatim).toString();
  for await (const chunk of json.render(answer, options)) text += chunk;
  // What one pass leaves unread it does not tell of: where the logs begin, which accounts they are not
  // of, names that are nearly right.
  return text
    .replaceAll(", which begin later", "")
    .replace(/,?\n\{"did":"[^"]*, not here".*?\}/g, "")
    .replace(/"hints":\[.*\]/, "");
}

describe("an answer from one pass is that from an index", () => {
  for (const { name, cmd } of goldenCases) {
    const args = wordsOf(cmd);
    if (asksOnce.test(name) && !/ -u | --by-human/.test(cmd)) continue;
    if (args === undefined || args.includes("--geoip")) continue;
    const parsed = parse<Verb>(args, { verbs, takesPaths: true });
    if (parsed.kind !== "command") continue;
    const turned = parsed.paths.flatMap(filesIn).toReversed();
    if (turned.length === 0) continue;
    it(name, async () => {
      let indexed: string;
      try {
        indexed = await answered(parsed, parsed.paths, Number.POSITIVE_INFINITY);
      } catch (error) {
        assert.ok(error instanceof UserError, String(error));
        return;
      }
      assert.equal(await answered(parsed, turned, -1), indexed);
    });
  }
});

/**
 * What comes through a pipe is answered as the same bytes in a file are, whether they are indexed whole or
 * only what the question needs is kept; and however long the pipe, not all of it is.
 */

import assert from "node:assert/strict";
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { gunzipSync } from "node:zlib";
import { answerOf } from "../../src/cli/answering.ts";
import { type Settings, settingsFrom } from "../../src/cli/options.ts";
import { type Command, parse } from "../../src/cli/program.ts";
import { memoryEngine } from "../../src/engines/memory/index.ts";
import { discover } from "../../src/input/discover.ts";
import { UserError } from "../../src/query/user-error.ts";
import { json } from "../../src/render/json.ts";
import { namesUsers } from "../../src/resolve/through-roles.ts";
import { verbs } from "../../src/verbs/index.ts";
import type { Verb } from "../../src/verbs/verb.ts";
import { goldenCases } from "../support/golden.ts";
import { examples } from "../support/readme.ts";
import { wordsOf } from "../support/shell-words.ts";

const folder = mkdtempSync(join(tmpdir(), "trailhound-"));
/** A pipe that nobody opened, as its question is refused, keeps its writer waiting for ever. */
const writers: ChildProcess[] = [];
after(() => {
  for (const writer of writers) writer.kill("SIGKILL");
  rmSync(folder, { recursive: true });
});

/** The logs at the paths as one file; none of those that are packed and damaged. */
function joinedLogs(paths: readonly string[]): Buffer {
  const { sources } = discover(paths, { lateDeliveryMs: 0 });
  return Buffer.concat(
    sources.flatMap((source) => {
      if (source.kind === "stream") return [];
      return [unpacked(readFileSync(source.path)), Buffer.from("\n")];
    }),
  );
}

function unpacked(bytes: Buffer): Buffer {
  try {
    return bytes[0] === 0x1f ? gunzipSync(bytes) : bytes;
  } catch {
    return Buffer.alloc(0);
  }
}

let pipes = 0;

function pipeOf(file: string): string {
  pipes += 1;
  const pipe = join(folder, `pipe-${pipes}`);
  execFileSync("mkfifo", [pipe]);
  writers.push(spawn("dd", [`if=${file}`, `of=${pipe}`, "bs=60000"], { stdio: "ignore" }));
  return pipe;
}

const now = Date.parse("2026-11-06T00:00:00Z");

async function answered(
  command: Command<Verb>,
  settings: Settings,
  { path, smallInputBytes }: { readonly path: string; readonly smallInputBytes: number },
): Promise<string> {
  const engine = memoryEngine({
    ...{ paths: [path], lateDeliveryMs: 0, index: false, threads: 1, smallInputBytes },
  });
  const { timeZone } = settings;
  const fields = settings.fields !== undefined;
  try {
    const answer = await answerOf(engine, command, settings);
    let text = answer.verbatim === undefined ? "" : Buffer.from(answer.verbatim).toString();
    const options = { width: 100, colour: 0, timeZone, fields } as const;
    for await (const chunk of json.render(answer, options)) text += chunk;
    return text.replaceAll(path, "LOGS");
  } catch (error) {
    assert.ok(error instanceof UserError, String(error));
    return error.message;
  }
}

/** What would need a second look is indexed whole, as every small input is. */
const ways = [
  { way: "indexed whole", smallInputBytes: Number.POSITIVE_INFINITY },
  { way: "scanned", smallInputBytes: -1 },
];

const readme = examples.map(({ command }) => ({ name: `README: ${command}`, cmd: command, ways }));

/** Of the golden cases those that are scanned: the others are no different from the README's. */
const asked = [...readme, ...goldenCases.map((golden) => ({ ...golden, ways: ways.slice(1) }))];

/** Whose hint takes a second look, which a pipe does not give. */
const differs = new Set(["stats/path-that-nothing-has"]);

describe("an answer from a pipe is that from a file", () => {
  for (const { name, cmd, ways } of asked) {
    const args = wordsOf(cmd);
    if (args === undefined || args.includes("--geoip")) continue;
    const parsed = parse<Verb>(args, { verbs, takesPaths: true });
    if (parsed.kind !== "command" || !parsed.verb.readsLogs) continue;
    if (parsed.verb.judgesFiles || differs.has(name)) continue;
    const logs = joinedLogs(parsed.paths);
    if (logs.length === 0) continue;
    const said = questionsOf(parsed);
    const isOpen = said?.questions.some(({ kind }) => kind === "more");
    if (said === undefined || (isOpen && ways.length === 1)) continue;
    it(name, async () => {
      const file = join(folder, "logs");
      writeFileSync(file, logs);
      for (const { way, smallInputBytes } of ways) {
        const pipe = { path: pipeOf(file), smallInputBytes };
        const likewise = isOpen ? Number.POSITIVE_INFINITY : smallInputBytes;
        assert.equal(
          await answered(parsed, said.settings, pipe),
          await answered(parsed, said.settings, { path: file, smallInputBytes: likewise }),
          way,
        );
      }
    });
  }
});

/** Undefined for what nobody can ask. */
function questionsOf({ verb, arguments: words, values }: Command<Verb>) {
  try {
    const settings = settingsFrom(values, now);
    const { filter } = settings;
    const questions = verb.questions({ ...settings, arguments: words, options: values });
    const open = namesUsers(filter) ? ([{ kind: "more" }] as const) : [];
    return { settings, questions: [...questions, ...open] };
  } catch (error) {
    assert.ok(error instanceof UserError, String(error));
    return undefined;
  }
}

import assert from "node:assert/strict";
import { Writable } from "node:stream";
import { describe, it } from "node:test";
import { outputTo } from "../../src/cli/output.ts";
import { run } from "../../src/cli/run.ts";

/** Runs as on a terminal where nothing is piped in. */
async function onTerminal(...args: readonly string[]) {
  const text = { stdout: "", stderr: "" };
  const into = (name: keyof typeof text) =>
    outputTo(
      new Writable({
        write(chunk, _encoding, done) {
          text[name] += chunk;
          done();
        },
      }),
    );
  const output = into("stdout");
  const errors = into("stderr");
  const terminal = { isTTY: true, columns: 100, write: () => {} };
  const status = await run(args, {
    version: "1.2.3",
    environment: {},
    stdin: terminal,
    stdout: terminal,
    stderr: terminal,
    output,
    errors,
    clock: () => 0,
  });
  await output.flush();
  await errors.flush();
  return { status, ...text };
}

describe("on a terminal without anything to read", () => {
  const none = "trailhound: no logs are named";
  it("a verb alone shows its help instead of waiting", async () => {
    const { status, stdout, stderr } = await onTerminal("search");
    assert.deepEqual([status, stdout], [2, ""]);
    assert.match(stderr, /^Usage: trailhound search /);
    assert.match(stderr, /Exit status:/);
    assert.ok(
      stderr.endsWith(`\n${none}: give files or folders, or - and a pipe\n`),
      stderr.slice(-200),
    );
  });

  for (const { verb, says } of [
    { verb: ["who", "deleted", "orders\x1b[2J"], says: "behind orders\\x1b[2J; give" },
    { verb: ["ask", "questions.txt"], says: "behind questions.txt; give" },
    {
      verb: ["doors", "fixtures/logs"],
      says: "behind fixtures/logs: it was taken for <who>; give",
    },
  ]) {
    it(`${verb.join(" ")} says in one line what is missing`, async () => {
      const { status, stdout, stderr } = await onTerminal(...verb);
      assert.deepEqual([status, stdout], [2, ""]);
      assert.ok(stderr.startsWith(`${none} ${says}`), stderr);
      assert.equal(stderr.trimEnd().split("\n").length, 1);
    });
  }

  it("the version is answered", async () => {
    assert.deepEqual(await onTerminal("--version"), { status: 0, stdout: "1.2.3\n", stderr: "" });
  });

  it("the catalogue is answered in colour", async () => {
    const { status, stdout } = await onTerminal("fields");
    assert.equal(status, 0);
    assert.ok(stdout.startsWith("\x1b[1m  Field"));
  });
});

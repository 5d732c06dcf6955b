/**
 * What pipelines run: the script of the action, the hooks, and the lines in the README, in a folder as a
 * repository would be.
 */

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, beforeEach, describe, it } from "node:test";
import { parse } from "yaml";
import { programFolder } from "./support/golden.ts";
import { blocksOf } from "./support/readme.ts";

const root = resolve(".");
const program = programFolder();
const folder = mkdtempSync(join(tmpdir(), "trailhound-ci-"));
after(() => {
  for (const one of [program, folder]) rmSync(one, { recursive: true });
});
const inFolder = (name: string) => join(folder, name);
const textOf = (name: string) => readFileSync(inFolder(name), "utf8");

beforeEach(() => {
  rmSync(folder, { recursive: true });
  cpSync("fixtures/logs/orders", inFolder("logs"), { recursive: true });
  cpSync("fixtures/logs/duplicates", inFolder("more logs"), { recursive: true });
  cpSync("fixtures/logs/broken", inFolder("broken"), { recursive: true });
  cpSync("fixtures/rules/orders.yaml", inFolder("rules/orders.yaml"));
  cpSync("fixtures/baselines/orders.json", inFolder("earlier.json"));
});

function shell(script: string, environment: Readonly<Record<string, string>> = {}) {
  const env = { PATH: `${program}:${process.env["PATH"]}`, HOME: folder, ...environment };
  return new Promise<{ stdout: string; stderr: string; status: number }>((done) => {
    // As the runner calls bash.
    const flags = ["--noprofile", "--norc", "-e", "-o", "pipefail", "-c"];
    execFile("bash", [...flags, script], { cwd: folder, env }, (error, stdout, stderr) =>
      done({ stdout, stderr, status: Number(error?.code ?? 0) }),
    ).stdin?.end();
  });
}

interface Step {
  readonly id?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

const action: {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
} = parse(readFileSync("action.yml", "utf8"));
const step = action.runs.steps.find(({ id }) => id === "check");

/** The script of the action with the inputs that are given, others by default. */
function runAction(given: Readonly<Record<string, string>>) {
  assert.ok(step?.run !== undefined && step.env !== undefined);
  for (const name of Object.keys(given)) assert.ok(name in action.inputs, name);
  const inputs = Object.entries(step.env).map(([name, value]) => {
    const [, input = ""] = /^\$\{\{ inputs\.([a-z-]+) \}\}$/.exec(value) ?? [];
    assert.ok(input in action.inputs, value);
    return [name, given[input] ?? action.inputs[input]?.default ?? ""];
  });
  return shell(step.run, {
    ...Object.fromEntries(inputs),
    GITHUB_ACTION_PATH: root,
    GITHUB_STEP_SUMMARY: inFolder("summary"),
    GITHUB_OUTPUT: inFolder("output"),
  });
}

describe("the action", () => {
  const rules = "rules/";
  for (const { what, given, status, complete, annotations } of [
    { what: "findings", given: { logs: "logs" }, status: 1, complete: true, annotations: 4 },
    {
      what: "no findings",
      given: { logs: "more logs" },
      status: 0,
      complete: true,
      annotations: 0,
    },
    {
      what: "several lists of lines",
      given: {
        logs: "logs\nmore logs\n\n",
        "fail-on": "high",
        require: "region=us-east-1\nhours=2",
      },
      ...{ status: 1, complete: true, annotations: 4 },
    },
    {
      what: "what is known",
      given: { logs: "logs", baseline: "earlier.json" },
      ...{ status: 0, complete: true, annotations: 4 },
    },
    {
      what: "a log that breaks off",
      given: { logs: "broken/truncated.json" },
      ...{ status: 2, complete: false, annotations: 1 },
    },
    {
      what: "the same, allowed",
      given: { logs: "broken/truncated.json", "allow-partial": "true" },
      ...{ status: 0, complete: true, annotations: 1 },
    },
    {
      what: "an input that is a script",
      given: { logs: "$(touch pwned)`touch pwned`; touch pwned" },
      ...{ status: 2, complete: false, annotations: 2 },
    },
    { what: "no logs", given: { logs: "\n" }, status: 2, annotations: 1 },
  ]) {
    it(`is ${status} for ${what}`, async () => {
      const { stdout, stderr, status: was } = await runAction({ rules, ...given });
      assert.equal(was, status, stderr);
      assert.equal(stdout.match(/^::/gm)?.length ?? 0, annotations, stdout);
      const said = complete === undefined ? "" : `complete=${complete}\n`;
      assert.equal(textOf("output"), `status=${status}\n${said}`);
      assert.equal(existsSync(inFolder("pwned")), false);
      if (complete !== undefined) assert.match(textOf("summary"), /^## trailhound check\n/);
    });
  }

  it("writes the reports that it is asked for", async () => {
    const files = { sarif: "a.sarif", junit: "b.xml", json: "c.json" };
    await runAction({ rules, logs: "logs", ...files });
    assert.match(textOf("a.sarif"), /"version":"2\.1\.0"/);
    assert.match(textOf("b.xml"), /<testsuites /);
    assert.equal(JSON.parse(textOf("c.json")).findings.length, 4);
  });
});

const sound = `rules:
  - id: logging-stays-on
    forbid: [StopLogging]
    samples:
      breaks:
        - { eventSource: cloudtrail.amazonaws.com, eventName: StopLogging }
      passes:
        - { eventSource: cloudtrail.amazonaws.com, eventName: StartLogging }
`;

describe("the hooks", () => {
  const hooks: readonly { readonly id: string; readonly entry: string }[] = parse(
    readFileSync(".pre-commit-hooks.yaml", "utf8"),
  );
  for (const { id, entry } of hooks) {
    it(`${id} passes sound rules and stops broken ones`, async () => {
      const line = `${entry} --rules hooked/`;
      mkdirSync(inFolder("hooked"));
      writeFileSync(inFolder("hooked/sound.yaml"), sound);
      assert.equal((await shell(line)).status, 0);
      cpSync("fixtures/rules/broken.yaml", inFolder("hooked/broken.yaml"));
      assert.notEqual((await shell(line)).status, 0);
    });
  }
});

describe("the README", () => {
  const gitlab = blocksOf("yaml").flatMap((block) =>
    Object.values(parse(block)).flatMap((job) => (job as { script?: string[] }).script ?? []),
  );
  const jenkins = blocksOf("groovy").flatMap((block) =>
    Array.from(block.matchAll(/sh '([^']*)'/g), ([, line = ""]) => line),
  );
  it("has a line for each", () => assert.deepEqual([gitlab.length, jenkins.length], [1, 1]));

  for (const line of [...gitlab, ...jenkins]) {
    it(`fails with a report by ${line}`, async () => {
      assert.equal((await shell(line)).status, 1);
      assert.match(textOf("report.xml"), /failures="2"/);
    });
  }

  it("gives the action only inputs that it has", () => {
    const steps = blocksOf("yaml").flatMap((block) => {
      const list: unknown = parse(block);
      return Array.isArray(list) ? list : [];
    });
    const { with: given = {} } = steps.find(({ id }) => id === "gate") ?? {};
    const inputs = Object.keys(given);
    assert.ok(inputs.length > 2);
    for (const input of inputs) assert.ok(input in action.inputs, input);
  });
});

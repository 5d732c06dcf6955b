import assert from "node:assert/strict";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, beforeEach, describe, it } from "node:test";
import { outsFrom, writeOuts } from "../../src/cli/outs.ts";
import type { Format } from "../../src/render/format.ts";
import { check } from "../../src/verbs/check.ts";
import { answer } from "../render/answers.ts";
import { programFolder, runShell } from "../support/golden.ts";

const program = programFolder();
const folder = mkdtempSync(join(tmpdir(), "trailhound-outs-"));
after(() => {
  for (const one of [program, folder]) rmSync(one, { recursive: true });
});
beforeEach(() => {
  rmSync(folder, { recursive: true });
  mkdirSync(folder);
});

const found = "check --rules fixtures/rules/orders.yaml fixtures/logs/orders";
const clean = "check --rules fixtures/rules/orders.yaml fixtures/logs/duplicates";
const run = (args: string) => runShell(`trailhound ${args.replaceAll("OUT", folder)}`, program);
const written = () => readdirSync(folder).sort();
const textOf = (name: string) => readFileSync(join(folder, name), "utf8");

describe("--out", () => {
  it("writes files that hold what the formats give on stdout, and leaves stdout alone", async () => {
    const names = ["sarif", "junit", "github", "json", "csv", "markdown", "ndjson", "table"];
    const flags = names.map((name) => `--out ${name}=OUT/${name}`).join(" ");
    const { stdout, status } = await run(`${found} ${flags}`);
    assert.equal(status, 1);
    assert.deepEqual(written(), names.toSorted());
    assert.equal(textOf("table"), stdout);
    for (const name of names) {
      assert.equal(textOf(name), (await run(`${found} --format ${name}`)).stdout, name);
    }
  });

  it("adds a summary to what stands in its file, and replaces others", async () => {
    for (const name of ["step", "report"]) writeFileSync(join(folder, name), "before\n");
    await run(`${clean} --out summary=OUT/step --out markdown=OUT/report`);
    assert.match(textOf("step"), /^before\n## trailhound check\n\n\*\*Passed: nothing/);
    assert.match(textOf("report"), /^\*\*Passed: nothing/);
  });

  it("writes through a link, which stays one", async () => {
    writeFileSync(join(folder, "target"), "before\n");
    symlinkSync("target", join(folder, "link"));
    await run(`${clean} --out github=OUT/link`);
    assert.equal(textOf("target"), "");
    assert.ok(readdirSync(folder, { withFileTypes: true }).some((entry) => entry.isSymbolicLink()));
  });

  it("leaves devices what they are", async () => {
    const { stdout, status } = await run(
      `${clean} --out csv=/dev/null --out junit=/dev/stdout | cat`,
    );
    assert.equal(status, 0);
    assert.match(stdout, /<testsuites /);
    const { stdout: kind } = await runShell("stat -c %F /dev/null", program);
    assert.equal(kind, "character special file\n");
  });

  for (const [args, says] of [
    ["--out report.sarif", '--out: "report.sarif" is not FORMAT=PATH; give sarif=report.sarif'],
    ["--out sarif=", '--out: "sarif=" is not FORMAT=PATH; give sarif=report.sarif'],
    ["--out sarf=OUT/x", '--out: there is no format "sarf"; trailhound help check lists them'],
    ["--out records=OUT/x", "--out records writes events, and check gives none"],
    ["--out sarif=OUT", "--out: OUT is a folder; name a file in it"],
    ["--out sarif=OUT/no/x", "--out: there is no folder OUT/no to write OUT/no/x to"],
    ["--out sarif=OUT/x --out junit=OUT/./x", "--out: OUT/./x is named twice"],
  ] as const) {
    it(`refuses ${args} before it reads anything`, async () => {
      const { stdout, stderr, status } = await run(`${found} ${args}`);
      assert.deepEqual(
        [stdout, stderr.replaceAll(folder, "OUT"), status],
        ["", `trailhound: ${says}\n`, 2],
      );
      assert.deepEqual(written(), []);
    });
  }

  it("keeps its status and its files where nobody reads on", async () => {
    const { status } = await run(
      `${found} --out sarif=OUT/x --format csv > >(exec 0<&-; sleep 0.2)`,
    );
    assert.equal(status, 1);
    assert.deepEqual(written(), ["x"]);
  });

  it("leaves no file at all when one cannot be finished", async () => {
    const failing: Format = {
      name: "failing",
      summary: "",
      machine: true,
      needsEvents: false,
      async *render() {
        yield "half";
        throw new Error("no more");
      },
    };
    const [sound] = await outsFrom([`csv=${join(folder, "sound")}`], check);
    const [other] = await outsFrom([`csv=${join(folder, "other")}`], check);
    assert.ok(sound && other);
    const outs = [sound, { ...other, format: failing }];
    await assert.rejects(writeOuts(outs, answer(), { timeZone: "UTC" }), /no more/);
    assert.deepEqual(written(), []);
  });
});

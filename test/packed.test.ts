import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { promisify } from "node:util";
import { goldenCases, runCase } from "./support/golden.ts";

const run = promisify(execFile);

/** What `npm pack --json` says, as far as it matters here. */
interface Packed {
  readonly filename: string;
  readonly version: string;
  readonly files: readonly { readonly path: string }[];
}

describe("the package", () => {
  const folder = mkdtempSync(join(tmpdir(), "trailhound-packed-"));
  after(() => rmSync(folder, { recursive: true }));

  it("holds the program and nothing else, and works where it is installed", async () => {
    // The tests run on what was just built; building again would pull it away from under them.
    const flags = ["--ignore-scripts", "--json", "--pack-destination", folder];
    const { stdout } = await run("npm", ["pack", ...flags]);
    const [packed]: readonly (Packed | undefined)[] = JSON.parse(stdout);
    assert.ok(packed);
    const expected =
      /^(?:package\.json|README\.md|LICENSE|bin\/trailhound\.js|dist\/(?:[^/]+\.js|LICENSES\.txt|pack\/[^/]+\.yaml))$/;
    assert.deepEqual(
      packed.files.filter(({ path }) => !expected.test(path)),
      [],
    );

    writeFileSync(join(folder, "package.json"), "{}");
    const install = ["install", "--no-audit", "--no-fund", "--prefer-offline"];
    await run("npm", [...install, join(folder, packed.filename)], { cwd: folder });
    const programs = join(folder, "node_modules/.bin");
    const { stdout: version } = await run(join(programs, "trailhound"), ["--version"]);
    assert.equal(version, `${packed.version}\n`);

    const question = goldenCases.find(({ name }) => name === "who/answers-first");
    assert.ok(question);
    const { stdout: answer, status } = await runCase(question, programs);
    const by = "mallory.k (IAM user, MFA), as OpsBreakGlass / mallory.k,";
    assert.equal(answer.slice(0, answer.indexOf(" on ")), `${by} deleted orders-archive-prod`);
    assert.equal(status, 0);
  });
});

/**
 * Golden cases of the command line: `fixtures/cases/<verb>/<what-it-shows>/` holds `cmd`, one shell
 * line run at the root of the project with `trailhound` on its path, and what came of it in `stdout`,
 * `stderr` and `status`, of which the last two are left out when they are empty or 0.
 */

import { execFile } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

export interface GoldenCase {
  /** `<verb>/<what-it-shows>`. */
  readonly name: string;
  readonly folder: string;
  readonly cmd: string;
}

export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number;
}

const root = resolve(import.meta.dirname, "../..");
const top = join(root, "fixtures/cases");

export const goldenCases: readonly GoldenCase[] = foldersIn(top).flatMap((verb) =>
  foldersIn(join(top, verb)).map((shows) => {
    const folder = join(top, verb, shows);
    return { name: `${verb}/${shows}`, folder, cmd: readFileSync(join(folder, "cmd"), "utf8") };
  }),
);

function foldersIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

export function expected({ folder }: GoldenCase): Outcome {
  return {
    stdout: textIn(folder, "stdout"),
    stderr: textIn(folder, "stderr"),
    status: Number(textIn(folder, "status")),
  };
}

function textIn(folder: string, file: string): string {
  return readdirSync(folder).includes(file) ? readFileSync(join(folder, file), "utf8") : "";
}

export function accept({ folder }: GoldenCase, { stdout, stderr, status }: Outcome): void {
  const texts = { stdout, stderr, status: status === 0 ? "" : `${status}\n` };
  for (const [file, text] of Object.entries(texts)) {
    if (text === "") rmSync(join(folder, file), { force: true });
    else writeFileSync(join(folder, file), text);
  }
}

export function runCase({ cmd }: GoldenCase, programFolder: string): Promise<Outcome> {
  return runShell(cmd, programFolder);
}

/** A zone off by half an hour and nothing that says colour: neither may show in an answer. */
export function runShell(cmd: string, programFolder: string): Promise<Outcome> {
  const { PATH: path = "" } = process.env;
  const environment = {
    PATH: `${programFolder}:${path}`,
    HOME: programFolder,
    TZ: "America/St_Johns",
  };
  return new Promise((done) => {
    const child = execFile(
      "bash",
      ["-o", "pipefail", "-c", cmd],
      { cwd: root, env: environment, maxBuffer: 64 << 20 },
      (error, stdout, stderr) => done({ stdout, stderr, status: Number(error?.code ?? 0) }),
    );
    child.stdin?.end();
  });
}

/** A folder for PATH in which `trailhound` is the built program; to be removed afterwards. */
export function programFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "trailhound-golden-"));
  const program = join(folder, "trailhound");
  writeFileSync(program, `#!/bin/sh\nexec node '${join(root, "bin/trailhound.js")}' "$@"\n`);
  chmodSync(program, 0o755);
  return folder;
}

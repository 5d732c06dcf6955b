/**
 * The README's answers as terminals of usual widths show them, and those of a few more commands:
 * `fixtures/screens/<command>/<columns>`.
 */

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { runShell } from "./golden.ts";
import { examples } from "./readme.ts";

export interface Screen {
  readonly command: string;
  readonly columns: number;
  readonly file: string;
}

const root = resolve(import.meta.dirname, "../../fixtures/screens");

const more = readFileSync(join(root, "commands.txt"), "utf8").trimEnd().split("\n");

export const screens: readonly Screen[] = [
  ...examples.map(({ command }) => command),
  ...more,
].flatMap((command) =>
  [80, 100, 120].map((columns) => ({
    command,
    columns,
    file: join(root, command.replace(/[^A-Za-z0-9.]+/g, "-").slice(0, 100), String(columns)),
  })),
);

/** What the terminal shows, without progress and without colour. */
export async function shownOn({ command, columns }: Screen, programs: string): Promise<string> {
  const line = `stty cols ${columns} rows 50; export NO_COLOR=1; exec 2>/dev/null; ${command}`;
  const quoted = `'${line.replaceAll("'", "'\\''")}'`;
  const { stdout } = await runShell(`SHELL=/bin/bash script -qec ${quoted} /dev/null`, programs);
  // What `ask` took is another number each time.
  return stdout.replaceAll("\r\n", "\n").replace(/^\([\d.]+ m?s\)$/gm, "(… ms)");
}

export function expectedOn({ file }: Screen): string {
  return readFileSync(file, "utf8");
}

export function acceptOn({ file }: Screen, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

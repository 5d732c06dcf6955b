/**
 * The README, held to the program: what its `console` blocks say a command answers, and its table of
 * filters. In an answer, a line `...` stands for any lines.
 */

import { readFileSync } from "node:fs";
import { optionsFor } from "../../src/cli/options.ts";

export interface Example {
  /** One shell line, with `trailhound` on the path. */
  readonly command: string;
  readonly answer: string;
}

export const readme = readFileSync("README.md", "utf8");

/** The contents of the fenced blocks of one language. */
export function blocksOf(language: string): readonly string[] {
  const fenced = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "gms");
  return Array.from(readme.matchAll(fenced), ([, content = ""]) => content);
}

export const examples: readonly Example[] = blocksOf("console").flatMap((block) =>
  Array.from(block.matchAll(/^\$ (.*)\n((?:(?!\$ ).*\n)*)/gm), ([, command = "", answer = ""]) => ({
    command,
    answer,
  })),
);

/** Whether the lines of the pattern are those of the text, but for what `...` leaves out. */
export function fitsAnswer(pattern: string, text: string): boolean {
  const [first = "", ...others] = pattern.split(/^\.\.\.\n/m);
  if (others.length === 0) return pattern === text;
  let rest = text.startsWith(first) ? text.slice(first.length) : undefined;
  const last = others.pop() ?? "";
  for (const part of others) {
    const at = rest === undefined ? -1 : `\n${rest}`.indexOf(`\n${part}`);
    rest = at < 0 ? undefined : rest?.slice(at + part.length);
  }
  return rest?.endsWith(last) ?? false;
}

/** Every flag that says which events are meant, as `--help` lists them. */
export function filterTable(): string {
  const filters = optionsFor({ takes: ["filter"], readsLogs: false }).filter(
    ({ helpGroupHeading }) => helpGroupHeading?.startsWith("Filters"),
  );
  const rows = filters.map(
    ({ flags, description }) =>
      `| \`${flags.replaceAll("|", "\\|")}\` | ${description.replace(/[*|]/g, "\\$&")} |`,
  );
  return ["| flag | which events |", "|---|---|", ...rows, ""].join("\n");
}

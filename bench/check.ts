/**
 * What a gate of rules costs: the same rules over the same logs, beside counting by event name, which reads as
 * much.
 */

import { join } from "node:path";
import { writeRules } from "./generator/rules.ts";
import { type Command, measure } from "./measure.ts";
import { type Input, outputOf } from "./programs/program.ts";
import { trailhoundWith } from "./programs/trailhound.ts";
import { type CaseResults, type Round, summed } from "./results.ts";

export const ruleCounts = [60, 800] as const;

export async function runCheck(input: Input, rounds: number): Promise<CaseResults> {
  const commands: readonly (readonly [string, Command])[] = [
    ["trailhound, stats", trailhoundWith("stats", "--by", "eventName", input.path)],
    ...ruleCounts.flatMap((count): readonly (readonly [string, Command])[] => {
      const rules = writeRules(join(input.folder, `rules-${count}`), count);
      const flags = ["--fail-on", "never", "--format", "json"];
      const own = trailhoundWith("check", "--rules", rules, ...flags, input.path);
      const peer = rsigma(rules, input);
      return [
        [`trailhound, ${count} rules`, own],
        ...(peer === undefined ? [] : [[`rsigma, ${count} rules`, peer] as const]),
      ];
    }),
  ];
  const runs = new Map<string, Round[]>();
  // Round 0 brings the files into the page cache.
  for (let round = 0; round <= rounds; round++) {
    for (const [name, command] of commands) {
      const measured = await measure(command);
      if (measured.status !== 0 && measured.status !== 1) {
        throw new Error(`${name}: ${measured.stdout.slice(0, 2000)}${measured.stderr}`);
      }
      if (round > 0) runs.set(name, [...(runs.get(name) ?? []), { measured, figures: {} }]);
    }
  }
  return {
    question: "check",
    shape: input.shape,
    results: [...runs].map(([name, own]) => summed(name, own)),
    wrong: [],
  };
}

/** It reads records one a line. */
function rsigma(rules: string, { shape, path }: Input): Command | undefined {
  if (shape !== "ndjson" || outputOf("rsigma", "--version") === undefined) return undefined;
  return { file: "rsigma", arguments: ["engine", "eval", "--rules", rules, "--event", `@${path}`] };
}

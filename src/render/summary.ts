/**
 * `--out summary=$GITHUB_STEP_SUMMARY`: the answer for the page of a run of GitHub Actions.
 *
 * GitHub shows none of a step's summary that is larger than 1 MiB: of more rows the worst stay, as they
 * come first, and how many do not is said.
 */

import type { Answer } from "../query/answer.ts";
import type { Gap } from "../query/report.ts";
import { counted } from "./counts.ts";
import type { Format, Pieces, RenderOptions } from "./format.ts";
import { inline, markdown } from "./markdown.ts";

export const summary: Format = {
  name: "summary",
  summary: "the answer in Markdown, kept to the size of a step summary of GitHub Actions",
  machine: false,
  needsEvents: false,
  needsReport: true,
  isAppended: true,
  render,
};

/** With room left for what other steps of the script write. */
const mostBytes = 900_000;
const mostGaps = 20;

async function* render(answer: Answer, options: RenderOptions): Pieces {
  yield `## trailhound ${inline(answer.question)}\n\n`;
  let bytes = 0;
  let rows = 0;
  for await (const piece of markdown.render(answer, options)) {
    bytes += Buffer.byteLength(piece);
    if (bytes <= mostBytes) {
      yield piece;
    } else {
      bytes -= Buffer.byteLength(piece);
      rows += 1;
    }
  }
  if (rows > 0) yield `\n${counted(rows, "row")} left out, as a summary has no room for more.\n`;
  yield* gapLines(answer.report?.gaps ?? []);
}

function* gapLines(gaps: readonly Gap[]): Iterable<string> {
  if (gaps.length === 0) return;
  yield "\n### Not checked\n\n";
  for (const { problem, file, line, allowedBy } of gaps.slice(0, mostGaps)) {
    const place = [file, line].filter((part) => part !== undefined).join(":");
    const allowed = allowedBy === undefined ? "" : ` (let pass by ${allowedBy})`;
    yield `- ${inline(`${place === "" ? "" : `${place}: `}${problem}${allowed}`)}\n`;
  }
  const more = gaps.length - mostGaps;
  if (more > 0) yield `- and ${counted(more, "problem")} more\n`;
}

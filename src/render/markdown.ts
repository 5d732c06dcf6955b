/**
 * `--format markdown`: the answer for a ticket, a chat or a report, as GitHub reads Markdown. Text
 * from the log stays text: it becomes no markup, no HTML and no link.
 */

import type { Answer, Row, Section } from "../query/answer.ts";
import { separated } from "./blocks.ts";
import { bar, cellText, peopleSections } from "./cells.ts";
import { basisLines } from "./coverage-text.ts";
import type { Format, Pieces, RenderOptions } from "./format.ts";
import { signOf } from "./marks.ts";
import { safeText } from "./safe-text.ts";

const BAR_WIDTH = 20;

export const markdown: Format = {
  name: "markdown",
  summary: "the answer in words, then tables, for a ticket or a report",
  machine: false,
  needsEvents: false,
  render,
};

async function* render(answer: Answer, { timeZone }: RenderOptions): Pieces {
  yield* separated([
    ...answer.sentences.map((text, i) => [i === 0 ? `**${inline(text)}**\n` : `${inline(text)}\n`]),
    ...peopleSections(answer).map((section) =>
      section.layout === "text" ? codeText(section) : sectionText(section, timeZone),
    ),
    answer.hints.map((hint) => `- ${inline(hint)}\n`),
    basis(answer, timeZone),
  ]);
}

function* basis(answer: Answer, timeZone: string): Iterable<string> {
  for (const line of basisLines(answer.coverage?.(), timeZone)) yield `${inline(line)}\n`;
}

async function* sectionText(
  { title, columns, rows }: Section,
  timeZone: string,
): AsyncIterable<string> {
  let begun = false;
  for await (const row of rows) {
    if (!begun) {
      if (title !== undefined) yield `### ${inline(title)}\n\n`;
      yield tableLine(columns.map((column) => inline(column.title)));
      yield tableLine(columns.map(({ align }) => (align === "right" ? "---:" : "---")));
      begun = true;
    }
    yield tableLine(columns.map((_, i) => tableCell(row, i, timeZone)));
  }
}

/** Indented, as no text can end such a block. */
async function* codeText({ title, rows }: Section): AsyncIterable<string> {
  if (title !== undefined) yield `### ${inline(title)}\n\n`;
  for await (const { cells } of rows) yield `    ${safeText(cells[0]?.text ?? "")}\n`;
}

function tableLine(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |\n`;
}

function tableCell({ cells, mark }: Row, column: number, timeZone: string): string {
  const { share, ...cell } = cells[column] ?? { text: undefined };
  const words = [
    ...(column === 0 && mark !== undefined ? [signOf(mark)] : []),
    ...(share === undefined ? [] : [bar(share, BAR_WIDTH)]),
    cellText(cell, timeZone),
  ];
  return inline(words.join(" ").trim());
}

/** What could begin markup, or what GitHub makes into a link by itself. */
const active = /[\\`*_[\]~|#$@]|:(?=\/\/)|(?<=\bwww)\.|^[-+=]|(?<=^\d+)[.)]/gi;
const html = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
]);

/** Text that is nothing but text, on one line. */
export function inline(text: string): string {
  return safeText(text)
    .replace(active, "\\$&")
    .replace(/[&<>]/g, (character) => html.get(character) ?? character);
}

/**
 * `--format table`: the answer as words, then aligned columns, for a person at a terminal; in a pipe
 * the same without colour, and nothing cut or wrapped.
 */

import type { Answer, Row, Section } from "../query/answer.ts";
import { separated } from "./blocks.ts";
import { type Palette, palette, type Style } from "./colour.ts";
import { basisLines } from "./coverage-text.ts";
import type { Format, Pieces, RenderOptions } from "./format.ts";
import { filled, fits, GAP, headings, type Layout, layoutFor, rowLines } from "./layout.ts";
import { safeText } from "./safe-text.ts";
import { wrapped } from "./width.ts";

/**
 * Drawn by cli-table3, which takes 0.3 ms a row and, to measure a cell, time in the square of its
 * length. Rows after these, and sections that begin with overlong cells, are set here in its look.
 */
const DRAWN_ROWS = 200;

export const table: Format = {
  name: "table",
  summary: "the answer in words, then aligned columns",
  machine: false,
  needsEvents: false,
  render,
};

async function* render(answer: Answer, options: RenderOptions): Pieces {
  const style = await palette(options.colour);
  yield* separated([
    words(answer, options, style),
    ...answer.sections.map((section) => sectionText(section, options, style)),
    answer.hints.flatMap((hint) => paragraph(hint, options, style.plain)),
    basis(answer, options, style),
  ]);
}

function words({ sentences }: Answer, options: RenderOptions, style: Palette): readonly string[] {
  return sentences.flatMap((sentence, i) =>
    paragraph(sentence, options, i === 0 ? style.headline : style.plain),
  );
}

/** On a terminal, broken between words. */
function paragraph(text: string, { width }: RenderOptions, style: Style): readonly string[] {
  const safe = safeText(text);
  const lines = width === undefined ? [safe] : wrapped(safe, width);
  return lines.map((line) => `${style(line)}\n`);
}

/** A generator, because coverage is final only once the rows before it were read. */
function* basis(answer: Answer, options: RenderOptions, style: Palette): Iterable<string> {
  for (const line of basisLines(answer.coverage?.(), options.timeZone)) {
    yield* paragraph(line, options, style.dim);
  }
}

async function* sectionText(
  section: Section,
  options: RenderOptions,
  style: Palette,
): AsyncIterable<string> {
  let layout: Layout | undefined;
  for await (const rows of batches(section.rows)) {
    if (layout === undefined) {
      if (section.title !== undefined) yield `${style.heading(safeText(section.title))}\n`;
      layout = layoutFor(section, rows, options);
      yield await opening(section, rows, layout, style);
    } else {
      for (const row of rows) yield set(finished(row, layout, style));
    }
  }
}

async function* batches(rows: Section["rows"]): AsyncIterable<readonly Row[]> {
  let batch: Row[] = [];
  for await (const row of rows) {
    batch.push(row);
    if (batch.length === DRAWN_ROWS) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

/** The lines of each stack, filled up to its width and coloured. */
type Stacks = readonly (readonly string[])[];

/** The headings and the first rows. */
async function opening(
  section: Section,
  rows: readonly Row[],
  layout: Layout,
  style: Palette,
): Promise<string> {
  const head = headings(section, layout).map((titles) => titles.map(style.heading));
  const body = rows.map((row) => finished(row, layout, style));
  if (rows.every((row) => fits(row, layout))) return drawn(head, body);
  const rule = head.map((_, at) => ["─".repeat(layout.widths[at] ?? 0)]);
  return [head, rule, ...body].map(set).join("");
}

function finished(row: Row, layout: Layout, style: Palette): Stacks {
  return rowLines(row, layout).map((lines, at) => {
    const paint = painter(row, style, layout.stacks[at]);
    return lines.map((line) => filled(line, layout, at, paint(line)));
  });
}

/** The first stack shows the colour of the row's mark, the decisive row shows it all along. */
function painter({ mark, cells }: Row, style: Palette, [first = 0]: readonly number[] = []): Style {
  if (mark === "decisive" || (mark !== undefined && first === 0)) return style.marks[mark];
  return cells[first]?.share === undefined ? style.plain : style.bar;
}

async function drawn(head: Stacks, body: readonly Stacks[]): Promise<string> {
  const { default: Table } = await import("cli-table3");
  const cells = (stacks: Stacks) => stacks.map((lines) => lines.join("\n"));
  const grid = new Table({
    head: cells(head),
    chars: lightChars,
    // Without these, cli-table3 colours head and border even into a pipe.
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0, compact: true },
  });
  grid.push(...body.map(cells));
  return `${grid.toString().replace(/ +$/gm, "")}\n`;
}

/** A line under the headings, and nothing but room between the columns. */
const lightChars = {
  top: "",
  "top-left": "",
  "top-mid": "",
  "top-right": "",
  bottom: "",
  "bottom-left": "",
  "bottom-mid": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  right: "",
  "right-mid": "",
  mid: "─",
  "mid-mid": " ".repeat(GAP),
  middle: " ".repeat(GAP),
};

/** In the look of `drawn`. */
function set(stacks: Stacks): string {
  const lines = (stacks[0] ?? []).map((_, n) => stacks.map((stack) => stack[n]));
  return lines.map((line) => `${line.join(" ".repeat(GAP)).trimEnd()}\n`).join("");
}

/**
 * `--format table`: the answer as words, then aligned columns, for a person at a terminal; in a pipe
 * the same without colour, and nothing cut or wrapped.
 */

import type { Answer, Row, Section } from "../query/answer.ts";
import { separated } from "./blocks.ts";
import { peopleSections } from "./cells.ts";
import { type Palette, palette, type Style } from "./colour.ts";
import { basisLines } from "./coverage-text.ts";
import type { Format, Pieces, RenderOptions } from "./format.ts";
import { filled, fits, headings, type Layout, layoutFor, rowLines } from "./layout.ts";
import { safeText } from "./safe-text.ts";
import { GAP, GUTTER } from "./shape.ts";
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
  const { height = Number.POSITIVE_INFINITY } = options;
  const left: Left = { columns: new Set(), rows: 0 };
  let lines = 0;
  for await (const piece of separated([
    words(answer, options, style),
    ...peopleSections(answer, isFitted(options)).map((section) =>
      sectionText(section, options, style, left),
    ),
    answer.hints.flatMap((hint) => paragraph(hint, options, style.plain)),
    leftOut(left, options, style),
    basis(answer, options, style),
  ])) {
    lines += piece.split("\n").length - 1;
    yield piece;
  }
  const [headline] = answer.sentences;
  // By now it has left the screen.
  if (lines < height || headline === undefined) return;
  yield* ["\n", ...paragraph(headline, options, style.headline)];
}

/** Whether tables are fitted to a terminal. */
function isFitted({ width, wide }: RenderOptions): boolean {
  return width !== undefined && wide !== true;
}

/** What the tables do not show. */
interface Left {
  /** Titles of those that there was no room for. */
  readonly columns: Set<string>;
  /** Rows that others stand for. */
  rows: number;
}

/** A generator, because what there was no room for is known when the tables were laid out. */
function* leftOut(left: Left, options: RenderOptions, style: Palette) {
  const { columns, rows } = left;
  const parts = [
    ...(columns.size > 0 ? [`Not shown for want of room: ${[...columns].join(", ")}`] : []),
    ...(rows > 0 ? [`${columns.size > 0 ? "like" : "Like"} rows are shown as one`] : []),
  ];
  if (parts.length === 0) return;
  const all = rows > 0 ? "all" : "all columns";
  yield* paragraph(`${parts.join("; ")} (--wide shows ${all}).`, options, style.dim);
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
  left: Left,
): AsyncIterable<string> {
  let layout: Layout | undefined;
  const { width: _, ...wide } = options;
  const room = isFitted(options) ? options : { ...wide, width: undefined };
  for await (const { rows, isLast } of batches(section.rows)) {
    for (const { stands = 1 } of rows) left.rows += stands - 1;
    if (layout === undefined) {
      if (section.title !== undefined) yield `${style.heading(safeText(section.title))}\n`;
      layout = layoutFor(section, rows, room, isLast);
      for (const title of layout.left) left.columns.add(title);
      if (layout.said.length > 0) {
        yield* paragraph(commonWords(layout.said, rows.length), options, style.dim);
      }
      yield await opening(rows, layout, style);
    } else {
      for (const row of rows) yield set(finished(row, layout, style));
    }
  }
}

/** What leaves the table, said above it. */
function commonWords(said: readonly string[], rows: number): string {
  const text = said.join(", ");
  return rows > 1 ? `In all rows: ${text}` : text.charAt(0).toUpperCase() + text.slice(1);
}

interface Batch {
  readonly rows: readonly Row[];
  readonly isLast: boolean;
}

/** One row is read ahead, so that the last batch is known as such. */
async function* batches(rows: Section["rows"]): AsyncIterable<Batch> {
  let batch: Row[] = [];
  for await (const row of rows) {
    if (batch.length === DRAWN_ROWS) {
      yield { rows: batch, isLast: false };
      batch = [];
    }
    batch.push(row);
  }
  if (batch.length > 0) yield { rows: batch, isLast: true };
}

/** The lines of each column, filled up to its width and coloured. */
type Columns = readonly (readonly string[])[];

/** The headings and the first rows. */
async function opening(rows: readonly Row[], layout: Layout, style: Palette): Promise<string> {
  const head = headings(layout).map(style.heading);
  const body = rows.map((row) => finished(row, layout, style));
  if (rows.every((row) => fits(row, layout))) return drawn(head, body);
  const rule = head.map((_, at) => [
    "─".repeat((layout.widths[at] ?? 0) + (at === 0 ? GUTTER : 0)),
  ]);
  return [head.map((title) => [title]), rule, ...body].map(set).join("");
}

function finished(row: Row, layout: Layout, style: Palette): Columns {
  return rowLines(row, layout).map((lines, at) => {
    const paint = painter(row, style, at, layout);
    return lines.map((line) => filled(line, layout, at, paint(line)));
  });
}

/** The first column shows the colour of the row's mark, the decisive row shows it all along. */
function painter({ mark, cells }: Row, style: Palette, at: number, { columns }: Layout): Style {
  if (mark === "decisive" || (mark !== undefined && at === 0)) return style.marks[mark];
  return cells[columns[at]?.index ?? -1]?.share === undefined ? style.plain : style.bar;
}

async function drawn(head: readonly string[], body: readonly Columns[]): Promise<string> {
  const { default: Table } = await import("cli-table3");
  const grid = new Table({
    head: [...head],
    chars: lightChars,
    // Without these, cli-table3 colours head and border even into a pipe.
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0, compact: true },
  });
  grid.push(...body.map((columns) => columns.map((lines) => lines.join("\n"))));
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
function set(columns: Columns): string {
  const lines = (columns[0] ?? []).map((_, n) => columns.map((lines) => lines[n]));
  return lines.map((line) => `${line.join(" ".repeat(GAP)).trimEnd()}\n`).join("");
}

/**
 * How the rows of a section become aligned lines of text. The first rows fix it for all that follow.
 *
 * In a pipe nothing is ever cut or wrapped: a cell wider than its column pushes the rest of its line aside. On a
 * terminal a row of a table is one line; only details and running text are wrapped.
 */

import type { Cell, Row, Section } from "../query/answer.ts";
import { bar } from "./cells.ts";
import type { RenderOptions } from "./format.ts";
import { signOf } from "./marks.ts";
import { safeText } from "./safe-text.ts";
import { branchText, GAP, GUTTER, type Shape, type ShownColumn, shapeOf } from "./shape.ts";
import { shortenedList, shortening } from "./shorten.ts";
import { displayWidth, padding, wrapped } from "./width.ts";

/** No column is wider for the sake of a few long cells; those push the rest of their line aside. */
const WIDEST = 200;
/** No column is cut or wrapped to less as long as another can give way. */
const NARROWEST = 16;
const SHORTEST_BAR = 10;
const LONGEST_BAR = 40;

interface Bars {
  /** Length of a bar for the whole, the same in all columns, so that bars can be compared. */
  readonly scale: number;
  /** For each shown column, the share of its longest bar. */
  readonly peaks: readonly number[];
}

export interface Layout extends Pick<Shape, "said" | "left"> {
  readonly columns: readonly ShownColumn[];
  /** For each shown column, without the gutter. */
  readonly widths: readonly number[];
  readonly hasHeadings: boolean;
  /** The lines of a cell: one, but for what is wrapped. */
  lines(row: Row, at: number): readonly string[];
}

export function layoutFor(
  section: Section,
  rows: readonly Row[],
  options: RenderOptions,
  isAll: boolean,
): Layout {
  const { width: room = Number.POSITIVE_INFINITY } = options;
  const { layout = "table" } = section;
  const { columns, said, left } = shapeOf(section, rows, options, isAll);
  const hasHeadings = layout === "table";
  const natural = (bars: Bars) =>
    columns.map(({ column }, at) => {
      const texts = rows.map((row) => words(row, at, columns, bars));
      const heading = hasHeadings ? safeText(column.title) : "";
      return Math.min(Math.max(...[heading, ...texts].map(displayWidth)), WIDEST);
    });
  const peaks = columns.map(({ index }) =>
    Math.max(...rows.map(({ cells }) => cells[index]?.share ?? 0)),
  );
  const scale = Math.floor((room - total(natural({ peaks, scale: 0 }))) / Math.max(1, sum(peaks)));
  const bars = { peaks, scale: Math.min(Math.max(scale, SHORTEST_BAR), LONGEST_BAR) };
  const wanted = natural(bars);
  const texts = columns.map((_, at) => rows.map((row) => words(row, at, columns, bars)));
  const isTime = columns.map(({ index }) =>
    rows.some(({ cells }) => cells[index]?.time !== undefined),
  );
  const widths = narrowed({ columns, natural: wanted, texts, isTime }, room);
  const fitted = columns.map(({ index }, at): Fitted => {
    const width = widths[at] ?? 0;
    if (room === Number.POSITIVE_INFINITY) return one;
    if (!hasHeadings) return (text) => wrapped(text, width);
    const cut = shortening(texts[at] ?? [], width);
    return (text, { cells }) => {
      const items = itemsIn(cells[index]);
      return [
        items === undefined || displayWidth(text) <= width
          ? cut(text)
          : shortenedList(items.map(safeText), width),
      ];
    };
  });
  return {
    ...{ columns, widths, hasHeadings, said, left },
    lines: (row, at) => (fitted[at] ?? one)(words(row, at, columns, bars), row),
  };
}

/** The lines of a cell's text. */
type Fitted = (text: string, row: Row) => readonly string[];

function one(text: string): readonly string[] {
  return [text];
}

function itemsIn(cell: Cell | undefined): readonly string[] | undefined {
  if (cell === undefined) return undefined;
  const { items, value } = cell;
  return items ?? (Array.isArray(value) ? value : undefined);
}

/** `text` as wide as its column. `shown` is what to show for it: the same, with colour perhaps. */
export function filled(text: string, { columns, widths }: Layout, at: number, shown = text) {
  const blanks = padding(text, (widths[at] ?? 0) + gutter(at).length);
  return columns[at]?.column.align === "right" ? blanks + shown : shown + blanks;
}

/** The heading of each column, as wide as the column; none where there are no headings. */
export function headings(layout: Layout): readonly string[] {
  if (!layout.hasHeadings) return [];
  return layout.columns.map(({ column }, at) =>
    filled(gutter(at) + fittedHeading(column.title, layout.widths[at] ?? 0), layout, at),
  );
}

function fittedHeading(title: string, width: number): string {
  return shortening([safeText(title)], width)(safeText(title));
}

/** The lines of a row in each column, as many in all of them: safe, neither coloured nor filled up. */
export function rowLines(row: Row, layout: Layout): readonly (readonly string[])[] {
  const texts = layout.columns.map((_, at) => layout.lines(row, at));
  const height = Math.max(...texts.map(({ length }) => length));
  return texts.map((lines, at) =>
    Array.from({ length: height }, (_, n) => {
      return gutter(at, n === 0 ? signOf(row.mark) : "") + (lines[n] ?? "");
    }),
  );
}

/** False where some cell pushes the rest of its line aside. */
export function fits(row: Row, layout: Layout): boolean {
  return rowLines(row, layout).every((lines, at) =>
    lines.every((line) => displayWidth(line) <= (layout.widths[at] ?? 0) + gutter(at).length),
  );
}

function gutter(at: number, sign = ""): string {
  return at === 0 ? sign.padEnd(GUTTER) : "";
}

function words(
  row: Row,
  at: number,
  columns: readonly ShownColumn[],
  { scale, peaks }: Bars,
): string {
  const shown = columns[at];
  if (shown === undefined) return "";
  const cell = row.cells[shown.index];
  const text = branchText(row, shown) + shown.text(cell);
  if (cell?.share === undefined) return text;
  return `${bar(cell.share, scale).padEnd(Math.ceil((peaks[at] ?? 0) * scale))} ${text}`;
}

/** Takes from the column that loses least by it, first from those that may be cut, until all fit. */
function narrowed({ columns, natural, texts, isTime }: Narrowing, room: number): readonly number[] {
  const taken = [...natural];
  const loss = texts.map(lossAt);
  for (const [least, yields] of [
    [
      (at: number) => columns[at]?.column.least ?? NARROWEST,
      (at: number) => columns[at]?.column.wrap === true,
    ],
    [() => NARROWEST, (at: number) => isTime[at] !== true],
    [() => 1, () => true],
  ] as const) {
    while (total(taken) > room) {
      const costs = taken.map((width, at) =>
        yields(at) && width > least(at) ? (loss[at]?.(width) ?? 0) : Number.POSITIVE_INFINITY,
      );
      const cost = Math.min(...costs);
      if (cost === Number.POSITIVE_INFINITY) break;
      const at = costs.indexOf(cost);
      taken[at] = (taken[at] ?? 0) - 1;
    }
  }
  return taken;
}

interface Narrowing {
  readonly columns: readonly ShownColumn[];
  readonly natural: readonly number[];
  /** Of each column. */
  readonly texts: readonly (readonly string[])[];
  /** A time cut short is a wrong one. */
  readonly isTime: readonly boolean[];
}

/** A text that was whole loses more than one that is cut already, and a narrow column more than a wide one. */
function lossAt(texts: readonly string[]): (width: number) => number {
  const widths = texts.map(displayWidth);
  const counts = new Map<number, number>();
  for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1);
  let cut = 0;
  let below = Number.POSITIVE_INFINITY;
  return (width) => {
    // Columns only get narrower.
    if (width < below) {
      cut = widths.filter((one) => one > width).length;
      below = width;
    }
    return (4 * (counts.get(width) ?? 0) + cut) / width;
  };
}

function total(widths: readonly number[]): number {
  return GUTTER + sum(widths) + GAP * (widths.length - 1);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, number) => all + number, 0);
}

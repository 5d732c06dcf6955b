/**
 * How the rows of a section become aligned lines of text. The first rows fix it for all that follow; a
 * cell wider than its column pushes the rest of its line aside.
 *
 * Nothing is ever cut. On a terminal too narrow for the columns side by side, those that may be wrapped
 * are; where that is not enough, columns are stacked, and a row takes two lines or more.
 */

import type { Cell, Row, Section } from "../query/answer.ts";
import { bar, cellText } from "./cells.ts";
import type { RenderOptions } from "./format.ts";
import { signOf } from "./marks.ts";
import { safeText } from "./safe-text.ts";
import { displayWidth, padding, wrapped } from "./width.ts";

/** Blanks between two stacks. */
export const GAP = 2;
/** Blanks before the first stack, where a row's mark stands. */
const GUTTER = 2;
/** No column is wider for the sake of a few long cells; those push the rest of their line aside. */
const WIDEST = 200;
/** No column is wrapped to less. */
const NARROWEST = 16;
const SHORTEST_BAR = 10;
const LONGEST_BAR = 40;

interface Bars {
  /** Length of a bar for the whole, the same in all columns, so that bars can be compared. */
  readonly scale: number;
  /** For each column, the share of its longest bar. */
  readonly peaks: readonly number[];
}

/** The columns that stand one below the other; most often each is a stack of its own. */
type Stacks = readonly (readonly number[])[];

interface Fit {
  readonly stacks: Stacks;
  /** For each stack, gutter included. */
  readonly widths: readonly number[];
  /** For each stack; columns below each other are ragged, only one alone can be flush right. */
  readonly aligns: readonly ("left" | "right")[];
  /** For each column, the width at which its text is wrapped; Infinity for never. */
  readonly limits: readonly number[];
}

export interface Layout extends Fit {
  readonly timeZone: string;
  readonly bars: Bars;
}

export function layoutFor(section: Section, rows: readonly Row[], options: RenderOptions): Layout {
  const { timeZone, width: room = Number.POSITIVE_INFINITY } = options;
  const { columns } = section;
  const natural = (bars: Bars) =>
    columns.map(({ title }, i) => {
      const texts = rows.map(({ cells }) => words(cells[i], i, bars, timeZone));
      const heading = hasHeadings(section) ? safeText(title) : "";
      return Math.min(Math.max(...[heading, ...texts].map(displayWidth)), WIDEST);
    });

  const peaks = columns.map((_, i) => Math.max(...rows.map(({ cells }) => cells[i]?.share ?? 0)));
  const sides = columns.map((_, i) => [i]);
  const spare = room - total(stackWidths(sides, natural({ peaks, scale: 0 })));
  const scale = Math.floor(spare / Math.max(1, sum(peaks)));
  const bars = { peaks, scale: Math.min(Math.max(scale, SHORTEST_BAR), LONGEST_BAR) };
  return { timeZone, bars, ...fitted(section, natural(bars), room) };
}

/** `text` as wide as the stack. `shown` is what to show for it: the same, with colour perhaps. */
export function filled(text: string, { widths, aligns }: Fit, stack: number, shown = text): string {
  const blanks = padding(text, widths[stack] ?? 0);
  return aligns[stack] === "right" ? blanks + shown : shown + blanks;
}

/** The headings of each stack, a line each, as wide as the stack. */
export function headings(section: Section, fit: Fit): readonly (readonly string[])[] {
  if (!hasHeadings(section)) return [];
  const { columns } = section;
  return fit.stacks.map((stack, at) =>
    stack.map((i) => filled(gutter(at) + safeText(columns[i]?.title ?? ""), fit, at)),
  );
}

/** The lines of a row in each stack, as many in all of them: safe, neither coloured nor filled up. */
export function rowLines({ cells, mark }: Row, layout: Layout): readonly (readonly string[])[] {
  const { stacks, limits, bars, timeZone } = layout;
  const lines = stacks.map((): string[] => []);
  const tiers = stacks[0]?.length ?? 0;
  for (let tier = 0; tier < tiers; tier++) {
    const texts = stacks.map(({ [tier]: i = -1 }) =>
      wrapped(words(cells[i], i, bars, timeZone), limits[i] ?? Number.POSITIVE_INFINITY),
    );
    const height = Math.max(...texts.map(({ length }) => length));
    for (const [at, text] of texts.entries()) {
      for (let n = 0; n < height; n++) {
        const sign = tier + n === 0 ? signOf(mark) : "";
        lines[at]?.push(gutter(at, sign) + (text[n] ?? ""));
      }
    }
  }
  return lines;
}

/** False where some cell pushes the rest of its line aside. */
export function fits(row: Row, layout: Layout): boolean {
  return rowLines(row, layout).every((lines, at) =>
    lines.every((line) => displayWidth(line) <= (layout.widths[at] ?? 0)),
  );
}

function gutter(stack: number, sign = ""): string {
  return stack === 0 ? sign.padEnd(GUTTER) : "";
}

function words(
  cell: Cell = { text: undefined },
  column: number,
  { scale, peaks }: Bars,
  timeZone: string,
): string {
  const text = cellText(cell, timeZone);
  if (cell.share === undefined) return text;
  return `${bar(cell.share, scale).padEnd(Math.ceil((peaks[column] ?? 0) * scale))} ${text}`;
}

function hasHeadings({ layout = "table" }: Section): boolean {
  return layout === "table";
}

/** As few tiers as will do: one, as long as all columns fit side by side. */
function fitted(section: Section, natural: readonly number[], room: number): Fit {
  const most = section.layout === "details" ? 1 : section.columns.length;
  for (let tiers = 1; ; tiers++) {
    const fit = narrowed(section, natural, stacksOf(section.columns.length, tiers), room);
    if (tiers >= most || extent(fit.stacks, natural, fit.widths) <= room) return fit;
  }
}

/** `0 2 4` beside `1 3`, for five columns in three tiers. */
function stacksOf(count: number, tiers: number): Stacks {
  const across = Math.ceil(count / tiers);
  const stacks = Array.from({ length: across }, (): number[] => []);
  for (let i = 0; i < count; i++) stacks[i % across]?.push(i);
  return stacks;
}

/** Takes from the widest column that may be wrapped, until all fit or there is nothing to take. */
function narrowed(
  { columns }: Section,
  natural: readonly number[],
  stacks: Stacks,
  room: number,
): Fit {
  const taken = [...natural];
  const wraps = (i: number) => columns[i]?.wrap === true;
  let widths = stackWidths(stacks, taken);
  for (;;) {
    const widest = Math.max(...taken.filter((_, i) => wraps(i)));
    if (extent(stacks, taken, widths) <= room || widest <= NARROWEST) break;
    taken[taken.findIndex((width, i) => wraps(i) && width === widest)] = widest - 1;
    widths = stackWidths(stacks, taken);
  }
  const limits = columns.map((_, i) => {
    const at = stacks.findIndex((stack) => stack.includes(i));
    const limit = Math.max((widths[at] ?? 0) - gutter(at).length, NARROWEST);
    return wraps(i) && room !== Number.POSITIVE_INFINITY ? limit : Number.POSITIVE_INFINITY;
  });
  const aligns = stacks.map(([i = 0, ...others]) =>
    others.length === 0 ? (columns[i]?.align ?? "left") : "left",
  );
  return { stacks, widths, aligns, limits };
}

function stackWidths(stacks: Stacks, widths: readonly number[]): readonly number[] {
  const free = freeStack(stacks, widths.length);
  return stacks.map((stack, at) => {
    const held = at === free ? stack.slice(0, -1) : stack;
    return gutter(at).length + Math.max(...held.map((i) => widths[i] ?? 0));
  });
}

/** The stack whose last column is the last of all, with room on its line: it pushes nothing aside. */
function freeStack(stacks: Stacks, count: number): number | undefined {
  const at = stacks.findIndex((stack) => stack.length > 1 && stack.at(-1) === count - 1);
  return at < 0 || at === stacks.length - 1 ? undefined : at;
}

/** How far the longest line goes, with columns so wide in stacks so wide. */
function extent(
  stacks: Stacks,
  widths: readonly number[],
  stackedWidths: readonly number[],
): number {
  const free = freeStack(stacks, widths.length);
  const last =
    free === undefined
      ? 0
      : total([...stackedWidths.slice(0, free), gutter(free).length + (widths.at(-1) ?? 0)]);
  return Math.max(total(stackedWidths), last);
}

function total(widths: readonly number[]): number {
  return sum(widths) + GAP * (widths.length - 1);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, number) => all + number, 0);
}

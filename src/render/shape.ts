/**
 * What a table looks like in the room there is: which columns stand in it, how each shows a cell, and
 * what is said once above it instead.
 *
 * In a pipe there is room for everything. On a terminal a row takes one line, whatever its width: what all rows have
 * in common leaves the table, then columns of a high rank do, then long texts are cut in the middle.
 */

import { isGuid } from "../event/event-id.ts";
import type { Cell, Column, Row, Section } from "../query/answer.ts";
import { cellText, timeText } from "./cells.ts";
import type { RenderOptions } from "./format.ts";
import { safeText } from "./safe-text.ts";
import { idLength } from "./shorten.ts";
import { timeStyle } from "./times.ts";
import { displayWidth } from "./width.ts";

/** Blanks between two columns. */
export const GAP = 2;
/** Blanks before the first column, where a row's mark stands. */
export const GUTTER = 2;
/** Columns are kept as long as texts that may be cut have this much, or most of them fit. */
const COMFORTABLE = 20;
const MOST = 0.8;

export interface ShownColumn {
  /** Its place in a row's cells. */
  readonly index: number;
  readonly column: Column;
  /** Safe to print. */
  text(cell: Cell | undefined): string;
  /** Where a tree is drawn. */
  readonly isBranch?: boolean;
}

export interface Shape {
  readonly columns: readonly ShownColumn[];
  /** The same in all rows: `region us-east-1`. */
  readonly said: readonly string[];
  /** Titles of columns that there was no room for. */
  readonly left: readonly string[];
}

/** `isAll`: no more rows come after these. */
export function shapeOf(
  { columns, layout = "table", branch }: Section,
  rows: readonly Row[],
  { timeZone, width: room }: RenderOptions,
  isAll: boolean,
): Shape {
  const all = columns.map((column, index): ShownColumn => {
    return { index, column, text: (cell) => cellText(cell ?? none, timeZone) };
  });
  if (room === undefined || layout !== "table") return { columns: all, said: [], left: [] };
  const drawn = all.map((shown) => ({ ...shown, isBranch: shown.column.name === branch }));
  const cellsOf = ({ index }: ShownColumn) => rows.map(({ cells }) => cells[index] ?? none);
  const times = isAll ? rows.flatMap(({ cells }) => cells.flatMap(timesIn)) : [];
  const style = timeStyle(times, timeZone);
  const told = drawn
    .toSorted((a, b) => Number(b.isBranch) - Number(a.isBranch))
    .map((shown) => compact(shown, cellsOf(shown), style.shown))
    .map((shown) => ({
      ...shown,
      texts: rows.map((row) => branchText(row, shown) + shown.text(row.cells[shown.index])),
    }))
    // A column without a rank keeps its place, so that a table looks the same from answer to answer.
    .filter(({ column, texts }) => column.rank === undefined || texts.some((text) => text !== ""));
  const same = isAll && rows.length > 1 ? told.filter(isConstant) : [];
  const rest = told.filter((shown) => !same.includes(shown));
  const kept = fitting(rest, room);
  const out = rest.filter((shown) => !kept.includes(shown));
  // Of one row, whatever does not fit beside the rest can be said above it.
  const above = rows.length === 1 && isAll ? out : same;
  return {
    columns: rest.filter((shown) => kept.includes(shown)),
    said: [
      ...(style.said === undefined ? [] : [style.said]),
      ...above.map(({ column, texts: [text = ""] }) => `${lowered(column.title)} ${text}`),
    ],
    left: above === out ? [] : out.map(({ column }) => safeText(column.title)),
  };
}

/** The line that leads to a row from the one above it. */
export function branchText({ depth = 0 }: Row, { isBranch }: ShownColumn): string {
  return isBranch === true && depth > 0 ? `${"  ".repeat(depth - 1)}└ ` : "";
}

const none: Cell = { text: undefined };

function timesIn({ time, until }: Cell): readonly number[] {
  return [time, until].flatMap((one) => one ?? []);
}

interface Told extends ShownColumn {
  readonly texts: readonly string[];
}

/** With times by what differs, and ids by what tells them apart. */
function compact(
  shown: ShownColumn,
  cells: readonly Cell[],
  style: (time: number) => string,
): ShownColumn {
  if (shown.column.id === true) {
    const length = idLength(cells.flatMap(({ text = "" }) => (isGuid(text) ? [text] : [])));
    // Of another form of id the beginning would not be understood.
    return {
      ...shown,
      text: (cell) =>
        isGuid(cell?.text ?? "") ? shown.text(cell).slice(0, length) : shown.text(cell),
    };
  }
  if (cells.every(({ time }) => time === undefined)) return shown;
  return {
    ...shown,
    text: (cell = none) => timeText(cell, style) ?? shown.text(cell),
  };
}

function isConstant({ column, texts: [first, ...others] }: Told): boolean {
  return (
    column.rank !== undefined &&
    column.id !== true &&
    first !== "" &&
    others.every((text) => text === first)
  );
}

/** Columns by rank, as many as there is room for. */
function fitting(columns: readonly Told[], room: number): readonly Told[] {
  const kept: Told[] = [];
  let taken = GUTTER - GAP;
  for (const shown of columns.toSorted((a, b) => (a.column.rank ?? 0) - (b.column.rank ?? 0))) {
    const needed = GAP + neededBy(shown);
    if (shown.column.rank !== undefined && taken + needed > room) continue;
    kept.push(shown);
    taken += needed;
  }
  return kept;
}

function neededBy({ column, texts }: Told): number {
  const { title, wrap, least = COMFORTABLE } = column;
  const widths = texts.flatMap((text) => displayWidth(text) || []).sort((a, b) => a - b);
  const most = widths.at(wrap === true ? Math.ceil(widths.length * MOST) - 1 : -1) ?? 0;
  const needed = Math.max(displayWidth(safeText(title)), most);
  return wrap === true ? Math.min(needed, least) : needed;
}

function lowered(title: string): string {
  const safe = safeText(title);
  return /^[A-Z][a-z]/.test(safe) ? safe.charAt(0).toLowerCase() + safe.slice(1) : safe;
}

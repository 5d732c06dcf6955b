/**
 * What rows and cells say: values and whole events for programs, text for people.
 */

import { formatTime } from "../event/time.ts";
import type { Answer, Cell, CellValue, Column, Row, Section } from "../query/answer.ts";
import { safeText } from "./safe-text.ts";

type ProgramValue = string | CellValue | null;

/** For machine formats: typed where the cell is, times in UTC, null for nothing. */
export function cellValue({ value, time, text, share }: Cell): ProgramValue {
  if (value !== undefined) return value;
  if (time !== undefined) return formatTime(time, "UTC");
  return text ?? share ?? null;
}

/** Without what is laid out for reading only. */
export function programSections({ sections }: Answer): readonly Section[] {
  return sections.filter(({ layout }) => layout !== "text");
}

/** With like rows as one; as for a pipe, unless `terse`. */
export function peopleSections({ sections }: Answer, terse = false): readonly Section[] {
  return sections.map((section) => ({
    ...section,
    ...section.summary,
    ...(terse && section.terse !== undefined && { rows: section.terse }),
  }));
}

/** The rows of a section for formats that give whole events: one event spelled out is one row. */
export function programRows({ rows, event }: Section): Section["rows"] {
  return event === undefined ? rows : [{ cells: [], event }];
}

/** The same for formats that list nothing else: of rows that stand for several events, each event. */
export function recordRows(section: Section): Section["rows"] {
  return section.folded?.map((event) => ({ cells: [], event })) ?? programRows(section);
}

/** A row as an object of its columns. */
export function rowObject(columns: readonly Column[], row: Row): { [name: string]: ProgramValue } {
  // fromEntries makes even a column called __proto__ an own key.
  return Object.fromEntries(
    columns.map(({ name }, i) => [name, cellValue(row.cells[i] ?? { text: undefined })]),
  );
}

/** For human formats: hidden characters visible, times in the zone asked for. */
export function cellText(cell: Cell, timeZone: string): string {
  return timeText(cell, (time) => formatTime(time, timeZone)) ?? safeText(cell.text ?? "");
}

/** Undefined for a cell that holds no time. A stretch is told to the minute, its day where it ends on another. */
export function timeText(
  { time, until = time }: Cell,
  shown: (time: number) => string,
): string | undefined {
  if (time === undefined || until === undefined) return undefined;
  const [from, to] = [time, until].map((one) => shown(one).replace(/(\d\d:\d\d):[\d.]+/, "$1"));
  if (from === undefined || to === undefined || from === to) return shown(time);
  const day = /^.*[ T]/.exec(from)?.[0] ?? "";
  return `${from} to ${to.startsWith(day) ? to.slice(day.length) : to}`;
}

const eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/** A bar of block characters, `width` long for the whole; a share above 0 always shows. */
export function bar(share: number, width: number): string {
  const steps = Math.max(Math.round(share * width * 8), share > 0 ? 1 : 0);
  return "█".repeat(Math.floor(steps / 8)) + (eighths[steps % 8] ?? "");
}

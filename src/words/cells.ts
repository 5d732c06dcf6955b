/**
 * Cells that hold a number or a time, and the table of how often and when.
 */

import type { Cell, Section } from "../query/answer.ts";
import type { Tally } from "../query/coverage.ts";
import { grouped } from "./sentences.ts";

export function countCell(count: number | undefined): Cell {
  return count === undefined ? { text: undefined } : { text: grouped(count), value: count };
}

export function timeCell(time: number | undefined): Cell {
  return time === undefined ? { text: undefined } : { text: undefined, time };
}

/** `heading` is that of the values. */
export function talliesSection(
  name: string,
  title: string,
  heading: string,
  rows: readonly Tally[],
): Section {
  return {
    name,
    title,
    columns: [
      { name: "value", title: heading },
      { name: "events", title: "Events", align: "right" },
      { name: "first", title: "First", rank: 2 },
      { name: "last", title: "Last", rank: 1 },
    ],
    rows: rows.map(({ value, events, first, last }) => ({
      cells: [{ text: value }, countCell(events), timeCell(first), timeCell(last)],
    })),
  };
}

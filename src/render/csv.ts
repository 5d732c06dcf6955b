/**
 * `--format csv`: RFC 4180 with a header row, lines ended by LF, safe to open in a spreadsheet.
 *
 * An answer of several sections is one table still: a first column names the section, and each row
 * fills the columns its section has.
 */

import type { Answer, Cell } from "../query/answer.ts";
import { cellValue, programSections } from "./cells.ts";
import type { Format, Pieces } from "./format.ts";
import { safeText } from "./safe-text.ts";

export const csv: Format = {
  name: "csv",
  summary: "comma-separated with a header row, safe to open in a spreadsheet",
  machine: true,
  needsEvents: false,
  render,
};

async function* render(answer: Answer): Pieces {
  const sections = programSections(answer);
  const names = [...new Set(sections.flatMap(({ columns }) => columns.map(({ name }) => name)))];
  const several = sections.length > 1;
  yield csvLine(several ? ["section", ...names] : names);
  for (const { name: section, columns, rows } of sections) {
    const places = names.map((name) => columns.findIndex((column) => column.name === name));
    for await (const { cells } of rows) {
      const texts = places.map((place) => csvText(cells[place]));
      yield csvLine(several ? [section, ...texts] : texts);
    }
  }
}

function csvText(cell: Cell | undefined): string {
  const value = cell === undefined ? null : cellValue(cell);
  if (typeof value !== "object") return String(value);
  return cell?.text ?? (value === null ? "" : Object.values(value).join(" "));
}

function csvLine(texts: readonly string[]): string {
  return `${texts.map(csvField).join(",")}\n`;
}

/** What spreadsheets take for a formula, full-width forms included. */
const formula = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r]/;
const number = /^[+-]?\d+(?:\.\d+)?$/;

function csvField(text: string): string {
  const guarded = formula.test(text) && !number.test(text) ? `'${text}` : text;
  const safe = safeText(guarded);
  return /[",]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

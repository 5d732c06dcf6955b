/**
 * Rows of events for a terminal: those that differ only in time and in what they acted on are one row.
 *
 * Only neighbours are, so that what happened in between keeps its place; files of logs, which services deliver
 * all day long, are told behind the rest.
 */

import { isLogDelivery } from "../event/log-delivery.ts";
import type { Cell, Column, Row, Section } from "../query/answer.ts";
import { joinedSpan, type Span } from "../query/span.ts";
import { grouped, listed } from "./sentences.ts";

/** So many like rows, or more, are one. */
const fewest = 4;
/** As many rows are looked over at most, before one is told. */
const most = 10_000;

interface Run {
  /** All of them, as long as they are too few to be one. */
  readonly rows: Row[];
  count: number;
  span: Span;
  readonly things: Set<string>;
}

/** A listing with the usual columns; where the user chose the columns, each row is shown. */
export function listing(
  columns: readonly Column[],
  rows: Section["rows"],
): Pick<Section, "columns" | "rows" | "terse"> {
  const isUsual = Object.values(places(columns)).every((at) => at !== -1);
  return { columns, rows, ...(isUsual && { terse: likeAsOne(columns, rows) }) };
}

async function* likeAsOne(columns: readonly Column[], rows: Section["rows"]): AsyncIterable<Row> {
  const placed = places(columns);
  const delivered = new Map<string, Run>();
  let [run, key] = [emptyRun(), ""];
  for await (const row of rows) {
    const own = keyOf(row, placed);
    if (row.event !== undefined && isLogDelivery(row.event.record)) {
      const deliveries = delivered.get(own) ?? emptyRun();
      delivered.set(own, deliveries);
      add(deliveries, row, placed);
      continue;
    }
    if (own !== key || run.count === most) {
      yield* told(run, placed);
      [run, key] = [emptyRun(), own];
    }
    add(run, row, placed);
  }
  yield* told(run, placed);
  for (const deliveries of delivered.values()) yield* told(deliveries, placed);
}

interface Places {
  readonly time: number;
  readonly event: number;
  readonly what: number;
  readonly id: number;
}

function places(columns: readonly Column[]): Places {
  const at = (name: string) => columns.findIndex((column) => column.name === name);
  return { time: at("time"), event: at("event"), what: at("what"), id: at("eventID") };
}

function emptyRun(): Run {
  return { rows: [], count: 0, span: {}, things: new Set() };
}

/** What like rows have in common. */
function keyOf({ cells, mark, depth }: Row, { time, what, id }: Places): string {
  const same = cells.map((cell, at) => ([time, what, id].includes(at) ? null : cell.text));
  return JSON.stringify([mark, depth, same]);
}

function add(run: Run, row: Row, { time, what }: Places): void {
  run.count += 1;
  if (run.rows.length < fewest) run.rows.push(row);
  const at = row.cells[time]?.time;
  if (at !== undefined) run.span = joinedSpan(run.span, { first: at, last: at });
  const thing = row.cells[what]?.text;
  if (thing !== undefined && run.things.size < most) run.things.add(thing);
}

function told({ rows, count, span, things }: Run, placed: Places): readonly Row[] {
  const [row] = rows;
  const { first, last } = span;
  if (row === undefined || count < fewest) return rows;
  const names = [...things];
  const changed = new Map<number, Cell>([
    [placed.event, { text: `${row.cells[placed.event]?.text} ×${grouped(count)}` }],
    [placed.what, names.length < 2 ? { text: names[0] } : { text: listed(names), items: names }],
    ...(first === undefined || last === undefined
      ? []
      : [[placed.time, { text: undefined, time: first, until: last }] as const]),
  ]);
  return [{ ...row, cells: row.cells.map((cell, at) => changed.get(at) ?? cell), stands: count }];
}

/**
 * Asks a verb about an array of records, and reads its answer to the end.
 */

import type { CloudTrailRecord } from "../../src/event/record.ts";
import { parseMoment } from "../../src/event/time.ts";
import type { Cell, Row, Told } from "../../src/query/answer.ts";
import { everything } from "../../src/query/filter.ts";
import type { Scope, Verb } from "../../src/verbs/verb.ts";
import { readingOf } from "../support/plain-reading.ts";

export interface Asked {
  readonly answer: Told;
  /** The rows of each section, by its name. */
  readonly rows: ReadonlyMap<string, readonly Row[]>;
}

export async function asked(
  verb: Verb,
  records: readonly CloudTrailRecord[],
  scope: Partial<Scope> = {},
): Promise<Asked> {
  const answer = await verb.run(readingOf(records), {
    arguments: [],
    options: {},
    filter: everything,
    ignoreCase: false,
    descending: false,
    byHuman: false,
    timeZone: "UTC",
    moment: (text) => parseMoment(text, { now: Date.parse("2026-11-06T00:00:00Z") }),
    ...scope,
  });
  const rows = new Map<string, readonly Row[]>();
  for (const section of answer.sections) {
    const read: Row[] = [];
    for await (const row of section.rows) read.push(row);
    rows.set(section.name, read);
  }
  return { answer, rows };
}

/** What machine formats would give for a cell, times as epoch milliseconds. */
export function shownValue({ value, time, text }: Cell): unknown {
  return value ?? time ?? text;
}

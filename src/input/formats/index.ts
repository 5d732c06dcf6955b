/**
 * The input formats, in the order in which a document is held against them.
 */

import { array } from "./array.ts";
import { events } from "./events.ts";
import type { Format, Recognised } from "./format.ts";
import { others, usualOthers } from "./not-logs.ts";
import type { Opening } from "./opening.ts";
import { records } from "./records.ts";
import { unreadable } from "./unreadable.ts";

const formats: readonly Format[] = [records, array, usualOthers, events, unreadable, others];

export function recognise(opening: Opening): Recognised {
  for (const format of formats) {
    const recognised = format.recognise(opening);
    if (recognised !== undefined) return recognised;
  }
  throw new Error("the last format recognises everything");
}

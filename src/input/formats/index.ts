/**
 * The input formats, in the order in which a document is held against them.
 */

import { array } from "./array.ts";
import { cloudwatchLogs } from "./cloudwatch-logs.ts";
import { elastic } from "./elastic.ts";
import { eventbridge } from "./eventbridge.ts";
import { events } from "./events.ts";
import type { Format, Recognised } from "./format.ts";
import { lake } from "./lake.ts";
import { lookupEvents } from "./lookup-events.ts";
import { messages } from "./messages.ts";
import { others, usualOthers } from "./not-logs.ts";
import { ocsf } from "./ocsf.ts";
import { type Opening, readOpening, skipByteOrderMark, skipSpace } from "./opening.ts";
import { records } from "./records.ts";
import { splunk } from "./splunk.ts";
import { tables } from "./tables.ts";
import { unreadEvidence } from "./unread-evidence.ts";
import { unreadable } from "./unreadable.ts";

const formats: readonly Format[] = [
  messages,
  records,
  array,
  lookupEvents,
  eventbridge,
  cloudwatchLogs,
  splunk,
  elastic,
  lake,
  ocsf,
  tables,
  unreadEvidence,
  usualOthers,
  events,
  unreadable,
  others,
];

const envelopes: ReadonlySet<string> = new Set(formats.flatMap(({ envelopes }) => envelopes ?? []));

/** The next document, as far as its formats need to see it; undefined if there is none. */
export function openingOf(bytes: Uint8Array, from: number): Opening | undefined {
  return readOpening(bytes, skipByteOrderMark(bytes, skipSpace(bytes, from)), envelopes);
}

export function recognise(opening: Opening): Recognised {
  for (const format of formats) {
    const recognised = format.recognise(opening, recognise);
    if (recognised !== undefined) return recognised;
  }
  throw new Error("the last format recognises everything");
}

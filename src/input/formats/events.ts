/**
 * Records that stand by themselves: one a line, one after another, or a single one, pretty-printed or
 * not.
 *
 * Line by line is preferred where the first record fills its line, because a damaged line then costs
 * that line only.
 */

import type { Format } from "./format.ts";
import { looksLikeEvent, type Opening, readOpening } from "./opening.ts";

export const events: Format = {
  name: "events",
  recognise(opening) {
    const { bytes, at, end } = opening;
    const isEvent = looksLikeEvent(opening);
    if (isEvent && end !== undefined && endsWithLine(bytes, at, end)) {
      return { kind: "records", layout: "lines", at };
    }
    if (isEvent && end !== undefined) return { kind: "records", layout: "values", at };
    if (startsEventLine(opening)) return { kind: "records", layout: "lines", at };
    // Cut or damaged in its first record: what is there already may be an event's.
    if (isEvent || isCutInFirstKey(opening)) return { kind: "records", layout: "values", at };
    return undefined;
  },
};

/** The value stands on one line with nothing after it but white space. */
function endsWithLine(bytes: Uint8Array, at: number, end: number): boolean {
  for (let i = at; i < end; i += 1) if (bytes[i] === 0x0a) return false;
  for (let i = end; i < bytes.length; i += 1) {
    if (bytes[i] === 0x0a) return true;
    if (bytes[i] !== 0x20 && bytes[i] !== 0x09 && bytes[i] !== 0x0d) return false;
  }
  return true;
}

/** How many lines may precede the first sound one. */
const linesTried = 20;

/** The first line is damaged, but one soon after is an event. */
function startsEventLine({ bytes, at }: Opening): boolean {
  let from = at;
  for (let tried = 0; tried < linesTried; tried += 1) {
    const newline = bytes.indexOf(0x0a, from);
    if (newline < 0) return false;
    from = newline + 1;
    const line = bytes.subarray(0, lineEnd(bytes, from));
    if (line[from] !== 0x7b) continue;
    const opening = readOpening(line, from);
    if (opening?.end !== undefined && looksLikeEvent(opening)) return true;
  }
  return false;
}

function lineEnd(bytes: Uint8Array, from: number): number {
  const newline = bytes.indexOf(0x0a, from);
  return newline < 0 ? bytes.length : newline;
}

/** So little is there that it could be the beginning of any of our formats. */
function isCutInFirstKey({ bytes, at }: Opening): boolean {
  const most = 100;
  if (bytes.length - at > most) return false;
  const text = Buffer.from(bytes.subarray(at)).toString("latin1");
  return /^(?:\[\s*)?(?:\{\s*(?:"[A-Za-z]*"?\s*:?\s*)?)?$/.test(text);
}

/**
 * Where records begin and end, byte by byte: the meaning that the WebAssembly's masks must have.
 */

import { type Layout, recordsAtOnce, type Split } from "./kernel.ts";

export interface RecordSpan {
  readonly start: number;
  readonly end: number;
}

export interface PlainSplit extends Omit<Split, "count"> {
  readonly places: readonly RecordSpan[];
}

const newline = 0x0a;
const quote = 0x22;
const comma = 0x2c;
const backslash = 0x5c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const spaces = new Set([0x20, 0x09, newline, 0x0d]);
const scalarStarts = new Set(Buffer.from("-0123456789tfn"));
const scalarByte = /[-+.0-9A-Za-z]/;

const depthLimit = 1000;

/** Splits the whole of `bytes`; places are offsets in it. */
export function plainSplit(bytes: Uint8Array, layout: Layout, final: boolean): PlainSplit {
  return layout === "lines" ? splitLines(bytes, final) : splitValues(bytes, layout, final);
}

function splitLines(bytes: Uint8Array, final: boolean): PlainSplit {
  const places: RecordSpan[] = [];
  let from = 0;
  for (;;) {
    const found = bytes.indexOf(newline, from);
    if (found < 0 && !final) return { places, consumed: from, state: "more" };
    const to = found < 0 ? bytes.length : found;
    const place = trimmed(bytes, from, to);
    if (place.start < place.end) places.push(place);
    if (found < 0) return { places, consumed: bytes.length, state: "more" };
    from = found + 1;
    if (places.length === recordsAtOnce) return { places, consumed: from, state: "full" };
  }
}

function trimmed(bytes: Uint8Array, from: number, to: number): RecordSpan {
  let start = from;
  let end = to;
  while (start < end && spaces.has(bytes[start] ?? 0)) start += 1;
  while (start < end && spaces.has(bytes[end - 1] ?? 0)) end -= 1;
  return { start, end };
}

function splitValues(bytes: Uint8Array, layout: "elements" | "values", final: boolean): PlainSplit {
  const places: RecordSpan[] = [];
  const isSeparator = (byte = 0) => spaces.has(byte) || (layout === "elements" && byte === comma);
  let at = 0;
  for (;;) {
    while (at < bytes.length && isSeparator(bytes[at])) at += 1;
    if (at === bytes.length) return { places, consumed: at, state: "more" };
    if (places.length === recordsAtOnce) return { places, consumed: at, state: "full" };
    if (layout === "elements" && bytes[at] === closeBracket) {
      return { places, consumed: at + 1, state: "end" };
    }
    const end = valueEnd(bytes, at, final && layout === "values");
    if (typeof end === "string") {
      const state = end === "unclosed" && !final ? "more" : "broken";
      return { places, consumed: at, state };
    }
    places.push({ start: at, end });
    at = end;
  }
}

type ValueEnd = number | "unclosed" | "not a value";

function valueEnd(bytes: Uint8Array, at: number, lastMayEnd: boolean): ValueEnd {
  const first = bytes[at] ?? 0;
  if (first === openBrace || first === openBracket) return closedEnd(bytes, at, first);
  if (first === quote) return stringEnd(bytes, at);
  if (!scalarStarts.has(first)) return "not a value";
  let end = at + 1;
  while (end < bytes.length && scalarByte.test(String.fromCharCode(bytes[end] ?? 0))) end += 1;
  return end < bytes.length || lastMayEnd ? end : "unclosed";
}

/**
 * Counts the brackets of the opening one's kind: in JSON the others are balanced within. Outside of a
 * string a backslash is damage, and hides a quote or backslash as it would inside.
 */
function closedEnd(bytes: Uint8Array, from: number, open: number): ValueEnd {
  let depth = 0;
  for (let at = from; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === quote) {
      const end = stringEnd(bytes, at);
      if (typeof end === "string") return end;
      at = end - 1;
    } else if (byte === backslash) {
      if (bytes[at + 1] === quote || bytes[at + 1] === backslash) at += 1;
    } else if (byte === open) {
      depth += 1;
      if (depth > depthLimit) return "not a value";
    } else if (byte === open + 2) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return "unclosed";
}

function stringEnd(bytes: Uint8Array, from: number): ValueEnd {
  for (let at = from + 1; at < bytes.length; at += 1) {
    if (bytes[at] === backslash) at += 1;
    else if (bytes[at] === quote) return at + 1;
  }
  return "unclosed";
}

/**
 * JSON text that is safe to look at and says exactly what was meant: hidden characters stand as
 * `\u` escapes, so a terminal shows them and a parser gets them back.
 */

import { hidden } from "./safe-text.ts";

/** Any JSON value, on one line. */
export function jsonText(value: unknown): string {
  return escaped(JSON.stringify(value));
}

/** A record's own text on one line, for what parsing would lose: long numbers, repeated keys. */
export function recordText(bytes: Uint8Array): string {
  const oneLine = lineBreaking.every((byte) => !bytes.includes(byte));
  return escaped(utf8.decode(oneLine ? bytes : withoutLayout(bytes)));
}

/** Escapes what may stand raw in JSON only inside strings; the text holds no line ends of its own. */
export function escaped(json: string): string {
  return json.replace(hidden, unicodeEscapes);
}

function unicodeEscapes(character: string): string {
  let text = "";
  for (let i = 0; i < character.length; i++) {
    text += `\\u${character.charCodeAt(i).toString(16).padStart(4, "0")}`;
  }
  return text;
}

const utf8 = new TextDecoder();
/** In JSON, tabs and line ends stand only between values. */
const lineBreaking = [0x09, 0x0a, 0x0d];
const SPACE = 0x20;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

// A loop and no regex: V8's backtracking stack overflows on a string of a few megabytes.
function withoutLayout(bytes: Uint8Array): Uint8Array {
  const kept = new Uint8Array(bytes.length);
  let length = 0;
  let inString = false;
  let afterBackslash = false;
  for (const byte of bytes) {
    if (!inString && byte <= SPACE) continue;
    if (byte === QUOTE && !afterBackslash) inString = !inString;
    afterBackslash = byte === BACKSLASH && !afterBackslash;
    kept[length++] = byte;
  }
  return kept.subarray(0, length);
}

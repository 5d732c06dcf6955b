/**
 * The opening of a document: enough of its first bytes to tell what it is.
 *
 * Looked at once per document, so this reads bytes one by one and stays simple; the records
 * themselves are the kernel's work.
 */

import { eventKeysAmong } from "./event-keys.ts";

export interface Key {
  readonly name: string;
  /** Where the value begins. */
  readonly valueAt: number;
  /** Where it ends, if it was read to its end. */
  readonly valueEnd: number | undefined;
}

/** The first JSON value of a text, as far as the bytes at hand show it. */
export interface Opening {
  readonly bytes: Uint8Array;
  /** Where the value begins. */
  readonly at: number;
  readonly kind: "object" | "array" | "other";
  /** Keys of an object, in order, as far as seen. */
  readonly keys: readonly Key[];
  /** Where an object ends, if it was read to its end. */
  readonly end: number | undefined;
}

/** A document is recognised by what is within this many bytes of its beginning. */
export const openingBytes = 64 * 1024;

const quote = 0x22;
const backslash = 0x5c;
const newline = 0x0a;

const none: ReadonlySet<string> = new Set();

/** Undefined when there is nothing but white space. For `envelopes` see `readKeys`. */
export function readOpening(
  bytes: Uint8Array,
  from: number,
  envelopes: ReadonlySet<string> = none,
): Opening | undefined {
  const at = skipSpace(bytes, from);
  if (at === bytes.length) return undefined;
  const first = bytes[at];
  if (first === 0x5b) return { bytes, at, kind: "array", keys: [], end: undefined };
  if (first !== 0x7b) return { bytes, at, kind: "other", keys: [], end: undefined };
  return { bytes, at, kind: "object", ...readKeys(bytes, at + 1, envelopes) };
}

/**
 * The keys of an object from `from` on, where one of them or a comma stands. They end with the object,
 * where the bytes end or make no sense, or with an array under the key of an envelope: walking over
 * its records here would cost a second pass.
 */
export function readKeys(
  bytes: Uint8Array,
  from: number,
  envelopes: ReadonlySet<string>,
): Pick<Opening, "keys" | "end"> {
  const keys: Key[] = [];
  let at = skipSpace(bytes, from);
  while (bytes[at] !== 0x7d) {
    if (bytes[at] === 0x2c) at = skipSpace(bytes, at + 1);
    const keyEnd = bytes[at] === quote ? skipString(bytes, at) : undefined;
    if (keyEnd === undefined) return { keys, end: undefined };
    const colon = skipSpace(bytes, keyEnd);
    if (bytes[colon] !== 0x3a) return { keys, end: undefined };
    const valueAt = skipSpace(bytes, colon + 1);
    const name = Buffer.from(bytes.subarray(at + 1, keyEnd - 1)).toString();
    const isEnvelope = bytes[valueAt] === 0x5b && envelopes.has(name);
    const valueEnd = isEnvelope ? undefined : skipValue(bytes, valueAt);
    keys.push({ name, valueAt, valueEnd });
    if (valueEnd === undefined) return { keys, end: undefined };
    at = skipSpace(bytes, valueEnd);
  }
  return { keys, end: at + 1 };
}

/** The place of the first record, if the keys lead to the array of an envelope. */
export function recordsAt(
  bytes: Uint8Array,
  keys: readonly Key[],
  envelope: string,
): number | undefined {
  const key = keys.at(-1);
  return key?.name === envelope && isArray(bytes, key) ? key.valueAt + 1 : undefined;
}

function isArray(bytes: Uint8Array, { valueAt }: Key): boolean {
  return bytes[valueAt] === 0x5b;
}

/** Whether an object is a CloudTrail record: it has two keys of one, so that a stray `eventName` in
 *  another kind of log does not make it one. If it is cut off, one key will do. */
export function looksLikeEvent(opening: Opening): boolean {
  const count = eventKeysAmong(opening.keys.map(({ name }) => name));
  return count >= 2 || (count === 1 && isCutOff(opening));
}

/** The value does not end within the bytes at hand. */
function isCutOff({ bytes, at }: Opening): boolean {
  return skipValue(bytes, at) === undefined;
}

export function skipByteOrderMark(bytes: Uint8Array, at: number): number {
  return bytes[at] === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf ? at + 3 : at;
}

export function skipSpace(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && isSpace(bytes[at])) at += 1;
  return at;
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

function skipString(bytes: Uint8Array, from: number): number | undefined {
  for (let at = from + 1; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === quote) return at + 1;
    if (byte === backslash && bytes[at + 1] !== newline) at += 1;
    // No text of JSON goes on over the end of a line: its end is missing.
    else if (byte === newline) return undefined;
  }
  return undefined;
}

/** The end of the value that begins at `from`; brackets are counted, not matched by kind. */
export function skipValue(bytes: Uint8Array, from: number): number | undefined {
  let depth = 0;
  for (let at = from; at < bytes.length; ) {
    const byte = bytes[at];
    if (byte === quote) {
      const end = skipString(bytes, at);
      if (end === undefined) return undefined;
      at = end;
      if (depth === 0) return at;
      continue;
    }
    if (byte === 0x7b || byte === 0x5b) depth += 1;
    else if (byte === 0x7d || byte === 0x5d) {
      depth -= 1;
      if (depth < 0) return at;
      if (depth === 0) return at + 1;
    } else if (depth === 0 && at > from && (byte === 0x2c || isSpace(byte))) return at;
    at += 1;
  }
  return undefined;
}

/**
 * The opening of a document: enough of its first bytes to tell what it is.
 *
 * Looked at once per document, so this reads bytes one by one and stays simple; the records
 * themselves are the kernel's work.
 */

export interface Key {
  readonly name: string;
  /** Where the value begins. */
  readonly valueAt: number;
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

const quote = 0x22;
const backslash = 0x5c;

/** Undefined when there is nothing but white space. */
export function readOpening(bytes: Uint8Array, from: number): Opening | undefined {
  const at = skipSpace(bytes, from);
  if (at === bytes.length) return undefined;
  const first = bytes[at];
  if (first === 0x5b) return { bytes, at, kind: "array", keys: [], end: undefined };
  if (first !== 0x7b) return { bytes, at, kind: "other", keys: [], end: undefined };
  const keys: Key[] = [];
  const end = readKeys(bytes, at + 1, keys);
  return { bytes, at, kind: "object", keys, end };
}

/** Fills `keys`; gives the end of the object, or undefined where the bytes end or make no sense. */
function readKeys(bytes: Uint8Array, from: number, keys: Key[]): number | undefined {
  let at = from;
  for (;;) {
    at = skipSpace(bytes, at);
    if (bytes[at] === 0x7d) return at + 1;
    if (bytes[at] === 0x2c && keys.length > 0) at = skipSpace(bytes, at + 1);
    if (bytes[at] !== quote) return undefined;
    const keyEnd = skipString(bytes, at);
    if (keyEnd === undefined) return undefined;
    const colon = skipSpace(bytes, keyEnd);
    if (bytes[colon] !== 0x3a) return undefined;
    const valueAt = skipSpace(bytes, colon + 1);
    keys.push({ name: Buffer.from(bytes.subarray(at + 1, keyEnd - 1)).toString(), valueAt });
    // The records of a trail file are what follows; walking over them here would cost a second pass.
    if (keys.at(-1)?.name === "Records" && bytes[valueAt] === 0x5b) return undefined;
    const valueEnd = skipValue(bytes, valueAt);
    if (valueEnd === undefined) return undefined;
    at = valueEnd;
  }
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
    if (bytes[at] === backslash) at += 1;
    else if (bytes[at] === quote) return at + 1;
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

const eventKeys: ReadonlySet<string> = new Set([
  "eventVersion",
  "eventTime",
  "eventSource",
  "eventName",
  "eventID",
  "userIdentity",
  "eventType",
  "sourceIPAddress",
]);

/** Whether an object with these keys is a CloudTrail record: two keys of its own, so that a stray
 *  `eventName` in another kind of log does not make it one. */
export function looksLikeEvent(keys: readonly Key[]): boolean {
  let own = 0;
  for (const { name } of keys) if (eventKeys.has(name)) own += 1;
  return own >= 2 && !keys.some(({ name }) => name === "s3" || name === "Sns");
}

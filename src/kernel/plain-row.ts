/**
 * One record's values, by JSON.parse: what the WebAssembly must say of every record that it vouches
 * for.
 */

import { hashId } from "./id-hash.ts";
import type { KernelSpec } from "./kernel.ts";

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export interface PlainRow {
  readonly time: number;
  /** Undefined without an identifier. */
  readonly id: Uint32Array | undefined;
  /** JSON text for each column; undefined where the value is absent or null. */
  readonly values: readonly (string | undefined)[];
  readonly tokens: readonly string[];
}

/** Not an error: the record is one that the caller has to read itself. */
class Irregular extends Error {}

const depthLimit = 200;
/** A number of many digits, or what looks like one in a string. */
const longNumber = /(?<=[:,[]\s*)-?\d(?:\.?\d){15,}(?![\d.eE])/g;
const timeForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

/** Undefined: the record is irregular. */
export function readRow(text: string, spec: KernelSpec): PlainRow | undefined {
  try {
    if (losesDigits(text)) return undefined;
    const record = JSON.parse(text) as Json;
    if (!isObject(record)) return undefined;
    const id = valueAt(record, spec.id);
    return {
      time: timeOf(valueAt(record, spec.time)),
      id: typeof id === "string" && id !== "" ? hashId(Buffer.from(content(id))) : undefined,
      values: spec.columns.map(({ path }) => jsonText(valueAt(record, path))),
      tokens: spec.tokens.flatMap((path) => [...tokensOf(valueAt(record, path), 0)]),
    };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof Irregular) return undefined;
    throw error;
  }
}

/** JSON.parse does not tell apart what the kernel keeps as written. */
function losesDigits(text: string): boolean {
  return Array.from(text.matchAll(longNumber)).some(
    ([number]) => String(Number(number)) !== number,
  );
}

function isObject(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Null where the path leads nowhere, as an empty one does. */
function valueAt(record: Json, path: readonly string[]): Json {
  if (path.length === 0) return null;
  let value = record;
  for (const key of path) {
    if (Array.isArray(value) && value.length > 0) throw new Irregular();
    if (!isObject(value)) return null;
    const folded = key.toLowerCase();
    if (Object.keys(value).some((other) => other !== key && other.toLowerCase() === folded)) {
      throw new Irregular();
    }
    value = Object.hasOwn(value, key) ? (value[key] ?? null) : null;
  }
  return value;
}

function timeOf(value: Json): number {
  if (value === null) return Number.NaN;
  if (typeof value !== "string" || !timeForm.test(value)) throw new Irregular();
  const time = Date.parse(value);
  // Days that the month does not have may count into the next one.
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 19) !== value.slice(0, 19)) {
    throw new Irregular();
  }
  return time;
}

function jsonText(value: Json): string | undefined {
  return value === null ? undefined : JSON.stringify(value, finite);
}

/** JSON.parse reads 1e999 as a number that JSON cannot write. */
function finite(_: string, value: unknown): unknown {
  if (typeof value === "number" && !Number.isFinite(value)) throw new Irregular();
  return value;
}

function* tokensOf(value: Json, depth: number): Iterable<string> {
  if (depth > depthLimit) throw new Irregular();
  if (typeof value === "string") yield content(value);
  else if (typeof value === "number") yield JSON.stringify(value, finite);
  else if (Array.isArray(value)) {
    for (const element of value) yield* tokensOf(element, depth + 1);
  } else if (isObject(value)) {
    for (const [key, inner] of Object.entries(value)) {
      if (typeof inner === "object" && inner !== null) yield content(key);
      yield* tokensOf(inner, depth + 1);
    }
  }
}

/** A string as it stands between the quotes. */
function content(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/**
 * The JSON of one CloudTrail record, and how to look inside it.
 *
 * A record is what the log file holds, parsed and otherwise untouched: nothing
 * about its shape is believed. Every reader below survives any JSON value, however deep: nothing
 * here calls itself.
 */

import { foldCase } from "./fold-case.ts";

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/** A record as delivered; `event/` is the only place that reads meaning into it. */
export type CloudTrailRecord = JsonObject;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Undefined for what is no JSON or no object. */
export function parseRecord(bytes: Uint8Array): CloudTrailRecord | undefined {
  try {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
    const value: unknown = parseJson(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A number that may be written otherwise than JavaScript writes it, or what looks like one in a string. */
const oddNumber =
  /\d(?:\.?\d){15}|(?:^|[:[,])\s*(?:-?\d[\d.]*[eE]|-?\d+\.\d*0(?!\d)|-?0\.0{6}|-0(?![\d.]))/;
const stringOrNumber = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/gs;

/**
 * As JSON.parse, but that a number which JavaScript would write otherwise is its text: one of more digits than it
 * tells apart, `1e3`, `1.50`.
 */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  return oddNumber.test(text) ? JSON.parse(text.replace(stringOrNumber, asText)) : value;
}

function asText(written: string): string {
  return written.startsWith('"') || String(Number(written)) === written ? written : `"${written}"`;
}

/**
 * Every value other than null at the end of the path. Arrays on the way and at the end are entered.
 * A key is matched exactly if the object has it, else without regard to case: one service writes
 * `ARN` and the next `arn`.
 */
export function valuesAt(record: CloudTrailRecord, path: readonly string[]): readonly Json[] {
  return reach(record, path, spellings);
}

/** As `valuesAt`, but a key counts only as spelled, which is how the kernel reads its columns. */
export function valuesSpelled(record: CloudTrailRecord, path: readonly string[]): readonly Json[] {
  let value: Json = record;
  for (const key of path) {
    if (Array.isArray(value)) return reach(record, path, asSpelled);
    if (!isObject(value) || !Object.hasOwn(value, key)) return [];
    value = value[key] ?? null;
  }
  return Array.isArray(value) ? itemsOf([value]) : value === null ? [] : [value];
}

/**
 * What stands at the end of the path, keys as spelled: arrays on the way are entered, one at the end is a
 * value itself, and so is null.
 */
export function valuesEndingAt(record: CloudTrailRecord, path: readonly string[]): readonly Json[] {
  const last = path.at(-1) ?? "";
  return reach(record, path.slice(0, -1), asSpelled).flatMap((value) =>
    isObject(value) && Object.hasOwn(value, last) ? [value[last] ?? null] : [],
  );
}

/**
 * The values at a path of the field catalogue, as text. An empty text is no value: AWS writes
 * `accessKeyId: ""` where there is none.
 */
export function textsAt(record: CloudTrailRecord, path: string): readonly string[] {
  const values = valuesSpelled(record, keysOf(path));
  const [only, ...others] = values;
  if (typeof only === "string" && others.length === 0) return only === "" ? [] : [only];
  return values.map(textOf).filter((text) => text !== "");
}

/** Paths come from the program, never from a log: there are few of them. */
const knownPaths = new Map<string, readonly string[]>();

function keysOf(path: string): readonly string[] {
  const keys = knownPaths.get(path) ?? path.split(".");
  knownPaths.set(path, keys);
  return keys;
}

function reach(
  record: CloudTrailRecord,
  path: readonly string[],
  keysIn: (object: JsonObject, key: string) => readonly string[],
): readonly Json[] {
  let reached: readonly Json[] = [record];
  for (const key of path) {
    const values = reached.flatMap((value) =>
      isObject(value) ? keysIn(value, key).map((found) => value[found] ?? null) : [],
    );
    reached = itemsOf(values);
  }
  return reached;
}

function asSpelled(object: JsonObject, key: string): readonly string[] {
  return Object.hasOwn(object, key) ? [key] : [];
}

function spellings(object: JsonObject, key: string): readonly string[] {
  if (Object.hasOwn(object, key)) return [key];
  const folded = foldCase(key);
  return Object.keys(object).filter((other) => foldCase(other) === folded);
}

/** The values with every array replaced by its items, and without nulls. */
export function itemsOf(values: readonly Json[]): readonly Json[] {
  if (!values.some(isNullOrArray)) return values;
  const items: Json[] = [];
  const pending = values.toReversed();
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (Array.isArray(value)) {
      for (let i = value.length - 1; i >= 0; i--) pending.push(value[i]);
    } else if (value !== null) items.push(value);
  }
  return items;
}

function isNullOrArray(value: Json): boolean {
  return value === null || Array.isArray(value);
}

/** A value as text: strings as they are, everything else as its JSON. */
export function textOf(value: Json): string {
  return typeof value === "string" ? value : jsonOf(value);
}

/** What JSON.stringify gives, which fails on deep nesting. */
function jsonOf(value: Json): string {
  const written: string[] = [];
  // Strings in here are JSON already; `pieces` sees to that.
  const pending: Json[] = [value];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (typeof next === "string") written.push(next);
    else if (next === null || typeof next !== "object") written.push(JSON.stringify(next));
    else for (const piece of pieces(next).reverse()) pending.push(piece);
  }
  return written.join("");
}

/** An array or object one level down: its brackets, commas and keys around the values in it. */
function pieces(container: readonly Json[] | JsonObject): Json[] {
  const inside: Json[] = [];
  for (const [key, value] of Object.entries(container)) {
    if (value === undefined) continue;
    const comma = inside.length > 0 ? "," : "";
    inside.push(isObject(container) ? `${comma}${JSON.stringify(key)}:` : comma);
    inside.push(typeof value === "string" ? JSON.stringify(value) : value);
  }
  return isObject(container) ? ["{", ...inside, "}"] : ["[", ...inside, "]"];
}

/**
 * Needles: texts to be found in records. ASCII letters are taken without regard to case: needles come in
 * lower case, and capitals differ from those in one bit. A needle may be a key's end, with what its value
 * must begin with.
 */

import { COLON, QUOTE } from "./bytes";
import { enlarge, release } from "./memory";
import { ends, starts } from "./split";

const NEEDLE_TEXT = 0;
const NEEDLE_LENGTH = 4;
const NEEDLE_ANCHOR = 8;
const NEEDLE_VALUES = 12;
export const NEEDLE_BYTES = 16;
export let needles: usize = 0;
let needlesRoom: u32 = 0;
export let needleCount: u32 = 0;

/** Needles are told apart by a bit each, which those from the ninth on share in turn. */
export const BITS: u32 = 8;

@inline
export function bitOf(needle: usize): u8 {
  const number = ((needle - needles) / NEEDLE_BYTES) as u32;
  return ((1 as u32) << (number & (BITS - 1))) as u8;
}

/** The bits of all needles before that one; of none there are none but that the record is kept. */
export function allBits(end: usize): u8 {
  const before = ((end - needles) / NEEDLE_BYTES) as u32;
  return before >= BITS ? 0xff : ((((1 as u32) << before) - 1) as u8);
}

/** The record that the search has come to. */
export let record: usize = 0;
export let recordStart: usize = 0;
export let recordEnd: usize = 0;

export function clearNeedles(): void {
  for (let index: u32 = 0; index < needleCount; index++) {
    const needle = needles + index * NEEDLE_BYTES;
    release(textOf(needle));
    if (valuesOf(needle)) release(valuesOf(needle));
  }
  needleCount = 0;
}

/**
 * Adds a needle, whose text and values become this module's, to be released with it. `values` is 0, or a
 * table: the place in it of the first value for each opening, and then the values, each of four bytes or
 * more, with the place of the next one of its opening and its length before it. The places are filled in
 * here; `valuesEnd` is the table's size.
 */
export function addNeedle(
  text: usize,
  length: usize,
  anchor: usize,
  values: usize,
  valuesEnd: usize,
): void {
  if (needleCount == needlesRoom) {
    needlesRoom = max<u32>(8, needlesRoom * 2);
    needles = enlarge(needles, needleCount * NEEDLE_BYTES, needlesRoom * NEEDLE_BYTES);
  }
  const needle = needles + needleCount * NEEDLE_BYTES;
  store<usize>(needle, text, NEEDLE_TEXT);
  store<usize>(needle, length, NEEDLE_LENGTH);
  store<usize>(needle, anchor, NEEDLE_ANCHOR);
  store<usize>(needle, values, NEEDLE_VALUES);
  needleCount++;
  if (values) joinByOpening(values, valuesEnd);
}

/** Openings of a table of values; `valueOpenings` in wasm-kernel.ts. */
const OPENINGS: u32 = 256;
const VALUE_LENGTH = 4;
const VALUE_TEXT = 8;

function joinByOpening(values: usize, end: usize): void {
  for (let at: usize = OPENINGS << 2; at < end; ) {
    const value = values + at;
    const first = values + placeOfOpening(load<u32>(value, VALUE_TEXT) | SMALL);
    store<u32>(value, load<u32>(first));
    store<u32>(first, at as u32);
    at += VALUE_TEXT + (load<u32>(value, VALUE_LENGTH) as usize);
  }
}

@inline
function placeOfOpening(opening: u32): usize {
  return (((opening * 0x9e3779b1) >>> 24) << 2) as usize;
}

export function enter(base: usize, next: usize): void {
  record = next;
  recordStart = base + load<u32>(starts + (next << 2));
  recordEnd = base + load<u32>(ends + (next << 2));
}

@inline
export function textOf(needle: usize): usize {
  return load<usize>(needle, NEEDLE_TEXT);
}

@inline
function valuesOf(needle: usize): usize {
  return load<usize>(needle, NEEDLE_VALUES);
}

@inline
export function anchorOf(needle: usize): usize {
  return textOf(needle) + load<usize>(needle, NEEDLE_ANCHOR);
}

/** A needle of a single byte has no second one to look for. */
@inline
export function hasPair(needle: usize): bool {
  return load<usize>(needle, NEEDLE_LENGTH) > 1;
}

@inline
export function isLowerCase(byte: u8): bool {
  return byte >= 0x61 && byte <= 0x7a;
}

/** Whether the record holds the needle, its anchor at `place`. */
export function holds(needle: usize, place: usize): bool {
  const length = load<usize>(needle, NEEDLE_LENGTH);
  const start = place - load<usize>(needle, NEEDLE_ANCHOR);
  if (start < recordStart || !begins(start, textOf(needle), length)) return false;
  const values = valuesOf(needle);
  return !values || leadsTo(values, start + length);
}

/** Whether the text stands at the place, within the record. */
function begins(start: usize, text: usize, length: usize): bool {
  if (start + length > recordEnd) return false;
  for (let at: usize = 0; at < length; at++) {
    const wanted = load<u8>(text + at);
    const byte = load<u8>(start + at);
    if (byte != wanted && !(isLowerCase(wanted) && byte == wanted - 0x20)) return false;
  }
  return true;
}

/** What makes ASCII letters small, and other bytes that differ stay different enough for a first look. */
const SMALL: u32 = 0x20202020;

/** Whether a colon and one of the values follow, or a value that is no text and so may hold them. */
function leadsTo(values: usize, from: usize): bool {
  let at = pastSpace(from);
  if (at >= recordEnd || load<u8>(at) != COLON) return false;
  at = pastSpace(at + 1);
  if (at >= recordEnd || load<u8>(at) != QUOTE) return true;
  at++;
  // In most records the first four bytes tell that it is none of the values.
  let place = load<u32>(values + placeOfOpening(load<u32>(at) | SMALL));
  for (; place; place = load<u32>(values + place)) {
    const value = values + place;
    if (begins(at, value + VALUE_TEXT, load<u32>(value, VALUE_LENGTH))) return true;
  }
  return false;
}

function pastSpace(from: usize): usize {
  let at = from;
  while (at < recordEnd && load<u8>(at) <= 0x20) at++;
  return at;
}

/**
 * Which records hold a needle. Of each needle two neighbouring bytes, its anchor, are looked for at
 * 64 places at a time; where they stand the whole is compared. ASCII letters are taken without
 * regard to case: needles come in lower case, and capitals differ from those in one bit. A needle may
 * be a key's end, with what its value must begin with.
 */

import { BACKSLASH, COLON, QUOTE, anyEqual64, equal64, mask64 } from "./bytes";
import { allocate, enlarge, release } from "./memory";
import { count, ends, keepFirst, starts } from "./split";

const NEEDLE_TEXT = 0;
const NEEDLE_LENGTH = 4;
const NEEDLE_ANCHOR = 8;
const NEEDLE_VALUES = 12;
const NEEDLE_BYTES = 16;
let needles: usize = 0;
let needlesRoom: u32 = 0;
let needleCount: u32 = 0;

let marks: usize = 0;
let marksRoom: u32 = 0;

/** The record that the search has come to. */
let record: usize = 0;
let recordStart: usize = 0;
let recordEnd: usize = 0;

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

/**
 * Keeps the records of the last split that hold a needle. The last needle must be `\u`: of that one
 * a backslash is looked for.
 */
export function keepHolding(base: usize): void {
  if (!count) return;
  if (marksRoom < count) {
    release(marks);
    marksRoom = count + (count >> 1);
    marks = allocate(marksRoom);
  }
  memory.fill(marks, 0, count);
  enter(base, 0);
  const limit = base + load<u32>(ends + (((count - 1) as usize) << 2));
  const escape = needles + (needleCount - 1) * NEEDLE_BYTES;
  const second = needles + NEEDLE_BYTES;
  if (escape == second && hasPair(needles)) markOne(base, limit, escape);
  else if (escape == second + NEEDLE_BYTES && hasPair(needles) && hasPair(second))
    markTwo(base, limit, escape);
  else markSeveral(base, limit, escape);
  keepMarked();
}

function keepMarked(): void {
  let kept: u32 = 0;
  for (let each: u32 = 0; each < count; each++) {
    const from = (each as usize) << 2;
    const to = (kept as usize) << 2;
    store<u32>(starts + to, load<u32>(starts + from));
    store<u32>(ends + to, load<u32>(ends + from));
    kept += load<u8>(marks + each);
  }
  keepFirst(kept);
}

function enter(base: usize, next: usize): void {
  record = next;
  recordStart = base + load<u32>(starts + (next << 2));
  recordEnd = base + load<u32>(ends + (next << 2));
}

@inline
function textOf(needle: usize): usize {
  return load<usize>(needle, NEEDLE_TEXT);
}

@inline
function valuesOf(needle: usize): usize {
  return load<usize>(needle, NEEDLE_VALUES);
}

@inline
function anchorOf(needle: usize): usize {
  return textOf(needle) + load<usize>(needle, NEEDLE_ANCHOR);
}

/** A needle of a single byte has no second one to look for. */
@inline
function hasPair(needle: usize): bool {
  return load<usize>(needle, NEEDLE_LENGTH) > 1;
}

@inline
function isLowerCase(byte: u8): bool {
  return byte >= 0x61 && byte <= 0x7a;
}

/** Whether the record holds the needle, its anchor at `place`. */
function holds(needle: usize, place: usize): bool {
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

function markOne(base: usize, limit: usize, escape: usize): void {
  const needle = needles;
  const first = anchorByte(needle, 0);
  const second = anchorByte(needle, 1);
  const small = i8x16.splat(0x20);
  const backslash = i8x16.splat(BACKSLASH);
  let at = recordStart;
  while (at < limit) {
    let next = at + 64;
    const a = v128.load(at);
    const b = v128.load(at, 16);
    const c = v128.load(at, 32);
    const d = v128.load(at, 48);
    const pairA = pair(v128.or(a, small), behind(at, small), first, second);
    const pairB = pair(v128.or(b, small), behind(at + 16, small), first, second);
    const pairC = pair(v128.or(c, small), behind(at + 32, small), first, second);
    const pairD = pair(v128.or(d, small), behind(at + 48, small), first, second);
    const pairs = v128.or(v128.or(pairA, pairB), v128.or(pairC, pairD));
    if (v128.any_true(v128.or(pairs, anyEqual64(a, b, c, d, backslash)))) {
      let places = mask64(pairA, pairB, pairC, pairD) | equal64(a, b, c, d, backslash);
      for (; places; places &= places - 1) {
        const place = at + (ctz(places) as usize);
        if (place >= limit) return;
        while (recordEnd <= place) enter(base, record + 1);
        if (holds(needle, place) || holds(escape, place)) {
          store<u8>(marks + record, 1);
          next = recordEnd;
          break;
        }
      }
    }
    at = next;
  }
}

/** Two needles are told by comparing twice in less time than by the tables for many. */
function markTwo(base: usize, limit: usize, escape: usize): void {
  const needle = needles;
  const other = needles + NEEDLE_BYTES;
  const first = anchorByte(needle, 0);
  const second = anchorByte(needle, 1);
  const otherFirst = anchorByte(other, 0);
  const otherSecond = anchorByte(other, 1);
  const small = i8x16.splat(0x20);
  const backslash = i8x16.splat(BACKSLASH);
  let at = recordStart;
  while (at < limit) {
    let next = at + 64;
    const a = v128.load(at);
    const b = v128.load(at, 16);
    const c = v128.load(at, 32);
    const d = v128.load(at, 48);
    const pairA = eitherPair(a, at, small, first, second, otherFirst, otherSecond);
    const pairB = eitherPair(b, at + 16, small, first, second, otherFirst, otherSecond);
    const pairC = eitherPair(c, at + 32, small, first, second, otherFirst, otherSecond);
    const pairD = eitherPair(d, at + 48, small, first, second, otherFirst, otherSecond);
    const pairs = v128.or(v128.or(pairA, pairB), v128.or(pairC, pairD));
    if (v128.any_true(v128.or(pairs, anyEqual64(a, b, c, d, backslash)))) {
      let places = mask64(pairA, pairB, pairC, pairD) | equal64(a, b, c, d, backslash);
      for (; places; places &= places - 1) {
        const place = at + (ctz(places) as usize);
        if (place >= limit) return;
        while (recordEnd <= place) enter(base, record + 1);
        if (holds(needle, place) || holds(other, place) || holds(escape, place)) {
          store<u8>(marks + record, 1);
          next = recordEnd;
          break;
        }
      }
    }
    at = next;
  }
}

/** A byte of the anchor for comparing with bytes whose 0x20 is set, which only lets more through. */
@inline
function anchorByte(needle: usize, index: usize): v128 {
  return i8x16.splat(load<u8>(anchorOf(needle) + index) | 0x20);
}

@inline
function behind(at: usize, small: v128): v128 {
  return v128.or(v128.load(at, 1), small);
}

@inline
function pair(bytes: v128, next: v128, first: v128, second: v128): v128 {
  return v128.and(i8x16.eq(bytes, first), i8x16.eq(next, second));
}

@inline
function eitherPair(
  bytes: v128,
  at: usize,
  small: v128,
  first: v128,
  second: v128,
  otherFirst: v128,
  otherSecond: v128,
): v128 {
  const here = v128.or(bytes, small);
  const next = behind(at, small);
  return v128.or(pair(here, next, first, second), pair(here, next, otherFirst, otherSecond));
}

// Several needles at once: four tables say for each half of a byte (low or high four bits, of the
// first or second byte of an anchor) which needles it fits. The needles share eight bits in turn.

const tables = memory.data(64, 16);
const BITS: usize = 8;

function fit(table: usize, byte: u8, bit: u8): void {
  const low = table + (byte & 15);
  const high = table + 16 + (byte >> 4);
  store<u8>(low, load<u8>(low) | bit);
  store<u8>(high, load<u8>(high) | bit);
  if (isLowerCase(byte)) store<u8>(high - 2, load<u8>(high - 2) | bit);
}

function fitAll(table: usize, bit: u8): void {
  for (let half = table; half < table + 32; half++) store<u8>(half, load<u8>(half) | bit);
}

function markSeveral(base: usize, limit: usize, escape: usize): void {
  memory.fill(tables, 0, 64);
  let bit: u8 = 1;
  for (let needle = needles; needle < escape; needle += NEEDLE_BYTES) {
    fit(tables, load<u8>(anchorOf(needle)), bit);
    if (hasPair(needle)) fit(tables + 32, load<u8>(anchorOf(needle), 1), bit);
    else fitAll(tables + 32, bit);
    bit = rotl(bit, 1);
  }
  const low0 = v128.load(tables);
  const high0 = v128.load(tables, 16);
  const low1 = v128.load(tables, 32);
  const high1 = v128.load(tables, 48);
  const nothing = i8x16.splat(0);
  const backslash = i8x16.splat(BACKSLASH);
  let at = recordStart;
  while (at < limit) {
    let next = at + 64;
    const a = v128.load(at);
    const b = v128.load(at, 16);
    const c = v128.load(at, 32);
    const d = v128.load(at, 48);
    const fitA = fitting(a, at, low0, high0, low1, high1);
    const fitB = fitting(b, at + 16, low0, high0, low1, high1);
    const fitC = fitting(c, at + 32, low0, high0, low1, high1);
    const fitD = fitting(d, at + 48, low0, high0, low1, high1);
    const fits = v128.or(v128.or(fitA, fitB), v128.or(fitC, fitD));
    if (v128.any_true(v128.or(fits, anyEqual64(a, b, c, d, backslash)))) {
      let places = ~equal64(fitA, fitB, fitC, fitD, nothing) | equal64(a, b, c, d, backslash);
      for (; places; places &= places - 1) {
        const place = at + (ctz(places) as usize);
        if (place >= limit) return;
        while (recordEnd <= place) enter(base, record + 1);
        if (holdsFitting(place, escape) || holds(escape, place)) {
          store<u8>(marks + record, 1);
          next = recordEnd;
          break;
        }
      }
    }
    at = next;
  }
}

/** For each of 16 places the bits of the needles whose anchor fits there. */
@inline
function fitting(bytes: v128, at: usize, low0: v128, high0: v128, low1: v128, high1: v128): v128 {
  return v128.and(halves(bytes, low0, high0), halves(v128.load(at, 1), low1, high1));
}

@inline
function halves(bytes: v128, low: v128, high: v128): v128 {
  const half = i8x16.splat(15);
  return v128.and(
    i8x16.swizzle(low, v128.and(bytes, half)),
    i8x16.swizzle(high, v128.and(i16x8.shr_u(bytes, 4), half)),
  );
}

function holdsFitting(place: usize, escape: usize): bool {
  const first = load<u8>(place) as usize;
  const second = load<u8>(place, 1) as usize;
  let fits: u32 =
    load<u8>(tables + (first & 15)) &
    load<u8>(tables + (first >> 4), 16) &
    load<u8>(tables + (second & 15), 32) &
    load<u8>(tables + (second >> 4), 48);
  for (; fits; fits &= fits - 1) {
    let needle = needles + (ctz(fits) as usize) * NEEDLE_BYTES;
    for (; needle < escape; needle += BITS * NEEDLE_BYTES) {
      if (holds(needle, place)) return true;
    }
  }
  return false;
}

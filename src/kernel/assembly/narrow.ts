/**
 * Which records hold a needle. Of each needle two neighbouring bytes, its anchor, are looked for at
 * 64 places at a time; where they stand the whole is compared.
 */

import { BACKSLASH, anyEqual64, equal64, mask64 } from "./bytes";
import { fitNeedles, fitting, fittingAt, tables } from "./fitting";
import { allocate, release } from "./memory";
import { NEEDLE_BYTES, allBits, anchorOf, bitOf, enter, hasPair, holds, needleCount, needles, record, recordEnd, recordStart } from "./needles";
import { count, ends, keepFirst, starts } from "./split";

/** A byte for each record: the bits of the needles that it holds. */
export let marks: usize = 0;
let marksRoom: u32 = 0;
/** Of a record with all of these nothing more is to be told. */
let wanted: u8 = 0;

/**
 * Keeps the records of the last split that hold a needle, and their marks. The last needle must be `\u`: of
 * that one a backslash is looked for, and it stands for all needles.
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
  wanted = allBits(escape);
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
    const mark = load<u8>(marks + each);
    store<u8>(marks + kept, mark);
    kept += mark ? 1 : 0;
  }
  keepFirst(kept);
}

/**
 * Marks the records of these places, of 64 from `at` on, that hold a needle. Gives where to go on: a record
 * that holds all of them need not be looked at any more.
 */
function markPlace(
  places: u64,
  at: usize,
  base: usize,
  limit: usize,
  escape: usize,
  several: bool,
): usize {
  for (; places; places &= places - 1) {
    const place = at + (ctz(places) as usize);
    if (place >= limit) return limit;
    while (recordEnd <= place) enter(base, record + 1);
    let mark: u8 = 0xff;
    if (!holds(escape, place)) {
      mark = several ? fittingAt(place, escape) : heldAt(place, escape);
      if (!mark) continue;
    }
    mark |= load<u8>(marks + record);
    store<u8>(marks + record, mark);
    if ((mark & wanted) == wanted) return recordEnd;
  }
  return at + 64;
}

/** The bits of the needles, of a few, that stand at the place. */
function heldAt(place: usize, escape: usize): u8 {
  let bits: u8 = 0;
  for (let needle = needles; needle < escape; needle += NEEDLE_BYTES) {
    if (holds(needle, place)) bits |= bitOf(needle);
  }
  return bits;
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
      const places = mask64(pairA, pairB, pairC, pairD) | equal64(a, b, c, d, backslash);
      next = markPlace(places, at, base, limit, escape, false);
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
      const places = mask64(pairA, pairB, pairC, pairD) | equal64(a, b, c, d, backslash);
      next = markPlace(places, at, base, limit, escape, false);
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

function markSeveral(base: usize, limit: usize, escape: usize): void {
  fitNeedles(escape);
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
      const places = ~equal64(fitA, fitB, fitC, fitD, nothing) | equal64(a, b, c, d, backslash);
      next = markPlace(places, at, base, limit, escape, true);
    }
    at = next;
  }
}

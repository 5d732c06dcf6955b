/**
 * Several needles at once: four tables say for each half of a byte (low or high four bits, of the first or
 * second byte of an anchor) which needles it fits, by the needles' bits.
 */

import { BITS, NEEDLE_BYTES, anchorOf, bitOf, hasPair, holds, isLowerCase, needles } from "./needles";

export const tables = memory.data(64, 16);

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

/** Fills the tables in for all needles before `escape`. */
export function fitNeedles(escape: usize): void {
  memory.fill(tables, 0, 64);
  for (let needle = needles; needle < escape; needle += NEEDLE_BYTES) {
    const bit = bitOf(needle);
    fit(tables, load<u8>(anchorOf(needle)), bit);
    if (hasPair(needle)) fit(tables + 32, load<u8>(anchorOf(needle), 1), bit);
    else fitAll(tables + 32, bit);
  }
}

/** For each of 16 places the bits of the needles whose anchor fits there. */
@inline
export function fitting(bytes: v128, at: usize, low0: v128, high0: v128, low1: v128, high1: v128): v128 {
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

/** The bits of the needles that stand at the place. */
export function fittingAt(place: usize, escape: usize): u8 {
  const first = load<u8>(place) as usize;
  const second = load<u8>(place, 1) as usize;
  let fits: u32 =
    load<u8>(tables + (first & 15)) &
    load<u8>(tables + (first >> 4), 16) &
    load<u8>(tables + (second & 15), 32) &
    load<u8>(tables + (second >> 4), 48);
  let bits: u8 = 0;
  for (; fits; fits &= fits - 1) {
    let needle = needles + (ctz(fits) as usize) * NEEDLE_BYTES;
    for (; needle < escape; needle += BITS * NEEDLE_BYTES) {
      if (holds(needle, place)) bits |= bitOf(needle);
    }
  }
  return bits;
}

/**
 * The slices of a record that become codes. They are looked up together when the record has been read:
 * all hashes first, then all slots, then all entries, so that the waits for memory overlap. And a
 * record that turns out irregular has left nothing in the dictionaries.
 */

import { add, entryLength, find, firstSlot, hash } from "./dictionary";
import { isStringContent, isValue } from "./json";
import { allocate } from "./memory";

const AT = 0;
const LENGTH = 4;
const DICTIONARY = 8;
const TARGET = 12;
const HASH = 16;
const HELD = 24;
const SLICE_BYTES = 32;

/** Slices that are held at most; who gathers more calls `resolve` in between. */
export const SLICES_ROOM: u32 = 256;

const slices = allocate(SLICES_ROOM * SLICE_BYTES);
const slicesEnd = slices + SLICES_ROOM * SLICE_BYTES;
let top: usize = slices;

export function discard(): void {
  top = slices;
}

// @ts-ignore: decorator
@inline
export function isFull(): bool {
  return top == slicesEnd;
}

/** Wants the slice's code in `dictionary` to be stored at `target`. */
// @ts-ignore: decorator
@inline
export function gather(at: usize, length: usize, dictionary: usize, target: usize): void {
  store<usize>(top, at, AT);
  store<usize>(top, length, LENGTH);
  store<usize>(top, dictionary, DICTIONARY);
  store<usize>(top, target, TARGET);
  top += SLICE_BYTES;
}

/**
 * Stores the codes of all slices gathered. False if one of them is no JSON: of the dictionary `tokens`
 * the content of a string (or a number, which is as good), of the others a value.
 */
export function resolve(tokens: usize): bool {
  const end = top;
  top = slices;
  for (let slice = slices; slice < end; slice += SLICE_BYTES) {
    const wanted = hash(load<usize>(slice, AT), load<usize>(slice, LENGTH));
    store<u32>(slice, wanted, HASH);
    store<u64>(slice, load<u64>(firstSlot(load<usize>(slice, DICTIONARY), wanted)), HELD);
  }
  for (let slice = slices; slice < end; slice += SLICE_BYTES) {
    // Loads the entry into the cache; an empty slot's is at address 0.
    store<usize>(slice, entryLength(load<usize>(slice, HELD)), HELD);
  }
  for (let slice = slices; slice < end; slice += SLICE_BYTES) {
    const at = load<usize>(slice, AT);
    const length = load<usize>(slice, LENGTH);
    const dictionary = load<usize>(slice, DICTIONARY);
    const wanted = load<u32>(slice, HASH);
    let code = find(dictionary, wanted, at, length);
    if (!code) {
      const isJson = dictionary == tokens ? isStringContent(at, at + length) : isValue(at, at + length);
      if (!isJson) return false;
      code = add(dictionary, wanted, at, length);
    }
    store<u32>(load<usize>(slice, TARGET), code);
  }
  return true;
}

/**
 * Distinct byte strings and their codes. An entry (code, length, bytes) stays where it was put, in
 * chunks; a table of places finds it by code, an open addressing table of (hash, place) by content.
 */

import { firstOf16, same } from "./bytes";
import { allocate, enlarge, release } from "./memory";

const SIZE = 0;
const PLACES = 4;
const PLACES_ROOM = 8;
const SLOTS = 12;
const SLOTS_ROOM = 16;
const CHUNK = 20;
const CHUNK_END = 24;
const CHUNK_SIZE = 28;
const CONTENT = 32;
const STRUCT = 36;

const FIRST_SLOTS: u32 = 64;
const FIRST_PLACES: u32 = 32;
const FIRST_CHUNK: u32 = 1 << 10;
const LARGEST_CHUNK: u32 = 1 << 20;

/** Random bytes, so that nobody can write logs whose values all fall on one slot. */
const KEY_BYTES: usize = 1024;
export const hashKey = memory.data(1024, 16);

@inline
function product(words: v128, key: usize): v128 {
  const sums = i32x4.add(words, v128.load(key));
  return i64x2.extmul_low_i32x4_u(sums, i64x2.shuffle(sums, sums, 1, 0));
}

/** A keyed hash in the manner of NH: 32-bit words, plus key, multiplied in pairs, added up. */
@inline
export function hash(at: usize, length: usize): u32 {
  let sum = i64x2.splat(0);
  let key = hashKey;
  let left = length;
  for (; left > 16; left -= 16) {
    sum = i64x2.add(sum, product(v128.load(at), key));
    at += 16;
    key += 16;
    if (key == hashKey + KEY_BYTES) {
      key = hashKey;
      sum = i64x2.mul(v128.xor(sum, i64x2.shr_u(sum, 29)), i64x2.splat(0x9e3779b97f4a7c15));
    }
  }
  sum = i64x2.add(sum, product(v128.and(v128.load(at), firstOf16(left)), key));
  const folded = (i64x2.extract_lane(sum, 0) ^ rotl(i64x2.extract_lane(sum, 1), 32)) as u64;
  const mixed = (folded + (length as u64)) * 0xe7037ed1a0b428db;
  return (((mixed ^ (mixed >> 32)) * 0x9e3779b97f4a7c15) >> 32) as u32;
}

export function create(): usize {
  const dictionary = allocate(STRUCT);
  memory.fill(dictionary, 0, STRUCT);
  store<u32>(dictionary, FIRST_SLOTS, SLOTS_ROOM);
  store<usize>(dictionary, freshSlots(FIRST_SLOTS), SLOTS);
  store<u32>(dictionary, FIRST_PLACES, PLACES_ROOM);
  store<usize>(dictionary, allocate(FIRST_PLACES << 2), PLACES);
  store<u32>(dictionary, FIRST_CHUNK, CHUNK_SIZE);
  return dictionary;
}

function freshSlots(room: u32): usize {
  const slots = allocate(room << 3);
  memory.fill(slots, 0, room << 3);
  return slots;
}

export function size(dictionary: usize): u32 {
  return load<u32>(dictionary, SIZE);
}

/** Bytes of all entries together. */
export function content(dictionary: usize): usize {
  return load<usize>(dictionary, CONTENT);
}

export function entry(dictionary: usize, code: u32): usize {
  return load<usize>(load<usize>(dictionary, PLACES) + (((code - 1) as usize) << 2));
}

@inline
export function entryLength(place: usize): usize {
  return load<u32>(place, 4);
}

@inline
export function entryBytes(place: usize): usize {
  return place + 8;
}

@inline
export function entryCode(place: usize): u32 {
  return load<u32>(place);
}

@inline
export function isEntry(place: usize, bytes: usize, length: usize): bool {
  return entryLength(place) == length && same(bytes, entryBytes(place), length);
}

@inline
function firstSlot(dictionary: usize, hashed: u32): usize {
  const mask = load<u32>(dictionary, SLOTS_ROOM) - 1;
  return load<usize>(dictionary, SLOTS) + (((hashed & mask) as usize) << 3);
}

/** The place of an entry with this hash, if one stands where the search for it begins; else 0. */
@inline
export function likelyPlace(dictionary: usize, hashed: u32): usize {
  const held = load<u64>(firstSlot(dictionary, hashed));
  return ((held >> 32) as u32) == hashed ? (held as usize) : 0;
}

/** The code of bytes met before; else 0, and `missedSlot` is where `add` puts them. */
export function find(dictionary: usize, hashed: u32, bytes: usize, length: usize): u32 {
  const slots = load<usize>(dictionary, SLOTS);
  const slotsEnd = slots + ((load<u32>(dictionary, SLOTS_ROOM) as usize) << 3);
  let slot = firstSlot(dictionary, hashed);
  while (true) {
    const held = load<u64>(slot);
    if (!held) break;
    const place = held as usize;
    if (((held >> 32) as u32) == hashed && isEntry(place, bytes, length)) return entryCode(place);
    slot += 8;
    if (slot == slotsEnd) slot = slots;
  }
  missedSlot = slot;
  return 0;
}
let missedSlot: usize = 0;

/** Adds the bytes that the last call of `find` missed. */
export function add(dictionary: usize, hashed: u32, bytes: usize, length: usize): u32 {
  const place = room(dictionary, length + 8);
  store<usize>(dictionary, content(dictionary) + length, CONTENT);
  const code = size(dictionary) + 1;
  store<u32>(place, code);
  store<u32>(place, length, 4);
  memory.copy(place + 8, bytes, length);
  store<u64>(missedSlot, ((hashed as u64) << 32) | (place as u64));

  let places = load<usize>(dictionary, PLACES);
  const placesRoom = load<u32>(dictionary, PLACES_ROOM);
  if (code > placesRoom) {
    places = enlarge(places, placesRoom << 2, placesRoom << 3);
    store<usize>(dictionary, places, PLACES);
    store<u32>(dictionary, placesRoom * 2, PLACES_ROOM);
  }
  store<usize>(places + (((code - 1) as usize) << 2), place);
  store<u32>(dictionary, code, SIZE);
  const slotsRoom = load<u32>(dictionary, SLOTS_ROOM);
  if (code > slotsRoom - (slotsRoom >> 2)) widen(dictionary, slotsRoom);
  return code;
}

/** The code of the bytes, added if they are new. */
export function intern(dictionary: usize, bytes: usize, length: usize): u32 {
  const hashed = hash(bytes, length);
  const code = find(dictionary, hashed, bytes, length);
  return code ? code : add(dictionary, hashed, bytes, length);
}

function room(dictionary: usize, length: usize): usize {
  const needed = (length + 3) & ~3;
  let place = load<usize>(dictionary, CHUNK);
  if (load<usize>(dictionary, CHUNK_END) - place < needed) {
    const chunkSize = load<u32>(dictionary, CHUNK_SIZE);
    const chunk = max(needed, chunkSize);
    place = allocate(chunk);
    store<usize>(dictionary, place + chunk, CHUNK_END);
    store<u32>(dictionary, min(chunkSize * 2, LARGEST_CHUNK), CHUNK_SIZE);
  }
  store<usize>(dictionary, place + needed, CHUNK);
  return place;
}

function widen(dictionary: usize, oldRoom: u32): void {
  const old = load<usize>(dictionary, SLOTS);
  const slots = freshSlots(oldRoom * 2);
  const mask = oldRoom * 2 - 1;
  for (let from = old; from < old + (oldRoom << 3); from += 8) {
    const held = load<u64>(from);
    if (!held) continue;
    let slot = ((held >> 32) as u32) & mask;
    while (load<u64>(slots + ((slot as usize) << 3))) slot = (slot + 1) & mask;
    store<u64>(slots + ((slot as usize) << 3), held);
  }
  release(old);
  store<usize>(dictionary, slots, SLOTS);
  store<u32>(dictionary, oldRoom * 2, SLOTS_ROOM);
}

/**
 * Copies entries from `code` on, one after another, with their lengths, as long as there is room;
 * answers the code of the first that was left out.
 */
export function pack(
  dictionary: usize,
  code: u32,
  to: usize,
  toEnd: usize,
  lengths: usize,
  lengthsEnd: usize,
): u32 {
  const last = size(dictionary);
  for (; code <= last && lengths < lengthsEnd; code++) {
    const place = entry(dictionary, code);
    const length = entryLength(place);
    if (length > toEnd - to) break;
    memory.copy(to, entryBytes(place), length);
    store<u32>(lengths, length);
    to += length;
    lengths += 4;
  }
  return code;
}

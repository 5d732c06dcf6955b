/**
 * The tokens of a block's records, looked up many at a time: the tables outgrow the processor's
 * cache, and so the waits for memory overlap.
 */

import { add, entryCode, find, hash, isEntry, likelyPlace } from "./dictionary";
import { isStringContent } from "./json";
import { allocate, enlarge } from "./memory";

/** The flag of a row that the kernel does not vouch for. */
export const IRREGULAR: u8 = 1;

export let tokenCodes: usize = 0;
/** Tokens of the block so far, with those that wait. */
export let tokenCount: u32 = 0;
let room: u32 = 0;
let dictionary: usize = 0;

const TEXT = 0;
const LENGTH = 4;
const HASH = 8;
const ROW = 12;
const PLACE = 16;
const TOKEN_BYTES: usize = 20;
const WAITING: usize = 256;
const waiting = allocate(WAITING * TOKEN_BYTES);
const waitingEnd = waiting + WAITING * TOKEN_BYTES;
let top: usize = waiting;

export function beginTokens(from: usize): void {
  dictionary = from;
  tokenCount = 0;
  top = waiting;
}

@inline
export function addToken(text: usize, length: usize, row: usize, flags: usize): void {
  if (top == waitingEnd) settleTokens(flags);
  store<usize>(top, text, TEXT);
  store<usize>(top, length, LENGTH);
  store<u32>(top, hash(text, length), HASH);
  store<usize>(top, row, ROW);
  top += TOKEN_BYTES;
  tokenCount++;
}

/** Drops the tokens from the block's number `first` on. */
export function dropTokens(first: u32): void {
  top -= min(((tokenCount - first) as usize) * TOKEN_BYTES, top - waiting);
  tokenCount = first;
}

/** Looks up the tokens that wait. A row with one that is no string's content becomes irregular. */
export function settleTokens(flags: usize): void {
  if (tokenCount > room) {
    const larger = tokenCount * 2;
    tokenCodes = enlarge(tokenCodes, room << 2, larger << 2);
    room = larger;
  }
  const settled = (tokenCount as usize) - (top - waiting) / TOKEN_BYTES;
  const codes = tokenCodes + (settled << 2);
  for (let token = waiting; token < top; token += TOKEN_BYTES) {
    store<usize>(token, likelyPlace(dictionary, load<u32>(token, HASH)), PLACE);
  }
  let code = codes;
  for (let token = waiting; token < top; token += TOKEN_BYTES) {
    const place = load<usize>(token, PLACE);
    const isKnown = place && isEntry(place, load<usize>(token, TEXT), load<usize>(token, LENGTH));
    store<u32>(code, isKnown ? entryCode(place) : 0);
    code += 4;
  }
  code = codes;
  for (let token = waiting; token < top; token += TOKEN_BYTES) {
    if (!load<u32>(code)) store<u32>(code, findOrAdd(token, flags));
    code += 4;
  }
  top = waiting;
}

function findOrAdd(token: usize, flags: usize): u32 {
  const text = load<usize>(token, TEXT);
  const length = load<usize>(token, LENGTH);
  const hashed = load<u32>(token, HASH);
  const code = find(dictionary, hashed, text, length);
  if (code) return code;
  if (isStringContent(text, text + length)) return add(dictionary, hashed, text, length);
  store<u8>(flags + load<usize>(token, ROW), IRREGULAR);
  return 0;
}

/**
 * Reads the wanted values from records. One walk from key to key: below a key of the plan the value
 * is taken or entered, under a token root everything is entered, and what nobody asked for is
 * crossed without being read. Whatever is doubtful ends the walk, and the record is irregular.
 */

import { QUOTE, keyWord, pastSpace, plainStringEnd, stringEnd } from "./bytes";
import { add, find, hash } from "./dictionary";
import { hashText, readGuid } from "./identity";
import { isValue, plainNumberEnd, scalarEnd } from "./json";
import { allocate, release } from "./memory";
import {
  CLASH,
  firstOf,
  firstTime,
  followerAt,
  followersOf,
  hasTokens,
  isWanted,
  keyLength,
  meet,
  nextTask,
  nodeOf,
  taskColumn,
  taskDictionary,
  taskKind,
  taskOf,
} from "./plan";
import { TOO_DEEP, closed, count, ends, starts } from "./split";
import { readTime } from "./time";
import { IRREGULAR, addToken, beginTokens, dropTokens, settleTokens, tokenCount } from "./tokens";

const NO_ID: u8 = 2;

/** Kinds of task. */
const DICTIONARY = 0;
const PRESENCE = 1;
const TIME = 2;

const DEPTH_LIMIT = 200;
/** Keys of all open objects under a token root together: each is compared with the others. */
const KEYS_LIMIT: usize = 512;

const OPEN_BRACE: u8 = 0x7b;
const CLOSE_BRACE: u8 = 0x7d;
const OPEN_BRACKET: u8 = 0x5b;
const CLOSE_BRACKET: u8 = 0x5d;
const COLON: u8 = 0x3a;
const COMMA: u8 = 0x2c;
const LETTER_A: u8 = 0x61;
const NULL: u32 = 0x6c6c756e;

export let flags: usize = 0;
export let times: usize = 0;
export let ids: usize = 0;
export let codes: usize = 0;
export let room: u32 = 0;
export let tokenStarts: usize = 0;

let serial: u32 = 0;
let row: usize = 0;
let limit: usize = 0;
let depth: i32 = 0;
/** Hashes of the keys met so far in the open objects under a token root. */
const keys = allocate(KEYS_LIMIT << 2);
const keysEnd = keys + (KEYS_LIMIT << 2);
let keysTop: usize = keys;

function prepare(columns: u32): void {
  if (count >= room) {
    release(flags);
    release(times);
    release(ids);
    release(codes);
    release(tokenStarts);
    room = count + (count >> 2) + 256;
    flags = allocate(room);
    times = allocate(room << 3);
    ids = allocate(room << 4);
    codes = allocate((room << 2) * max(columns, 1));
    tokenStarts = allocate((room + 1) << 2);
  }
  for (let column: u32 = 0; column < columns; column++) {
    memory.fill(codes + ((column * room) << 2), 0, count << 2);
  }
  memory.fill(ids, 0, count << 4);
}

/** Fills the arrays above for the records of the last split. */
export function extractRecords(base: usize, root: usize, columns: u32, tokens: usize): void {
  prepare(columns);
  beginTokens(tokens);
  for (let record: u32 = 0; record < count; record++) {
    row = record;
    const from = base + load<u32>(starts + (row << 2));
    limit = base + load<u32>(ends + (row << 2));
    const firstToken = tokenCount;
    store<u32>(tokenStarts + (row << 2), firstToken);
    store<u8>(flags + row, NO_ID);
    store<f64>(times + (row << 3), NaN);
    serial++;
    depth = 0;
    keysTop = keys;
    if (load<u8>(from) != OPEN_BRACE || object(from, root, false) != limit) {
      store<u8>(flags + row, IRREGULAR);
      dropTokens(firstToken);
    }
  }
  settleTokens(flags);
  store<u32>(tokenStarts + ((count as usize) << 2), tokenCount);
}

// The readers below answer the end of what they read, and 0 to end the walk.

function object(at: usize, node: usize, tokenized: bool): usize {
  if (++depth > DEPTH_LIMIT) return 0;
  const ownKeys = keysTop;
  let followers = node ? firstOf(node) : 0;
  at = pastSpace(at + 1);
  if (load<u8>(at) == CLOSE_BRACE) {
    depth--;
    return at + 1;
  }
  while (true) {
    if (load<u8>(at) != QUOTE || at >= limit) return 0;
    const key = at + 1;
    let keyEnd: usize;
    let edge = node ? followerAt(followers, at) : 0;
    if (edge) {
      keyEnd = key + keyLength(edge);
      at = keyEnd + 2;
    } else {
      keyEnd = plainStringEnd(key);
      if (!keyEnd) return 0;
      at = pastSpace(keyEnd + 1);
      if (load<u8>(at) != COLON) return 0;
      at += 1;
      if (node) edge = meet(node, followers, key, keyEnd - key);
      if (edge == CLASH) return 0;
    }
    if (edge) followers = followersOf(edge);
    at = pastSpace(at);
    if (tokenized) {
      if (!isNewKey(ownKeys, key, keyEnd - key)) return 0;
      if (isOpener(load<u8>(at)) && !token(key, keyEnd)) return 0;
    }
    if (edge && isWanted(edge)) at = wanted(at, edge, tokenized);
    else at = tokenized ? value(at, 0, true) : skipped(at);
    if (!at) return 0;
    at = pastSpace(at);
    const next = load<u8>(at);
    if (next == COMMA) {
      at = pastSpace(at + 1);
      continue;
    }
    if (next != CLOSE_BRACE) return 0;
    depth--;
    keysTop = ownKeys;
    return at + 1;
  }
}

@inline
function isOpener(byte: u8): bool {
  return byte == OPEN_BRACE || byte == OPEN_BRACKET;
}

/**
 * Notes a key of the object whose keys begin at `own`. False if it was met before, or one as long
 * that is the same at both ends: then the record is read once more, by others, and no harm is done.
 */
@inline
function isNewKey(own: usize, key: usize, length: usize): bool {
  const word = (keyWord(key, length) + (length as u64)) * 0x9e3779b97f4a7c15;
  const hash = (word >> 32) as u32;
  for (let known = own; known < keysTop; known += 4) {
    if (load<u32>(known) == hash) return false;
  }
  if (keysTop == keysEnd) return false;
  store<u32>(keysTop, hash);
  keysTop += 4;
  return true;
}

/** An array under a token root, or on the way to a column: there it must be empty. */
function array(at: usize, node: usize): usize {
  if (++depth > DEPTH_LIMIT) return 0;
  at = pastSpace(at + 1);
  if (load<u8>(at) == CLOSE_BRACKET) {
    depth--;
    return at + 1;
  }
  if (node) return 0;
  while (true) {
    if (at >= limit) return 0;
    at = value(at, 0, true);
    if (!at) return 0;
    at = pastSpace(at);
    const next = load<u8>(at);
    if (next == COMMA) {
      at = pastSpace(at + 1);
      continue;
    }
    if (next != CLOSE_BRACKET) return 0;
    depth--;
    return at + 1;
  }
}

/** A value that is entered, for tokens or for the keys of a node. */
@inline
function value(at: usize, node: usize, tokenized: bool): usize {
  if (load<u8>(at) != QUOTE) return unquoted(at, node, tokenized);
  const end = stringEnd(at + 1);
  return !tokenized || token(at + 1, end) ? end + 1 : 0;
}

function unquoted(at: usize, node: usize, tokenized: bool): usize {
  const first = load<u8>(at);
  if (first == OPEN_BRACE) return object(at, node, tokenized);
  if (first == OPEN_BRACKET) return array(at, node);
  const end = scalarEnd(at);
  const isNumber = first < LETTER_A;
  if (!end || !tokenized || !isNumber) return end;
  const plainEnd = plainNumberEnd(at, end);
  return plainEnd && token(at, plainEnd) ? end : 0;
}

/** A value that nobody asked for. */
@inline
function skipped(at: usize): usize {
  const first = load<u8>(at);
  if (first == QUOTE) return stringEnd(at + 1) + 1;
  if (!isOpener(first)) return scalarEnd(at);
  const end = closed(at, limit);
  return end == TOO_DEEP ? 0 : end;
}

/** The value below a key of the plan. */
function wanted(at: usize, edge: usize, tokenized: bool): usize {
  if (!firstTime(edge, serial)) return 0;
  const node = nodeOf(edge);
  const isRoot = tokenized || hasTokens(edge);
  const end = node || isRoot ? value(at, node, isRoot) : skipped(at);
  // The end may lie in a later record when this one is damaged.
  if (!end || end > limit) return 0;
  for (let task = taskOf(edge); task; task = nextTask(task)) {
    if (!perform(task, at, end)) return 0;
  }
  return end;
}

@inline
function perform(task: usize, at: usize, end: usize): bool {
  if (load<u32>(at) == NULL) return true;
  const length = end - at;
  const kind = taskKind(task);
  if (kind == DICTIONARY) {
    const dictionary = taskDictionary(task);
    const hashed = hash(at, length);
    let code = find(dictionary, hashed, at, length);
    if (!code) {
      if (!isValue(at, end)) return false;
      code = add(dictionary, hashed, at, length);
    }
    store<u32>(codes + ((taskColumn(task) * room + row) << 2), code);
    return true;
  }
  if (kind == PRESENCE) {
    const isEmptyText = length == 2 && load<u8>(at) == QUOTE;
    store<u32>(codes + ((taskColumn(task) * room + row) << 2), isEmptyText ? 0 : 1);
    return true;
  }
  if (kind == TIME) {
    if (length != 22 || load<u8>(at) != QUOTE) return false;
    const time = readTime(at + 1);
    store<f64>(times + (row << 3), time);
    return !isNaN(time);
  }
  if (load<u8>(at) != QUOTE || length == 2) return true;
  store<u8>(flags + row, load<u8>(flags + row) & ~NO_ID);
  const to = ids + (row << 4);
  return (length == 38 && readGuid(at + 1, to)) || hashText(at + 1, end - 1, to);
}

@inline
function token(at: usize, end: usize): bool {
  if (end > limit) return false;
  addToken(at, end - at, row, flags);
  return true;
}

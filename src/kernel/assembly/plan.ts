/**
 * What to collect, as a tree of keys: the paths of the spec, merged where they begin alike. An edge
 * is a key, the node below it, and what to do with the value found there.
 */

import { QUOTE, keyWord, same } from "./bytes";
import { allocate, release } from "./memory";

const NODE_SLOTS = 0;
const NODE_ROOM = 4;
const NODE_SIZE = 8;
const NODE_FOLLOWERS = 12;
const NODE_BYTES = 20;

const EDGE_KEY = 0;
const EDGE_LENGTH = 4;
const EDGE_NODE = 8;
const EDGE_TASK = 12;
const EDGE_TOKENS = 16;
const EDGE_SEEN = 20;
const EDGE_WANTED = 24;
const EDGE_FOLLOWERS = 28;
const EDGE_TEXT = 48;
const EDGE_MASK = 80;
const EDGE_BYTES = 112;

/** Keys of this length and below are learned; their text with quotes and colon is 32 bytes. */
const LEARNED_LENGTH: usize = 29;
/** A node learns no more keys than this: they come from the input. */
const LEARNED_KEYS: u32 = 64;

const TASK_NEXT = 0;
const TASK_KIND = 4;
const TASK_COLUMN = 8;
const TASK_DICTIONARY = 12;
const TASK_BYTES = 16;

/** What `edgeOf` answers for a key that differs from a wanted one only in case. */
export const CLASH: usize = 1;

/** Stands where no key is expected yet: its text is in no record. */
const nobody = createNobody();

function createNobody(): usize {
  const edge = allocate(EDGE_BYTES);
  memory.fill(edge, 0xff, EDGE_BYTES);
  return edge;
}

export function createNode(): usize {
  const node = allocate(NODE_BYTES);
  store<usize>(node, freshSlots(8), NODE_SLOTS);
  store<u32>(node, 8, NODE_ROOM);
  store<u32>(node, 0, NODE_SIZE);
  store<usize>(node, nobody, NODE_FOLLOWERS);
  store<usize>(node, nobody, NODE_FOLLOWERS + 4);
  return node;
}

function freshSlots(room: u32): usize {
  const slots = allocate(room << 2);
  memory.fill(slots, 0, room << 2);
  return slots;
}

@inline
function slotOf(key: usize, length: usize, mask: u32): usize {
  // Keys that differ in case only fall together: that is one bit of each byte.
  const word = (keyWord(key, length) | 0x2020202020202020) + (length as u64);
  return ((((word * 0x9e3779b97f4a7c15) >> 40) as u32) & mask) as usize;
}

function edgeOf(node: usize, key: usize, length: usize): usize {
  const slots = load<usize>(node, NODE_SLOTS);
  const mask = load<u32>(node, NODE_ROOM) - 1;
  let slot = slotOf(key, length, mask);
  let clash = false;
  while (true) {
    const edge = load<usize>(slots + (slot << 2));
    if (!edge) return clash ? CLASH : 0;
    if (load<usize>(edge, EDGE_LENGTH) == length) {
      const wanted = load<usize>(edge, EDGE_KEY);
      if (same(key, wanted, length)) return edge;
      clash = clash || (isWanted(edge) && sameButCase(key, wanted, length));
    }
    slot = (slot + 1) & mask;
  }
}

function sameButCase(a: usize, b: usize, length: usize): bool {
  for (let at: usize = 0; at < length; at++) {
    if ((load<u8>(a + at) ^ load<u8>(b + at)) & 0xdf) return false;
  }
  return true;
}

/** The node's edge for the key, made if it is new. The key's bytes must stay where they are. */
export function addEdge(node: usize, key: usize, length: usize): usize {
  const known = edgeOf(node, key, length);
  if (known > CLASH) return known;
  const edge = createEdge(key, length);
  store<u32>(edge, 1, EDGE_WANTED);
  attach(node, edge);
  return edge;
}

/** The edge of a key that was not among the followers, and now is. 0 if the node learns no more. */
export function meet(node: usize, followers: usize, key: usize, length: usize): usize {
  let edge = edgeOf(node, key, length);
  if (edge == CLASH) return CLASH;
  if (!edge) {
    // A key that nobody asked for is learned too, so that it is known by its place from now on.
    if (length > LEARNED_LENGTH || load<u32>(node, NODE_SIZE) >= LEARNED_KEYS) return 0;
    const copy = allocate(length);
    memory.copy(copy, key, length);
    edge = createEdge(copy, length);
    attach(node, edge);
  }
  store<usize>(followers, load<usize>(followers), 4);
  store<usize>(followers, edge);
  return edge;
}

function createEdge(key: usize, length: usize): usize {
  const edge = allocate(EDGE_BYTES);
  memory.fill(edge, 0, EDGE_BYTES);
  store<usize>(edge, key, EDGE_KEY);
  store<u32>(edge, length, EDGE_LENGTH);
  store<usize>(edge, nobody, EDGE_FOLLOWERS);
  store<usize>(edge, nobody, EDGE_FOLLOWERS + 4);
  if (length > LEARNED_LENGTH) {
    memory.fill(edge + EDGE_MASK, 0xff, 32);
  } else {
    const text = edge + EDGE_TEXT;
    store<u8>(text, QUOTE);
    memory.copy(text + 1, key, length);
    store<u8>(text + length + 1, QUOTE);
    store<u8>(text + length + 2, 0x3a);
    memory.fill(edge + EDGE_MASK, 0xff, length + 3);
  }
  return edge;
}

function attach(node: usize, edge: usize): void {
  const size = load<u32>(node, NODE_SIZE) + 1;
  store<u32>(node, size, NODE_SIZE);
  if (size * 4 > load<u32>(node, NODE_ROOM)) widen(node);
  insert(node, edge);
}

function insert(node: usize, edge: usize): void {
  const slots = load<usize>(node, NODE_SLOTS);
  const mask = load<u32>(node, NODE_ROOM) - 1;
  let slot = slotOf(load<usize>(edge, EDGE_KEY), load<u32>(edge, EDGE_LENGTH), mask);
  while (load<usize>(slots + (slot << 2))) slot = (slot + 1) & mask;
  store<usize>(slots + (slot << 2), edge);
}

function widen(node: usize): void {
  const old = load<usize>(node, NODE_SLOTS);
  const room = load<u32>(node, NODE_ROOM);
  store<usize>(node, freshSlots(room * 2), NODE_SLOTS);
  store<u32>(node, room * 2, NODE_ROOM);
  for (let from = old; from < old + (room << 2); from += 4) {
    const edge = load<usize>(from);
    if (edge) insert(node, edge);
  }
  release(old);
}

// Writers keep an order of keys. So every edge remembers the two edges that followed it last, and a
// key is first compared with those, whole, before it is searched for its end.

@inline
export function firstOf(node: usize): usize {
  return node + NODE_FOLLOWERS;
}

@inline
export function followersOf(edge: usize): usize {
  return edge + EDGE_FOLLOWERS;
}

/** The one of the followers whose key and colon stand at `at`; 0 if neither. */
@inline
export function followerAt(followers: usize, at: usize): usize {
  const likely = load<usize>(followers);
  if (isWritten(likely, at)) return likely;
  const other = load<usize>(followers, 4);
  return isWritten(other, at) ? other : 0;
}

@inline
function isWritten(edge: usize, at: usize): bool {
  const head = v128.xor(v128.load(at), v128.load(edge, EDGE_TEXT));
  const tail = v128.xor(v128.load(at, 16), v128.load(edge, EDGE_TEXT + 16));
  return !v128.any_true(
    v128.or(
      v128.and(head, v128.load(edge, EDGE_MASK)),
      v128.and(tail, v128.load(edge, EDGE_MASK + 16)),
    ),
  );
}

@inline
export function keyLength(edge: usize): usize {
  return load<usize>(edge, EDGE_LENGTH);
}

@inline
export function isWanted(edge: usize): bool {
  return load<u32>(edge, EDGE_WANTED) != 0;
}

/** The node below an edge, made if there is none. */
export function below(edge: usize): usize {
  if (!nodeOf(edge)) store<usize>(edge, createNode(), EDGE_NODE);
  return nodeOf(edge);
}

export function addTask(edge: usize, kind: u32, column: u32, dictionary: usize): void {
  const task = allocate(TASK_BYTES);
  store<usize>(task, taskOf(edge), TASK_NEXT);
  store<u32>(task, kind, TASK_KIND);
  store<u32>(task, column, TASK_COLUMN);
  store<usize>(task, dictionary, TASK_DICTIONARY);
  store<usize>(edge, task, EDGE_TASK);
}

export function wantTokens(edge: usize): void {
  store<u32>(edge, 1, EDGE_TOKENS);
}

@inline
export function nodeOf(edge: usize): usize {
  return load<usize>(edge, EDGE_NODE);
}

@inline
export function hasTokens(edge: usize): bool {
  return load<u32>(edge, EDGE_TOKENS) != 0;
}

@inline
export function taskOf(edge: usize): usize {
  return load<usize>(edge, EDGE_TASK);
}

@inline
export function nextTask(task: usize): usize {
  return load<usize>(task, TASK_NEXT);
}

@inline
export function taskKind(task: usize): u32 {
  return load<u32>(task, TASK_KIND);
}

@inline
export function taskColumn(task: usize): usize {
  return load<u32>(task, TASK_COLUMN);
}

@inline
export function taskDictionary(task: usize): usize {
  return load<usize>(task, TASK_DICTIONARY);
}

/** Notes that the edge's key was met in this record; false if it was met before. */
@inline
export function firstTime(edge: usize, record: u32): bool {
  if (load<u32>(edge, EDGE_SEEN) == record) return false;
  store<u32>(edge, record, EDGE_SEEN);
  return true;
}

/** What `../../inflate.ts` calls. */

import { DYNAMIC, FIXED, readDynamic, readFixed, readStored, STORED, storedEnd, storedFrom } from "./blocks";
import { INPUT, PAD } from "./layout";
import "./meanings";
import * as stream from "./stream";
import { BROKEN, decodeSymbols, FULL } from "./symbols";

/** Behind the input and its pad: where output begins. */
let base: usize = 0;
let inputEnd: usize = 0;
/** Bytes of output so far, of all members. */
export let produced: usize = 0;
let limit: usize = 0;

/** The place for `length` bytes of input, the output of which may have up to `most` bytes. */
export function begin(length: usize, most: usize): usize {
  inputEnd = INPUT + length;
  base = (inputEnd + PAD + 63) & ~63;
  produced = 0;
  limit = most;
  if (!provide(base)) return 0;
  memory.fill(inputEnd, 0, PAD);
  return INPUT;
}

export function outputBase(): usize {
  return base;
}

/** Sees to memory up to `end`, and a pad. */
function provide(end: usize): bool {
  const pages = (((end as u64) + PAD + 0xffff) >> 16) as i32;
  return pages <= memory.size() || memory.grow(pages - memory.size()) >= 0;
}

/**
 * Inflates the DEFLATE stream at offset `from` of the input behind what is there already; `hint` is
 * how many bytes that may give. Returns the offset behind the stream, 0 if there is anything wrong.
 */
export function inflate(from: usize, hint: usize): usize {
  const start = base + produced;
  stream.setInput(INPUT + from, inputEnd);
  if (!room(start, start, min(produced + hint, limit))) return 0;
  let isLast: bool = false;
  while (!isLast) {
    stream.refill();
    isLast = stream.take(1) != 0;
    if (!block(stream.take(2))) return 0;
    if (stream.input > inputEnd + 8) return 0;
  }
  produced = stream.output - base;
  return produced <= limit ? stream.wholeBytesFrom() - INPUT : 0;
}

function room(start: usize, at: usize, size: usize): bool {
  if (!provide(base + size)) return false;
  stream.setOutput(start, at, base + size);
  return true;
}

/** Twice the room, within the limit. */
function moreRoom(): bool {
  const size = stream.outputEnd - base;
  if (size == limit) return false;
  return room(stream.outputStart, stream.output, min<usize>(2 * size + 65536, limit));
}

function block(kind: u32): bool {
  if (kind == STORED) return readStored() && copyStored();
  if (kind == FIXED ? !readFixed() : kind != DYNAMIC || !readDynamic()) return false;
  while (true) {
    const outcome = decodeSymbols();
    if (outcome != FULL) return outcome != BROKEN;
    if (!moreRoom()) return false;
  }
}

function copyStored(): bool {
  const size = storedEnd - storedFrom;
  while (stream.output + size > stream.outputEnd) if (!moreRoom()) return false;
  memory.copy(stream.output, storedFrom, size);
  stream.setOutput(stream.outputStart, stream.output + size, stream.outputEnd);
  stream.setInput(storedEnd, inputEnd);
  return true;
}

/** What `../../inflate.ts` calls. Offsets are counted from the start of the input. */

import { DYNAMIC, FIXED, readDynamic, readFixed, readStored, STORED, storedEnd, storedFrom } from "./blocks";
import { INPUT, PAD } from "./layout";
import "./meanings";
import * as stream from "./stream";
import { BROKEN, decodeSymbols, FULL } from "./symbols";

/** Memory grows by this much, which costs no copy. */
const GROWTH: usize = 1 << 20;

let inputEnd: usize = 0;
let limit: usize = 0;
/** Where the output of all members stands, behind the input and its pad. */
export let output: usize = 0;
/** How many bytes it has. */
export let produced: usize = 0;

/** The place for `length` bytes of gzip that may give up to `most`; 0 if there is no memory for them. */
export function begin(length: usize, most: usize): usize {
  inputEnd = INPUT + length;
  output = inputEnd + PAD;
  produced = 0;
  limit = most;
  if (!provide(output)) return 0;
  memory.fill(inputEnd, 0, PAD);
  return INPUT;
}

/** Sees to memory up to `end`, and a pad. */
function provide(end: usize): bool {
  const pages = ((end + PAD + 0xffff) >> 16) as i32;
  return pages <= memory.size() || memory.grow(pages - memory.size()) >= 0;
}

/** What memory there is that output may fill. */
function roomEnd(): usize {
  return min(output + limit, ((memory.size() as usize) << 16) - PAD);
}

/**
 * Inflates the DEFLATE stream at `from`, its output behind what is there already. Returns where the
 * stream ends, 0 if there is anything wrong.
 */
export function inflate(from: usize): usize {
  stream.setInput(INPUT + from, inputEnd);
  stream.setOutput(output + produced, output + produced, roomEnd());
  let isLast: bool = false;
  while (!isLast) {
    stream.refill();
    isLast = stream.take(1) != 0;
    if (!block(stream.take(2))) return 0;
    if (stream.wholeBytesFrom() > inputEnd) return 0;
  }
  produced = stream.output - output;
  return produced <= limit ? stream.wholeBytesFrom() - INPUT : 0;
}

function moreRoom(): bool {
  if (stream.outputEnd == output + limit || !provide(stream.outputEnd + GROWTH)) return false;
  stream.setOutput(stream.outputStart, stream.output, roomEnd());
  return true;
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

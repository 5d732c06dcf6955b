/** What `../wasm-kernel.ts` calls. Offsets are counted from the start of the input area. */

import { content, create, entry, hashKey, intern, pack, size } from "./dictionary";
import { codes, extractRecords, flags, ids, room, times, tokenStarts } from "./extract";
import { allocate, release } from "./memory";
import { keepHolding, marks } from "./narrow";
import { addNeedle, clearNeedles } from "./needles";
import { addEdge, addTask, below, createNode, wantTokens } from "./plan";
import { consumed, count, ends, splitLines, splitValues, starts } from "./split";
import { tokenCodes } from "./tokens";

export { content, create, entry, hashKey, intern, pack, size };
export { codes, flags, ids, room, times, tokenCodes, tokenStarts };
export { allocate, release };
export { addNeedle, clearNeedles };
export { addEdge, addTask, below, createNode, wantTokens };
export { consumed, count, ends, marks, starts };

/** Quotes behind the input end any string that its bytes leave open. */
const PAD: usize = 128;

let block: usize = 0;
let blockRoom: usize = 0;

/** The place of an input area of `length` bytes that begins with `keep` bytes of the former one. */
export function input(length: usize, from: usize, keep: usize): usize {
  if (length > blockRoom) {
    const larger = allocate(length + PAD);
    memory.copy(larger, block + from, keep);
    release(block);
    block = larger;
    blockRoom = length;
  } else {
    memory.copy(block, block + from, keep);
  }
  memory.fill(block + length, 0x22, PAD);
  return block;
}

export function splitElements(from: usize, end: usize, final: bool): u32 {
  return splitValues(block, block + from, block + end, true, final);
}

export function splitStream(from: usize, end: usize, final: bool): u32 {
  return splitValues(block, block + from, block + end, false, final);
}

export function splitRows(from: usize, end: usize, final: bool): u32 {
  return splitLines(block, block + from, block + end, final);
}

export function narrow(): void {
  keepHolding(block);
}

export function extract(root: usize, columns: u32, tokens: usize): void {
  extractRecords(block, root, columns, tokens);
}

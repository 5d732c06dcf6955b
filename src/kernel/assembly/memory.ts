/**
 * Memory in blocks that are given back and used again, so that growing tables do not leave their
 * former selves behind. A free block is found under the power of two that it surely holds.
 */

/** Bytes that may be read behind any block: the scans load up to 64 at a time. */
export const SLACK: usize = 256;

const SIZE_BEFORE: usize = 16;
const free = memory.data(4 * 33, 16);
let top: usize = (__heap_base + 63) & ~63;

export function allocate(size: usize): usize {
  const rounded = (max(size, 32) + SIZE_BEFORE + 15) & ~15;
  const list = free + (((32 - clz(<u32>rounded - 1)) as usize) << 2);
  const found = load<usize>(list);
  if (found) {
    store<usize>(list, load<usize>(found));
    return found;
  }
  const end = <u64>top + rounded + SLACK;
  const pages = ((end + 0xffff) >> 16) as i32;
  // An eighth more, because growing makes JavaScript renew its views.
  if (pages > memory.size() && memory.grow(pages - memory.size() + (pages >> 3)) < 0) {
    if (memory.grow(pages - memory.size()) < 0) unreachable();
  }
  const block = top + SIZE_BEFORE;
  store<usize>(top, rounded);
  top += rounded;
  return block;
}

export function release(block: usize): void {
  if (!block) return;
  const size = load<u32>(block - SIZE_BEFORE);
  const list = free + (((31 - clz(size)) as usize) << 2);
  store<usize>(block, load<usize>(list));
  store<usize>(list, block);
}

/** A block of `size` bytes that begins like the old one, which is released. */
export function enlarge(block: usize, used: usize, size: usize): usize {
  const larger = allocate(size);
  memory.copy(larger, block, used);
  release(block);
  return larger;
}

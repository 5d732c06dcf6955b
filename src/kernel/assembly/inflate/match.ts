/** Copies of what the output has already. */

/** For offsets below 16: where each of 16 bytes comes from when the bytes of a period repeat. */
const periods = memory.data(16 * 16, 16);
for (let offset = 1; offset < 16; offset += 1) {
  for (let at = 0; at < 16; at += 1) store<u8>(periods + 16 * offset + at, at % offset);
}

/** Copies `length` bytes from `offset` before `to`, and some more. */
// @ts-ignore: decorator
@inline
export function copyMatch(to: usize, offset: usize, length: usize): void {
  const end = to + length;
  if (offset < 16) {
    repeat(to, offset, end);
    return;
  }
  let from = to - offset;
  while (true) {
    v128.store(to, v128.load(from));
    v128.store(to, v128.load(from, 16), 16);
    v128.store(to, v128.load(from, 32), 32);
    v128.store(to, v128.load(from, 48), 48);
    to += 64;
    if (to >= end) break;
    from += 64;
  }
}

function repeat(to: usize, offset: usize, end: usize): void {
  const period = i8x16.swizzle(v128.load(to - offset), v128.load(periods + 16 * offset));
  const step = <usize>16 - (<usize>16 % offset);
  while (to < end) {
    v128.store(to, period);
    to += step;
  }
}

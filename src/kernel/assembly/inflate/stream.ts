/**
 * Where the decoder stands in input and output.
 *
 * `bits` holds at least `bitCount % 64` bits that come next, lowest first; what stands above them is
 * either zero or what `input` will give again.
 */

export let input: usize = 0;
export let inputEnd: usize = 0;
export let bits: u64 = 0;
export let bitCount: u32 = 0;

export let output: usize = 0;
/** Where the member's output began: nothing may be copied from before. */
export let outputStart: usize = 0;
/** Where its room ends. */
export let outputEnd: usize = 0;

export function setInput(at: usize, end: usize): void {
  input = at;
  inputEnd = end;
  bits = 0;
  bitCount = 0;
}

export function setOutput(start: usize, at: usize, end: usize): void {
  outputStart = start;
  output = at;
  outputEnd = end;
}

/** Writes back what the decoding loop kept in variables of its own. */
// @ts-ignore: decorator
@inline
export function keep(at: usize, to: usize, held: u64, count: u32): void {
  input = at;
  output = to;
  bits = held;
  bitCount = count;
}

/** Sees to 56 bits or more. */
export function refill(): void {
  bits |= load<u64>(input) << (bitCount as u64);
  input += 7 - ((bitCount >> 3) & 7);
  bitCount |= 56;
}

// @ts-ignore: decorator
@inline
export function consume(count: u32): void {
  bits >>= count as u64;
  bitCount -= count;
}

// @ts-ignore: decorator
@inline
export function take(count: u32): u32 {
  const value = (bits as u32) & ((1 << count) - 1);
  consume(count);
  return value;
}

/** The first byte of the input that no bit has been taken from. */
export function wholeBytesFrom(): usize {
  return input - ((bitCount & 63) >> 3);
}

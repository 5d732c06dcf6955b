/**
 * Sound inputs made unsound: bytes changed, cut out, doubled, joined with others, words of our formats
 * put where nobody expects them.
 */

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export type Chance = () => number;

export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function below(chance: Chance, limit: number): number {
  return Math.floor(chance() * limit);
}

export function oneOf<T>(chance: Chance, all: readonly T[]): T {
  const one = all[below(chance, all.length)];
  if (one === undefined) throw new Error("there is nothing to choose from");
  return one;
}

type Mutation = (bytes: Buffer, chance: Chance, other: () => Buffer) => Buffer;

const mutations: readonly ((words: readonly string[]) => Mutation)[] = [
  () => (bytes, chance) => {
    const changed = Buffer.from(bytes);
    if (changed.length > 0) changed[below(chance, changed.length)] = below(chance, 256);
    return changed;
  },
  () => (bytes, chance) => {
    const changed = Buffer.from(bytes);
    const at = below(chance, changed.length);
    if (changed.length > 0) changed[at] = (changed[at] ?? 0) ^ (1 << below(chance, 8));
    return changed;
  },
  () => (bytes, chance) => bytes.subarray(0, below(chance, bytes.length + 1)),
  () => (bytes, chance) => bytes.subarray(below(chance, bytes.length + 1)),
  () => (bytes, chance) => {
    const [from, until] = stretch(bytes, chance);
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(until)]);
  },
  () => (bytes, chance) => {
    const [from, until] = stretch(bytes, chance);
    return Buffer.concat([bytes.subarray(0, until), bytes.subarray(from)]);
  },
  () => (bytes, chance, other) => {
    const from = below(chance, bytes.length + 1);
    const more = other();
    const [start, end] = stretch(more, chance);
    return Buffer.concat([
      bytes.subarray(0, from),
      more.subarray(start, end),
      bytes.subarray(from),
    ]);
  },
  () => (bytes, chance, other) =>
    Buffer.concat([bytes.subarray(0, below(chance, bytes.length + 1)), other()]),
  (words) => (bytes, chance) => {
    const at = below(chance, bytes.length + 1);
    const over = chance() < 0.5 ? 0 : below(chance, 8);
    const word = Buffer.from(oneOf(chance, words), "latin1");
    return Buffer.concat([bytes.subarray(0, at), word, bytes.subarray(at + over)]);
  },
  () => (bytes, chance) => {
    const [from, until] = stretch(bytes, chance);
    const times = 1 + below(chance, 200);
    const part = bytes.subarray(from, Math.min(until, from + 64));
    return Buffer.concat([
      bytes.subarray(0, until),
      ...Array(times).fill(part),
      bytes.subarray(until),
    ]);
  },
];

function stretch(bytes: Buffer, chance: Chance): readonly [number, number] {
  const from = below(chance, bytes.length + 1);
  return [from, Math.min(bytes.length, from + 1 + below(chance, 1 << below(chance, 10)))];
}

/** No input is larger, so that many are tried. */
const largest = 64 * 1024;

export function mutated(
  corpus: readonly Buffer[],
  words: readonly string[],
  chance: Chance,
): Buffer {
  let bytes = oneOf(chance, corpus);
  const other = () => oneOf(chance, corpus);
  const times = 1 + below(chance, 4);
  for (let count = 0; count < times; count += 1) {
    bytes = oneOf(chance, mutations)(words)(bytes, chance, other).subarray(0, largest);
  }
  return bytes;
}

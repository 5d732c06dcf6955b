/**
 * A seeded source of chance (sfc32): the same seed gives the same logs on every machine.
 */

const hexQuads = Array.from({ length: 0x1_0000 }, (_, i) => i.toString(16).padStart(4, "0"));

/** Base64 digits that 12 bits give. */
const base64Pairs = (() => {
  const digits = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"];
  return digits.flatMap((a) => digits.map((b) => a + b));
})();

/** Four hexadecimal digits of the low 16 bits. */
function quad(bits: number): string {
  return hexQuads[bits & 0xffff] ?? "";
}

const upperAlphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
const mixedAlphanumeric = `${upperAlphanumeric}abcdefghijklmnopqrstuvwxyz`;
const base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(seed: number) {
    this.#a = seed | 0;
    this.#b = Math.imul(seed, 0x9e3779b1) | 0;
    this.#c = 0x2545f491;
    for (let i = 0; i < 16; i++) this.word();
  }

  /** An integer in [0, 2^32). */
  word(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** In [0, 1). */
  fraction(): number {
    return this.word() / 0x1_0000_0000;
  }

  /** An integer in [0, limit). */
  below(limit: number): number {
    return Math.floor(this.fraction() * limit);
  }

  /** An integer in [low, high]. */
  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error("nothing to pick from");
    return item;
  }

  /** Mean 0, deviation 1. */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.fraction()));
    return radius * Math.cos(2 * Math.PI * this.fraction());
  }

  /** Hexadecimal digits; `digits` up to a multiple of four. */
  hex(digits: number): string {
    let text = "";
    while (text.length < digits) text += quad(this.word());
    return text.slice(0, digits);
  }

  uuid(): string {
    const [a, b, c, d] = [this.word(), this.word(), this.word(), this.word()];
    const version = 0x4000 | (b & 0xfff);
    const variant = 0x8000 | (c & 0x3fff);
    return `${quad(a >>> 16)}${quad(a)}-${quad(b >>> 16)}-${quad(version)}-${quad(variant)}-${quad(c >>> 16)}${quad(d >>> 16)}${quad(d)}`;
  }

  upper(length: number): string {
    return this.#text(upperAlphanumeric, length);
  }

  mixed(length: number): string {
    return this.#text(mixedAlphanumeric, length);
  }

  base64(length: number): string {
    let text = "";
    while (text.length < length) {
      const bits = this.word();
      text += (base64Pairs[bits & 0xfff] ?? "") + (base64Pairs[(bits >>> 12) & 0xfff] ?? "");
    }
    return text.slice(0, length);
  }

  /** An AWS unique id such as AROA…, AKIA…; always 20 characters. */
  uniqueId(prefix: string): string {
    return prefix + this.#text(base32, 20 - prefix.length);
  }

  #text(alphabet: string, length: number): string {
    let text = "";
    for (let i = 0; i < length; i++) text += alphabet.charAt(this.below(alphabet.length));
    return text;
  }
}

export type Chooser<T> = (random: Random) => T;

/** Chooses in proportion to the weights, to one part in some thousands. */
export function weighted<T>(rows: readonly (readonly [item: T, weight: number])[]): Chooser<T> {
  const total = rows.reduce((sum, [, weight]) => sum + weight, 0);
  const slots = rows.flatMap(([item, weight]) =>
    Array.from({ length: Math.ceil((weight / total) * 4096) }, () => item),
  );
  return (random) => random.pick(slots);
}

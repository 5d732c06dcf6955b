/**
 * Typed arrays that grow by doubling.
 */

import type { Codes } from "./segment.ts";

export class GrowingNumbers<T extends Uint32Array | Float64Array> {
  private array: T;
  private readonly make: (length: number) => T;
  length = 0;

  constructor(make: (length: number) => T) {
    this.make = make;
    this.array = make(1024);
  }

  push(value: number): void {
    const at = this.length;
    this.extend(1)[at] = value;
  }

  /** Makes it longer by `count`, which the caller fills in; gives the whole array. */
  extend(count: number): T {
    if (this.length + count > this.array.length) {
      const grown = this.make(Math.max(this.array.length * 2, this.length + count));
      grown.set(this.array);
      this.array = grown;
    }
    this.length += count;
    return this.array;
  }

  /** The values; what lies beyond them was never touched and so takes no memory. */
  finish(): T {
    return this.array.subarray(0, this.length) as T;
  }
}

/** Codes in as few bytes as the highest of them needs. */
export class GrowingCodes {
  private array: Codes = new Uint8Array(1024);
  length = 0;

  /** Makes it longer by `count` codes up to `highest`, which the caller fills in. */
  extend(count: number, highest: number): Codes {
    const bytes = highest < 0x100 ? 1 : highest < 0x10000 ? 2 : 4;
    const needed = this.length + count;
    if (bytes > this.array.BYTES_PER_ELEMENT || needed > this.array.length) {
      const length =
        needed > this.array.length ? Math.max(this.array.length * 2, needed) : this.array.length;
      const grown = codesOf(Math.max(bytes, this.array.BYTES_PER_ELEMENT), length);
      grown.set(this.array.subarray(0, this.length));
      this.array = grown;
    }
    this.length = needed;
    return this.array;
  }

  finish(): Codes {
    return this.array.subarray(0, this.length);
  }
}

function codesOf(bytes: number, length: number): Codes {
  if (bytes === 1) return new Uint8Array(length);
  return bytes === 2 ? new Uint16Array(length) : new Uint32Array(length);
}

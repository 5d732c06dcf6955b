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
    this.reserve(1);
    this.array[this.length] = value;
    this.length += 1;
  }

  /** Room for `count` more, to be filled at `length` by the caller, who then adds to `length`. */
  reserve(count: number): T {
    if (this.length + count > this.array.length) {
      const grown = this.make(Math.max(this.array.length * 2, this.length + count));
      grown.set(this.array);
      this.array = grown;
    }
    return this.array;
  }

  /** Exactly the values pushed; the array may be used up by it. */
  finish(): T {
    return (this.length === this.array.length ? this.array : this.array.slice(0, this.length)) as T;
  }
}

/** Codes in as few bytes as the highest of them needs. */
export class GrowingCodes {
  private array: Codes = new Uint8Array(1024);
  length = 0;

  /** Room for `count` more codes up to `highest`. */
  reserve(count: number, highest: number): Codes {
    const bytes = highest < 0x100 ? 1 : highest < 0x10000 ? 2 : 4;
    const needed = this.length + count;
    if (bytes > this.array.BYTES_PER_ELEMENT || needed > this.array.length) {
      const length =
        needed > this.array.length ? Math.max(this.array.length * 2, needed) : this.array.length;
      const grown = codesOf(Math.max(bytes, this.array.BYTES_PER_ELEMENT), length);
      grown.set(this.array.subarray(0, this.length));
      this.array = grown;
    }
    return this.array;
  }

  finish(): Codes {
    return this.array.slice(0, this.length);
  }
}

function codesOf(bytes: number, length: number): Codes {
  if (bytes === 1) return new Uint8Array(length);
  return bytes === 2 ? new Uint16Array(length) : new Uint32Array(length);
}

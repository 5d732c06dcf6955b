/**
 * The stretch of a file that stands in the kernel's memory: where it is in the file, how much of it
 * is done with, and what is held over when the next block comes.
 */

import type { Kernel } from "../kernel/kernel.ts";
import { firstByte, type LineRange } from "./source.ts";

/** Small enough to stay in the processor's cache; larger and smaller were both slower. */
const blockBytes = 1024 * 1024;

export class BlockWindow {
  /** The kernel's input; what is filled of it ends at `length`. */
  input: Uint8Array = new Uint8Array(0);
  length = 0;
  /** Everything of the input before this is done with. */
  done = 0;
  /** Place of input[0] in the file. */
  base: number;
  private readonly kernel: Kernel;
  private readonly range: LineRange | undefined;
  private skippingLine: boolean;
  /** Where in the file the first line begins that is ours. */
  private first: number | undefined;

  constructor(kernel: Kernel, range: LineRange | undefined, base = firstByte(range)) {
    this.kernel = kernel;
    this.range = range;
    this.base = base;
    this.skippingLine = range !== undefined && range.from > 0;
  }

  /** What is filled. */
  get bytes(): Uint8Array {
    return this.input.subarray(0, this.length);
  }

  /** The place in the file where the window ends. */
  get end(): number {
    return this.base + this.length;
  }

  /** How much was read for the range, or in all. */
  get bytesRead(): number {
    return this.end - (this.first ?? this.end);
  }

  /** Room for the next bytes, behind those that are held over. */
  room(): Uint8Array {
    const kept = this.length - this.done;
    this.input = this.kernel.input(kept + Math.max(blockBytes, kept), this.done, kept);
    this.base += this.done;
    this.length = kept;
    this.done = 0;
    return this.input.subarray(kept);
  }

  /** Counting and extracting may have moved the kernel's memory. */
  refresh(): void {
    this.input = this.kernel.bytes;
  }

  /** Takes what was filled in. Says what there is to be done with it. */
  take(count: number): "read" | "read to the end" | "wait" {
    this.length += count;
    if (this.skippingLine && !this.passLine()) return "wait";
    this.first ??= this.base + this.done;
    const isLast = this.range !== undefined && this.cutAtRange(this.range.until);
    return isLast || count === 0 ? "read to the end" : "read";
  }

  /** Passes the rest of the line at `done`, also where it is still to come. */
  skipLine(): void {
    this.done = this.length;
    this.skippingLine = true;
  }

  /** Of a line that began before the range, or is too long to be read. */
  private passLine(): boolean {
    const newline = this.bytes.indexOf(0x0a);
    this.done = newline < 0 ? this.length : newline + 1;
    this.skippingLine = newline < 0;
    return newline >= 0;
  }

  /** Ends the input after the line that holds the byte before `until`. */
  private cutAtRange(until: number): boolean {
    const last = until - 1 - this.base;
    if (last >= this.length) return false;
    const newline = this.bytes.indexOf(0x0a, Math.max(0, last));
    if (newline < 0) return false;
    this.length = newline + 1;
    this.done = Math.min(this.done, this.length);
    return true;
  }
}

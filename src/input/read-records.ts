/**
 * From a feed of bytes to records in the kernel's memory, block by block.
 *
 * Holds the rest of a block over to the next, so a file of any size passes through a few megabytes.
 * Damage is told to the visitor with its place and then left behind: reading goes on at the next
 * place that can begin a record.
 */

import type { Kernel, Layout } from "../kernel/kernel.ts";
import type { Feed } from "./feed.ts";
import { recognise } from "./formats/index.ts";
import { readOpening, skipSpace, skipValue } from "./formats/opening.ts";
import type { LineRange } from "./source.ts";

export interface RecordVisitor {
  /** The file holds records, if only none or one that is cut off. */
  log(): void;
  /**
   * Records stand in the kernel: `kernel.starts` and `kernel.ends`, `count` of them. `base` is the
   * place of the kernel's input in the inflated file.
   */
  block(base: number, count: number): void;
  problem(offset: number, reason: string): void;
  /** The file is no CloudTrail log; nothing more of it is read. */
  notLog(what: string): void;
}

/** Small enough to stay in the processor's cache; larger and smaller were both slower. */
const blockBytes = 1024 * 1024;
/** No record of CloudTrail comes near this; a longer one is damage. */
const recordLimit = 64 * 1024 * 1024;
/** A document is recognised by what is within this many bytes of its beginning. */
const openingBytes = 64 * 1024;

/** Reads all records, or with `range` those of the lines that start in it. Gives the bytes read. */
export async function readRecords(
  feed: Feed,
  kernel: Kernel,
  visitor: RecordVisitor,
  range?: LineRange,
): Promise<number> {
  const reader = new BlockReader(kernel, visitor, range);
  for (;;) {
    const target = reader.room();
    const filled = feed.fill(target);
    const count = typeof filled === "number" ? filled : await filled;
    if (!reader.take(count)) break;
  }
  if (feed.damage !== undefined) visitor.problem(reader.position, feed.damage);
  return reader.position - (range?.from ?? 0);
}

/** What comes next in the bytes. */
type Expecting =
  | { readonly kind: "document" }
  | { readonly kind: "records"; readonly layout: Layout; readonly enveloped: boolean }
  /** The rest of the object whose array of records was read. */
  | { readonly kind: "envelope's end" }
  | { readonly kind: "nothing" };

class BlockReader {
  private readonly kernel: Kernel;
  private readonly visitor: RecordVisitor;
  private readonly range: LineRange | undefined;
  private expecting: Expecting = { kind: "document" };
  private documents = 0;
  /** Place of input[0] in the file. */
  private base: number;
  private input: Uint8Array = new Uint8Array(0);
  private length = 0;
  /** Everything of the input before this is done with. */
  private done = 0;
  private skippingLine: boolean;

  constructor(kernel: Kernel, visitor: RecordVisitor, range: LineRange | undefined) {
    this.kernel = kernel;
    this.visitor = visitor;
    this.range = range;
    this.base = range?.from ?? 0;
    this.skippingLine = range !== undefined && range.from > 0;
    if (range !== undefined) {
      visitor.log();
      this.expecting = { kind: "records", layout: "lines", enveloped: false };
    }
  }

  get position(): number {
    return this.base + this.length;
  }

  room(): Uint8Array {
    const kept = this.length - this.done;
    this.input = this.kernel.input(kept + Math.max(blockBytes, kept), this.done, kept);
    this.base += this.done;
    this.length = kept;
    this.done = 0;
    return this.input.subarray(kept);
  }

  /** Takes what was filled in; false when the reading is over. */
  take(count: number): boolean {
    this.length += count;
    let final = count === 0;
    if (this.skippingLine && !this.skipLine()) return !final;
    if (this.range !== undefined && this.cutAtRange(this.range.until)) final = true;
    while (this.step(final)) {
      // Each step reads one document or one part of it; the block is done when none can go on.
    }
    if (final) return false;
    if (this.length - this.done > recordLimit)
      this.resume(this.done, "a record has no end in 64 MB");
    return this.expecting.kind !== "nothing";
  }

  /** The line that began before the range belongs to the range before. */
  private skipLine(): boolean {
    const newline = this.input.subarray(0, this.length).indexOf(0x0a);
    this.done = newline < 0 ? this.length : newline + 1;
    this.skippingLine = newline < 0;
    return newline >= 0;
  }

  /** Ends the input after the line that holds the byte before `until`. */
  private cutAtRange(until: number): boolean {
    const last = until - 1 - this.base;
    if (last >= this.length) return false;
    const newline = this.input.subarray(0, this.length).indexOf(0x0a, Math.max(0, last));
    if (newline < 0) return false;
    this.length = newline + 1;
    this.done = Math.min(this.done, this.length);
    return true;
  }

  private step(final: boolean): boolean {
    switch (this.expecting.kind) {
      case "document":
        return this.readDocument(final);
      case "records":
        return this.readBlock(this.expecting.layout, this.expecting.enveloped, final);
      case "envelope's end":
        return this.readEnvelopeEnd(final);
      case "nothing":
        return false;
    }
  }

  private readDocument(final: boolean): boolean {
    if (!final && this.length - this.done < openingBytes) return false;
    const bytes = this.input.subarray(0, this.length);
    if (this.documents === 0 && this.base === 0) this.done = skipByteOrderMark(bytes);
    const opening = readOpening(bytes, this.done);
    if (opening === undefined) {
      this.done = this.length;
      if (final && this.documents === 0) this.visitor.notLog("an empty file");
      return false;
    }
    const recognised = recognise(opening);
    if (recognised.kind === "records") {
      if (this.documents === 0) this.visitor.log();
      this.documents += 1;
      const { layout } = recognised;
      const enveloped = layout === "elements" && opening.kind === "object";
      this.expecting = { kind: "records", layout, enveloped };
      this.done = recognised.at;
      return true;
    }
    if (this.documents === 0) {
      this.visitor.notLog(recognised.what);
    } else {
      this.visitor.problem(this.base + opening.at, "what follows the records is no CloudTrail log");
    }
    this.stop();
    return false;
  }

  private readBlock(layout: Layout, enveloped: boolean, final: boolean): boolean {
    const { count, consumed, state } = this.kernel.split(this.done, this.length, layout, final);
    if (count > 0) this.visitor.block(this.base, count);
    // Counting and extracting may have moved the kernel's memory.
    this.input = this.kernel.bytes;
    this.done = consumed;
    switch (state) {
      case "more":
        return false;
      case "end":
        this.expecting = enveloped ? { kind: "envelope's end" } : { kind: "document" };
        return true;
      case "broken":
        return this.resume(
          consumed,
          final ? "the log breaks off in the middle of a record" : "something else than a record",
        );
    }
  }

  private readEnvelopeEnd(final: boolean): boolean {
    const bytes = this.input.subarray(0, this.length);
    let at = this.done;
    for (;;) {
      at = skipSpace(bytes, at);
      if (bytes[at] === 0x7d) {
        this.done = at + 1;
        this.expecting = { kind: "document" };
        return true;
      }
      // A key, its colon, its value or a comma of what else the envelope holds.
      const next = bytes[at] === 0x2c || bytes[at] === 0x3a ? at + 1 : skipValue(bytes, at);
      if (at === this.length || next === undefined || next === at) break;
      at = next;
    }
    if (!final) return false;
    this.visitor.problem(this.base + at, "the log breaks off before its end");
    this.stop();
    return false;
  }

  /** Tells of the damage at `at` and finds the next place that can begin a record. */
  private resume(at: number, reason: string): boolean {
    this.visitor.problem(this.base + at, reason);
    const rest = Buffer.from(this.input.buffer, this.input.byteOffset, this.length);
    const next = rest.indexOf(recordOpening, at + 1);
    if (next < 0) {
      this.stop();
      return false;
    }
    this.done = next;
    return true;
  }

  private stop(): void {
    this.done = this.length;
    this.expecting = { kind: "nothing" };
  }
}

/** How CloudTrail begins each record it writes. */
const recordOpening = '{"eventVersion"';

function skipByteOrderMark(bytes: Uint8Array): number {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
}

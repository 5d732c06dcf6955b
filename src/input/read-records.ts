/**
 * From a feed of bytes to records in the kernel's memory, block by block.
 *
 * Holds the rest of a block over to the next, so a file of any size passes through a few megabytes.
 * Damage is told to the visitor with its place and then left behind: reading goes on at the next
 * place that can begin a record.
 */

import type { Kernel, Layout } from "../kernel/kernel.ts";
import type { Feed } from "./feed.ts";
import type { NotLog, Records } from "./formats/format.ts";
import { recognise } from "./formats/index.ts";
import {
  type Opening,
  readKeys,
  readOpening,
  recordsAt,
  skipSpace,
  skipValue,
} from "./formats/opening.ts";
import { beginnings, longestBeginning, unreadableRecord } from "./salvage.ts";
import { firstByte, type LineRange } from "./source.ts";

export interface RecordVisitor {
  /** The file holds records, if only none or one that is cut off. */
  log(): void;
  /**
   * Records stand in the kernel: `kernel.starts` and `kernel.ends`, `count` of them. `base` is the
   * place of the kernel's input in the inflated file.
   */
  block(base: number, count: number): void;
  /**
   * The kernel's input from `start` to `end` is damaged, for the reason given. Whole records may stand
   * in it.
   */
  damaged(base: number, start: number, end: number, reason: string): void;
  problem(offset: number, reason: string): void;
  /** The file holds something else than a CloudTrail log. */
  notLog(what: string): void;
}

/** Small enough to stay in the processor's cache; larger and smaller were both slower. */
const blockBytes = 1024 * 1024;
/** No record of CloudTrail comes near this. One of more than twice as much is damage for certain. */
const recordLimit = 16 * 1024 * 1024;
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
  for (let goesOn = true; goesOn; ) {
    const filled = feed.fill(reader.room());
    const count = typeof filled === "number" ? filled : await filled;
    const damage = count === 0 ? feed.damage : undefined;
    goesOn = reader.take(count, damage);
    if (damage !== undefined) visitor.problem(reader.position, damage);
  }
  return reader.bytes;
}

/** Records, and whether they stand in the array of an object. */
interface Following {
  readonly layout: Layout;
  readonly enveloped: boolean;
}

/** What comes next in the bytes. */
type Expecting =
  | { readonly kind: "document" }
  | ({ readonly kind: "records" } & Following)
  /** The rest of the object whose array of records was read. */
  | { readonly kind: "envelope's end" }
  /** Damage, up to the next place that can begin a record. */
  | ({ readonly kind: "damage" } & Following)
  | { readonly kind: "nothing" };

/** Of all layouts, the one that minds least what stands between records. */
const anywhere: Expecting = { kind: "damage", layout: "elements", enveloped: true };

class BlockReader {
  private readonly kernel: Kernel;
  private readonly visitor: RecordVisitor;
  private readonly range: LineRange | undefined;
  private expecting: Expecting = { kind: "document" };
  /** Logs met so far, one after another in the file. */
  private logs = 0;
  /** What else was met. */
  private readonly others = new Set<string>();
  /** Some record, or what must hold records, was met. */
  private isSure = false;
  /** Nothing can be said of where the present log should end. */
  private isDamaged = false;
  /** Why the feed ended too early, if it did. */
  private cutBy: string | undefined;
  /** Place of input[0] in the file. */
  private base: number;
  private input: Uint8Array = new Uint8Array(0);
  private length = 0;
  /** Everything of the input before this is done with. */
  private done = 0;
  private skippingLine: boolean;
  /** Where in the file the first line begins that is ours. */
  private first: number | undefined;

  constructor(kernel: Kernel, visitor: RecordVisitor, range: LineRange | undefined) {
    this.kernel = kernel;
    this.visitor = visitor;
    this.range = range;
    this.base = firstByte(range);
    this.skippingLine = range !== undefined && range.from > 0;
    if (range !== undefined) {
      visitor.log();
      this.expecting = { kind: "records", layout: "lines", enveloped: false };
    }
  }

  get position(): number {
    return this.base + this.length;
  }

  get bytes(): number {
    return this.position - (this.first ?? this.position);
  }

  room(): Uint8Array {
    const kept = this.length - this.done;
    this.input = this.kernel.input(kept + Math.max(blockBytes, kept), this.done, kept);
    this.base += this.done;
    this.length = kept;
    this.done = 0;
    return this.input.subarray(kept);
  }

  /** Takes what was filled in; false when the reading is over. `cutBy`: why nothing was. */
  take(count: number, cutBy: string | undefined): boolean {
    this.length += count;
    this.cutBy = cutBy;
    let final = count === 0;
    if (this.skippingLine && !this.skipLine()) return !final;
    this.first ??= this.base + this.done;
    if (this.range !== undefined && this.cutAtRange(this.range.until)) final = true;
    while (this.step(final)) {
      // Each step reads one document or one part of it; the block is done when none can go on.
    }
    if (final) return false;
    if (this.length - this.done > recordLimit) this.giveUp();
    return this.expecting.kind !== "nothing";
  }

  /** Of a line that began before the range, or is too long to be read. */
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
        return this.readBlock(this.expecting, final);
      case "envelope's end":
        return this.readEnvelopeEnd(final);
      case "damage":
        return this.passDamage(this.expecting);
      case "nothing":
        return false;
    }
  }

  private readDocument(final: boolean): boolean {
    if (!final && this.length - this.done < openingBytes) return false;
    const bytes = this.input.subarray(0, this.length);
    const opening = readOpening(bytes, skipByteOrderMark(bytes, skipSpace(bytes, this.done)));
    if (opening === undefined) {
      this.done = this.length;
      if (final && this.logs === 0 && this.others.size === 0) this.tellEmpty();
      return false;
    }
    const recognised = recognise(opening);
    switch (recognised.kind) {
      case "records":
        return this.begin(opening, recognised);
      case "not a log":
        return this.passOther(opening, recognised, final);
      case "unreadable":
        this.visitor.log();
        this.logs += 1;
        this.done = opening.at;
        return this.lose(recognised.reason);
    }
  }

  private tellEmpty(): void {
    // Whatever is wrong with the feed is told; the file is not empty then.
    if (this.cutBy === undefined) this.visitor.notLog("an empty file");
    else this.visitor.log();
  }

  private begin({ kind }: Opening, { layout, at }: Records): boolean {
    if (this.logs === 0) this.visitor.log();
    this.logs += 1;
    this.isSure = true;
    this.isDamaged = false;
    const enveloped = layout === "elements" && kind === "object";
    this.expecting = { kind: "records", layout, enveloped };
    this.done = at;
    return true;
  }

  /** What lies among logs is passed over, since `zcat *.gz` may hold anything a bucket does. */
  private passOther({ bytes, at }: Opening, { what, isUsual }: NotLog, final: boolean): boolean {
    this.done = at;
    const isFirst = this.logs === 0 && this.others.size === 0;
    if (!isUsual && !isFirst) return this.lose("what follows is no CloudTrail log");
    if (!this.others.has(what)) this.visitor.notLog(what);
    this.others.add(what);
    const end = isUsual ? skipValue(bytes, at) : undefined;
    if (end === undefined && isUsual && !final) return false;
    if (end === undefined) return this.stop();
    this.done = end;
    return true;
  }

  private readBlock({ layout, enveloped }: Following, final: boolean): boolean {
    const { count, consumed, state } = this.kernel.split(this.done, this.length, layout, final);
    if (count > 0) this.visitor.block(this.base, count);
    // Counting and extracting may have moved the kernel's memory.
    this.input = this.kernel.bytes;
    this.done = consumed;
    switch (state) {
      case "more":
        if (final && layout === "elements") this.tellCutOff();
        return false;
      case "full":
        return true;
      case "end":
        this.expecting = enveloped ? { kind: "envelope's end" } : { kind: "document" };
        return true;
      case "broken":
        return this.leaveRecord({ layout, enveloped }, final);
    }
  }

  /**
   * What stands at `done` is no record, or none that ends. Up to the last place in the input that can
   * begin one everything is handed over as damaged.
   */
  private leaveRecord(following: Following, final: boolean): boolean {
    const at = this.done;
    const next = beginnings(this.input.subarray(at + 1, this.length)).at(-1);
    // More of the file may show where the record ends, or where another begins.
    const mayWait = final ? this.cutBy !== undefined : this.length - at <= recordLimit;
    if (next === undefined && mayWait) return false;
    const isCut = final && next === undefined && opens(this.input[at]);
    this.isDamaged = true;
    this.done = next === undefined ? this.length : at + 1 + next;
    const reason = isCut ? "the log breaks off in the middle of a record" : unreadableRecord;
    this.visitor.damaged(this.base, at, this.done, reason);
    this.input = this.kernel.bytes;
    this.expecting = { ...following, kind: next === undefined ? "damage" : "records" };
    return true;
  }

  private passDamage({ layout, enveloped }: Following): boolean {
    const [next] = beginnings(this.input.subarray(this.done, this.length));
    if (next === undefined) {
      this.done = Math.max(this.done, this.length - longestBeginning);
      // Disk images begin with zeros too, and are not worth reading to their end.
      if (!this.isSure && this.position > recordLimit) this.stop();
      return false;
    }
    this.isSure = true;
    this.done += next;
    this.expecting = { kind: "records", layout, enveloped };
    return true;
  }

  private readEnvelopeEnd(final: boolean): boolean {
    const bytes = this.input.subarray(0, this.length);
    const { keys, end } = readKeys(bytes, this.done);
    const moreRecords = recordsAt(bytes, keys);
    if (moreRecords !== undefined) {
      this.done = moreRecords;
      this.expecting = { kind: "records", layout: "elements", enveloped: true };
      return true;
    }
    if (end !== undefined) {
      this.done = end;
      this.expecting = { kind: "document" };
      return true;
    }
    if (!final) return false;
    this.tellCutOff();
    this.expecting = anywhere;
    return true;
  }

  /** Once is enough: not again where there was damage, nor where the feed was cut. */
  private tellCutOff(): void {
    if (this.isDamaged || this.cutBy !== undefined) return;
    this.visitor.problem(this.base + this.done, "the log breaks off before its end");
  }

  /** The input holds the beginning of something that has no end. */
  private giveUp(): void {
    switch (this.expecting.kind) {
      case "records":
        if (this.expecting.layout === "lines") {
          this.visitor.problem(this.base + this.done, "a line is longer than 16 MB");
          this.done = this.length;
          this.skippingLine = true;
        } else {
          this.leaveRecord(this.expecting, false);
        }
        return;
      case "envelope's end":
        this.lose("the log has no end");
        return;
      case "document":
        if (this.logs > 0) this.lose("what follows is no CloudTrail log");
        else this.stop();
        return;
      case "damage":
      case "nothing":
    }
  }

  /** Tells of what stands at `done` and goes on where a record may begin. */
  private lose(reason: string): boolean {
    this.visitor.problem(this.base + this.done, reason);
    this.isDamaged = true;
    this.expecting = anywhere;
    return true;
  }

  private stop(): false {
    this.done = this.length;
    this.expecting = { kind: "nothing" };
    return false;
  }
}

function opens(byte: number | undefined): boolean {
  return byte === 0x7b || byte === 0x5b;
}

function skipByteOrderMark(bytes: Uint8Array, at: number): number {
  return bytes[at] === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf ? at + 3 : at;
}

/**
 * What becomes of the bytes, block by block: which document they belong to, where its records are,
 * what is damaged and where reading can go on.
 */

import type { Kernel } from "../kernel/kernel.ts";
import { BlockWindow } from "./block-window.ts";
import { anywhere, type Expecting, type Following } from "./expecting.ts";
import type { NotLog, Records, Unread } from "./formats/format.ts";
import { openingOf, recognise } from "./formats/index.ts";
import { type Opening, openingBytes, readKeys, recordsAt, skipValue } from "./formats/opening.ts";
import type { RecordVisitor } from "./record-visitor.ts";
import { beginnings, longestBeginning, unreadableRecord } from "./salvage.ts";
import type { LineRange } from "./source.ts";

/** No record of CloudTrail comes near this. One of more than twice as much is damage for certain. */
const recordLimit = 16 * 1024 * 1024;

export class BlockReader {
  private readonly kernel: Kernel;
  private readonly visitor: RecordVisitor;
  readonly window: BlockWindow;
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

  private constructor(kernel: Kernel, visitor: RecordVisitor, window: BlockWindow) {
    this.kernel = kernel;
    this.visitor = visitor;
    this.window = window;
  }

  /** Of a file, or with `range` of the lines in it that start there. */
  static ofFile(kernel: Kernel, visitor: RecordVisitor, range: LineRange | undefined): BlockReader {
    const reader = new BlockReader(kernel, visitor, new BlockWindow(kernel, range));
    if (range !== undefined) reader.expectLines();
    return reader;
  }

  /** Of lines alone; the first has the place `base`. */
  static ofLines(kernel: Kernel, visitor: RecordVisitor, base: number): BlockReader {
    const reader = new BlockReader(kernel, visitor, new BlockWindow(kernel, undefined, base));
    reader.expectLines();
    return reader;
  }

  private expectLines(): void {
    this.visitor.log();
    this.expecting = { kind: "records", layout: "lines" };
  }

  /** What was read and is not done with, if the file goes on with documents that wrap others. */
  get rest(): Uint8Array | undefined {
    if (this.expecting.kind !== "wrapped documents") return undefined;
    return this.window.bytes.slice(this.window.done);
  }

  /** Takes what was filled in; false when the reading is over. `cutBy`: why nothing was. */
  take(count: number, cutBy: string | undefined): boolean {
    const { window } = this;
    this.cutBy = cutBy;
    const todo = window.take(count);
    if (todo === "wait") return count > 0;
    const final = todo === "read to the end";
    while (this.step(final)) {
      // Each step reads one document or one part of it; the block is done when none can go on.
    }
    if (final || this.expecting.kind === "wrapped documents") return false;
    if (window.length - window.done > recordLimit) this.giveUp();
    return this.expecting.kind !== "nothing";
  }

  private step(final: boolean): boolean {
    switch (this.expecting.kind) {
      case "document":
        return this.readDocument(final);
      case "records":
        return this.readBlock(this.expecting, final);
      case "envelope's end":
        return this.readEnvelopeEnd(this.expecting.envelope, final);
      case "damage":
        return this.passDamage(this.expecting);
      case "wrapped documents":
      case "nothing":
        return false;
    }
  }

  private readDocument(final: boolean): boolean {
    const { window } = this;
    if (!final && window.length - window.done < openingBytes) return false;
    const opening = openingOf(window.bytes, window.done);
    if (opening === undefined) {
      this.window.done = this.window.length;
      if (final && this.logs === 0 && this.others.size === 0) this.tellEmpty();
      return false;
    }
    const recognised = recognise(opening);
    switch (recognised.kind) {
      case "records":
        return this.begin(recognised);
      case "documents":
      case "wrapped":
      case "translated":
      case "table":
        window.done = opening.at;
        this.expecting = { kind: "wrapped documents" };
        return false;
      case "unread":
        return this.passUnread(opening, recognised, final);
      case "not a log":
        return this.passOther(opening, recognised, final);
      case "unreadable":
        this.visitor.log();
        this.logs += 1;
        this.window.done = opening.at;
        return this.lose(recognised.reason);
    }
  }

  private tellEmpty(): void {
    // Whatever is wrong with the feed is told; the file is not empty then.
    if (this.cutBy === undefined) this.visitor.notLog("an empty file");
    else this.visitor.log();
  }

  private begin({ at, ...following }: Records): boolean {
    if (this.logs === 0) this.visitor.log();
    this.logs += 1;
    this.isSure = true;
    this.isDamaged = false;
    this.expecting = { ...following, kind: "records" };
    this.window.done = at;
    return true;
  }

  /** What lies among logs is passed over, since `zcat *.gz` may hold anything a bucket does. */
  private passOther({ bytes, at }: Opening, { what, isUsual }: NotLog, final: boolean): boolean {
    this.window.done = at;
    const isFirst = this.logs === 0 && this.others.size === 0;
    if (!isUsual && !isFirst) return this.lose("what follows is no CloudTrail log");
    if (!this.others.has(what)) this.visitor.notLog(what);
    this.others.add(what);
    return isUsual ? this.passValue(bytes, at, final) : this.stop();
  }

  /** Told once for a file, however often it recurs in it. */
  private passUnread({ bytes, at }: Opening, { reason, isAll }: Unread, final: boolean): boolean {
    this.window.done = at;
    if (!this.others.has(reason)) this.visitor.problem(this.window.base + at, reason);
    this.others.add(reason);
    return isAll ? this.stop() : this.passValue(bytes, at, final);
  }

  private passValue(bytes: Uint8Array, at: number, final: boolean): boolean {
    const end = skipValue(bytes, at);
    if (end === undefined) return final && this.stop();
    this.window.done = end;
    return true;
  }

  private readBlock(following: Following, final: boolean): boolean {
    const { layout, envelope } = following;
    const { count, consumed, state } = this.kernel.split(
      this.window.done,
      this.window.length,
      layout,
      final,
    );
    if (count > 0) this.visitor.block(this.window.base, count);
    this.window.refresh();
    this.window.done = consumed;
    switch (state) {
      case "more":
        if (final && layout === "elements") this.tellCutOff();
        return false;
      case "full":
        return true;
      case "end":
        this.expecting =
          envelope === undefined ? { kind: "document" } : { kind: "envelope's end", envelope };
        return true;
      case "broken":
        return this.leaveRecord(following, final);
    }
  }

  /**
   * What stands at `done` is no record, or none that ends. Up to the last place in the input that can
   * begin one everything is handed over as damaged.
   */
  private leaveRecord(following: Following, final: boolean): boolean {
    const at = this.window.done;
    const next = beginnings(this.window.input.subarray(at + 1, this.window.length)).at(-1);
    // More of the file may show where the record ends, or where another begins.
    const mayWait = final ? this.cutBy !== undefined : this.window.length - at <= recordLimit;
    if (next === undefined && mayWait) return false;
    const isCut = final && next === undefined && opens(this.window.input[at]);
    this.isDamaged = true;
    this.window.done = next === undefined ? this.window.length : at + 1 + next;
    const reason = isCut ? "the log breaks off in the middle of a record" : unreadableRecord;
    this.visitor.damaged(this.window.base, at, this.window.done, reason);
    this.window.refresh();
    this.expecting = { ...following, kind: next === undefined ? "damage" : "records" };
    return true;
  }

  private passDamage(following: Following): boolean {
    const [next] = beginnings(this.window.input.subarray(this.window.done, this.window.length));
    if (next === undefined) {
      this.window.done = Math.max(this.window.done, this.window.length - longestBeginning);
      // Disk images begin with zeros too, and are not worth reading to their end.
      if (!this.isSure && this.window.end > recordLimit) this.stop();
      return false;
    }
    this.isSure = true;
    this.window.done += next;
    this.expecting = { ...following, kind: "records" };
    return true;
  }

  private readEnvelopeEnd(envelope: string, final: boolean): boolean {
    const { bytes, done } = this.window;
    const { keys, end } = readKeys(bytes, done, new Set([envelope]));
    const moreRecords = recordsAt(bytes, keys, envelope);
    if (moreRecords !== undefined) {
      this.window.done = moreRecords;
      this.expecting = { kind: "records", layout: "elements", envelope };
      return true;
    }
    if (end !== undefined) {
      this.window.done = end;
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
    this.visitor.problem(this.window.base + this.window.done, "the log breaks off before its end");
  }

  /** The input holds the beginning of something that has no end. */
  private giveUp(): void {
    switch (this.expecting.kind) {
      case "records":
        if (this.expecting.layout === "lines") {
          this.visitor.problem(this.window.base + this.window.done, "a line is longer than 16 MB");
          this.window.skipLine();
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
      case "wrapped documents":
      case "nothing":
    }
  }

  /** Tells of what stands at `done` and goes on where a record may begin. */
  private lose(reason: string): boolean {
    this.visitor.problem(this.window.base + this.window.done, reason);
    this.isDamaged = true;
    this.expecting = anywhere;
    return true;
  }

  private stop(): false {
    this.window.done = this.window.length;
    this.expecting = { kind: "nothing" };
    return false;
  }
}

function opens(byte: number | undefined): boolean {
  return byte === 0x7b || byte === 0x5b;
}

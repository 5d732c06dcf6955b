/**
 * Finds the events in documents that wrap others: rows of lookup-events, messages, hits, envelopes.
 *
 * What a wrapper holds is a document again, in a text of its own, so walkers nest. Arrays are walked
 * element by element: only the outermost element at hand stands in memory.
 */

import type { Recognised, Translatable, Unread, Wrapped } from "./formats/format.ts";
import { openingOf, recognise } from "./formats/index.ts";
import {
  type Opening,
  openingBytes,
  readKeys,
  recordsAt,
  skipSpace,
  skipValue,
} from "./formats/opening.ts";
import { parsed, textIn } from "./json-value.ts";
import type { Translated } from "./tables/assemble.ts";
import { TableWalker } from "./tables/table-walker.ts";

export interface EventTaker {
  /** The text of one event as it was written; `at` is where the outermost element around it begins. */
  event(text: Uint8Array, at: number): void;
  problem(at: number, reason: string): void;
}

/** Documents and arrays within each other: an event within EventBridge, SNS and SQS is six deep. */
const deepest = 12;
/** Each try to go on behind damage may look at all there is, so there are not many. */
const resumesAtOnce = 20;

const notJson = "a text that is no JSON where an event should be";

/** Where the walk is: among documents, in an array of them, behind the array of an envelope, in a table. */
type State =
  | { readonly kind: "documents" }
  | { readonly kind: "elements"; readonly envelope: string | undefined }
  | { readonly kind: "envelope's end"; readonly envelope: string }
  | { readonly kind: "table"; readonly table: TableWalker };

export class DocumentWalker {
  /** What the documents are, for the case that no event is in them. */
  readonly seen = new Set<string>();
  private readonly taker: EventTaker;
  private readonly depth: number;
  private state: State = { kind: "documents" };
  /** Damage was told, and nothing sound was met since. */
  private isDamaged = false;
  private readonly told = new Set<string>();

  constructor(taker: EventTaker, depth = 0) {
    this.taker = taker;
    this.depth = depth;
  }

  /** Walks on from `from` and gives the place before which everything is done with. */
  walk(bytes: Uint8Array, from: number, final: boolean): number {
    let at = this.skipBetween(bytes, from);
    while (at < bytes.length) {
      const next = this.step(bytes, at, final);
      if (next === undefined) return at;
      at = this.skipBetween(bytes, next);
    }
    return at;
  }

  /** Nothing follows. What has no end is told, and what stands behind it is walked. */
  finish(bytes: Uint8Array, from: number): void {
    let at = this.walk(bytes, from, true);
    for (let tried = 0; at < bytes.length && tried < resumesAtOnce; tried += 1) {
      at = this.walk(
        bytes,
        this.lose(bytes, at, "the log breaks off in the middle of a record"),
        true,
      );
    }
    const isOpen = this.state.kind === "elements" || this.state.kind === "envelope's end";
    if (isOpen) this.damage(at, "the log breaks off before its end");
  }

  /** Gives up what does not end, and tells where to go on. */
  lose(bytes: Uint8Array, at: number, reason: string): number {
    this.damage(at, reason);
    return nextBeginning(bytes, at + 1);
  }

  private damage(at: number, reason: string): void {
    if (!this.isDamaged) this.taker.problem(at, reason);
    this.isDamaged = true;
  }

  /** White space, commas, and what closes the objects that were left behind an array. */
  private skipBetween(bytes: Uint8Array, from: number): number {
    if (this.state.kind === "table") return from;
    const closes = this.state.kind === "documents" ? 0x7d : 0x2c;
    let at = skipSpace(bytes, from);
    while (bytes[at] === 0x2c || bytes[at] === closes) at = skipSpace(bytes, at + 1);
    return at;
  }

  /** Where to go on; undefined when more bytes are needed. */
  private step(bytes: Uint8Array, at: number, final: boolean): number | undefined {
    switch (this.state.kind) {
      case "documents":
        if (!final && bytes.length - at < openingBytes) return undefined;
        return this.readDocument(bytes, at, final);
      case "elements":
        return this.readElement(bytes, at, this.state.envelope);
      case "envelope's end":
        return this.leaveEnvelope(bytes, at, this.state.envelope);
      case "table":
        return this.state.table.walk(bytes, at, final);
    }
  }

  private readDocument(bytes: Uint8Array, at: number, final: boolean): number | undefined {
    const opening = openingOf(bytes, at);
    return opening === undefined ? bytes.length : this.read(opening, recognise(opening), final);
  }

  private read(opening: Opening, recognised: Recognised, final: boolean): number | undefined {
    const { bytes, at } = opening;
    switch (recognised.kind) {
      case "records":
        if (recognised.layout === "elements") return this.enter(recognised.at, recognised.envelope);
        return this.readEvent(opening, final);
      case "documents":
        this.seen.add(recognised.what);
        return this.enter(recognised.at, recognised.envelope);
      case "wrapped":
        return this.readWrapped(opening, recognised);
      case "translated":
        return this.readTranslated(opening, recognised);
      case "table":
        return this.enterTable(recognised.at, recognised.what);
      case "unread":
        this.tellUnread(at, recognised);
        return recognised.isAll ? bytes.length : endOf(opening);
      case "unreadable":
        return this.lose(bytes, at, recognised.reason);
      case "not a log":
        this.seen.add(recognised.what);
        if (this.depth > 0) return bytes.length;
        if (!recognised.isUsual) return this.lose(bytes, at, "what follows is no CloudTrail log");
        return endOf(opening);
    }
  }

  private enter(at: number, envelope: string | undefined): number {
    this.state = { kind: "elements", envelope };
    return at;
  }

  private readEvent(opening: Opening, final: boolean): number | undefined {
    const { bytes, at, kind } = opening;
    // Lines of events may begin with one that is none.
    if (kind !== "object") return this.lose(bytes, at, "a record that is no JSON object");
    // A text that is cut off is told of by whoever reads it as an event.
    const isCutText = final && this.depth > 0;
    const until = endOf(opening) ?? (isCutText ? bytes.length : undefined);
    if (until !== undefined) this.give(bytes.subarray(at, until), at);
    return until;
  }

  private readWrapped(opening: Opening, wrapped: Wrapped): number | undefined {
    const { bytes, at, kind } = opening;
    this.seen.add(wrapped.what);
    const valueEnd = wrapped.end ?? skipValue(bytes, wrapped.at);
    const end = kind === "object" ? endOf(opening) : valueEnd;
    if (end === undefined || valueEnd === undefined) return undefined;
    const value = bytes.subarray(wrapped.at, valueEnd);
    const inner = value[0] === 0x7b ? value : textIn(value, wrapped.isBase64 === true);
    if (inner === undefined) this.taker.problem(at, notJson);
    else this.readInner(inner, at);
    this.isDamaged = false;
    return end;
  }

  private readElement(
    bytes: Uint8Array,
    at: number,
    envelope: string | undefined,
  ): number | undefined {
    if (bytes[at] === 0x5d) {
      this.state =
        envelope === undefined ? { kind: "documents" } : { kind: "envelope's end", envelope };
      return at + 1;
    }
    const opening = openingOf(bytes, at);
    if (opening?.end !== undefined) return this.readRow(opening, opening.end);
    const end = skipValue(bytes, at);
    if (end === undefined) return undefined;
    if (end === at) return this.lose(bytes, at, "a record that is no JSON object");
    this.readInner(bytes.subarray(at, end), at);
    return end;
  }

  /** Most elements are rows around one event, which are read in one pass. */
  private readRow(opening: Opening, end: number): number | undefined {
    const { bytes, at } = opening;
    const recognised = recognise(opening);
    if (recognised.kind === "wrapped") return this.readWrapped(opening, recognised);
    this.readInner(bytes.subarray(at, end), at);
    return end;
  }

  /** A document that is there as a whole. */
  private readInner(inner: Uint8Array, at: number): void {
    if (startsAsEvent(inner)) {
      this.give(inner, at);
      return;
    }
    if (this.depth === deepest) {
      this.taker.problem(at, "too many documents within each other");
      return;
    }
    const taker: EventTaker = {
      event: (text) => this.give(text, at),
      problem: (_, reason) => this.taker.problem(at, reason),
    };
    const walker = new DocumentWalker(taker, this.depth + 1);
    walker.finish(inner, 0);
    for (const what of walker.seen) this.seen.add(what);
  }

  private leaveEnvelope(bytes: Uint8Array, at: number, envelope: string): number | undefined {
    const { keys, end } = readKeys(bytes, at, new Set([envelope]));
    const more = recordsAt(bytes, keys, envelope);
    if (more !== undefined) return this.enter(more, envelope);
    if (end !== undefined) this.state = { kind: "documents" };
    return end;
  }

  private readTranslated(opening: Opening, { what, translate }: Translatable): number | undefined {
    const { bytes, at } = opening;
    this.seen.add(what);
    const end = endOf(opening);
    if (end === undefined) return undefined;
    const document = parsed(bytes.subarray(at, end));
    if (document === undefined) this.taker.problem(at, notJson);
    else for (const translated of translate(document)) this.giveTranslated(translated, at);
    return end;
  }

  private enterTable(at: number, what: string): number {
    this.seen.add(what);
    const table = new TableWalker({
      row: (translated, place) => this.giveTranslated(translated, place),
      problem: (place, reason) => this.damage(place, reason),
    });
    this.state = { kind: "table", table };
    return at;
  }

  private giveTranslated({ text, lacks }: Translated, at: number): void {
    for (const reason of lacks) this.tellOnce(at, reason);
    if (text !== undefined) this.readInner(Buffer.from(text), at);
  }

  private tellUnread(at: number, { reason }: Unread): void {
    this.tellOnce(at, reason);
  }

  private tellOnce(at: number, reason: string): void {
    if (!this.told.has(reason)) this.taker.problem(at, reason);
    this.told.add(reason);
  }

  private give(text: Uint8Array, at: number): void {
    this.isDamaged = false;
    this.taker.event(text, at);
  }
}

function endOf({ bytes, at, end }: Opening): number | undefined {
  return end ?? skipValue(bytes, at);
}

/** Behind the next end of a line, or where one object follows another. */
function nextBeginning(bytes: Uint8Array, from: number): number {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1", from);
  const found = /\n|\}\s*,?\s*(?=\{)/.exec(text);
  return found === null ? bytes.length : from + found.index + found[0].length;
}

const eventBeginning = Buffer.from('{"eventVersion"');

function startsAsEvent(bytes: Uint8Array): boolean {
  return eventBeginning.every((byte, index) => bytes[index] === byte);
}

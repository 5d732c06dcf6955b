/**
 * Reads records again by their place, to show them.
 *
 * Files inflated lately are remembered, since the records of one answer tend to stand together. What
 * is too large to remember is passed through from the front, and only ever forwards where the places
 * allow it. Whoever holds on to a record holds on to its bytes alone, never to the file around them.
 */

import { closeSync, fstatSync, openSync, readFileSync, readSync } from "node:fs";
import { isMember, OpenArchives, openMember } from "./archives/open.ts";
import type { Container, Feed } from "./containers/container.ts";
import { containerOfFile, openFeed } from "./containers/index.ts";
import { expand, skipping } from "./expansion.ts";
import type { FileSource } from "./source.ts";

/** Inflated bytes remembered at most. */
const rememberedBytes = 64 * 1024 * 1024;
const openFiles = 16;

/** Where a record stands. */
interface RecordPlace {
  readonly offset: number;
  readonly length: number;
  /** From here on places count in the events of wrapped documents, one a line. */
  readonly expandedFrom?: number | undefined;
}

function bytesOf({ origin }: FileSource): string {
  return `bytes ${origin}`;
}

function eventsOf({ origin }: FileSource): string {
  return `events ${origin}`;
}

function isInExpanded({ offset, expandedFrom }: RecordPlace): boolean {
  return expandedFrom !== undefined && offset >= expandedFrom;
}

interface Opened {
  readNow(offset: number, length: number): Uint8Array | undefined;
  /** Where nothing can be read at once. */
  pass(offset: number, length: number): Promise<Uint8Array>;
  close(): void;
  readonly remembered: number;
}

export class RecordReader {
  /** Least recently used first. */
  private readonly opened = new Map<string, Opened>();

  /** At once; undefined for a file that only passes. Throws as `read` does. */
  readNow(source: FileSource, place: RecordPlace): Uint8Array | undefined {
    const { offset, length } = place;
    if (isInExpanded(place)) return this.opened.get(eventsOf(source))?.readNow(offset, length);
    if (isMember(source)) return this.opened.get(bytesOf(source))?.readNow(offset, length);
    return this.file(bytesOf(source), () => open(source)).readNow(offset, length);
  }

  /** The bytes at the place; fewer where the file has become shorter. Throws what the system throws. */
  async read(source: FileSource, place: RecordPlace): Promise<Uint8Array> {
    const { offset, length, expandedFrom } = place;
    const file = await this.fileAt(source, isInExpanded(place) ? expandedFrom : undefined);
    return file.readNow(offset, length) ?? (await file.pass(offset, length));
  }

  private async fileAt(source: FileSource, expandedFrom: number | undefined): Promise<Opened> {
    if (expandedFrom !== undefined) {
      const opened = async () =>
        expand(await skipping(await openAgain(source), expandedFrom), expandedFrom, () => {});
      return this.passed(eventsOf(source), opened, expandedFrom);
    }
    if (isMember(source)) return this.passed(bytesOf(source), () => openAgain(source), 0);
    return this.file(bytesOf(source), () => open(source));
  }

  private async passed(key: string, opened: () => Promise<Feed>, from: number): Promise<Opened> {
    const file = this.opened.get(key) ?? (await wholeOrPassing(opened, from));
    return this.file(key, () => file);
  }

  private file(key: string, open: () => Opened): Opened {
    const file = this.opened.get(key) ?? open();
    this.opened.delete(key);
    this.opened.set(key, file);
    this.forget();
    return file;
  }

  close(): void {
    for (const file of this.opened.values()) file.close();
    this.opened.clear();
  }

  private forget(): void {
    let bytes = 0;
    for (const file of this.opened.values()) bytes += file.remembered;
    for (const [path, file] of this.opened) {
      if (this.opened.size <= 1) return;
      if (bytes <= rememberedBytes && this.opened.size <= openFiles) return;
      this.opened.delete(path);
      file.close();
      bytes -= file.remembered;
    }
  }
}

function open(source: FileSource): Opened {
  const descriptor = openSync(source.path, "r");
  const container = containerOfFile(descriptor);
  if (container === undefined) return plain(descriptor);
  const isSmall = fstatSync(descriptor).size <= rememberedBytes / 2;
  const unpacked = isSmall ? unpackedBytes(container, readFileSync(descriptor)) : undefined;
  closeSync(descriptor);
  return unpacked === undefined ? new Passing(async () => openFeed(source)) : whole(unpacked);
}

async function openAgain(source: FileSource): Promise<Feed> {
  if (!isMember(source)) return openFeed(source);
  const archives = new OpenArchives();
  const feed = await openMember(source, archives);
  return {
    fill: (target) => feed.fill(target),
    get damage() {
      return feed.damage;
    },
    close: () => archives.close(),
  };
}

/** What a feed gives, remembered if it is little. `from`: the place of its first byte. */
async function wholeOrPassing(opened: () => Promise<Feed>, from: number): Promise<Opened> {
  const feed = await opened();
  let bytes = new Uint8Array(windowBytes);
  let length = 0;
  for (let count = -1; count !== 0 && length < rememberedBytes / 2; length += count) {
    if (length === bytes.length) {
      const larger = new Uint8Array(length * 2);
      larger.set(bytes);
      bytes = larger;
    }
    count = await feed.fill(bytes.subarray(length));
  }
  feed.close();
  const isWhole = length < rememberedBytes / 2;
  return isWhole ? whole(bytes.slice(0, length), from) : new Passing(opened, from);
}

function unpackedBytes(container: Container, packed: Uint8Array): Uint8Array | undefined {
  const lent = container.lend(packed);
  // Good until the next file is opened.
  return lent && copyOf(lent.bytes);
}

function atOnce(
  readNow: (offset: number, length: number) => Uint8Array,
): Pick<Opened, "readNow" | "pass"> {
  return { readNow, pass: async (offset, length) => readNow(offset, length) };
}

function plain(descriptor: number): Opened {
  return {
    ...atOnce((offset, length) => {
      const bytes = Buffer.alloc(length);
      const count = readSync(descriptor, bytes, 0, length, offset);
      return bytes.subarray(0, count);
    }),
    close: () => closeSync(descriptor),
    remembered: 0,
  };
}

/** `from`: the place of the first byte. */
function whole(bytes: Uint8Array, from = 0): Opened {
  return {
    ...atOnce((offset, length) => copyOf(bytes.subarray(offset - from, offset - from + length))),
    close: () => {},
    remembered: bytes.length,
  };
}

/** `slice` of a Buffer would be a view of it. */
function copyOf(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes);
}

const windowBytes = 1024 * 1024;

/** A file that is read anew from its front whenever a place lies behind the last one. */
class Passing implements Opened {
  readonly remembered = 2 * windowBytes;
  private readonly reopen: () => Promise<Feed>;
  private readonly from: number;
  private feed: Feed | undefined;
  private window = new Uint8Array(0);
  private windowAt = 0;

  /** `from`: the place of the first byte. */
  constructor(reopen: () => Promise<Feed>, from = 0) {
    this.reopen = reopen;
    this.from = from;
  }

  readNow(): undefined {}

  async pass(offset: number, length: number): Promise<Uint8Array> {
    if (this.feed === undefined || offset < this.windowAt) {
      this.close();
      this.feed = await this.reopen();
      this.window = new Uint8Array(0);
      this.windowAt = this.from;
    }
    while (this.windowAt + this.window.length < offset + length) {
      const kept = this.window.subarray(
        Math.max(0, Math.min(offset - this.windowAt, this.window.length)),
      );
      const next = new Uint8Array(kept.length + windowBytes);
      next.set(kept);
      const count = await this.feed.fill(next.subarray(kept.length));
      this.windowAt += this.window.length - kept.length;
      this.window = next.subarray(0, kept.length + count);
      if (count === 0) break;
    }
    const from = offset - this.windowAt;
    return copyOf(this.window.subarray(from, from + length));
  }

  close(): void {
    this.feed?.close();
    this.feed = undefined;
  }
}

/**
 * Reads records again by their place, to show them.
 *
 * Files inflated lately are remembered, since the records of one answer tend to stand together. What
 * is too large to remember is passed through from the front, and only ever forwards where the places
 * allow it. Whoever holds on to a record holds on to its bytes alone, never to the file around them.
 */

import { closeSync, fstatSync, openSync, readFileSync, readSync } from "node:fs";
import { type Feed, inflateFast, inflateWhole, openFeed, startsWithGzip } from "./feed.ts";
import type { FileSource } from "./source.ts";

/** Inflated bytes remembered at most. */
const rememberedBytes = 64 * 1024 * 1024;
const openFiles = 16;

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
  readNow(source: FileSource, offset: number, length: number): Uint8Array | undefined {
    return this.file(source).readNow(offset, length);
  }

  /** The bytes at the place; fewer where the file has become shorter. Throws what the system throws. */
  async read(source: FileSource, offset: number, length: number): Promise<Uint8Array> {
    const file = this.file(source);
    return file.readNow(offset, length) ?? (await file.pass(offset, length));
  }

  private file(source: FileSource): Opened {
    const file = this.opened.get(source.path) ?? open(source);
    this.opened.delete(source.path);
    this.opened.set(source.path, file);
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
  if (!startsWithGzip(descriptor)) return plain(descriptor);
  const isSmall = fstatSync(descriptor).size <= rememberedBytes / 2;
  const inflated = isSmall ? inflatedBytes(readFileSync(descriptor)) : undefined;
  closeSync(descriptor);
  return inflated === undefined ? new Passing(source) : whole(inflated);
}

function inflatedBytes(packed: Uint8Array): Uint8Array | undefined {
  const fast = inflateFast(packed);
  // Good until the next file is opened.
  return fast === undefined ? inflateWhole(packed)?.bytes : copyOf(fast.bytes);
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

function whole(bytes: Uint8Array): Opened {
  return {
    ...atOnce((offset, length) => copyOf(bytes.subarray(offset, offset + length))),
    close: () => {},
    remembered: bytes.length,
  };
}

/** `slice` of a Buffer would be a view of it. */
function copyOf(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes);
}

const windowBytes = 1024 * 1024;

/** A file that is inflated anew from its front whenever a place lies behind the last one. */
class Passing implements Opened {
  readonly remembered = 2 * windowBytes;
  private readonly source: FileSource;
  private feed: Feed | undefined;
  private window = new Uint8Array(0);
  private windowAt = 0;

  constructor(source: FileSource) {
    this.source = source;
  }

  readNow(): undefined {}

  async pass(offset: number, length: number): Promise<Uint8Array> {
    if (this.feed === undefined || offset < this.windowAt) {
      this.close();
      this.feed = openFeed(this.source);
      this.window = new Uint8Array(0);
      this.windowAt = 0;
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

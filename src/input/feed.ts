/**
 * Feeds: the bytes of a source, inflated, handed out in order into memory that the caller owns.
 *
 * Plain files are read straight into the caller's memory, so that the kernel's input needs no copy.
 * A gzip file of ordinary size is inflated at once, which is the fastest that Node offers; a large or
 * damaged one is inflated as a stream, so that it never stands in memory whole and everything before
 * the damage is kept.
 */

import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import { constants, createGunzip, gunzipSync } from "node:zlib";
import { reasonOf } from "./discover.ts";
import type { LineRange, Source } from "./source.ts";

export interface Feed {
  /**
   * Fills `target` from its start and returns how many bytes came; 0 at the end. A plain number
   * where nothing must be waited for: a promise per block would cost more than the block.
   */
  fill(target: Uint8Array): number | Promise<number>;
  /** Why the bytes ended too early, once `fill` gave 0. */
  readonly damage: string | undefined;
  /** Bytes taken from the disk or pipe so far, for progress. */
  readonly bytesRead: number;
  close(): void;
}

/** Larger than any file CloudTrail delivers (50 MB); more goes through the stream. */
const wholeFileLimit = 64 * 1024 * 1024;
/** A whole file may inflate to this much before it is taken as a stream instead. */
const wholeOutputLimit = 512 * 1024 * 1024;

/** Opens a source. Throws what the file system throws when it cannot be opened. */
export function openFeed(source: Source, range?: LineRange): Feed {
  if (source.kind === "stream") return pipeFeed(source.target);
  const descriptor = openSync(source.path, "r");
  const magic = Buffer.alloc(2);
  const isGzip = readSync(descriptor, magic, 0, 2, 0) === 2 && isGzipMagic(magic);
  if (!isGzip) return plainFeed(descriptor, range?.from ?? 0);
  if (source.bytes > wholeFileLimit) return gzipStreamFeed(descriptor);
  const packed = readFileSync(descriptor);
  const whole = inflateWhole(packed);
  if (whole === undefined) return gzipStreamFeed(descriptor);
  closeSync(descriptor);
  return wholeFeed(whole, packed.length);
}

export function isGzipMagic(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function plainFeed(descriptor: number, from: number): Feed {
  let position = from;
  let damage: string | undefined;
  return {
    fill(target) {
      try {
        const count = readSync(descriptor, target, 0, target.length, position);
        position += count;
        return count;
      } catch (error) {
        damage = reasonOf(error);
        return 0;
      }
    },
    get damage() {
      return damage;
    },
    get bytesRead() {
      return position - from;
    },
    close: () => closeSync(descriptor),
  };
}

/** Inflated bytes, and why they end too early if they do. */
export interface Inflated {
  readonly bytes: Uint8Array;
  readonly damage?: string;
}

function wholeFeed({ bytes, damage }: Inflated, bytesRead: number): Feed {
  let position = 0;
  return {
    fill(target) {
      const count = Math.min(target.length, bytes.length - position);
      target.set(bytes.subarray(position, position + count));
      position += count;
      return count;
    },
    damage,
    bytesRead,
    close: () => {},
  };
}

/**
 * All members of a gzip file at once, up to the damage if there is any; undefined when they inflate
 * to more than should stand in memory.
 */
export function inflateWhole(packed: Uint8Array): Inflated | undefined {
  try {
    return { bytes: gunzip(packed) };
  } catch (error) {
    const code = codeOf(error);
    if (code === "ERR_BUFFER_TOO_LARGE") return undefined;
    const damage = gzipReason(error);
    return { bytes: code === "Z_BUF_ERROR" ? gunzip(packed, true) : longestSound(packed), damage };
  }
}

function gunzip(packed: Uint8Array, upToTheEnd = false): Buffer {
  return gunzipSync(packed, {
    chunkSize: likelySize(packed),
    maxOutputLength: wholeOutputLimit,
    finishFlush: upToTheEnd ? constants.Z_SYNC_FLUSH : constants.Z_FINISH,
  });
}

/**
 * What the longest prefix without error inflates to. Node throws away the output of the call in which
 * it meets the damage, so the prefix is searched for by halving.
 */
function longestSound(packed: Uint8Array): Buffer {
  let sound: Buffer = Buffer.alloc(0);
  let low = 0;
  let high = packed.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    try {
      sound = gunzip(packed.subarray(0, middle), true);
      low = middle;
    } catch {
      high = middle - 1;
    }
  }
  return sound;
}

/**
 * The size the last member claims for itself (RFC 1952, ISIZE), as a hint for the output buffer: one
 * buffer of the right size inflates a third faster than many small ones. Whoever wrote the file chose
 * the number, so it is held to what deflate can reach and to what we would take anyway.
 */
function likelySize(packed: Uint8Array): number {
  if (packed.length < 18) return 1024;
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  const claimed = view.getUint32(packed.length - 4, true) + 64;
  return Math.max(1024, Math.min(claimed, packed.length * 32, wholeFileLimit));
}

function gzipStreamFeed(descriptor: number): Feed {
  return queueFeed(inflated(blocks(descriptor, 0)), descriptor);
}

/** A pipe: gzip or not shows in its first bytes. */
function pipeFeed(target: number | string): Feed {
  const descriptor = typeof target === "number" ? target : openSync(target, "r");
  return queueFeed(inflatedIfPacked(blocks(descriptor, null)), descriptor);
}

type Chunks = AsyncGenerator<Buffer, string | undefined>;

/** Small enough that a block of the most compressible bytes inflates to no more than 64 MB. */
const packedBlock = 1 << 16;

/** The bytes of a descriptor; a pipe (`position` null) is read where it stands. */
async function* blocks(descriptor: number, position: number | null): Chunks {
  let at = position;
  for (;;) {
    const block = Buffer.allocUnsafe(packedBlock);
    const count = await readWhenReady(descriptor, block, at);
    if (count === 0) return undefined;
    if (at !== null) at += count;
    yield block.subarray(0, count);
  }
}

async function readWhenReady(
  descriptor: number,
  block: Buffer,
  position: number | null,
): Promise<number> {
  for (;;) {
    try {
      return readSync(descriptor, block, 0, block.length, position);
    } catch (error) {
      const code = codeOf(error);
      if (code === "EOF") return 0;
      // A pipe that another process made non-blocking has nothing for us yet.
      if (code !== "EAGAIN") throw error;
      await new Promise((resume) => setTimeout(resume, 5));
    }
  }
}

async function* inflatedIfPacked(chunks: Chunks): Chunks {
  const first: Buffer[] = [];
  for (let length = 0; length < 2; ) {
    const { done, value } = await chunks.next();
    if (done) break;
    first.push(value);
    length += value.length;
  }
  const head = Buffer.concat(first);
  const all = startingWith(head, chunks);
  return yield* isGzipMagic(head) ? inflated(all) : all;
}

async function* startingWith(head: Buffer, rest: Chunks): Chunks {
  yield head;
  return yield* rest;
}

/** Inflates block by block; returns why it had to stop, if it had to. */
async function* inflated(packed: Chunks): Chunks {
  const queue: Buffer[] = [];
  let damage: string | undefined;
  const stream = createGunzip({ chunkSize: packedBlock });
  // Emitted as they come, chunks before the damage are ours already when the error arrives.
  stream.on("data", (chunk: Buffer) => queue.push(chunk));
  const ended = new Promise<void>((resolve) => {
    stream.on("end", resolve);
    stream.on("error", (error) => {
      damage = gzipReason(error);
      resolve();
    });
  });
  for await (const block of packed) {
    await Promise.race([ended, new Promise<void>((done) => stream.write(block, () => done()))]);
    yield* queue.splice(0);
    if (damage !== undefined) return damage;
  }
  stream.end();
  await ended;
  yield* queue.splice(0);
  return damage;
}

function queueFeed(chunks: Chunks, descriptor: number): Feed {
  let bytesRead = 0;
  let damage: string | undefined;
  let chunk: Buffer = Buffer.alloc(0);
  let position = 0;
  let ended = false;

  const next = async () => {
    try {
      const { done, value } = await chunks.next();
      if (done) {
        ended = true;
        damage = value;
        return;
      }
      chunk = value;
      position = 0;
      bytesRead += value.length;
    } catch (error) {
      ended = true;
      damage = reasonOf(error);
    }
  };

  return {
    async fill(target) {
      let count = 0;
      while (count < target.length) {
        if (position === chunk.length) {
          if (!ended) await next();
          if (ended) break;
        }
        const step = Math.min(target.length - count, chunk.length - position);
        target.set(chunk.subarray(position, position + step), count);
        position += step;
        count += step;
      }
      return count;
    },
    get damage() {
      return damage;
    },
    get bytesRead() {
      return bytesRead;
    },
    close: () => {
      if (descriptor !== 0) closeSync(descriptor);
    },
  };
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? String(error.code) : undefined;
}

function gzipReason(error: unknown): string {
  const code = codeOf(error);
  if (code === "Z_BUF_ERROR") return "the gzip data ends too early";
  if (code === "Z_DATA_ERROR") return "the gzip data is damaged";
  return reasonOf(error);
}

/**
 * Feeds: the bytes of a source, inflated, handed out in order into memory that the caller owns.
 *
 * Plain files are read straight into the caller's memory, so that the kernel's input needs no copy.
 * A gzip file of ordinary size is inflated at once, which is the fastest that Node offers, and gives
 * everything before any damage. A large one is inflated as a stream, so that it never stands in memory
 * whole; of damage in its middle, up to one chunk before the damage is lost with it.
 */

import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import { constants, createGunzip, gunzipSync } from "node:zlib";
import { createInflater, type Inflater } from "../kernel/inflate.ts";
import { reasonOf } from "./discover.ts";
import { firstByte, type LineRange, type Source } from "./source.ts";

export interface Feed {
  /**
   * Fills `target` from its start and returns how many bytes came; 0 at the end. A plain number
   * where nothing must be waited for: a promise per block would cost more than the block.
   */
  fill(target: Uint8Array): number | Promise<number>;
  /** Why the bytes ended too early, once `fill` gave 0. */
  readonly damage: string | undefined;
  close(): void;
}

/** Larger than any file CloudTrail delivers; more goes through the stream. */
const wholeFileLimit = 16 * 1024 * 1024;
/** What inflates to more is taken as a stream: beyond it that is no slower, and bombs stay small. */
const wholeOutputLimit = 64 * 1024 * 1024;
/** A damaged file is inflated some twenty times in search of the damage; a larger one is not. */
const searchLimit = 8 * 1024 * 1024;

/** Opens a source. Throws what the file system throws when it cannot be opened. */
export function openFeed(source: Source, range?: LineRange): Feed {
  if (source.kind === "stream") return pipeFeed(source.target);
  const descriptor = openSync(source.path, "r");
  try {
    if (!startsWithGzip(descriptor)) return plainFeed(descriptor, firstByte(range));
    if (source.bytes > wholeFileLimit) return gzipStreamFeed(descriptor);
    const packed = readFileSync(descriptor);
    const whole = inflateFast(packed) ?? inflateWhole(packed);
    if (whole === undefined) return gzipStreamFeed(descriptor);
    closeSync(descriptor);
    return wholeFeed(whole);
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

/** Whether a file on disk is packed. Leaves the descriptor where it stands. */
export function startsWithGzip(descriptor: number): boolean {
  const magic = Buffer.alloc(2);
  return readSync(descriptor, magic, 0, 2, 0) === 2 && isGzipMagic(magic);
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
    close: () => closeSync(descriptor),
  };
}

/** Inflated bytes, and why they end too early if they do. */
export interface Inflated {
  readonly bytes: Uint8Array;
  readonly damage?: string;
}

function wholeFeed({ bytes, damage }: Inflated): Feed {
  let position = 0;
  return {
    fill(target) {
      const count = Math.min(target.length, bytes.length - position);
      target.set(bytes.subarray(position, position + count));
      position += count;
      return count;
    },
    damage,
    close: () => {},
  };
}

/** One for each thread, made when the first packed file is met; its memory stays. */
let inflater: Inflater | undefined;

/** Sound files only; the bytes are good until the next file is opened. Twice as fast as zlib. */
export function inflateFast(packed: Uint8Array): Inflated | undefined {
  inflater ??= createInflater();
  const bytes = inflater?.gunzip(packed, wholeOutputLimit);
  return bytes && { bytes };
}

/**
 * All members of a gzip file at once, up to the damage if there is any; undefined when that would take
 * more memory or time than the stream.
 */
export function inflateWhole(packed: Uint8Array): Inflated | undefined {
  try {
    const { bytes, used } = gunzip(packed);
    return isPadding(packed.subarray(used)) ? { bytes } : { bytes, damage: strayReason };
  } catch (error) {
    const code = codeOf(error);
    if (code === "ERR_BUFFER_TOO_LARGE") return undefined;
    const damage = gzipReason(error);
    if (code === "Z_BUF_ERROR") return { bytes: gunzip(packed, true).bytes, damage };
    return packed.length > searchLimit ? undefined : { bytes: longestSound(packed), damage };
  }
}

/** Tapes and block devices pad with zeros; zlib stops at them, whatever comes after. */
function isPadding(rest: Uint8Array): boolean {
  return rest.every((byte) => byte === 0);
}

/** Also tells how much of `packed` it used. */
function gunzip(
  packed: Uint8Array,
  upToTheEnd = false,
): { readonly bytes: Buffer; readonly used: number } {
  // The types do not know what `info` changes in the result.
  const { buffer, engine } = gunzipSync(packed, {
    chunkSize: likelySize(packed),
    maxOutputLength: wholeOutputLimit,
    finishFlush: upToTheEnd ? constants.Z_SYNC_FLUSH : constants.Z_FINISH,
    info: true,
  }) as unknown as { buffer: Buffer; engine: { bytesWritten: number } };
  return { bytes: buffer, used: engine.bytesWritten };
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
      sound = gunzip(packed.subarray(0, middle), true).bytes;
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
  return Math.max(1024, Math.min(claimed, packed.length * 32, wholeOutputLimit));
}

function gzipStreamFeed(descriptor: number): Feed {
  return queueFeed(inflated(blocks(descriptor, 0)), descriptor);
}

function pipeFeed(target: number | string): Feed {
  const descriptor = typeof target === "number" ? target : openSync(target, "r");
  return queueFeed(unpacked(blocks(descriptor, null)), descriptor);
}

/** Bytes as they come; returns why they ended too early, if they did. */
type Chunks = AsyncGenerator<Uint8Array, string | undefined>;

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
      // So Windows says that a pipe has ended.
      if (code === "EOF") return 0;
      // A pipe that another process made non-blocking has nothing for us yet.
      if (code !== "EAGAIN") throw error;
      await new Promise((resume) => setTimeout(resume, 5));
    }
  }
}

/** A pipe: gzip or not shows in its first bytes. A short one is inflated as a file of its size is. */
async function* unpacked(chunks: Chunks): Chunks {
  const head = await gathered(chunks, 2);
  if (!isGzipMagic(head)) return yield* startingWith(head, chunks);
  const packed = Buffer.concat([head, await gathered(chunks, searchLimit)]);
  const whole = packed.length < searchLimit ? inflateWhole(packed) : undefined;
  if (whole === undefined) return yield* inflated(startingWith(packed, chunks));
  yield whole.bytes;
  return whole.damage;
}

/** The next bytes, `count` of them at least unless the chunks end before. */
async function gathered(chunks: Chunks, count: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for (let length = 0; length < count; ) {
    const { done, value } = await chunks.next();
    if (done) break;
    pieces.push(value);
    length += value.length;
  }
  return Buffer.concat(pieces);
}

async function* startingWith(head: Uint8Array, rest: Chunks): Chunks {
  for (let at = 0; at < head.length; at += packedBlock) yield head.subarray(at, at + packedBlock);
  return yield* rest;
}

/** Inflates block by block. */
async function* inflated(packed: Chunks): Chunks {
  const queue: Buffer[] = [];
  let damage: string | undefined;
  let over = false;
  let fed = 0;
  let goOn = () => {};
  const stream = createGunzip({ chunkSize: packedBlock });
  const finish = () => {
    over = true;
    goOn();
  };
  // Emitted as they come, chunks before the damage are ours already when the error arrives.
  stream.on("data", (chunk: Buffer) => queue.push(chunk));
  stream.on("end", finish);
  stream.on("error", (error) => {
    damage = gzipReason(error);
    finish();
  });
  for await (const block of packed) {
    // Beyond its end the stream takes nothing more; only padding may stand there.
    if (over) {
      if (!isPadding(block)) return strayReason;
      continue;
    }
    fed += block.length;
    await new Promise<void>((resume) => {
      goOn = resume;
      stream.write(block, () => resume());
    });
    yield* queue.splice(0);
    if (damage !== undefined) return damage;
    if (stream.bytesWritten < fed && !isPadding(block.subarray(stream.bytesWritten - fed))) {
      return strayReason;
    }
  }
  if (!over) {
    await new Promise<void>((resume) => {
      goOn = resume;
      stream.end();
    });
  }
  yield* queue.splice(0);
  return damage;
}

function queueFeed(chunks: Chunks, descriptor: number): Feed {
  let damage: string | undefined;
  let chunk: Uint8Array = Buffer.alloc(0);
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
    close: () => {
      if (descriptor !== 0) closeSync(descriptor);
    },
  };
}

const strayReason = "what follows the gzip data is none";

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? String(error.code) : undefined;
}

function gzipReason(error: unknown): string {
  const code = codeOf(error);
  if (code === "Z_BUF_ERROR") return "the gzip data ends too early";
  if (code === "Z_DATA_ERROR") return "the gzip data is damaged";
  return reasonOf(error);
}

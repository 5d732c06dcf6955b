/**
 * The bytes of a file as CloudTrail wrote them, before it packed them: those that hashes and signatures
 * are of.
 *
 * Only the first member of a gzip file was delivered. What stands behind it would be read by most programs
 * as a part of the log, and its hash is in no digest.
 */

import { closeSync, openSync, readSync } from "node:fs";
import zlib, { createInflateRaw } from "node:zlib";
import { gzip } from "../input/containers/gzip.ts";
import { codeOf } from "../input/discover.ts";
import type { FileSource } from "../input/source.ts";
import { createInflater, type Inflater } from "../kernel/inflate.ts";

/** How the bytes of a file end. */
type Ending =
  /** Where they should. */
  | "whole"
  /** Before the packed data does. */
  | "cut off"
  | "damaged"
  /** More stands behind the first member. */
  | "followed"
  /** They are more than anybody would deliver. */
  | "too long";

export interface Unpacked {
  readonly ending: Ending;
  readonly isPacked: boolean;
}

interface Reader {
  /** Given the bytes piece by piece; a piece is good until `take` returns. */
  take(piece: Uint8Array): void;
  /** As many bytes are read at most. */
  readonly limit: number;
}

/** What is packed to more is unpacked piece by piece. */
const wholeFileLimit = 16 * 1024 * 1024;
const wholeOutputLimit = 64 * 1024 * 1024;
const blockBytes = 64 * 1024;

let inflater: Inflater | undefined;
let room = Buffer.alloc(0);

/** Throws what the file system throws. */
export async function unpack({ path, bytes: size }: FileSource, reader: Reader): Promise<Unpacked> {
  const descriptor = openSync(path, "r");
  try {
    // One byte more than the file had shows whether it grew.
    const whole = roomFor(Math.min(size, wholeFileLimit) + 1);
    const length = readSync(descriptor, whole, 0, Math.min(size, wholeFileLimit) + 1, 0);
    const head = whole.subarray(0, length);
    // Nothing can be said of what it was; its hash will not fit.
    if (length < 2) return { ending: "cut off", isPacked: true };
    if (!gzip.recognises(head)) {
      return { ending: readPlain(descriptor, reader), isPacked: false };
    }
    const atOnce = length === size ? inflateAtOnce(head, reader) : undefined;
    return { ending: atOnce ?? (await inflate(descriptor, reader)), isPacked: true };
  } finally {
    closeSync(descriptor);
  }
}

function readPlain(descriptor: number, { take, limit }: Reader): Ending {
  const block = roomFor(blockBytes * 4).subarray(0, blockBytes * 4);
  for (let at = 0; ; ) {
    const count = readSync(descriptor, block, 0, block.length, at);
    if (count === 0) return "whole";
    at += count;
    if (at > limit) return "too long";
    take(block.subarray(0, count));
  }
}

/** For a sound file of ordinary size; undefined for any other. */
function inflateAtOnce(packed: Uint8Array, { take, limit }: Reader): Ending | undefined {
  inflater ??= createInflater();
  const bytes = inflater?.gunzip(packed, Math.min(limit, wholeOutputLimit), "one member");
  if (bytes === undefined) return undefined;
  take(bytes);
  return "whole";
}

/** A fresh buffer for each of thousands of files makes the collector run for them alone. */
function roomFor(length: number): Buffer {
  if (room.length < length) room = Buffer.allocUnsafeSlow(Math.max(1 << 20, length * 2));
  return room;
}

/** Says what is wrong, in little memory. */
async function inflate(descriptor: number, { take, limit }: Reader): Promise<Ending> {
  const begin = headerEnd(descriptor);
  if (typeof begin !== "number") return begin;
  let failure: unknown;
  let isOver = false;
  let given = 0;
  let checksum: number | undefined = 0;
  const stream = createInflateRaw({ chunkSize: blockBytes });
  stream.on("data", (piece: Buffer) => {
    given += piece.length;
    if (given > limit) return;
    checksum = zlib.crc32?.(piece, checksum);
    take(piece);
  });
  const over = new Promise<void>((resolve) => {
    const finish = (error?: unknown) => {
      failure = error;
      isOver = true;
      resolve();
    };
    stream.on("end", () => finish());
    stream.on("error", finish);
  });
  const block = Buffer.alloc(blockBytes);
  for (let at = begin; !isOver && given <= limit; ) {
    const count = readSync(descriptor, block, 0, block.length, at);
    if (count === 0) {
      stream.end();
      await over;
      break;
    }
    at += count;
    const written = new Promise<void>((resume) =>
      stream.write(block.subarray(0, count), () => resume()),
    );
    await Promise.race([written, over]);
  }
  const end = begin + stream.bytesWritten;
  stream.destroy();
  if (given > limit) return "too long";
  if (failure !== undefined) return codeOf(failure) === "Z_BUF_ERROR" ? "cut off" : "damaged";
  return trailerEnding(descriptor, end, { checksum, length: given });
}

const trailerBytes = 8;

/** What stands behind the data: its checksum and length, and then nothing. */
function trailerEnding(
  descriptor: number,
  at: number,
  { checksum, length }: { readonly checksum: number | undefined; readonly length: number },
): Ending {
  const trailer = Buffer.alloc(trailerBytes + 1);
  const count = readSync(descriptor, trailer, 0, trailer.length, at);
  if (count < trailerBytes) return "cut off";
  const isSound =
    // Node has `crc32` since 20.15.
    (checksum === undefined || trailer.readUInt32LE(0) === checksum) &&
    trailer.readUInt32LE(4) === length % 2 ** 32;
  if (!isSound) return "damaged";
  return count > trailerBytes ? "followed" : "whole";
}

const flags = { checksum: 2, extra: 4, name: 8, comment: 16 };
const headerBytes = 10;
/** Whoever needs more has something to hide. */
const longestHeader = 256 * 1024;

/** Where the header of the first member ends (RFC 1952), or what is wrong with it. */
function headerEnd(descriptor: number): number | Ending {
  const bytes = Buffer.alloc(longestHeader);
  const head = bytes.subarray(0, readSync(descriptor, bytes, 0, longestHeader, 0));
  if (head.length < headerBytes) return "cut off";
  if (head[2] !== 8) return "damaged";
  const given = head[3] ?? 0;
  let at = headerBytes;
  if (given & flags.extra) {
    if (at + 2 > head.length) return "cut off";
    at += 2 + head.readUInt16LE(at);
  }
  for (const text of [flags.name, flags.comment]) {
    if ((given & text) === 0) continue;
    const end = head.indexOf(0, at);
    if (end === -1) return head.length === longestHeader ? "damaged" : "cut off";
    at = end + 1;
  }
  if (given & flags.checksum) at += 2;
  return at > head.length ? "cut off" : at;
}

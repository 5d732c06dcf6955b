/**
 * The containers, and the way from a source to its bytes.
 *
 * A plain file is read straight into the caller's memory, so that the kernel's input needs no copy. A
 * packed file of ordinary size is unpacked at once, which is the fastest, and gives everything before
 * any damage. A large one is unpacked piece by piece; of damage in its middle, up to one chunk before
 * the damage is lost with it.
 */

import { closeSync, openSync, readSync } from "node:fs";
import { firstByte, type LineRange, type Source } from "../source.ts";
import type { Container, Feed } from "./container.ts";
import { gzip } from "./gzip.ts";
import { pipeFeed } from "./pipe.ts";
import { plainFeed } from "./plain.ts";
import { blocks, bytesFeed, chunksFeed } from "./stream.ts";
import { utf16 } from "./utf16.ts";

const containers: readonly Container[] = [gzip, utf16];

/** By so many bytes every container is known. */
const containerHeadBytes = 2;

/** Undefined: the bytes stand as they are. */
export function containerOf(head: Uint8Array): Container | undefined {
  return containers.find((container) => container.recognises(head));
}

/** What a file is packed in. Leaves the descriptor where it stands. */
export function containerOfFile(descriptor: number): Container | undefined {
  const head = Buffer.alloc(containerHeadBytes);
  return containerOf(head.subarray(0, readSync(descriptor, head, 0, head.length, 0)));
}

/** Larger than any file CloudTrail delivers; more goes through the stream. */
const wholeFileLimit = 16 * 1024 * 1024;

/** Opens a source. Throws what the file system throws when it cannot be opened. */
export function openFeed(source: Source, range?: LineRange): Feed {
  if (source.kind === "stream") {
    return pipeFeed(source, { headBytes: containerHeadBytes, containerOf });
  }
  const descriptor = openSync(source.path, "r");
  try {
    const container = containerOfFile(descriptor);
    if (container === undefined) return plainFeed(descriptor, firstByte(range));
    const isSmall = source.bytes <= wholeFileLimit;
    const whole = isSmall ? container.lend(readPacked(descriptor)) : undefined;
    if (whole === undefined) return packedFeed(container, descriptor, () => closeSync(descriptor));
    closeSync(descriptor);
    return bytesFeed(whole);
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

/** A file of any size, unpacked piece by piece. */
export function packedFeed(container: Container, descriptor: number, close = () => {}): Feed {
  return chunksFeed(container.stream(blocks(descriptor)), close);
}

let packedRoom = Buffer.alloc(0);

/**
 * A whole file, good until the next one is read: a fresh buffer for each of thousands of files makes the
 * collector run for them alone.
 */
function readPacked(descriptor: number): Uint8Array {
  // The file may have grown since it was found; what it holds now is read, up to its end.
  let length = 0;
  for (;;) {
    if (length === packedRoom.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(1 << 16, length * 2));
      packedRoom.copy(larger);
      packedRoom = larger;
    }
    const count = readSync(descriptor, packedRoom, length, packedRoom.length - length, length);
    if (count === 0) return packedRoom.subarray(0, length);
    length += count;
  }
}

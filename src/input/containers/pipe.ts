/**
 * Pipes: read where they stand, once, into the caller's memory; what they are packed in shows in
 * their first bytes.
 */

import { closeSync, openSync, readSync } from "node:fs";
import { codeOf, reasonOf } from "../discover.ts";
import type { StreamSource } from "../source.ts";
import type { Chunks, Container, Feed } from "./container.ts";
import { bytesFeed, chunksFeed, gathered, packedBlock, startingWith } from "./stream.ts";

/** How a pipe tells what it is packed in. */
interface Recognition {
  readonly headBytes: number;
  readonly containerOf: (head: Uint8Array) => Container | undefined;
}

/**
 * The stream with its first bytes read ahead, `most` and one more if there are so many, and whether these
 * are all.
 */
export async function readAhead(
  source: StreamSource,
  most: number,
): Promise<{ readonly source: StreamSource; readonly isWhole: boolean }> {
  const target = descriptorOf(source);
  const pipe = plainPipe(target);
  let head = new Uint8Array(Math.min(most + 1, firstRoom));
  let length = await pipe.fill(head);
  while (length === head.length && length <= most) {
    const larger = new Uint8Array(Math.min(most + 1, length * 4));
    larger.set(head);
    length += await pipe.fill(larger.subarray(length));
    head = larger;
  }
  return { source: { ...source, target, head: head.subarray(0, length) }, isWhole: length <= most };
}

/** Most pipes that are small are smaller. */
const firstRoom = 256 * 1024;

function descriptorOf({ target }: StreamSource): number {
  return typeof target === "number" ? target : openSync(target, "r");
}

export function pipeFeed(stream: StreamSource, recognition: Recognition): Feed {
  const descriptor = descriptorOf(stream);
  let feed: Feed | undefined;
  const start = async (): Promise<Feed> => {
    const head = Buffer.alloc(recognition.headBytes);
    const source = withHead(stream.head ?? new Uint8Array(0), plainPipe(descriptor));
    const length = await source.fill(head);
    const container = recognition.containerOf(head.subarray(0, length));
    if (container !== undefined) return packedPipe(container, head.subarray(0, length), source);
    return withHead(head.subarray(0, length), source);
  };
  return {
    fill(target) {
      if (feed !== undefined) return feed.fill(target);
      return start().then((started) => {
        feed = started;
        return started.fill(target);
      });
    },
    get damage() {
      return feed?.damage;
    },
    close: () => {
      // Standard input is not ours to close.
      if (descriptor !== 0) closeSync(descriptor);
    },
  };
}

/** Between two looks at a pipe that is not ready; doubled while nothing comes. */
const shortPauseMs = 1;
const longPauseMs = 16;

/** Fills whatever it is given to the end, in as few calls as the pipe allows. */
function plainPipe(descriptor: number): Feed {
  let ended = false;
  let damage: string | undefined;

  const fillFrom = (
    target: Uint8Array,
    start: number,
    pauseMs: number,
  ): number | Promise<number> => {
    let count = start;
    while (!ended && count < target.length) {
      const more = readNow(target.subarray(count));
      if (more === undefined) {
        return waitThenFill(target, count, count > start ? shortPauseMs : pauseMs);
      }
      count += more;
      ended = more === 0;
    }
    return count;
  };

  const waitThenFill = async (
    target: Uint8Array,
    start: number,
    pauseMs: number,
  ): Promise<number> => {
    await new Promise((resume) => setTimeout(resume, pauseMs));
    return fillFrom(target, start, Math.min(pauseMs * 2, longPauseMs));
  };

  /** Undefined: a pipe that another process made non-blocking has nothing for us yet. */
  const readNow = (target: Uint8Array): number | undefined => {
    try {
      return readSync(descriptor, target, 0, target.length, null);
    } catch (error) {
      const code = codeOf(error);
      if (code === "EAGAIN") return undefined;
      // So Windows says that a pipe has ended.
      if (code !== "EOF") damage = reasonOf(error);
      return 0;
    }
  };

  return {
    fill: (target) => fillFrom(target, 0, shortPauseMs),
    get damage() {
      return damage;
    },
    close: () => {},
  };
}

function withHead(head: Uint8Array, rest: Feed): Feed {
  let given = 0;
  return {
    fill(target) {
      const count = Math.min(target.length, head.length - given);
      target.set(head.subarray(given, given + count));
      given += count;
      if (count > 0 && count === target.length) return count;
      const filled = rest.fill(target.subarray(count));
      return typeof filled === "number" ? count + filled : filled.then((more) => count + more);
    },
    get damage() {
      return rest.damage;
    },
    close: () => rest.close(),
  };
}

/** A pipe that ends before this is unpacked as a file of its size is. */
const smallPipe = 8 * 1024 * 1024;

async function packedPipe(container: Container, head: Uint8Array, rest: Feed): Promise<Feed> {
  const chunks = chunksOf(rest);
  const packed = Buffer.concat([head, await gathered(chunks, smallPipe)]);
  const whole = packed.length < smallPipe ? container.unpack(packed) : undefined;
  if (whole !== undefined) return bytesFeed(whole);
  return chunksFeed(container.stream(startingWith(packed, chunks)));
}

async function* chunksOf(feed: Feed): Chunks {
  for (;;) {
    const block = Buffer.allocUnsafe(packedBlock);
    const count = await feed.fill(block);
    if (count === 0) return feed.damage;
    yield block.subarray(0, count);
  }
}

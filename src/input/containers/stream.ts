/**
 * Bytes that come in chunks, and feeds of them.
 */

import { readSync } from "node:fs";
import { reasonOf } from "../discover.ts";
import type { Chunks, Feed, Unpacked } from "./container.ts";

/** Small enough that a block of the most compressible bytes inflates to no more than 64 MB. */
export const packedBlock = 1 << 16;

/** The bytes of a file, or `length` of them from `from` on. */
export async function* blocks(
  descriptor: number,
  from = 0,
  length = Number.POSITIVE_INFINITY,
): Chunks {
  for (let at = from; ; ) {
    const block = Buffer.allocUnsafe(Math.min(packedBlock, from + length - at));
    const count = readSync(descriptor, block, 0, block.length, at);
    if (count === 0) return undefined;
    at += count;
    yield block.subarray(0, count);
  }
}

/** The next bytes, `count` of them at least unless the chunks end before. */
export async function gathered(chunks: Chunks, count: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for (let length = 0; length < count; ) {
    const { done, value } = await chunks.next();
    if (done) break;
    pieces.push(value);
    length += value.length;
  }
  return Buffer.concat(pieces);
}

/** `head` alone where nothing follows. */
export async function* startingWith(head: Uint8Array, rest?: Chunks): Chunks {
  for (let at = 0; at < head.length; at += packedBlock) yield head.subarray(at, at + packedBlock);
  return rest && (yield* rest);
}

export function bytesFeed({ bytes, damage }: Unpacked): Feed {
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

export function chunksFeed(chunks: Chunks, close: () => void = () => {}): Feed {
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
    close,
  };
}

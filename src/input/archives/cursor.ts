/**
 * Archives as their bytes come: a file that can be hopped through, and one that must be unpacked.
 */

import { readSync } from "node:fs";
import type { Chunks, Feed } from "../containers/container.ts";
import type { Cursor } from "./member.ts";

/** Hops over what it skips. `size`: of the file, in bytes. */
export function fileCursor(descriptor: number, size: number): Cursor {
  let position = 0;
  return {
    get position() {
      return position;
    },
    async take(count) {
      const bytes = Buffer.alloc(Math.min(count, Math.max(0, size - position)));
      const taken = readSync(descriptor, bytes, 0, bytes.length, position);
      position += taken;
      return bytes.subarray(0, taken);
    },
    async skip(count) {
      position += count;
      return position <= size;
    },
  };
}

const roomBytes = 256 * 1024;

export interface FeedCursor extends Cursor {
  /** The next bytes, which are not taken. */
  peek(count: number): Promise<Uint8Array>;
  /** So many bytes, piece by piece; fewer, and why, where they end too early. */
  chunks(count: number): Chunks;
}

export function feedCursor(feed: Feed): FeedCursor {
  let position = 0;
  const room = Buffer.alloc(roomBytes);
  /** What was read and is not taken. */
  let from = 0;
  let until = 0;
  const fill = async (): Promise<boolean> => {
    from = 0;
    until = await feed.fill(room);
    return until > 0;
  };
  return {
    get position() {
      return position;
    },
    async *chunks(count) {
      let left = count;
      while (left > 0 && (from < until || (await fill()))) {
        const step = Math.min(left, until - from);
        const piece = Buffer.from(room.subarray(from, from + step));
        from += step;
        position += step;
        left -= step;
        yield piece;
      }
      return left > 0 ? feed.damage : undefined;
    },
    async peek(count) {
      if (from === until) await fill();
      return room.subarray(from, Math.min(until, from + count));
    },
    async take(count) {
      const bytes = Buffer.alloc(count);
      let taken = 0;
      while (taken < count && (from < until || (await fill()))) {
        const step = Math.min(count - taken, until - from);
        bytes.set(room.subarray(from, from + step), taken);
        from += step;
        taken += step;
      }
      position += taken;
      return bytes.subarray(0, taken);
    },
    async skip(count) {
      let left = count;
      while (left > 0 && (from < until || (await fill()))) {
        const step = Math.min(left, until - from);
        from += step;
        left -= step;
      }
      position += count - left;
      return left === 0;
    },
  };
}

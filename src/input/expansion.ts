/**
 * A feed of wrapped documents as a feed of the events in them, one a line.
 *
 * Places count in the lines from where the first such document begins, so that a record can be read
 * again by its place like that of an inflated file. Where a line came from is remembered while its
 * block is being read, for problems that are met in it.
 */

import type { Feed } from "./containers/container.ts";
import { DocumentWalker } from "./document-walker.ts";

/** A file is read this much at a time. */
const blockBytes = 1024 * 1024;
/** No element of an array is larger, unless it is damage. */
const elementLimit = 32 * 1024 * 1024;
/** Lines that a reader may still be at. */
const rememberedBytes = 64 * 1024 * 1024;

export interface ExpandedFeed extends Feed {
  /** Where in the file stands what the line at `place` was made of. */
  originOf(place: number): number;
  /** How far the file was read. */
  readonly position: number;
  /** What the documents are, for the case that no event was in them. */
  readonly seen: ReadonlySet<string>;
}

type TellProblem = (offset: number, reason: string) => void;

/** `from`: the place in the file of the first byte of `feed`, and of the first line. */
export function expand(feed: Feed, from: number, problem: TellProblem): ExpandedFeed {
  const lines = new Lines(from);
  let bytes: Uint8Array = new Uint8Array(0);
  let base = from;
  let ended = false;
  const walker = new DocumentWalker({
    event: (text, at) => lines.add(text, base + at),
    problem: (at, reason) => problem(base + at, reason),
  });

  /** Reads another block behind what is held over. */
  const more = async (done: number): Promise<void> => {
    const kept = bytes.subarray(done);
    const next = new Uint8Array(kept.length + Math.max(blockBytes, kept.length));
    next.set(kept);
    const count = await feed.fill(next.subarray(kept.length));
    base += done;
    bytes = next.subarray(0, kept.length + count);
    ended = count === 0;
  };

  let done = 0;
  const advance = async (): Promise<void> => {
    await more(done);
    done = 0;
    if (ended && feed.damage === undefined) {
      walker.finish(bytes, 0);
      return;
    }
    done = walker.walk(bytes, 0, ended);
    if (bytes.length - done > elementLimit) {
      done = walker.lose(bytes, done, "a record that does not end");
    }
  };

  return {
    async fill(target) {
      while (lines.isEmpty && !ended) await advance();
      return lines.take(target);
    },
    get damage() {
      return feed.damage;
    },
    get position() {
      return base + bytes.length;
    },
    originOf: (place) => lines.originOf(place),
    seen: walker.seen,
    close: () => feed.close(),
  };
}

/** What is left of a feed, behind bytes that were read of it already. */
export function following(head: Uint8Array, feed: Feed): Feed {
  let position = 0;
  return {
    fill(target) {
      if (position === head.length) return feed.fill(target);
      const part = head.subarray(position, position + target.length);
      target.set(part);
      position += part.length;
      return part.length;
    },
    get damage() {
      return feed.damage;
    },
    close: () => feed.close(),
  };
}

/** What is left of a feed behind its first bytes. */
export async function skipping(feed: Feed, count: number): Promise<Feed> {
  const block = new Uint8Array(blockBytes);
  for (let left = count; left > 0; ) {
    const passed = await feed.fill(block.subarray(0, Math.min(left, block.length)));
    if (passed === 0) break;
    left -= passed;
  }
  return feed;
}

/** Lines that wait to be taken, and where those came from that were taken lately. */
class Lines {
  private waiting: Uint8Array[] = [];
  /** How much of the first of them was taken. */
  private taken = 0;
  private end: number;
  private starts: number[] = [];
  private origins: number[] = [];

  constructor(from: number) {
    this.end = from;
  }

  get isEmpty(): boolean {
    return this.waiting.length === 0;
  }

  add(text: Uint8Array, origin: number): void {
    const line = new Uint8Array(text.length + 1);
    line.set(text);
    // JSON has line ends between its values only, where a space means the same.
    for (let at = line.indexOf(0x0a); at >= 0; at = line.indexOf(0x0a, at + 1)) line[at] = 0x20;
    line[text.length] = 0x0a;
    this.starts.push(this.end);
    this.origins.push(origin);
    this.end += line.length;
    this.waiting.push(line);
    this.forget();
  }

  take(target: Uint8Array): number {
    let count = 0;
    let index = 0;
    for (; index < this.waiting.length && count < target.length; index += 1) {
      const line = this.waiting[index] ?? target;
      const part = line.subarray(this.taken, this.taken + target.length - count);
      target.set(part, count);
      count += part.length;
      this.taken += part.length;
      if (this.taken < line.length) break;
      this.taken = 0;
    }
    this.waiting.splice(0, index);
    return count;
  }

  originOf(place: number): number {
    let low = 0;
    let high = this.starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.starts[middle] ?? 0) <= place) low = middle;
      else high = middle;
    }
    return this.origins[low] ?? place;
  }

  /** Half at a time, so that it costs little. */
  private forget(): void {
    const half = this.starts.length >> 1;
    if (half < 1024 || this.end - (this.starts[half] ?? 0) < rememberedBytes) return;
    this.starts.splice(0, half);
    this.origins.splice(0, half);
  }
}

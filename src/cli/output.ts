/**
 * What is written for the user: chunks to a stream, gathered into large writes.
 *
 * A write is finished when the system has taken it, so a full disk is an error here and not silence,
 * and a slow reader slows the program down instead of filling its memory.
 */

import type { Writable } from "node:stream";

/** Nobody reads on: the other end of the pipe is closed. No reason to complain, none to go on. */
export class ClosedPipe extends Error {}

export interface Output {
  write(chunk: string | Uint8Array): Promise<void>;
  /** Writes what was gathered; to be awaited before the program ends. */
  flush(): Promise<void>;
}

const enough = 1 << 16;

export function outputTo(stream: Writable): Output {
  let pending: (string | Uint8Array)[] = [];
  let length = 0;
  // Every failure also reaches the callback of its write; unheard, the event would end the process.
  stream.on("error", () => {});

  const flush = async () => {
    if (length === 0) return;
    const block = Buffer.concat(
      pending.map((part) => (typeof part === "string" ? Buffer.from(part) : part)),
    );
    pending = [];
    length = 0;
    await new Promise<void>((resolve, reject) => {
      stream.write(block, (error) => (error ? reject(failure(error)) : resolve()));
    });
  };

  return {
    async write(chunk) {
      pending.push(chunk);
      length += chunk.length;
      if (length >= enough) await flush();
    },
    flush,
  };
}

function failure(error: Error): Error {
  return "code" in error && error.code === "EPIPE" ? new ClosedPipe() : error;
}

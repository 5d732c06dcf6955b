/**
 * gzip: one member or several, zeros behind them or nothing.
 */

import { constants, createGunzip, gunzipSync } from "node:zlib";
import { createInflater, type Inflater } from "../../kernel/inflate.ts";
import { codeOf, reasonOf } from "../discover.ts";
import type { Chunks, Container, Unpacked } from "./container.ts";
import { packedBlock } from "./stream.ts";

export const gzip: Container = {
  recognises: (head) => head[0] === 0x1f && head[1] === 0x8b,
  unpack: inflateWhole,
  lend: (packed) => inflateFast(packed) ?? inflateWhole(packed),
  stream: inflated,
};

/** What inflates to more is taken as a stream: beyond it that is no slower, and bombs stay small. */
const wholeOutputLimit = 64 * 1024 * 1024;
/** A damaged file is inflated some twenty times in search of the damage; a larger one is not. */
const searchLimit = 8 * 1024 * 1024;

/** One for each thread, made when the first packed file is met; its memory stays. */
let inflater: Inflater | undefined;

/** Sound files only; the bytes are good until the next file is opened. Twice as fast as zlib. */
function inflateFast(packed: Uint8Array): Unpacked | undefined {
  inflater ??= createInflater();
  const bytes = inflater?.gunzip(packed, wholeOutputLimit);
  return bytes && { bytes };
}

/**
 * All members of a gzip file at once, up to the damage if there is any; undefined when that would take
 * more memory or time than the stream.
 */
function inflateWhole(packed: Uint8Array): Unpacked | undefined {
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

const strayReason = "what follows the gzip data is none";

function gzipReason(error: unknown): string {
  const code = codeOf(error);
  if (code === "Z_BUF_ERROR") return "the gzip data ends too early";
  if (code === "Z_DATA_ERROR") return "the gzip data is damaged";
  return reasonOf(error);
}

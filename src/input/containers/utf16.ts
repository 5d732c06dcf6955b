/**
 * UTF-16, as Windows' tools write text: a container like any other, since what is in it is UTF-8 once it
 * was unpacked. Told by its mark, or by how JSON begins in it.
 */

import { StringDecoder } from "node:string_decoder";
import type { Chunks, Container } from "./container.ts";

const beginnings: Readonly<Record<string, "LE" | "BE">> = {
  fffe: "LE",
  feff: "BE",
  "7b00": "LE",
  "5b00": "LE",
  "007b": "BE",
  "005b": "BE",
};

const broken = "the UTF-16 text breaks off in the middle of a character";

export const utf16: Container = {
  recognises: (head) => orderOf(head) !== undefined,
  unpack: unpacked,
  lend: unpacked,
  stream,
};

function orderOf(head: Uint8Array): "LE" | "BE" | undefined {
  return beginnings[Buffer.from(head.subarray(0, 2)).toString("hex")];
}

function unpacked(packed: Uint8Array) {
  const decode = decoderFor(packed);
  const bytes = Buffer.concat([decode(packed), decode(undefined)]);
  return packed.length % 2 === 0 ? { bytes } : { bytes, damage: broken };
}

async function* stream(packed: Chunks): Chunks {
  let decode: Decode | undefined;
  let length = 0;
  for (;;) {
    const { done, value } = await packed.next();
    if (done) {
      if (decode !== undefined) yield decode(undefined);
      return value ?? (length % 2 === 0 ? undefined : broken);
    }
    decode ??= decoderFor(value);
    length += value.length;
    yield decode(value);
  }
}

/** The UTF-8 of the next bytes, as far as their characters are there; undefined: no more follow. */
type Decode = (bytes: Uint8Array | undefined) => Buffer;

function decoderFor(head: Uint8Array): Decode {
  const decoder = new StringDecoder("utf16le");
  const isSwapped = orderOf(head) === "BE";
  let held = Buffer.alloc(0);
  return (bytes) => {
    if (bytes === undefined) return Buffer.from(decoder.end());
    // A copy, since the bytes may be swapped and are not ours.
    const all = Buffer.concat([held, bytes]);
    const even = all.length - (all.length % 2);
    held = all.subarray(even);
    const pairs = all.subarray(0, even);
    return Buffer.from(decoder.write(isSwapped ? pairs.swap16() : pairs));
  };
}

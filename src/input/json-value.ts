/**
 * Values of JSON that stand as a whole in the bytes of a document.
 */

import { gunzipSync } from "node:zlib";
import type { Json } from "../event/record.ts";

/** What one text of base64 may inflate to. */
const inflatedLimit = 64 * 1024 * 1024;

/** Undefined for what is no JSON. */
export function parsed(value: Uint8Array): Json | undefined {
  try {
    return JSON.parse(Buffer.from(value.buffer, value.byteOffset, value.length).toString()) as Json;
  } catch {
    return undefined;
  }
}

/** What a text of JSON says, or what was packed in its base64; undefined if it is none. */
export function textIn(value: Uint8Array, isBase64: boolean): Uint8Array | undefined {
  const text = parsed(value);
  if (typeof text !== "string") return undefined;
  if (!isBase64) return Buffer.from(text);
  const packed = Buffer.from(text, "base64");
  if (packed[0] !== 0x1f || packed[1] !== 0x8b) return packed;
  try {
    return gunzipSync(packed, { maxOutputLength: inflatedLimit });
  } catch {
    return undefined;
  }
}

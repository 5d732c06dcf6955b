/**
 * Bytes that may well be a log, but not as they stand. Told apart from what is no log, because the user
 * must hear of them.
 */

import type { Format } from "./format.ts";

/** As much of a file as a disk loses at once. */
const zeroedBytes = 512;

export const unreadable: Format = {
  name: "unreadable",
  recognise({ bytes, at }) {
    const head = bytes.subarray(at, at + zeroedBytes);
    const start = Buffer.from(head.subarray(0, 2)).toString("hex");
    const reason =
      unreadableStarts[start] ?? (head.every((byte) => byte === 0) ? zeroed : undefined);
    return reason === undefined ? undefined : { kind: "unreadable", reason };
  },
};

const zeroed = "zero bytes where a log should begin";
const utf16 = "UTF-16 text in another container; unpack it first";

/** By the first two bytes, in hexadecimal digits. */
const unreadableStarts: Readonly<Record<string, string>> = {
  fffe: utf16,
  feff: utf16,
  "7b00": utf16,
  "5b00": utf16,
  "007b": utf16,
  "005b": utf16,
  "1f8b": "gzip within gzip; inflate it once",
};

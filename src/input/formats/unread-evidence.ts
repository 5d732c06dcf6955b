/**
 * What holds CloudTrail events, or may well hold some, in a form that is not read. Whoever asks must
 * hear of it, and of how to get at the events.
 */

import { isDocument } from "../archives/zip.ts";
import type { Format, Recognised } from "./format.ts";
import type { Opening } from "./opening.ts";

export const unreadEvidence: Format = {
  name: "unread evidence",
  recognise(opening) {
    switch (opening.kind) {
      case "other":
        return unread(archive(opening));
      case "object":
      case "array":
        return undefined;
    }
  },
};

function unread(reason: string | undefined): Recognised | undefined {
  return reason === undefined ? undefined : { kind: "unread", reason, isAll: true };
}

/** By their first bytes, or those from `at` on, in latin1. */
const archives: readonly {
  readonly magic: string;
  readonly at?: number;
  readonly what: string;
  /** Absent: by unpacking it. */
  readonly how?: string;
  readonly command: string;
}[] = [
  { magic: "PK\x03\x04", what: "a zip archive", command: "unzip FILE -d FOLDER" },
  { magic: "\x28\xb5\x2f\xfd", what: "packed with zstd", command: "zstd -d FILE" },
  { magic: "BZh", what: "packed with bzip2", command: "bunzip2 --keep FILE" },
  { magic: "\xfd7zXZ\0", what: "packed with xz", command: "unxz --keep FILE" },
  { magic: "7z\xbc\xaf\x27\x1c", what: "a 7z archive", command: "7z x FILE" },
  { magic: "Rar!\x1a\x07", what: "a rar archive", command: "unrar x FILE" },
  { magic: "ustar", at: 257, what: "a tar archive", command: "tar -xf FILE" },
  {
    magic: "PAR1",
    what: "a Parquet table",
    how: "turn it into JSON first",
    command: `duckdb -c "COPY (FROM 'FILE') TO 'FILE.json'"`,
  },
];

function archive({ bytes, at }: Opening): string | undefined {
  const head = Buffer.from(bytes.subarray(at, at + 512)).toString("latin1");
  const found = archives.find(({ magic, at: from = 0 }) => head.startsWith(magic, from));
  if (found === undefined || isDocument(bytes.subarray(at))) return undefined;
  const { what, how = "unpack it first", command } = found;
  return `${what}, which is not read; ${how}: ${command}`;
}

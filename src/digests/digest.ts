/**
 * One digest: what CloudTrail says it delivered in an hour, and what was signed of that.
 *
 * Fields as in the user guide, digest file structure. Nothing in a digest is trusted before its signature
 * is; a key in it is compared with names of files and never opened.
 */

import { createHash } from "node:crypto";
import { isObject, type JsonObject } from "../event/record.ts";
import { parseEventTime } from "../event/time.ts";
import type { FileSource } from "../input/source.ts";
import { type DigestName, digestNameOf } from "./names.ts";
import { unpack } from "./unpacking.ts";

/** An object of S3. */
export interface Located {
  readonly bucket: string;
  readonly key: string;
}

export interface ListedLog extends Located {
  /** Of the unpacked bytes, in hex. */
  readonly hash: string;
  readonly algorithm: string | undefined;
}

export interface Digest extends Located {
  readonly fingerprint: string;
  /** Epoch milliseconds. */
  readonly start: number;
  readonly end: number;
  /** As it was written, which is what was signed. */
  readonly endText: string;
  /** Absent in the first digest after logging or validation was switched on. */
  readonly previous: Located | undefined;
  /** The signature of the digest before this one, in hex. */
  readonly previousSignature: string | null;
  readonly previousHash: string | undefined;
  readonly logs: readonly ListedLog[];
}

/** A file that is a digest, or ought to be one. */
export interface DigestFile {
  readonly source: FileSource;
  /** From the file's name, or the name in the digest where the file bears another. */
  readonly name: DigestName | undefined;
  /** Of its unpacked bytes, in hex. */
  readonly hash: string;
  /** Undefined: it has not the form of a digest. */
  readonly digest: Digest | undefined;
  /** More stands behind the first member of gzip. */
  readonly isFollowed: boolean;
}

/** One of the busiest trails of the world lists some ten thousand logs an hour, of 300 bytes each. */
const largestDigest = 128 * 1024 * 1024;

/** Throws what the file system throws. */
export async function readDigest(source: FileSource): Promise<DigestFile> {
  const pieces: Uint8Array[] = [];
  const { ending } = await unpack(source.path, {
    take: (piece) => pieces.push(Buffer.from(piece)),
    limit: largestDigest,
  });
  const bytes = Buffer.concat(pieces);
  const isSound = ending === "whole" || ending === "followed";
  const digest = isSound ? digestIn(bytes) : undefined;
  return {
    source,
    name: digestNameOf(source.path) ?? (digest && digestNameOf(digest.key)),
    hash: createHash("sha256").update(bytes).digest("hex"),
    digest,
    isFollowed: ending === "followed",
  };
}

function digestIn(bytes: Buffer): Digest | undefined {
  let json: unknown;
  try {
    json = JSON.parse(bytes.toString());
  } catch {
    return undefined;
  }
  return isObject(json) ? digestOf(json) : undefined;
}

function digestOf(json: JsonObject): Digest | undefined {
  const bucket = textAt(json, "digestS3Bucket");
  const key = textAt(json, "digestS3Object");
  const fingerprint = textAt(json, "digestPublicKeyFingerprint");
  const endText = textAt(json, "digestEndTime");
  const start = parseEventTime(json["digestStartTime"]);
  const end = parseEventTime(endText);
  const previousSignature = json["previousDigestSignature"];
  const logs = logsIn(json["logFiles"]);
  if (bucket === undefined || key === undefined || fingerprint === undefined) return undefined;
  if (endText === undefined || start === undefined || end === undefined) return undefined;
  if (previousSignature !== null && typeof previousSignature !== "string") return undefined;
  if (logs === undefined) return undefined;
  const previousBucket = textAt(json, "previousDigestS3Bucket");
  const previousKey = textAt(json, "previousDigestS3Object");
  const previous =
    previousBucket === undefined || previousKey === undefined
      ? undefined
      : { bucket: previousBucket, key: previousKey };
  return {
    ...{ bucket, key, fingerprint, start, end, endText, previous, previousSignature, logs },
    previousHash: textAt(json, "previousDigestHashValue"),
  };
}

/** Undefined if one of them is not what it should be. */
function logsIn(json: unknown): readonly ListedLog[] | undefined {
  if (!Array.isArray(json)) return undefined;
  const logs: ListedLog[] = [];
  for (const log of json) {
    if (!isObject(log)) return undefined;
    const [bucket, key, hash] = ["s3Bucket", "s3Object", "hashValue"].map((name) =>
      textAt(log, name),
    );
    if (bucket === undefined || key === undefined || hash === undefined) return undefined;
    logs.push({ bucket, key, hash, algorithm: textAt(log, "hashAlgorithm") });
  }
  return logs;
}

function textAt(json: JsonObject, name: string): string | undefined {
  const value = Object.hasOwn(json, name) ? json[name] : undefined;
  return typeof value === "string" ? value : undefined;
}

/** `s3://bucket/key`, as the user would name it. */
export function addressOf({ bucket, key }: Located): string {
  return `s3://${bucket}/${key}`;
}

/** When the hour of a digest ends, as far as it tells: epoch milliseconds. */
export function endOf({ name, digest }: DigestFile): number {
  return name?.end ?? digest?.end ?? 0;
}

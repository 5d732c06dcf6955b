/**
 * A trail as CloudTrail delivers it with validation on: logs, and digests that list and sign them. The key
 * is made here and forgotten.
 */

import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import type { CloudTrailRecord } from "../../src/event/record.ts";

export interface TrailKey {
  readonly fingerprint: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  /** That of CloudTrail, unless it says otherwise. */
  readonly publicForm?: "pkcs1" | "spki";
}

export function trailKey(fingerprint = "0123456789abcdef0123456789abcdef"): TrailKey {
  return { fingerprint, ...generateKeyPairSync("rsa", { modulusLength: 2048 }) };
}

/** As `aws cloudtrail list-public-keys` prints them. */
export function publicKeys(...keys: readonly TrailKey[]): string {
  const list = keys.map(({ fingerprint, publicKey, publicForm = "pkcs1" }) => ({
    Value: publicKey.export({ type: publicForm, format: "der" }).toString("base64"),
    ValidityStartTime: "2026-11-01T00:00:00+00:00",
    ValidityEndTime: "2026-12-01T00:00:00+00:00",
    Fingerprint: fingerprint,
  }));
  return `${JSON.stringify({ PublicKeyList: list }, null, 2)}\n`;
}

/** One digest, and the logs delivered in its hour. */
export interface Hour {
  /** When it ends: `2026-11-05T09:14:00Z`. */
  readonly end: string;
  readonly logs: readonly DeliveredLog[];
  /** Validation was off before: the chain begins anew. */
  readonly isFirst?: boolean;
  /** Bucket from then on. */
  readonly bucket?: string;
}

export interface DeliveredLog {
  /** `20261105T0830Z`: in the file's name. */
  readonly delivered: string;
  readonly records: readonly CloudTrailRecord[];
}

export interface TrailSpec {
  readonly key: TrailKey;
  readonly hours: readonly Hour[];
  /** Digests of what was delivered late, a chain of its own. */
  readonly late?: readonly Hour[];
  readonly account?: string;
  readonly region?: string;
  readonly bucket?: string;
  /** Before `AWSLogs`, with a slash at its end. */
  readonly prefix?: string;
}

export interface Delivered {
  /** By key, packed. */
  readonly files: Map<string, Buffer>;
  /** Keys of digests and of logs, oldest first. */
  readonly digests: readonly string[];
  readonly logs: readonly string[];
  /** Of the newest digest, as `aws s3api head-object` prints it. */
  readonly headObject: string;
  /** Of the newest digest of late deliveries. */
  readonly lateHeadObject: string;
}

const hourMs = 60 * 60 * 1000;

export function signedTrail(spec: TrailSpec): Delivered {
  const files = new Map<string, Buffer>();
  const keys = { digests: [] as string[], logs: [] as string[] };
  const deliver = (hours: readonly Hour[], suffix: string): string => {
    let previous: Previous | undefined;
    for (const hour of hours) {
      const delivered = deliveredIn(hour, previous, { ...spec, suffix });
      for (const [key, bytes] of delivered.logs) {
        files.set(key, bytes);
        keys.logs.push(key);
      }
      files.set(delivered.key, delivered.bytes);
      keys.digests.push(delivered.key);
      previous = delivered;
    }
    return headObject(previous?.signature ?? "", suffix);
  };
  const head = deliver(spec.hours, "");
  const lateHead = deliver(spec.late ?? [], "_backfill");
  return { files, ...keys, headObject: head, lateHeadObject: lateHead };
}

interface Previous {
  readonly bucket: string;
  readonly key: string;
  readonly hash: string;
  readonly signature: string;
}

function deliveredIn(
  { end, logs, isFirst = false, bucket: ownBucket }: Hour,
  before: Previous | undefined,
  spec: TrailSpec & { readonly suffix: string },
) {
  const {
    key: trailKey,
    account = "111122223333",
    region = "us-east-1",
    prefix = "",
    suffix,
  } = spec;
  const bucket = ownBucket ?? spec.bucket ?? "example-trail-logs";
  const day = end.slice(0, 10).replaceAll("-", "/");
  const top = `${prefix}AWSLogs/${account}`;
  const stamp = end.replace(/[-:]/g, "");
  const name = `${account}_CloudTrail-Digest_${region}_org-trail_us-east-1_${stamp}${suffix}`;
  const key = `${top}/CloudTrail-Digest/${region}/${day}/${name}.json.gz`;
  const previous = isFirst ? undefined : before;
  const files = logs.map(({ delivered, records }): [string, Buffer, string] => {
    const text = JSON.stringify({ Records: records });
    const unique = createHash("sha256").update(`${delivered}${text}`).digest("hex").slice(0, 16);
    const log = `${account}_CloudTrail_${region}_${delivered}_${unique}.json.gz`;
    return [
      `${top}/CloudTrail/${region}/${day}/${log}`,
      gzipSync(text, { level: 9 }),
      sha256(text),
    ];
  });
  const text = JSON.stringify({
    awsAccountId: account,
    digestStartTime: new Date(Date.parse(end) - hourMs).toISOString().replace(".000", ""),
    digestEndTime: end,
    digestS3Bucket: bucket,
    digestS3Object: key,
    digestPublicKeyFingerprint: trailKey.fingerprint,
    digestSignatureAlgorithm: "SHA256withRSA",
    newestEventTime: null,
    oldestEventTime: null,
    previousDigestS3Bucket: previous?.bucket ?? null,
    previousDigestS3Object: previous?.key ?? null,
    previousDigestHashValue: previous?.hash ?? null,
    previousDigestHashAlgorithm: previous === undefined ? null : "SHA-256",
    previousDigestSignature: previous?.signature ?? null,
    logFiles: files.map(([s3Object, , hashValue]) => ({
      s3Bucket: bucket,
      s3Object,
      hashValue,
      hashAlgorithm: "SHA-256",
      newestEventTime: end,
      oldestEventTime: end,
    })),
  });
  const hash = sha256(text);
  const signed = `${end}\n${bucket}/${key}\n${hash}\n${previous?.signature ?? "null"}`;
  const signature = sign("RSA-SHA256", Buffer.from(signed), trailKey.privateKey).toString("hex");
  return {
    ...{ bucket, key, hash, signature, bytes: gzipSync(text, { level: 9 }) },
    logs: files.map(([log, bytes]) => [log, bytes] as const),
  };
}

function headObject(signature: string, suffix: string): string {
  const metadata = {
    signature,
    "signature-algorithm": "SHA256withRSA",
    ...(suffix === "" ? {} : { "backfill-generation-timestamp": "2026-11-05T12:14:00Z" }),
  };
  const answer = { ContentType: "application/json", ContentEncoding: "gzip", Metadata: metadata };
  return `${JSON.stringify(answer, null, 2)}\n`;
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Puts files into a folder, by their keys. */
export function writeFiles(folder: string, files: ReadonlyMap<string, Uint8Array | string>): void {
  for (const [key, bytes] of files) {
    const path = join(folder, key);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  }
}

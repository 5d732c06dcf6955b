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
  /** Of the newest digest, as `aws s3api head-object` prints it. */
  readonly headObject: string;
  /** Of the newest digest of late deliveries. */
  readonly lateHeadObject: string;
}

const hourMs = 60 * 60 * 1000;

export function signedTrail(spec: TrailSpec): Delivered {
  const files = new Map<string, Buffer>();
  const deliver = (hours: readonly Hour[], suffix: string): string => {
    let previous: SignedDigest | undefined;
    for (const hour of hours) {
      const delivered = deliveredIn(hour, previous, { ...spec, suffix });
      for (const { key, bytes } of [...delivered.files, delivered.digest]) files.set(key, bytes);
      previous = delivered.digest;
    }
    return headObject(previous?.signature ?? "", suffix);
  };
  const head = deliver(spec.hours, "");
  return { files, headObject: head, lateHeadObject: deliver(spec.late ?? [], "_backfill") };
}

/** A log as its digest lists it. */
export interface Listed {
  readonly key: string;
  /** SHA-256 of the unpacked bytes, in hex. */
  readonly hash: string;
}

export interface SignedDigest {
  readonly bucket: string;
  readonly key: string;
  readonly hash: string;
  readonly signature: string;
  /** Packed. */
  readonly bytes: Buffer;
}

interface DigestSpec extends Omit<TrailSpec, "hours" | "late"> {
  readonly end: string;
  readonly logs: readonly Listed[];
  readonly previous: SignedDigest | undefined;
  /** `_backfill`, if it is of late deliveries. */
  readonly suffix?: string;
}

/** One hour's digest, signed. */
export function signedDigest(spec: DigestSpec): SignedDigest {
  const { end, logs, previous, suffix = "" } = spec;
  const { account, region, bucket, prefix } = { ...usual, ...spec };
  const stamp = end.replace(/[-:]/g, "");
  const name = `${account}_CloudTrail-Digest_${region}_org-trail_us-east-1_${stamp}${suffix}`;
  const key = `${prefix}AWSLogs/${account}/CloudTrail-Digest/${region}/${dayOf(end)}/${name}.json.gz`;
  const text = JSON.stringify({
    awsAccountId: account,
    digestStartTime: new Date(Date.parse(end) - hourMs).toISOString().replace(".000", ""),
    digestEndTime: end,
    digestS3Bucket: bucket,
    digestS3Object: key,
    digestPublicKeyFingerprint: spec.key.fingerprint,
    digestSignatureAlgorithm: "SHA256withRSA",
    newestEventTime: null,
    oldestEventTime: null,
    previousDigestS3Bucket: previous?.bucket ?? null,
    previousDigestS3Object: previous?.key ?? null,
    previousDigestHashValue: previous?.hash ?? null,
    previousDigestHashAlgorithm: previous === undefined ? null : "SHA-256",
    previousDigestSignature: previous?.signature ?? null,
    logFiles: logs.map((log) => ({
      s3Bucket: bucket,
      s3Object: log.key,
      hashValue: log.hash,
      hashAlgorithm: "SHA-256",
      newestEventTime: end,
      oldestEventTime: end,
    })),
  });
  const hash = sha256(text);
  const signed = `${end}\n${bucket}/${key}\n${hash}\n${previous?.signature ?? "null"}`;
  const signature = sign("RSA-SHA256", Buffer.from(signed), spec.key.privateKey).toString("hex");
  return { bucket, key, hash, signature, bytes: gzipSync(text, { level: 9 }) };
}

const usual = {
  account: "111122223333",
  region: "us-east-1",
  bucket: "example-trail-logs",
  prefix: "",
};

/** As folders have it. */
function dayOf(end: string): string {
  return end.slice(0, 10).replaceAll("-", "/");
}

function deliveredIn(
  { end, logs, isFirst = false, bucket }: Hour,
  before: SignedDigest | undefined,
  spec: TrailSpec & { readonly suffix: string },
) {
  const { account, region, prefix } = { ...usual, ...spec };
  const files = logs.map(({ delivered, records }) => {
    const text = JSON.stringify({ Records: records });
    const unique = sha256(`${delivered}${text}`).slice(0, 16);
    const log = `${account}_CloudTrail_${region}_${delivered}_${unique}.json.gz`;
    const key = `${prefix}AWSLogs/${account}/CloudTrail/${region}/${dayOf(end)}/${log}`;
    return { key, hash: sha256(text), bytes: gzipSync(text, { level: 9 }) };
  });
  const digest = signedDigest({
    ...spec,
    ...(bucket !== undefined && { bucket }),
    ...{ end, logs: files, previous: isFirst ? undefined : before },
  });
  return { digest, files };
}

/** As `aws s3api head-object` prints it. */
export function headObject(signature: string, suffix = ""): string {
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

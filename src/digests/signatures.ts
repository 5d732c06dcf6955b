/**
 * Whether a digest is what CloudTrail signed.
 *
 * A digest's signature stands in the digest that follows it, and in the metadata of its S3 object. Signed
 * is `digestEndTime \n bucket/key \n hex(sha256(unpacked bytes)) \n previous signature or "null"`, as
 * RSASSA-PKCS1-v1_5 with SHA-256 (user guide, custom validation; `aws cloudtrail validate-logs`). A
 * signature that fits proves the digest wherever it came from; one that does not accuses the digest only
 * if it comes from a digest that is itself proven, or from the user.
 */

import { createPublicKey, type KeyObject, verify } from "node:crypto";
import { basename } from "node:path";
import type { Standing } from "../query/integrity.ts";
import { addressOf, type Digest, type DigestFile, endOf } from "./digest.ts";
import { digestNameOf, isInPlace, plainName } from "./names.ts";
import type { SavedSignature, Trust } from "./trust.ts";

export interface DigestVerdict {
  readonly standing: Standing;
  readonly status: string;
  /** The signature is only in the metadata of the S3 object. */
  readonly lacksSignature: boolean;
}

export interface Signed {
  readonly verdicts: ReadonlyMap<DigestFile, DigestVerdict>;
  /** Saved signatures that no digest needed or fitted, by their file. */
  readonly unused: readonly string[];
}

export function judgeDigests(files: readonly DigestFile[], trust: Trust): Signed {
  return new Judge(files, trust).judge();
}

interface Candidate {
  readonly file: DigestFile;
  readonly digest: Digest;
  /** Digests that name what stands in this one's place as the one before them. */
  readonly followers: readonly DigestFile[];
  readonly key: KeyObject;
}

class Judge {
  private readonly files: readonly DigestFile[];
  private readonly trust: Trust;
  /** By the name of the file that they name as the one before them. */
  private readonly followers: ReadonlyMap<string, readonly DigestFile[]>;
  private readonly verdicts = new Map<DigestFile, DigestVerdict>();
  private readonly keys = new Map<Uint8Array, KeyObject | undefined>();
  /** Keys that some signature here fits. */
  private readonly proving = new Set<KeyObject>();
  private readonly used = new Set<SavedSignature>();

  constructor(files: readonly DigestFile[], trust: Trust) {
    this.files = files;
    this.trust = trust;
    this.followers = followersIn(files);
  }

  judge(): Signed {
    const open: Candidate[] = [];
    for (const file of this.files) {
      const { digest } = file;
      const keyOrVerdict =
        digest === undefined ? invalid("invalid format") : this.keyFor(file, digest);
      if (digest === undefined || "standing" in keyOrVerdict) {
        if ("standing" in keyOrVerdict) this.verdicts.set(file, keyOrVerdict);
        continue;
      }
      const candidate = {
        ...{ file, digest, key: keyOrVerdict },
        followers: this.followersOf(file),
      };
      if (this.isProven(candidate)) this.verdicts.set(file, valid);
      else open.push(candidate);
    }
    // Only now is it known which of the others may accuse, and newer ones have to be judged first.
    const nameless = this.nameless();
    const tips = open.filter((candidate) => this.isTip(candidate));
    const areTipsMeant = tips.length <= nameless.length;
    for (const candidate of open.sort((a, b) => endOf(b.file) - endOf(a.file))) {
      const meant = areTipsMeant && tips.includes(candidate) ? nameless : [];
      this.verdicts.set(candidate.file, this.unproven(candidate, meant));
    }
    const unused = this.trust.signatures.filter((saved) => !this.used.has(saved));
    return { verdicts: this.verdicts, unused: unused.map(({ file }) => file) };
  }

  /** The checks before that of the signature, in the order in which the AWS CLI makes them. */
  private keyFor(file: DigestFile, digest: Digest): KeyObject | DigestVerdict {
    if (!isInPlace(file.source.path, digest.key)) {
      return moved;
    }
    if (file.isFollowed) return invalid("unexpected data after end of compressed stream");
    const { keys } = this.trust;
    const { fingerprint } = digest;
    if (keys === undefined) return this.byHash(file);
    const der = keys.get(fingerprint);
    if (der === undefined) {
      const region = file.name?.homeRegion ?? digestNameOf(digest.key)?.homeRegion ?? "unknown";
      return invalid(`public key not found in region ${region} for fingerprint ${fingerprint}`);
    }
    return (
      this.loaded(der) ?? invalid(`Unable to load PKCS #1 key with fingerprint ${fingerprint}`)
    );
  }

  /** Without keys only whether the digests of the copy agree with each other. */
  private byHash(file: DigestFile): DigestVerdict {
    const hashes = this.followersOf(file).flatMap((after) => after.digest?.previousHash ?? []);
    // One of another length says nothing: such digests have been delivered.
    const differs = hashes.some((hash) => hash.length === file.hash.length && hash !== file.hash);
    if (differs) return invalid("hash value doesn't match the digest that follows");
    return unknown("signature not checked: no public keys were given");
  }

  /** By where the file stands: what it says of itself may have been changed. */
  private followersOf({ source: { path } }: DigestFile): readonly DigestFile[] {
    const named = this.followers.get(plainName(path)) ?? [];
    return named.filter(({ digest }) => isInPlace(path, digest?.previous?.key ?? ""));
  }

  private loaded(der: Uint8Array): KeyObject | undefined {
    if (!this.keys.has(der)) this.keys.set(der, keyFrom(der));
    return this.keys.get(der);
  }

  private isProven({ file, digest, key, followers }: Candidate): boolean {
    const text = signedText(file, digest);
    const isSigned = ({ digest: after }: DigestFile) => fits(after?.previousSignature, text, key);
    const isFollowed = followers.some(isSigned);
    const fitting = ({ signature }: SavedSignature) => fits(signature, text, key);
    const saved = isFollowed ? undefined : this.trust.signatures.find(fitting);
    if (saved !== undefined) this.used.add(saved);
    if (!isFollowed && saved === undefined) return false;
    this.proving.add(key);
    return true;
  }

  /** `meant`: saved signatures that can be of no other digest. */
  private unproven(
    { file, digest, followers, key }: Candidate,
    meant: readonly SavedSignature[],
  ): DigestVerdict {
    const own = [...meant, ...this.trust.signatures.filter((saved) => isSavedFor(saved, file))];
    for (const saved of own) this.used.add(saved);
    if (own.length > 0) return signatureFailed;
    if (followers.length === 0) return { ...unknown(inMetadata), lacksSignature: true };
    // A digest that was changed may hold any signature, unless it is the key that is at fault.
    const isForged = followers.every((after) => this.verdicts.get(after)?.standing === "invalid");
    if (isForged && this.proving.has(key)) return unknown(inInvalid);
    const isMeant = ({ digest: after }: DigestFile) =>
      after?.previous !== undefined && addressOf(after.previous) === addressOf(digest);
    return followers.some(isMeant) ? signatureFailed : moved;
  }

  /** The newest of its chain, which is what users save signatures of. */
  private isTip({ file, followers }: Candidate): boolean {
    if (followers.length > 0) return false;
    const chain = (one: DigestFile) => `${one.name?.isBackfill} ${one.name?.chain}`;
    return !this.files.some((other) => chain(other) === chain(file) && endOf(other) > endOf(file));
  }

  /** Saved signatures that proved nothing yet, and whose file's name tells of no digest. */
  private nameless(): readonly SavedSignature[] {
    return this.trust.signatures.filter(
      (saved) => !this.used.has(saved) && !this.files.some((file) => isSavedFor(saved, file)),
    );
  }
}

const inMetadata = "signature not known: it is in the metadata of the S3 object";
const inInvalid = "signature not known: the digest that holds it is INVALID";

/** `NAME.json.gz.head.json` is about the digest of that name. */
function isSavedFor({ file }: SavedSignature, { source }: DigestFile): boolean {
  return basename(file).startsWith(`${basename(source.path).replace(/\.json(?:\.gz)?$/, "")}.`);
}

const valid: DigestVerdict = { standing: "valid", status: "valid", lacksSignature: false };

function invalid(why: string): DigestVerdict {
  return { standing: "invalid", status: `INVALID: ${why}`, lacksSignature: false };
}

const moved = invalid("has been moved from its original location");
const signatureFailed = invalid("signature verification failed");

function unknown(status: string): DigestVerdict {
  return { standing: "unknown", status, lacksSignature: false };
}

function followersIn(files: readonly DigestFile[]): ReadonlyMap<string, readonly DigestFile[]> {
  const followers = new Map<string, DigestFile[]>();
  for (const file of files) {
    const previous = file.digest?.previous;
    if (previous === undefined) continue;
    const name = plainName(previous.key);
    const known = followers.get(name);
    if (known === undefined) followers.set(name, [file]);
    else known.push(file);
  }
  return followers;
}

function keyFrom(der: Uint8Array): KeyObject | undefined {
  try {
    return createPublicKey({ key: Buffer.from(der), format: "der", type: "pkcs1" });
  } catch {
    return undefined;
  }
}

function signedText({ hash }: DigestFile, digest: Digest): string {
  const { endText, bucket, key, previousSignature } = digest;
  return `${endText}\n${bucket}/${key}\n${hash}\n${previousSignature ?? "null"}`;
}

function fits(signature: string | null | undefined, text: string, key: KeyObject): boolean {
  if (typeof signature !== "string" || !/^(?:[\da-f]{2})+$/i.test(signature)) return false;
  return verify("RSA-SHA256", Buffer.from(text), key, Buffer.from(signature, "hex"));
}

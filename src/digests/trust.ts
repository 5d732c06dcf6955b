/**
 * What the user saved to check signatures with: the public keys of CloudTrail, and signatures that stand
 * nowhere but in the metadata of an S3 object.
 */

import { isObject } from "../event/record.ts";
import { UserError } from "../query/user-error.ts";

export interface Trust {
  /** PKCS#1 in DER, by fingerprint. Undefined: no keys were given, so nothing can be proven. */
  readonly keys: ReadonlyMap<string, Uint8Array> | undefined;
  readonly signatures: readonly SavedSignature[];
}

export interface SavedSignature {
  /** The file it was saved in. */
  readonly file: string;
  /** In hex. */
  readonly signature: string;
}

/** A file that the user gave. */
export interface SavedFile {
  readonly file: string;
  readonly text: string;
}

export const noTrust: Trust = { keys: undefined, signatures: [] };

/** From answers of `aws cloudtrail list-public-keys`, whole or only their list. */
export function keysIn(files: readonly SavedFile[]): Trust["keys"] {
  if (files.length === 0) return undefined;
  const keys = new Map<string, Uint8Array>();
  for (const { file, text } of files) {
    const json = parsed(text);
    const list = isObject(json) ? json["PublicKeyList"] : json;
    const found = Array.isArray(list) ? list.flatMap(keyIn) : [];
    if (found.length === 0) {
      throw new UserError(
        `--public-keys: ${file} holds no public keys; save what ` +
          "aws cloudtrail list-public-keys --start-time TIME --output json prints",
      );
    }
    for (const { fingerprint, key } of found) keys.set(fingerprint, key);
  }
  return keys;
}

function keyIn(json: unknown): { readonly fingerprint: string; readonly key: Uint8Array }[] {
  if (!isObject(json)) return [];
  const { Fingerprint: fingerprint, Value: value } = json;
  if (typeof fingerprint !== "string" || typeof value !== "string") return [];
  return [{ fingerprint, key: Buffer.from(value, "base64") }];
}

/** From answers of `aws s3api head-object` or `get-object` about digests. */
export function signaturesIn(files: readonly SavedFile[]): readonly SavedSignature[] {
  return files.map(({ file, text }) => {
    const json = parsed(text);
    const metadata = isObject(json) ? json["Metadata"] : undefined;
    const signature = isObject(metadata) ? metadata["signature"] : undefined;
    if (typeof signature === "string") return { file, signature };
    throw new UserError(
      `--head-object: ${file} holds no signature; save what ` +
        "aws s3api head-object --bucket BUCKET --key KEY prints for a digest",
    );
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

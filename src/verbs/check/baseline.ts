/**
 * An earlier report of a check: what it found is known, and fails no more.
 */

import { readFile } from "node:fs/promises";
import { UserError } from "../../query/user-error.ts";

export interface Baseline {
  /** As the user named it. */
  readonly file: string;
  readonly fingerprints: ReadonlySet<string>;
}

/** Undefined where none is named. What cannot be read is an error: it would let nothing pass, or all. */
export async function readBaseline(file: string | undefined): Promise<Baseline | undefined> {
  if (file === undefined) return undefined;
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "unknown";
    throw new UserError(`--baseline: cannot read ${file} (${code})`, { cause });
  });
  return { file, fingerprints: new Set(fingerprintsIn(file, text)) };
}

function fingerprintsIn(file: string, text: string): readonly string[] {
  const report = parsed(file, text);
  const { verb, schemaVersion, findings } = isMap(report) ? report : {};
  if (verb !== "check" || schemaVersion !== 1 || !Array.isArray(findings)) {
    throw new UserError(`--baseline: ${file} is no report; trailhound check --json writes one`);
  }
  return findings.flatMap((finding: unknown, index) => {
    const { fingerprint, standing } = isMap(finding) ? finding : {};
    if (typeof fingerprint === "string" && /^[0-9a-f]{32}$/.test(fingerprint)) {
      // What an exception let pass is to fail when that expires.
      return standing === "excepted" ? [] : [fingerprint];
    }
    throw new UserError(`--baseline: finding ${index + 1} in ${file} has no fingerprint`);
  });
}

function parsed(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UserError(`--baseline: ${file} is not JSON, or breaks off`, { cause });
  }
}

function isMap(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

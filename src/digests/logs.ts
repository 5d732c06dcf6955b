/**
 * Whether a log is what a digest says was delivered.
 */

import type { Standing } from "../query/integrity.ts";
import type { ListedLog } from "./digest.ts";
import type { Hashed } from "./hashing.ts";

interface LogVerdict {
  readonly standing: Standing;
  readonly status: string;
}

export const notFound: LogVerdict = { standing: "invalid", status: "INVALID: not found" };

/** Nothing is known of it, and the AWS CLI does not look at it either. */
export const listedInvalid: LogVerdict = {
  standing: "unknown",
  status: "not checked: the digest that lists it is INVALID",
};

/** `isProven`: the digest that lists it is. */
export function judgeLog(
  listed: ListedLog,
  { path, hashed }: { readonly path: string; readonly hashed: Hashed },
  isProven: boolean,
): LogVerdict {
  if (hashed.kind === "unreadable") {
    return { standing: "unknown", status: `could not be read: ${hashed.reason}` };
  }
  if (listed.algorithm !== undefined && listed.algorithm !== "SHA-256") {
    return { standing: "unknown", status: "not checked: its hash is of an unknown algorithm" };
  }
  const fault = faultOf(listed, path, hashed);
  if (fault !== undefined) return { standing: "invalid", status: `INVALID: ${fault}` };
  return isProven
    ? { standing: "valid", status: "valid" }
    : {
        standing: "unknown",
        status: "its hash matches, but the digest that lists it is not proven",
      };
}

function faultOf(
  { hash: delivered }: ListedLog,
  path: string,
  { ending, isPacked, hash }: Extract<Hashed, { kind: "read" }>,
): string | undefined {
  if (ending === "followed") return "unexpected data after end of compressed stream";
  if (ending === "damaged") return "invalid format";
  if (ending !== "too long" && hash === delivered) return undefined;
  return !isPacked && path.endsWith(".gz") ? "invalid format" : "hash value doesn't match";
}

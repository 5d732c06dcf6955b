/**
 * What validation found: how each file of a copied trail stands against the digests in which CloudTrail
 * signed what it delivered. Statuses are in the words of `aws cloudtrail validate-logs` where that has some.
 */

import type { Problem } from "./coverage.ts";
import type { Span } from "./span.ts";

/** `unknown`: what would prove or refute it is not at hand. */
export type Standing = "valid" | "invalid" | "unknown";

/** A file that is in the copy or ought to be. */
export interface JudgedFile {
  readonly kind: "digest" | "log";
  /** Of the chain for what was delivered late. */
  readonly isBackfill: boolean;
  /** Where CloudTrail put it: `s3://bucket/key`. Absent for a file that no digest lists. */
  readonly place?: string;
  /** As the user would name the file. Absent for one that is not in the copy. */
  readonly origin?: string;
  readonly standing: Standing;
  /** `valid`, `INVALID: not found`, ... */
  readonly status: string;
}

/** A time for which nothing can be said of the log files of a chain, or in which none were delivered. */
export interface UncoveredTime {
  readonly chain: string;
  readonly isBackfill: boolean;
  /** Epoch milliseconds. */
  readonly from: number;
  readonly until: number;
  readonly why: string;
}

/** The digests of one trail for one account and region. */
export interface Chain {
  /** Account, region whose logs it lists, and trail. */
  readonly name: string;
  readonly isBackfill: boolean;
  /** From the start of the oldest valid digest to the end of the newest. */
  readonly span: Span;
  readonly digests: Tallied;
  readonly logs: Tallied;
  /** Digests that say that nothing was delivered. */
  readonly empty: number;
  /** The digest before the oldest, which is not in the copy: `s3://bucket/key`. */
  readonly before?: string;
  /** Digests whose signature is not at hand, newest first. */
  readonly unsigned: readonly { readonly bucket: string; readonly key: string }[];
}

export type Tallied = { readonly [standing in Standing]: number };

export interface Integrity {
  /** By chain, newest digest first, each followed by the logs that it lists; then what no digest lists. */
  readonly files: readonly JudgedFile[];
  readonly chains: readonly Chain[];
  readonly uncovered: readonly UncoveredTime[];
  /** Folders and files that could not be opened. */
  readonly problems: readonly Problem[];
  /** Files that are neither logs nor digests. */
  readonly others: number;
  /** Saved signatures that belong to no digest of the copy, by their file. */
  readonly unusedSignatures: readonly string[];
  /** Without keys of the user's, hashes are compared and nothing is proven. */
  readonly hasKeys: boolean;
}

/** Which digests are told of, by the time they end: epoch milliseconds, [from, until]. */
export interface IntegrityQuery {
  readonly from?: number | undefined;
  readonly until?: number | undefined;
}

/** Of no files at all. */
export const nothingJudged: Integrity = {
  files: [],
  chains: [],
  uncovered: [],
  problems: [],
  others: 0,
  unusedSignatures: [],
  hasKeys: false,
};

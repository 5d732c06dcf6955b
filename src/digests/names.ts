/**
 * The names that CloudTrail gives its files and folders, and whether a copied file stands where it was
 * delivered.
 *
 * A key is `[prefix/]AWSLogs/[o-.../]ACCOUNT/CloudTrail[-Digest]/REGION/YYYY/MM/DD/NAME` (user guide, log
 * file names and digest file structure). What stands before the account is left out of the comparison: a
 * copy may lie anywhere and have lost the bucket and the prefix.
 */

import { basename } from "node:path";

/** What the name of a digest tells. */
export interface DigestName {
  /** The chain it is of: account, region whose logs it lists, trail. */
  readonly chain: string;
  readonly account: string;
  /** The region whose logs it lists. */
  readonly region: string;
  /** The region of the trail, where its keys are. */
  readonly homeRegion: string;
  /** When it ends; epoch milliseconds. */
  readonly end: number;
  readonly isBackfill: boolean;
}

// A trail's name may itself hold `_`, `-` and dots, so the regions are read from both ends.
const digestName =
  /^(\d{12})_CloudTrail-Digest_([a-z0-9-]+)_(.+)_([a-z0-9-]+)_(\d{8}T\d{6}Z)(_backfill)?\.json(?:\.gz)?$/;

export function digestNameOf(path: string): DigestName | undefined {
  const [, account, region, trail, homeRegion, end, backfill] =
    digestName.exec(basename(path)) ?? [];
  if (account === undefined || region === undefined || trail === undefined) return undefined;
  if (homeRegion === undefined || end === undefined) return undefined;
  return {
    chain: `${account} ${region} ${trail}`,
    ...{ account, region, homeRegion },
    end: nameTime(end),
    isBackfill: backfill !== undefined,
  };
}

/** What the name of a log tells. */
export interface LogName {
  readonly account: string;
  readonly region: string;
  /** Logs of another kind than events: `Insight`, ... */
  readonly kind: string | undefined;
  /** When it was delivered, to the minute; epoch milliseconds. */
  readonly delivered: number;
}

const logName =
  /^(\d{12})_CloudTrail(?:-([A-Z][A-Za-z]+))?_([a-z0-9-]+)_(\d{8}T\d{4})Z_[A-Za-z0-9]{16}\.json(?:\.gz)?$/;

export function logNameOf(path: string): LogName | undefined {
  const [, account, kind, region, delivered] = logName.exec(basename(path)) ?? [];
  if (account === undefined || region === undefined || delivered === undefined) return undefined;
  if (kind === "Digest") return undefined;
  return { account, region, kind, delivered: nameTime(`${delivered}00Z`) };
}

/** `20261105T091400Z`. */
function nameTime(text: string): number {
  return Date.parse(
    text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"),
  );
}

/** A file's name without what packing adds to it. */
export function plainName(path: string): string {
  return basename(path).replace(/\.gz$/, "");
}

/** The part of a path or key that a copy keeps. */
interface Place {
  /** What stands before the account's folder. */
  readonly root: string;
  readonly account: string | undefined;
  /** From the folder `CloudTrail` or `CloudTrail-Digest` on. */
  readonly tail: string;
}

/** Undefined for a file that does not stand in CloudTrail's folders. */
export function placeOf(path: string): Place | undefined {
  const parts = path.split(/[/\\]/);
  const at = parts.findLastIndex(
    (part, i) => i < parts.length - 1 && /^CloudTrail(?:-|$)/.test(part),
  );
  if (at === -1) return undefined;
  const before = parts[at - 1];
  const account = before !== undefined && /^\d{12}$/.test(before) ? before : undefined;
  const root = parts.slice(0, account === undefined ? at : at - 1).join("/");
  return { root, account, tail: parts.slice(at).join("/").replace(/\.gz$/, "") };
}

/** Whether a file may be a copy of what was delivered under the key: of files in no folder of CloudTrail's only the name tells. */
export function isInPlace(path: string, key: string): boolean {
  if (plainName(path) !== plainName(key)) return false;
  const [copy, delivered] = [placeOf(path), placeOf(key)];
  if (copy === undefined || delivered === undefined) return true;
  const isAccount = copy.account === undefined || copy.account === delivered.account;
  return isAccount && copy.tail === delivered.tail;
}

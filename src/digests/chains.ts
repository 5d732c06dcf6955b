/**
 * The digests of a copy as chains: each names the one before it, one chain a trail, account and region, and
 * one more for what was delivered late (backfill).
 *
 * What is missing between two digests of the copy was removed or never copied; what is missing before the
 * oldest only shows that the copy begins there.
 */

import { byText } from "../query/compare.ts";
import type { UncoveredTime } from "../query/integrity.ts";
import type { Copies } from "./copies.ts";
import { addressOf, type DigestFile, endOf, type Located } from "./digest.ts";
import type { DigestName } from "./names.ts";
import type { DigestVerdict } from "./signatures.ts";

/** A digest of the copy with what is said of it. */
export interface Link extends DigestVerdict {
  readonly file: DigestFile;
}

export interface DigestChain {
  /** Undefined for digests without a name of CloudTrail's, which stand together. */
  readonly name: DigestName | undefined;
  /** Newest first. */
  readonly links: readonly Link[];
}

export function chainsOf(
  files: readonly DigestFile[],
  verdicts: ReadonlyMap<DigestFile, DigestVerdict>,
): readonly DigestChain[] {
  const chains = new Map<string, { name: DigestName | undefined; links: Link[] }>();
  for (const file of files) {
    const verdict = verdicts.get(file);
    if (verdict === undefined) continue;
    const { name } = file;
    // Those of late deliveries come last, as the AWS CLI has it.
    const key = name === undefined ? "2" : `${name.isBackfill ? 1 : 0} ${name.chain}`;
    const chain = chains.get(key) ?? { name, links: [] };
    chain.links.push({ file, ...verdict });
    chains.set(key, chain);
  }
  for (const { links } of chains.values()) {
    links.sort(
      (a, b) =>
        endOf(b.file) - endOf(a.file) ||
        Number(b.standing === "valid") - Number(a.standing === "valid") ||
        byText(a.file.source.path, b.file.source.path),
    );
  }
  return [...chains].sort(([a], [b]) => byText(a, b)).map(([, chain]) => chain);
}

/** A digest that others name, and that is not in the copy. */
interface MissingDigest extends Located {
  /** The one that follows it. */
  readonly after: Link;
}

export interface Holes {
  readonly missing: readonly MissingDigest[];
  /** Before the oldest digest of the copy. */
  readonly before: Located | undefined;
  readonly uncovered: readonly UncoveredTime[];
}

const hourMs = 60 * 60 * 1000;

export function holesIn({ name, links }: DigestChain, copies: Copies): Holes {
  const missing: MissingDigest[] = [];
  const uncovered: UncoveredTime[] = [];
  let before: Located | undefined;
  const told = new Set<string>();
  for (const [i, link] of links.entries()) {
    const { digest } = link.file;
    if (digest === undefined || link.standing === "invalid") continue;
    if (told.has(addressOf(digest))) continue;
    told.add(addressOf(digest));
    const { previous } = digest;
    if (previous !== undefined && copies.of(previous.key).length > 0) continue;
    const older = nextOlder(links, i);
    if (older === undefined) {
      before = previous;
      continue;
    }
    const time = {
      chain: name?.chain ?? "",
      isBackfill: name?.isBackfill === true,
      from: endOf(older.file),
      until: digest.start,
    };
    if (previous === undefined) {
      uncovered.push({ ...time, why: notDelivered });
      continue;
    }
    missing.push({ ...previous, after: link });
    const hours = Math.ceil((time.until - time.from) / hourMs);
    if (hours > 0 && !time.isBackfill) uncovered.push({ ...time, why: lacking(hours) });
  }
  return { missing, before, uncovered };
}

function nextOlder(links: readonly Link[], at: number): Link | undefined {
  const [link] = links.slice(at, at + 1);
  for (let i = at + 1; link !== undefined && i < links.length; i += 1) {
    const older = links[i];
    if (older !== undefined && endOf(older.file) < endOf(link.file)) return older;
  }
  return undefined;
}

const notDelivered = "no log files were delivered by CloudTrail";

/** No digest is of more than an hour. */
function lacking(digests: number): string {
  return digests === 1 ? "a digest is missing" : `at least ${digests} digests are missing`;
}

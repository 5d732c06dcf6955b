/**
 * Offline validation of a copied trail: each file held against the digests in which CloudTrail signed what
 * it delivered, with what `aws cloudtrail validate-logs` finds in its order and words, and then what that
 * does not say.
 *
 * Digests are read whole, one at a time, and what they list is kept; logs are hashed piece by piece. A key
 * in a digest is only compared with the names of files that were found, so whoever wrote it opens nothing.
 */

import { reasonOf } from "../input/discover.ts";
import type { FileSource } from "../input/source.ts";
import type { Problem } from "../query/coverage.ts";
import type { Integrity, IntegrityQuery, JudgedFile } from "../query/integrity.ts";
import { chainsOf, holesIn } from "./chains.ts";
import { Copies } from "./copies.ts";
import { type DigestFile, readDigest } from "./digest.ts";
import { type HashOptions, hashAll } from "./hashing.ts";
import { sorted } from "./kinds.ts";
import { judgeDigests } from "./signatures.ts";
import { Telling, within } from "./telling.ts";
import type { Trust } from "./trust.ts";
import { Covered, isAsked } from "./unlisted.ts";

export interface Validation {
  readonly integrity: Integrity;
  /** Logs of which all digests that list them are proven and fit. */
  readonly verified: ReadonlySet<FileSource>;
}

export interface Validating extends HashOptions {
  readonly trust: Trust;
  readonly query: IntegrityQuery;
}

/** Files that cannot be opened are among the problems; nothing is thrown for what is in them. */
export async function validate(
  sources: readonly FileSource[],
  { trust, query, ...options }: Validating,
): Promise<Validation> {
  const kinds = await sorted(sources);
  const { read, problems } = await readAll(kinds.digests);
  const { verdicts, unused } = judgeDigests(read, trust);
  const chains = chainsOf(read, verdicts);
  const digests = new Copies(kinds.digests);
  const asked = chains.map((chain) => within(query, chain, holesIn(chain, digests)));
  const logs = new Copies(kinds.logs);
  const telling = new Telling(asked, logs);
  const hashed = await hashAll(telling.toHash, options);
  const told = telling.tell(hashed);
  const listed = new Set(
    read.flatMap(({ digest }) => digest?.logs ?? []).flatMap(({ key }) => logs.of(key)),
  );
  const covered = new Covered(chains.flatMap(({ links }) => links));
  for (const source of listed) covered.addRoot(source);
  const unlisted = kinds.logs
    .filter((source) => !listed.has(source) && isAsked(source, query))
    .map(
      (source): JudgedFile => ({
        kind: "log",
        isBackfill: false,
        origin: source.origin,
        ...covered.judge(source),
      }),
    );
  return {
    integrity: {
      files: [...told.files, ...unlisted],
      chains: told.chains,
      uncovered: asked.flatMap(({ holes }) => holes.uncovered),
      problems: [...kinds.problems, ...problems],
      others: kinds.others,
      unusedSignatures: unused,
      hasKeys: trust.keys !== undefined,
    },
    verified: told.verified,
  };
}

async function readAll(sources: readonly FileSource[]) {
  const read: DigestFile[] = [];
  const problems: Problem[] = [];
  for (const source of sources) {
    try {
      read.push(await readDigest(source));
    } catch (error) {
      problems.push({ origin: source.origin, reason: reasonOf(error) });
    }
  }
  return { read, problems };
}

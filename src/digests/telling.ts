/**
 * From digests with their verdicts to what is told of each file, in the order of the AWS CLI: newest digest
 * first, each with the logs that it lists, then the digest before it if that is missing.
 */

import type { FileSource } from "../input/source.ts";
import type { Chain, IntegrityQuery, JudgedFile, Standing, Tallied } from "../query/integrity.ts";
import { joinedSpan, type Span } from "../query/span.ts";
import type { DigestChain, Holes, Link } from "./chains.ts";
import type { Copies } from "./copies.ts";
import { addressOf, type Digest, endOf, type ListedLog } from "./digest.ts";
import type { Hashed } from "./hashing.ts";
import { judgeLog, listedInvalid, notFound } from "./logs.ts";

/** A chain, as far as it is asked for. */
export interface AskedChain extends DigestChain {
  readonly holes: Holes;
}

/** Logs of an hour may be listed in the digest of the next. */
const hourMs = 60 * 60 * 1000;

/** Where a time is asked for from its beginning, the digest before the oldest of the copy is missing, too. */
export function within(
  { from = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY }: IntegrityQuery,
  chain: DigestChain,
  { missing, before, uncovered }: Holes,
): AskedChain {
  const links = chain.links.filter(({ file }) => {
    const end = endOf(file);
    return end >= from && end <= until + hourMs;
  });
  const oldest = chain.links.at(-1);
  const isAsked = ({ file }: Link) => links.some((link) => link.file === file);
  const startsLater = oldest?.file.digest !== undefined && oldest.file.digest.start > from;
  const isLost = Number.isFinite(from) && startsLater && before !== undefined && isAsked(oldest);
  return {
    name: chain.name,
    links,
    holes: {
      missing: [
        ...missing.filter(({ after }) => isAsked(after) && (after.file.digest?.start ?? 0) >= from),
        ...(isLost ? [{ ...before, after: oldest }] : []),
      ],
      before: isLost ? undefined : before,
      uncovered: uncovered.filter((time) => time.until > from && time.from < until),
    },
  };
}

/** A log as a digest lists it, and a file that may be it. */
interface Listing {
  readonly listed: ListedLog;
  readonly files: readonly FileSource[];
}

interface Told {
  readonly files: readonly JudgedFile[];
  readonly chains: readonly Chain[];
  /** Logs of which all digests that list them are proven and fit. */
  readonly verified: ReadonlySet<FileSource>;
}

export class Telling {
  /** Logs whose hash has to be known. */
  readonly toHash: readonly FileSource[];
  private readonly chains: readonly AskedChain[];
  private readonly listings = new Map<Link, readonly Listing[]>();

  constructor(chains: readonly AskedChain[], logs: Copies) {
    this.chains = chains;
    const toHash = new Set<FileSource>();
    for (const { links } of chains) {
      for (const [link, digest] of firstOfEach(links)) {
        const listings = digest.logs.map((log) => ({ listed: log, files: logs.of(log.key) }));
        this.listings.set(link, listings);
        if (link.standing === "invalid") continue;
        for (const file of listings.flatMap(({ files }) => files)) toHash.add(file);
      }
    }
    this.toHash = [...toHash];
  }

  /** `hashed`: what is known of the files to hash, in their order. */
  tell(hashed: readonly Hashed[]): Told {
    const hashes = new Map(
      this.toHash.flatMap((file, i) => {
        const known = hashed[i];
        return known === undefined ? [] : [[file, known] as const];
      }),
    );
    const files: JudgedFile[] = [];
    const chains: Chain[] = [];
    const standings = new Map<FileSource, Standing>();
    for (const chain of this.chains) {
      const told = this.tellChain(chain, hashes, standings);
      files.push(...told.files);
      if (told.files.length > 0) chains.push(told.chain);
    }
    const verified = [...standings].filter(([, standing]) => standing === "valid");
    return { files, chains, verified: new Set(verified.map(([file]) => file)) };
  }

  private tellChain(
    { name, links, holes }: AskedChain,
    hashes: ReadonlyMap<FileSource, Hashed>,
    standings: Map<FileSource, Standing>,
  ) {
    const isBackfill = name?.isBackfill === true;
    const digests = tally();
    const logs = tally();
    const files: JudgedFile[] = [];
    let span: Span = {};
    let empty = 0;
    for (const link of links) {
      const { file, standing, status } = link;
      const { digest, source } = file;
      const place = digest && addressOf(digest);
      digests[standing] += 1;
      files.push({
        ...{ kind: "digest", isBackfill, origin: source.origin, standing, status },
        ...(place !== undefined && { place }),
      });
      if (digest !== undefined && standing === "valid") {
        span = joinedSpan(span, { first: digest.start, last: digest.end });
        empty += digest.logs.length === 0 ? 1 : 0;
      }
      for (const listing of this.listings.get(link) ?? []) {
        for (const judged of judgedLogs(listing, link, hashes)) {
          logs[judged.standing] += 1;
          const { source: log, ...row } = judged;
          files.push({ kind: "log", isBackfill, ...row });
          if (log !== undefined) standings.set(log, worse(standings.get(log), judged.standing));
        }
      }
      for (const missing of holes.missing.filter(({ after }) => after.file === file)) {
        digests.invalid += 1;
        files.push({ kind: "digest", isBackfill, place: addressOf(missing), ...notFound });
      }
    }
    const unsigned = links
      .filter(({ lacksSignature }) => lacksSignature)
      .flatMap(({ file }) => file.digest ?? [])
      .map(({ bucket, key }) => ({ bucket, key }));
    const chain: Chain = {
      name: name?.chain ?? "",
      ...{ isBackfill, span, digests, logs, empty, unsigned },
      ...(holes.before && { before: addressOf(holes.before) }),
    };
    return { files, chain };
  }
}

/** Of several copies of a digest the first, which is a valid one if there is any. */
function firstOfEach(links: readonly Link[]): ReadonlyMap<Link, Digest> {
  const addresses = new Set<string>();
  const first = new Map<Link, Digest>();
  for (const link of links) {
    const { digest } = link.file;
    if (digest === undefined || addresses.has(addressOf(digest))) continue;
    addresses.add(addressOf(digest));
    first.set(link, digest);
  }
  return first;
}

type JudgedLog = Omit<JudgedFile, "kind" | "isBackfill"> & { readonly source?: FileSource };

/** Every copy of a log is judged by itself. */
function judgedLogs(
  { listed, files }: Listing,
  { standing }: Link,
  hashes: ReadonlyMap<FileSource, Hashed>,
): readonly JudgedLog[] {
  const place = addressOf(listed);
  const isInvalid = standing === "invalid";
  if (files.length === 0) return [{ place, ...(isInvalid ? listedInvalid : notFound) }];
  return files.map((source) => {
    const { path, origin } = source;
    const hashed = hashes.get(source);
    const verdict =
      isInvalid || hashed === undefined
        ? listedInvalid
        : judgeLog(listed, { path, hashed }, standing === "valid");
    return { place, origin, source, ...verdict };
  });
}

type Counted = { -readonly [standing in keyof Tallied]: number };

function tally(): Counted {
  return { valid: 0, invalid: 0, unknown: 0 };
}

const order: readonly Standing[] = ["invalid", "valid", "unknown"];

/** A digest that could not be judged takes nothing from one that proves the file. */
function worse(a: Standing | undefined, b: Standing): Standing {
  return a === undefined || order.indexOf(b) < order.indexOf(a) ? b : a;
}

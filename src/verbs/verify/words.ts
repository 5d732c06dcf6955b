/**
 * What validation found, in words: the sums of `aws cloudtrail validate-logs`, and what it cannot say.
 */

import type { Verdict } from "../../query/answer.ts";
import type { Chain, Integrity, JudgedFile, Standing, Tallied } from "../../query/integrity.ts";
import { joinedSpan, type Span } from "../../query/span.ts";
import { counted, grouped, listed, moment, period } from "../../words/sentences.ts";

/** How many files of each kind stand how. */
export interface Tallies {
  readonly digests: Tallied;
  readonly backfillDigests: Tallied;
  readonly logs: Tallied;
  /** Logs that no digest lists. */
  readonly unlisted: Tallied;
}

export function talliesOf({ files }: Integrity): Tallies {
  const tally = (isCounted: (file: JudgedFile) => boolean): Tallied => {
    const of = (standing: Standing) =>
      files.filter((file) => file.standing === standing && isCounted(file)).length;
    return { valid: of("valid"), invalid: of("invalid"), unknown: of("unknown") };
  };
  return {
    digests: tally(({ kind, isBackfill }) => kind === "digest" && !isBackfill),
    backfillDigests: tally(({ kind, isBackfill }) => kind === "digest" && isBackfill),
    logs: tally((file) => file.kind === "log" && !isUnlisted(file)),
    unlisted: tally(isUnlisted),
  };
}

function isUnlisted({ kind, place }: JudgedFile): boolean {
  return kind === "log" && place === undefined;
}

export function sentencesOf(
  integrity: Integrity,
  verdict: Verdict,
  timeZone: string,
): readonly string[] {
  const tallies = talliesOf(integrity);
  const { digests, backfillDigests, logs, unlisted } = tallies;
  const hasDigests = sum(digests) + sum(backfillDigests) > 0;
  const isProvable = hasDigests && integrity.hasKeys;
  const span = integrity.chains.reduce<Span>((all, chain) => joinedSpan(all, chain.span), {});
  return [
    headline(tallies, verdict),
    ...(hasDigests ? [] : ["No digests found."]),
    ...(isProvable && span.first === undefined ? ["No valid digests found in range."] : []),
    ...(span.first === undefined ? [] : [`Results found${period(span, timeZone)}.`]),
    ...ratio(digests, "digest"),
    ...ratio(backfillDigests, "backfill digest"),
    ...ratio(logs, "log"),
    ...unlistedWords(unlisted),
    ...deliveredTo(integrity.files),
    ...timeWords(integrity, timeZone),
    ...endWords(integrity.chains),
    ...(isProvable || !hasDigests
      ? []
      : ["Without public keys only hashes are compared: nothing is proven."]),
    ...(span.first === undefined ? [] : integrity.unusedSignatures).map(
      (file) => `The signature in ${file} is of no digest here that needs one.`,
    ),
  ];
}

function headline({ digests, backfillDigests, logs, unlisted }: Tallies, verdict: Verdict): string {
  const files = (standing: Standing) =>
    listed(
      [
        [digests[standing] + backfillDigests[standing], "digest"] as const,
        [logs[standing] + unlisted[standing], "log"] as const,
      ].flatMap(([count, noun]) => (count === 0 ? [] : [counted(count, noun)])),
    );
  switch (verdict) {
    case "good":
      return `All is as CloudTrail delivered it: ${files("valid")}, all valid.`;
    case "bad":
      return `Not all is as CloudTrail delivered it: ${files("invalid")} INVALID.`;
    case "unknown": {
      const open = files("unknown");
      const told = open === "" ? "but there was nothing to judge" : `but not judged: ${open}`;
      return `Nothing is known to be wrong, ${told}.`;
    }
  }
}

function ratio(tallied: Tallied, noun: string): readonly string[] {
  const total = sum(tallied);
  if (total === 0) return [];
  const { valid, invalid, unknown } = tallied;
  const of = (count: number, says: string) =>
    `${grouped(count)}/${grouped(total)} ${noun} files ${says}`;
  const parts = [
    of(valid, "valid"),
    ...(invalid > 0 ? [of(invalid, "INVALID")] : []),
    ...(unknown > 0 ? [of(unknown, "not judged")] : []),
  ];
  return [`${parts.join(", ")}.`];
}

function sum({ valid, invalid, unknown }: Tallied): number {
  return valid + invalid + unknown;
}

function unlistedWords({ invalid, unknown }: Tallied): readonly string[] {
  return [
    ...(invalid > 0
      ? [
          `No digest lists ${counted(invalid, "file")} that ${invalid === 1 ? "stands" : "stand"} among files they cover.`,
        ]
      : []),
    ...(unknown > 0 ? [`No digest here covers ${counted(unknown, "file")}.`] : []),
  ];
}

/** A copy may lie anywhere: where its files came from is what was signed. */
function deliveredTo(files: readonly JudgedFile[]): readonly string[] {
  const tops = new Set<string>();
  for (const { kind, place, standing } of files) {
    if (kind === "digest" && standing === "valid" && place !== undefined) {
      tops.add(place.replace(/\/AWSLogs\/.*$/s, ""));
    }
  }
  return tops.size === 0 ? [] : [`CloudTrail delivered them to ${listed([...tops])}.`];
}

const mostTimes = 3;

function timeWords({ uncovered }: Integrity, timeZone: string): readonly string[] {
  const told = uncovered.slice(0, mostTimes).map(({ isBackfill, from, until, why }) => {
    const of = isBackfill ? "(backfill) " : "";
    const words = `${why.charAt(0).toUpperCase()}${why.slice(1)}`;
    return `${of}${words} between ${moment(from, timeZone)} and ${moment(until, timeZone)}.`;
  });
  const more = uncovered.length - told.length;
  return more > 0 ? [...told, `${counted(more, "more such time")} below.`] : told;
}

/** What a copy cannot show of its own ends. */
function endWords(chains: readonly Chain[]): readonly string[] {
  const begun = chains.flatMap(({ before }) => before ?? []);
  const [first] = begun;
  const sentences: string[] = [];
  if (first !== undefined) {
    const others =
      begun.length > 1 ? `, and so for ${counted(begun.length - 1, "other chain")}` : "";
    sentences.push(`The copy begins in the middle of a trail: before it was ${first}${others}.`);
  }
  const unsigned = chains.flatMap((chain) => chain.unsigned).length;
  if (unsigned > 0) {
    const [signatures, objects] =
      unsigned === 1 ? ["signature", "its S3 object"] : ["signatures", "their S3 objects"];
    sentences.push(
      `The ${signatures} of ${counted(unsigned, "digest")} ${unsigned === 1 ? "is" : "are"} only in the metadata of ${objects}.`,
    );
  }
  if (chains.length > 0) {
    sentences.push("Whether still newer digests were delivered, no copy can tell.");
  }
  return sentences;
}

/** What may stand in a command without quotes: names from a digest are not trusted with a shell. */
const harmless = /^[\w./-]+$/;

export function hintsFor({ chains, hasKeys }: Integrity): readonly string[] {
  const hints: string[] = [];
  if (!hasKeys && chains.length > 0) {
    hints.push(
      "Get the keys: aws cloudtrail list-public-keys --start-time TIME --region REGION-OF-THE-TRAIL " +
        "--output json > keys.json, then --public-keys keys.json",
    );
  }
  const [unsigned, ...others] = chains.flatMap((chain) => chain.unsigned);
  const more = others.length === 0 ? "" : ` (and so for ${counted(others.length, "other digest")})`;
  if (unsigned !== undefined && harmless.test(unsigned.bucket) && harmless.test(unsigned.key)) {
    hints.push(
      `Get the signature: aws s3api head-object --bucket ${unsigned.bucket} --key ${unsigned.key} ` +
        `> head.json, then --head-object head.json${more}`,
    );
  }
  return hints;
}

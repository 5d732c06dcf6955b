/**
 * What a load and the answers from it rest on, in the words of `query/coverage.ts`.
 */

import type { Discovery } from "../../input/discover.ts";
import type { Coverage, Gap, Problem, Tally } from "../../query/coverage.ts";
import type { Span } from "../../query/span.ts";
import type { Stretch } from "./coverage-tally.ts";
import type { EventStore } from "./event-store.ts";
import { type LoadProblem, namedProblems } from "./problems.ts";

/** `lost` are records that could not be read again. */
export function coverageOf(
  discovery: Discovery,
  { loaded, duplicates }: Pick<EventStore, "loaded" | "duplicates">,
  lost: readonly LoadProblem[],
): Coverage {
  const { tally, sources } = loaded;
  const originOf = (source: number) => sources[source]?.origin ?? "";
  const problems: readonly Problem[] = [
    ...discovery.unreadable,
    ...(loaded.problems.count > 0 ? [] : nothingRead(discovery, loaded.logFiles)),
    ...[...loaded.problems.first, ...lost].map(({ source, offset, reason }) => ({
      origin: originOf(source),
      ...(offset === undefined ? {} : { offset }),
      reason,
    })),
  ];
  return {
    files: loaded.logFiles,
    bytes: loaded.bytes,
    records: loaded.records,
    duplicates,
    malformed: loaded.malformed,
    undated: loaded.undated,
    notLogs: loaded.notLogs.map(({ source, what }) => ({ origin: originOf(source), what })),
    outsideWindow: discovery.outsideWindow,
    ...(discovery.unverified && { unverified: discovery.unverified }),
    notFollowed: discovery.notFollowed,
    problems: problems.slice(0, namedProblems),
    problemCount: problems.length - loaded.problems.first.length + loaded.problems.count,
    exact: loaded.plan.needles === undefined,
    span: spanOf(tally.all),
    accounts: talliesOf(tally.facets.recipientAccountId),
    regions: talliesOf(tally.facets.awsRegion),
    categories: talliesOf(tally.facets.eventCategory),
  };
}

/** Input without a single log answers nothing, so it must not look like "nothing found". */
function nothingRead(discovery: Discovery, logFiles: number): readonly Problem[] {
  if (logFiles > 0 || discovery.outsideWindow > 0 || discovery.unreadable.length > 0) return [];
  if (discovery.unverified !== undefined && discovery.unverified.length > 0) return [];
  const origins = discovery.sources.map((source) => source.origin);
  const [only, ...others] = origins.length === 0 ? discovery.paths : origins;
  const origin = only !== undefined && others.length === 0 ? only : "input";
  const what = origins.length === 0 ? "files" : "CloudTrail logs";
  return [{ origin, reason: `there are no ${what} in it` }];
}

function spanOf({ first, last }: Stretch): Span {
  return Number.isFinite(first) ? { first, last } : {};
}

/** Most events first, ties by value. */
function talliesOf(stretches: ReadonlyMap<string, Stretch>): readonly Tally[] {
  return [...stretches]
    .map(([value, stretch]) => ({ value, events: stretch.count, ...spanOf(stretch) }))
    .sort((a, b) => b.events - a.events || (a.value < b.value ? -1 : 1));
}

const minuteMs = 60_000;
/** Shorter stretches without events are nothing to speak of. */
const gapMinutes = 60;

/** Stretches of an hour or more without any event, longest first. */
export function gapsBetween(minutes: ReadonlySet<number>): readonly Gap[] {
  const sorted = Float64Array.from(minutes).sort();
  const gaps: Gap[] = [];
  for (const [index, minute] of sorted.entries()) {
    const next = sorted[index + 1];
    if (next !== undefined && next - minute > gapMinutes) {
      gaps.push({ from: (minute + 1) * minuteMs, until: next * minuteMs });
    }
  }
  return gaps.sort((a, b) => b.until - b.from - (a.until - a.from) || a.from - b.from);
}

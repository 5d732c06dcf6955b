/**
 * What came of the resource that somebody is asked to have deleted, stopped or weakened: whether it is
 * gone for good, and how it may have gone where no call tells.
 */

import type { Answer } from "../../query/answer.ts";
import type { FoundEvent, Reading } from "../../query/query.ts";
import type { Resource } from "../../query/resource.ts";
import type { Story } from "../../resolve/life.ts";
import { type Possibility, possibilitiesFor } from "../../resolve/possibilities.ts";
import { type Verdict, verdictOf } from "../../resolve/verdict.ts";
import { isNarrowed } from "../../words/absence.ts";
import { callOf, type NameOf, onDay } from "../../words/event-words.ts";
import { possibilityFacts, possibilitySentences } from "../../words/possibility-words.ts";
import { verdictFacts, verdictSentences } from "../../words/verdict-words.ts";
import type { Findings } from "./findings.ts";
import type { Question, Seen } from "./question.ts";

export interface Fate {
  readonly verdict: Verdict;
  /** Only where nobody is known to have done it. */
  readonly possibilities: readonly Possibility[];
}

interface Known {
  /** Undefined where several things were asked about at once. */
  readonly story: Story | undefined;
  readonly findings: Findings;
  readonly seen: Seen;
}

/** Undefined for a deed that says nothing of the end of things, and where there is no story. */
export async function fateOf(
  reading: Reading,
  { deed, about }: Pick<Question, "deed"> & { readonly about: Resource },
  {
    story,
    findings: {
      successes: [decisive],
    },
    seen,
  }: Known,
): Promise<Fate | undefined> {
  if (story === undefined || !/^(?:delete|stop|weaken)$/.test(deed.infinitive)) return undefined;
  const { last } = reading.coverage().span;
  const horizon = last === undefined ? {} : { newest: last };
  const verdict = verdictOf(story, horizon, decisive);
  const mayHaveGone = deed.infinitive === "delete" && decisive === undefined && !isTold(verdict);
  return {
    verdict,
    possibilities: mayHaveGone && seen.total > 0 ? await possibilitiesFor(reading, about) : [],
  };
}

/** Whether the verdict itself tells how the resource went. */
function isTold({ kind }: Verdict): boolean {
  return ["deleted", "scheduled", "undone", "inferred"].includes(kind);
}

/** `decisive` is the call that the answer told already, if any did it. */
export function fateSentences(
  { verdict, possibilities }: Fate,
  decisive: FoundEvent | undefined,
  { deed, filter, timeZone, nameOf }: Telling,
): readonly string[] {
  const told = decisive && { event: decisive, words: deed.words };
  const isLeftOut = deed.infinitive === "delete" && isNarrowed(filter);
  const why = isLeftOut ? ", which the flags leave out" : "";
  return [
    ...(decisive === undefined && verdict.kind === "deleted"
      ? [`${deletedWords(verdict.decisive, timeZone, nameOf)}${why}.`]
      : []),
    ...verdictSentences(verdict, timeZone, nameOf, told),
    ...possibilitySentences(possibilities, timeZone, nameOf),
  ];
}

type Telling = Pick<Question, "deed" | "filter" | "timeZone"> & { readonly nameOf: NameOf };

function deletedWords(event: FoundEvent, timeZone: string, nameOf: NameOf): string {
  const { record } = event;
  return `It was deleted by ${nameOf(event)}${onDay(record, timeZone)} (${callOf(record)})`;
}

export function fateFacts({ verdict, possibilities }: Fate): NonNullable<Answer["facts"]> {
  return {
    fate: verdictFacts(verdict),
    ...(possibilities.length === 0 ? {} : { possibilities: possibilityFacts(possibilities) }),
  };
}

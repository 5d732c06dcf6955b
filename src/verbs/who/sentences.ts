/**
 * The answer of `trailhound who` in words.
 */

import { effectOf } from "../../event/effect.ts";
import { primaryTargets } from "../../event/targets.ts";
import type { FoundEvent } from "../../query/query.ts";
import type { Alias } from "../../resolve/alias-evidence.ts";
import { unmentioned } from "../../words/absence.ts";
import { aliasSentences } from "../../words/alias-words.ts";
import { callOf, circumstances, onDay, whoOf } from "../../words/event-words.ts";
import { counted, grouped, listed } from "../../words/sentences.ts";
import { attemptSentences, idleSentences } from "./attempt-sentences.ts";
import { doneSentences } from "./done-sentences.ts";
import { type Fate, fateSentences } from "./fate.ts";
import type { Findings } from "./findings.ts";
import { inTheWayWords } from "./in-the-way.ts";
import { namer } from "./namer.ts";
import { partSentences } from "./part-sentences.ts";
import { outcomeOn, pronoun, type Question, type Seen } from "./question.ts";
import { besideSentences } from "./weakenings.ts";

export function sentencesFor(
  question: Question,
  findings: Findings,
  { seen, fate }: { readonly seen: Seen; readonly fate: Fate | undefined },
): readonly string[] {
  const { successes, attempts, idle, parts, possible } = findings;
  const [decisive] = successes;
  const { timeZone, asked } = question;
  const nameOf = namer(question);
  return [
    ...(decisive === undefined
      ? [nobodySentence(question, findings, { seen, fate })]
      : doneSentences(question, decisive, { all: successes, fate })),
    ...(fate === undefined ? [] : fateSentences(fate, decisive, { ...question, nameOf })),
    ...(decisive === undefined ? [] : besideSentences(question, decisive, fate?.verdict)),
    ...endSentences(question, findings.ends),
    ...attemptSentences(question, attempts, decisive),
    ...idleSentences(question, idle, decisive),
    ...partSentences(question, parts, decisive),
    ...possibleSentences(question, possible, decisive),
    ...aliasSentences(asked, toldAliases(question, findings), timeZone),
    ...seenSentences(question, seen),
  ];
}

/** Those that led to an event of the answer, and those that may confuse. */
function toldAliases({ aliases, stands }: Question, findings: Findings): readonly Alias[] {
  const { successes, attempts, idle, parts } = findings;
  const led = new Set(
    [successes, attempts, idle, parts].flat().flatMap(({ record }) => stands(record).aliases ?? []),
  );
  return aliases.filter(({ isFollowed, name, link }) =>
    isFollowed ? led.has(name) : link === "tag Name" || link === "KMS alias",
  );
}

function nobodySentence(
  { deed, resource, asked, filter, inTheWay, timeZone }: Question,
  { possible }: Findings,
  { seen: { total }, fate }: { readonly seen: Seen; readonly fate: Fate | undefined },
): string {
  const what = resource.glob ? `anything that fits ${asked}` : asked;
  if (possible.length > 0 || (fate !== undefined && mayBeDone(fate))) {
    return `No call that ${deed.words[0]} ${what} is in these logs.`;
  }
  const hides = inTheWayWords(inTheWay, timeZone);
  if (hides !== undefined) return `Nobody ${deed.words[0]} ${what}, in these logs: ${hides}.`;
  const why = total === 0 ? `: ${unmentioned(filter)} ${pronoun(resource)}` : "";
  return `Nobody ${deed.words[0]} ${what}, in these logs${why}.`;
}

function mayBeDone({ verdict: { kind }, possibilities }: Fate): boolean {
  return possibilities.length > 0 || kind === "inferred" || kind === "already gone";
}

/** `It was deleted by omar on ... (DeleteRole).` */
function endSentences(question: Question, [newest]: readonly FoundEvent[]): readonly string[] {
  if (newest === undefined) return [];
  const { record } = newest;
  const done = effectOf(record).kind === "scheduled" ? "marked for deletion" : "deleted";
  return [
    `It was ${done} by ${namer(question)(newest)}${onDay(record, question.timeZone)} (${callOf(record)}).`,
  ];
}

/** What may be the answer where no call is known to be. */
function possibleSentences(
  question: Question,
  possible: readonly FoundEvent[],
  decisive: FoundEvent | undefined,
): readonly string[] {
  const done = possible.filter(({ record }) => outcomeOn(record, question) === "success");
  const [newest] = done;
  if (newest === undefined || decisive !== undefined) return [];
  const { deed, resource, timeZone } = question;
  const { record } = newest;
  const others = done.length === 1 ? "" : `, the newest of ${grouped(done.length)} such calls`;
  return [
    `${resource.glob ? "Some" : "It"} may have been among what ${namer(question)(newest)} ` +
      `${deed.words[0]} in ${listed(primaryTargets(record))}${circumstances(record, timeZone)}` +
      `${others}: the log does not say which.`,
  ];
}

function seenSentences(question: Question, { total, newest }: Seen): readonly string[] {
  if (newest === undefined) return [];
  const { record } = newest;
  const outcome = outcomeOn(record, question);
  const ended = outcome === "success" ? "" : `, ${outcome}`;
  return [
    `Last mentioned${onDay(record, question.timeZone)}: ${callOf(record)} by ${whoOf(record)}${ended}; ` +
      `${counted(total, "event mentions", "events mention")} ${pronoun(question.resource)}.`,
  ];
}

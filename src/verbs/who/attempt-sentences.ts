/**
 * Calls that changed nothing, in words: attempts that were denied or failed, and calls that found it
 * done.
 */

import { endingFor } from "../../event/item-outcome.ts";
import type { CloudTrailRecord } from "../../event/record.ts";
import { timeOf } from "../../event/time.ts";
import type { FoundEvent } from "../../query/query.ts";
import { circumstances, endings } from "../../words/event-words.ts";
import { counted, listed } from "../../words/sentences.ts";
import { namer, namesOf } from "./namer.ts";
import { outcomeOn, pronoun, type Question } from "./question.ts";

/** Those that the answer made pointless stand apart from those that came before it. */
export function attemptSentences(
  question: Question,
  attempts: readonly FoundEvent[],
  decisive: FoundEvent | undefined,
): readonly string[] {
  if (decisive === undefined) return endedSentences(question, attempts);
  const told = decisive.record;
  const since = timeOf(told);
  const isLater = ({ record }: FoundEvent) =>
    since !== undefined && (timeOf(record) ?? Number.NEGATIVE_INFINITY) >= since;
  const earlier = attempts.filter((attempt) => !isLater(attempt));
  return [
    ...endedSentences(question, earlier, { which: "Before that, ", told }),
    ...endedSentences(question, attempts.filter(isLater), { which: "After that, ", told }),
  ];
}

interface Context {
  /** Begins each sentence. */
  readonly which?: string;
  /** The event of the sentence before. */
  readonly told?: CloudTrailRecord;
}

/** One for each way in which attempts ended. */
export function endedSentences(
  question: Question,
  attempts: readonly FoundEvent[],
  { which = "", ...context }: Context = {},
): readonly string[] {
  const { deed, resource, timeZone, stands } = question;
  const aim = which === "" ? ` to ${deed.infinitive} ${pronoun(resource)}` : "";
  return endings.flatMap(({ outcome, one, many }) => {
    const ended = attempts.filter(({ record }) => outcomeOn(record, question) === outcome);
    const [newest] = ended;
    if (newest === undefined) return [];
    const names = namesOf(ended, question);
    const { code } = endingFor(newest.record, stands(newest.record).pattern);
    const latest = names.length > 1 ? `; the newest by ${namer(question)(newest)}` : ", the newest";
    return [
      `${which}${counted(ended.length, "attempt")}${aim} ${ended.length === 1 ? one : many}, ` +
        `by ${listed(names)}${ended.length === 1 ? "" : latest}` +
        `${circumstances(newest.record, timeZone, { ...context, code })}.`,
    ];
  });
}

/** `1 call found it deleted already, by bob on ...` */
export function idleSentences(
  question: Question,
  idle: readonly FoundEvent[],
  decisive: FoundEvent | undefined,
): readonly string[] {
  const [newest] = idle;
  if (newest === undefined) return [];
  const { deed, resource, timeZone } = question;
  const latest = idle.length === 1 ? "" : ", the newest";
  const when = circumstances(newest.record, timeZone, decisive && { told: decisive.record });
  return [
    `${counted(idle.length, "call")} found ${pronoun(resource)} ${deed.words[0]} already, ` +
      `by ${listed(namesOf(idle, question))}${latest}${when}.`,
  ];
}

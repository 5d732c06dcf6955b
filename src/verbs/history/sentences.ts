/**
 * The lives of a resource in words: how it came and went, what weakened it, who changed it, what was
 * tried in vain, and what it has come to.
 */

import { effectOf } from "../../event/effect.ts";
import { outcomeFor } from "../../event/item-outcome.ts";
import type { CloudTrailRecord } from "../../event/record.ts";
import type { FoundEvent } from "../../query/query.ts";
import type { Story } from "../../resolve/life.ts";
import { unmentioned } from "../../words/absence.ts";
import { aliasSentences } from "../../words/alias-words.ts";
import { callOf, endings, onDay } from "../../words/event-words.ts";
import { counted, listed, often } from "../../words/sentences.ts";
import { exposureSentences } from "./exposure.ts";
import type { Inquiry, Telling } from "./inquiry.ts";
import { globSentences, thingSentences, thingsIn } from "./things.ts";
import { isTurned } from "./turns.ts";

export function sentencesFor(inquiry: Inquiry, story: Story, telling: Telling): readonly string[] {
  const { lives, changes, unsuccessful, others } = story;
  const things = thingsIn(lives);
  const entries = others.filter(({ record }) => effectOf(record).kind === "entered");
  const isEmpty = things.length + changes.length === 0;
  return [
    ...(isEmpty ? [nothingSentence(inquiry, story)] : []),
    ...(inquiry.resource.glob
      ? globSentences(inquiry, things, telling)
      : things.flatMap((thing) => thingSentences(inquiry, thing, things, telling))),
    ...(inquiry.resource.glob ? [] : exposureSentences(inquiry, story, telling)),
    ...(changes.length > 0 ? [changesSentence(inquiry, story, telling)] : []),
    ...(unsuccessful.length > 0 ? [unsuccessfulSentence(inquiry, unsuccessful)] : []),
    ...(entries.length > 0 ? [entriesSentence(entries, telling)] : []),
    ...(others.length > entries.length ? [othersSentence(others.length - entries.length)] : []),
    ...aliasSentences(inquiry.asked, inquiry.toldAliases, telling.timeZone),
  ];
}

function nothingSentence(inquiry: Inquiry, { unsuccessful, others }: Story): string {
  const { asked, filter, reads } = inquiry;
  const isMentioned = unsuccessful.length + others.length > 0;
  const why = isMentioned ? "" : `: ${unmentioned(filter, reads ? "event" : "write")} it`;
  return `Nothing happened to ${asked}, in these logs${why}.`;
}

function changesSentence(
  { resource, asked }: Inquiry,
  { lives, changes }: Story,
  { timeZone, nameOf }: Telling,
): string {
  const newest: CloudTrailRecord = changes.at(-1)?.record ?? {};
  const fits = resource.glob ? `What fits ${asked}` : asked;
  const people = listed([...new Set(changes.map(nameOf))]);
  const last = changes.length === 1 ? "" : ", the last time";
  return (
    `${isTurned(lives) ? "It" : fits} was changed ${often(changes.length)} by ${people}${last}` +
    `${onDay(newest, timeZone)} (${callOf(newest)}).`
  );
}

/** `2 attempts were denied and 1 attempt failed.` */
function unsuccessfulSentence({ resource }: Inquiry, events: readonly FoundEvent[]): string {
  const ends = endings.flatMap(({ outcome, one, many }) => {
    const count = events.filter(({ record }) => outcomeFor(record, resource) === outcome).length;
    return count === 0 ? [] : [`${counted(count, "attempt")} ${count === 1 ? one : many}`];
  });
  return `${listed(ends)}.`;
}

/** `lena got into it or ran something on it once, on ... (StartSession).` */
function entriesSentence(entries: readonly FoundEvent[], { timeZone, nameOf }: Telling): string {
  const people = listed([...new Set(entries.map(nameOf))]);
  const { record }: Pick<FoundEvent, "record"> = entries.at(-1) ?? { record: {} };
  const last = entries.length === 1 ? "," : ", the last time";
  return (
    `${people} got into it or ran something on it ${often(entries.length)}${last}` +
    `${onDay(record, timeZone)} (${callOf(record)}).`
  );
}

function othersSentence(count: number): string {
  return `${counted(count, "call")} only ${count === 1 ? "reads or mentions" : "read or mention"} it.`;
}

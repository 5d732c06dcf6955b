/**
 * Who did it, how whoever it was came to it, and what made them, in words.
 */

import { effectOf } from "../../event/effect.ts";
import { mentions } from "../../event/mention.ts";
import type { CloudTrailRecord } from "../../event/record.ts";
import { naming } from "../../event/resource-names.ts";
import { givenAccess } from "../../event/sharing.ts";
import { primaryTargets } from "../../event/targets.ts";
import type { FoundEvent } from "../../query/query.ts";
import { firstCalls } from "../../resolve/causes.ts";
import type { Hop } from "../../resolve/chain.ts";
import type { Change } from "../../resolve/changes.ts";
import { orderOf } from "../../resolve/turn.ts";
import { behindSentences, guiseWords, subjectWords } from "../../words/caller-behind.ts";
import { causeSentences, doerOf } from "../../words/cause-words.ts";
import { changeSentences } from "../../words/change-words.ts";
import { granteeWords, standingSentences } from "../../words/door-words.ts";
import { callOf, circumstances } from "../../words/event-words.ts";
import { counted, grouped, listed } from "../../words/sentences.ts";
import { openedBy } from "./exposure.ts";
import type { Fate } from "./fate.ts";
import { namer, namesOf } from "./namer.ts";
import type { Question } from "./question.ts";

/** Of the newest, or the worst that still stands; how many others there are comes last. */
export function doneSentences(
  question: Question,
  decisive: FoundEvent,
  { all, fate }: { readonly all: readonly FoundEvent[]; readonly fate: Fate | undefined },
): readonly string[] {
  const { deed, resource, asked, kind, timeZone, way } = question;
  const { record } = decisive;
  const [done] = deed.words;
  const targets = primaryTargets(record);
  const fitting = targets.filter((target) => mentions(resource, target));
  const what =
    (resource.glob && listed(fitting.length > 0 ? fitting : targets)) ||
    (kind === "" ? asked : `the ${kind} ${asked}`);
  const call = [callOf(record), ...othersIn(record, question)].join(" on ");
  const person = way.people(decisive);
  const effect = effectOf(record);
  const later = deed.infinitive === "delete" && effect.kind === "scheduled" ? effect : undefined;
  const isFateTold = fate?.verdict.kind !== undefined && fate.verdict.kind !== "none";
  const headline =
    `${doerOf(record) ?? `${subjectWords(person)}${guiseWords(person, timeZone)}`} ` +
    `${later === undefined ? done : "scheduled the deletion of"} ${what}${sharedWith(question, record)}` +
    `${circumstances(record, timeZone, { call })}.`;
  const headlines = [
    headline,
    ...changedSentences(question, decisive),
    ...(later === undefined || isFateTold
      ? []
      : [`It can be undone for ${counted(later.days, "day")} from then.`]),
    ...behindSentences(person, question),
    ...causeWords(question, decisive),
    ...standingSentences(openedBy(decisive, question.doors), timeZone, namer(question)),
  ];
  if (all.length === 1) return headlines;
  const names = namesOf(all, question);
  const each = names.length > 1 ? "" : all.length === 2 ? "both " : "all ";
  return [
    ...headlines,
    `That is the ${rankOf(decisive, all)} of ${grouped(all.length)} such calls, ${each}by ${listed(names)}.`,
  ];
}

/** Deeds that are changes of what is set, or of who is let in. */
const changing = /^(?:change|weaken|share)$/;

function changedSentences(
  { deed: { infinitive }, stands, set }: Question,
  { id, record }: FoundEvent,
): readonly string[] {
  if (!changing.test(infinitive) || !/^(?:target|part)$/.test(stands(record).bearing)) return [];
  const changes = set.get(id) ?? [];
  // With whom it was shared is said.
  if (infinitive === "share") return changeSentences(changes.filter(isTelling), {});
  return changeSentences(changes, record);
}

function isTelling({ before, is }: Change): boolean {
  return before !== undefined && is !== "same";
}

function rankOf(decisive: FoundEvent, all: readonly FoundEvent[]): string {
  return all.some((event) => orderOf(event) > orderOf(decisive))
    ? "worst that still stands"
    : "newest";
}

/** " with account 777788889999", where the deed is about that and the call tells it. */
function sharedWith({ deed }: Question, record: CloudTrailRecord): string {
  const given = deed.infinitive === "share" ? givenAccess(record) : undefined;
  return given === undefined || given.length === 0
    ? ""
    : ` with ${listed(given.map(granteeWords))}`;
}

/** Which call made a service do it, and how whoever called that came to it. */
function causeWords(question: Question, decisive: FoundEvent): readonly string[] {
  const { way, timeZone } = question;
  const { cause, people } = way;
  if (cause === undefined) return [];
  const [first, ...others] = firstCalls(cause);
  const sentences = causeSentences(decisive, cause, timeZone, namer(question));
  if (first === undefined || others.length > 0) return sentences;
  const starter = people(first);
  const isSame =
    starter.chain.hops.flatMap(idsIn).join() === people(decisive).chain.hops.flatMap(idsIn).join();
  return isSame ? sentences : [...sentences, ...behindSentences(starter, question)];
}

function idsIn({ issues }: Hop): readonly string[] {
  return issues.map(({ id }) => id);
}

/** What was attached to the resource, read in it or put there, if that is not the resource itself. */
function othersIn(record: CloudTrailRecord, { resource, stands }: Question): readonly string[] {
  const { bearing, pattern } = stands(record);
  if (resource.glob || bearing !== "part") return [];
  const isNamed = naming([pattern.text], pattern);
  const others = primaryTargets(record).filter(
    (target) => !isNamed(target) && !mentions({ text: target, glob: false }, pattern.text),
  );
  return others.length === 0 ? [] : [listed(others)];
}

/**
 * What was done to parts of the resource, in words.
 */

import type { CloudTrailRecord } from "../../event/record.ts";
import { partNoun } from "../../event/targets.ts";
import type { FoundEvent } from "../../query/query.ts";
import { partDoneTo } from "../../words/cause-words.ts";
import { callOf, onDay } from "../../words/event-words.ts";
import { listed } from "../../words/sentences.ts";
import { endedSentences } from "./attempt-sentences.ts";
import { namer, namesOf } from "./namer.ts";
import { isParting, partingSentence } from "./partings.ts";
import { outcomeOn, type Question } from "./question.ts";

/** What ended with the resource stands apart from what else was done to its parts. */
export function partSentences(
  question: Question,
  parts: readonly FoundEvent[],
  decisive: FoundEvent | undefined,
): readonly string[] {
  const all = parts.filter(({ record }) => outcomeOn(record, question) === "success");
  const isOver = question.deed.infinitive === "delete";
  const partings = isOver ? all.filter(isParting) : [];
  const done = all.filter((event) => !partings.includes(event));
  const [newest] = done;
  const nameOf = namer(question);
  const { resource, timeZone } = question;
  const parted = partings.map((event) => partingSentence(event, resource, { nameOf, timeZone }));
  const tried = endedSentences(question, parts, {
    which: "On parts of it, ",
    ...(decisive && { told: decisive.record }),
  });
  if (newest === undefined) return [...parted.slice(0, mostPartings), ...tried];
  const calls = namesOf(done, question).map((name) => {
    const its = done.filter((event) => nameOf(event) === name);
    return `${listed(its.map(({ record }) => partOf(record)))} by ${name}`;
  });
  const latest = done.length === 1 ? "" : calls.length === 1 ? ", the newest" : "; the newest";
  return [
    `Parts of it were ${question.deed.words[0]}${decisive ? " too" : ""}: ${calls.join("; ")}` +
      `${latest}${onDay(newest.record, timeZone)}.`,
    ...parted.slice(0, mostPartings),
    ...tried,
  ];
}

/** The table has all. */
const mostPartings = 3;

/** `bucket policy`; the call itself where its name tells of more than one thing. */
function partOf(record: CloudTrailRecord): string {
  const noun = partDoneTo(record) ?? partNoun(record) ?? "";
  return noun === "" || / (?:from|to|with|in|on|for|by) /.test(noun) ? callOf(record) : noun;
}

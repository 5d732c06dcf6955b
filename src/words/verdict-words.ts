/**
 * Verdicts in words, and for machines.
 */

import { formatTime, timeOf } from "../event/time.ts";
import { valuesOf } from "../event/values.ts";
import type { Answer } from "../query/answer.ts";
import type { FoundEvent } from "../query/query.ts";
import type { Verdict } from "../resolve/verdict.ts";
import { callerOf, callOf, type NameOf, onDay, whoOf } from "./event-words.ts";
import { counted, moment } from "./sentences.ts";

/** The event of the sentence before, and the words that it used for what was done. */
interface Told {
  readonly event: FoundEvent;
  readonly words: readonly string[];
}

/**
 * What is to be added to a sentence that told the decisive call; nothing where that says it all.
 * Each stands alone and speaks of "it".
 */
export function verdictSentences(
  verdict: Verdict,
  timeZone: string,
  nameOf: NameOf = callerOf,
  told?: Told,
): readonly string[] {
  const by = (event: FoundEvent) =>
    `${nameOf(event)}${onDay(event.record, timeZone)} (${callOf(event.record)})`;
  switch (verdict.kind) {
    case "deleted":
      return verdict.completedBy === undefined
        ? []
        : [
            `The waiting time is over: the service deleted it for good` +
              `${onDay(verdict.completedBy.record, timeZone)} (${callOf(verdict.completedBy.record)}).`,
          ];
    case "scheduled":
      return [scheduledSentence(verdict, timeZone)];
    case "undone":
      return [undoneSentence(verdict, by)];
    case "hidden":
    case "weakened":
      return [
        told !== undefined && told.event.id === verdict.decisive.id
          ? stillSentence(verdict, told)
          : switchedSentence(verdict, by),
        ...(verdict.eased === undefined
          ? []
          : [`Some of that was taken back: ${verdict.eased.how} by ${by(verdict.eased.by)}.`]),
      ];
    case "inferred": {
      const versions = counted(verdict.versions, "version");
      return [
        `It seems to be gone: the service ended ${versions} of it, the last` +
          `${onDay(verdict.decisive.record, timeZone)} (${callOf(verdict.decisive.record)}). ` +
          "Who asked for that is not in these logs.",
      ];
    }
    case "already gone":
      return [
        `It was gone already at the call of ${by(verdict.decisive)}. ` +
          "What ended it is not in these logs.",
      ];
    case "exists":
    case "attempted":
    case "none":
      return [];
  }
}

function scheduledSentence(
  { until, days, savedBy, isOver }: Extract<Verdict, { kind: "scheduled" }>,
  timeZone: string,
): string {
  const when =
    until === undefined
      ? `${counted(days, "day")} after that call`
      : `on ${moment(until, timeZone)}`;
  if (isOver) {
    return (
      `Its deletion was due ${when}, which these logs reach past; ` +
      "they tell neither that it was saved nor that it is gone."
    );
  }
  const rescue =
    savedBy === undefined ? "until then AWS Support can save it" : `until then ${savedBy} saves it`;
  return `It is scheduled to be deleted ${when}; ${rescue}.`;
}

function undoneSentence(
  { undoneBy, how, words }: Extract<Verdict, { kind: "undone" }>,
  by: (event: FoundEvent) => string,
): string {
  switch (how) {
    case "saved":
      return `That was undone: saved by ${by(undoneBy)}.`;
    case "created anew":
      return `It exists again: created anew by ${by(undoneBy)}.`;
    case "shown":
      return `That was undone: ${words ?? "switched on again"} by ${by(undoneBy)}.`;
  }
}

type Switched = Extract<Verdict, { kind: "hidden" | "weakened" }>;

function switchedSentence(
  { decisive, how, part, undoneBy }: Switched,
  by: (event: FoundEvent) => string,
): string {
  const subject = part === undefined ? "It is still there, but was" : `Its ${part} ${wasOf(part)}`;
  return `${subject} ${how} by ${by(decisive)}${rescueWords(undoneBy)}.`;
}

/** `; StartLogging would undo that`; nobody has, in these logs. */
export function rescueWords(undoneBy: string | undefined): string {
  return undoneBy === undefined ? "" : `; ${undoneBy} would undo that`;
}

/** Who did it and when is said already. */
function stillSentence({ part, how, undoneBy, eased }: Switched, { words }: Told): string {
  const rescue = rescueWords(undoneBy);
  // How much of it stands, the next sentence tells.
  if (part !== undefined && eased !== undefined)
    return `Its ${part} ${wasOf(part) === "were" ? "are" : "is"} still weaker than before that, in these logs${rescue}.`;
  if (part !== undefined) {
    const be = wasOf(part) === "were" ? "are" : "is";
    return `Its ${part} ${be} still ${how}, in these logs${rescue}.`;
  }
  const isDeletion = words.includes("deleted");
  return `It is still ${isDeletion ? `there, but ${how}` : how}, in these logs${rescue}.`;
}

/** `backups were`, `logging was`. */
export function wasOf(part: string): string {
  return /[^s]s$/.test(part) ? "were" : "was";
}

/** The same for machines; ids of events, and times in UTC. */
export function verdictFacts(verdict: Verdict): NonNullable<Answer["facts"]> {
  const idOf = ({ record }: FoundEvent) => valuesOf("eventID", record)[0] ?? null;
  const decisive =
    verdict.kind === "none"
      ? {}
      : {
          decisive: idOf(verdict.decisive),
          by: whoOf(verdict.decisive.record),
          when: timeText(timeOf(verdict.decisive.record)),
        };
  switch (verdict.kind) {
    case "deleted":
      return {
        kind: verdict.kind,
        ...decisive,
        ...(verdict.completedBy && { completedBy: idOf(verdict.completedBy) }),
      };
    case "scheduled":
      return {
        kind: verdict.kind,
        ...decisive,
        until: timeText(verdict.until),
        savedBy: verdict.savedBy ?? null,
        isOver: verdict.isOver,
      };
    case "undone":
      return {
        kind: verdict.kind,
        ...decisive,
        how: verdict.how,
        undoneBy: idOf(verdict.undoneBy),
      };
    case "hidden":
    case "weakened":
      return {
        kind: verdict.kind,
        ...decisive,
        ...(verdict.part !== undefined && { part: verdict.part }),
        how: verdict.how,
        undoneBy: verdict.undoneBy ?? null,
        ...(verdict.eased && { easedBy: idOf(verdict.eased.by) }),
      };
    case "inferred":
      return { kind: verdict.kind, ...decisive, versions: verdict.versions };
    case "attempted":
      return { kind: verdict.kind, ...decisive, attempts: verdict.attempts };
    case "already gone":
    case "exists":
    case "none":
      return { kind: verdict.kind, ...decisive };
  }
}

function timeText(time: number | undefined): string | null {
  return time === undefined ? null : formatTime(time, "UTC");
}

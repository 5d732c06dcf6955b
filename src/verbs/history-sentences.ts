/**
 * The life of a resource in words: how it came and went, who changed it, what was tried in vain.
 */

import { outcomeFor } from "../event/item-outcome.ts";
import type { CloudTrailRecord } from "../event/record.ts";
import { cancelsDeletion, scheduledDeletion } from "../event/scheduled-deletion.ts";
import { bearing } from "../event/targets.ts";
import { classOf } from "../event/verb-classes.ts";
import type { Answer } from "../query/answer.ts";
import type { Filter, ResourcePattern } from "../query/filter.ts";
import { matches } from "../query/matches.ts";
import type { FoundEvent } from "../query/query.ts";
import { unmentioned } from "./absence.ts";
import { deedFilter, deedNamed } from "./deed-filter.ts";
import { callOf, endings, onDay, timeOf, whoOf } from "./event-words.ts";
import { counted, listed, often } from "./sentences.ts";

export const onlyReads: Filter = {
  kind: "text",
  subject: { kind: "field", field: "readOnly" },
  pattern: { kind: "equals", text: "true" },
};

/** What a call did to the existence of the resource itself. */
type Turn = "created" | "deleted" | "marked for deletion" | "saved from deletion";

interface Life {
  /** In order of time. */
  readonly turns: readonly { readonly what: Turn; readonly record: CloudTrailRecord }[];
  /** Calls that succeeded and were no turn, on the resource or a part of it; in order of time. */
  readonly changes: readonly CloudTrailRecord[];
  /** Calls that would have been a turn or a change. */
  readonly unsuccessful: readonly CloudTrailRecord[];
  /** Calls that only read or were about something else. */
  readonly others: number;
}

export interface Subject {
  readonly resource: ResourcePattern;
  /** The resource in the words of the user. */
  readonly asked: string;
  /** What else the user asked for. */
  readonly filter: Filter;
  readonly reads: boolean;
}

const creation = deedFilter(deedNamed("created"));
const deletion = deedFilter(deedNamed("deleted"));

/** `events` are all about the resource; those of one second in their order. */
export function lifeOf({ resource }: Subject, events: readonly FoundEvent[]): Life {
  const turns: { what: Turn; record: CloudTrailRecord }[] = [];
  const changes: CloudTrailRecord[] = [];
  const unsuccessful: CloudTrailRecord[] = [];
  for (const { record } of events.toSorted((a, b) => instant(a) - instant(b))) {
    const stands = bearing(record, resource);
    if (stands === "mention" || stands === "possible" || matches(onlyReads, record)) continue;
    const what = stands === "target" ? turnOf(record, turns.at(-1)?.what) : undefined;
    if (outcomeFor(record, resource) !== "success") unsuccessful.push(record);
    else if (what === undefined) changes.push(record);
    else turns.push({ what, record });
  }
  const others = events.length - turns.length - changes.length - unsuccessful.length;
  return { turns, changes, unsuccessful, others };
}

function instant({ record }: FoundEvent): number {
  return timeOf(record) ?? Number.NEGATIVE_INFINITY;
}

function turnOf(record: CloudTrailRecord, before: Turn | undefined): Turn | undefined {
  if (cancelsDeletion(record)) return "saved from deletion";
  if (matches(deletion, record)) {
    return scheduledDeletion(record) === undefined ? "deleted" : "marked for deletion";
  }
  if (!matches(creation, record)) return undefined;
  // What writes an object or a parameter overwrites the one that is there.
  return before === "created" && classOf(callOf(record)) !== "create" ? undefined : "created";
}

export function sentencesFor(subject: Subject, life: Life, timeZone: string): readonly string[] {
  const { turns, changes, unsuccessful, others } = life;
  const isEmpty = turns.length + changes.length === 0;
  return [
    ...(isEmpty ? [nothingSentence(subject, life)] : []),
    ...(turns.length > 0 ? [turnsSentence(subject, life, timeZone)] : []),
    ...(changes.length > 0 ? [changesSentence(subject, life, timeZone)] : []),
    ...(unsuccessful.length > 0 ? [unsuccessfulSentence(subject, unsuccessful)] : []),
    ...(others > 0 ? [othersSentence(others)] : []),
  ];
}

/** The same for machines. */
export function factsOf({ asked }: Subject, life: Life): NonNullable<Answer["facts"]> {
  const { turns, changes, unsuccessful, others } = life;
  const count = (what: Turn) => turns.filter((turn) => turn.what === what).length;
  return {
    resource: asked,
    created: count("created"),
    deleted: count("deleted"),
    markedForDeletion: count("marked for deletion"),
    savedFromDeletion: count("saved from deletion"),
    changed: changes.length,
    unsuccessful: unsuccessful.length,
    others,
    last: turns.at(-1)?.what ?? null,
  };
}

function nothingSentence(subject: Subject, { unsuccessful, others }: Life): string {
  const { asked, filter, reads } = subject;
  const isMentioned = unsuccessful.length + others > 0;
  const why = isMentioned ? "" : `: ${unmentioned(filter, reads ? "event" : "write")} it`;
  return `Nothing happened to ${asked}, in these logs${why}.`;
}

/** More would be a list, and that is below. */
const mostTurns = 4;

function turnsSentence({ resource, asked }: Subject, { turns }: Life, timeZone: string): string {
  const told = turns.map(({ what, record }, i) => {
    const isRepeated = !resource.glob && turns.slice(0, i).some((before) => before.what === what);
    const when = `${isRepeated ? " again" : ""}${onDay(record, timeZone)}`;
    return `${what}${when} by ${whoOf(record)}${timeLeft(record)}`;
  });
  if (!resource.glob && turns.length <= mostTurns) {
    return `${asked} was ${listed(told, mostTurns)}.`;
  }
  const counts = [...new Set(turns.map(({ what }) => what))].map((what) => {
    return `${what} ${often(turns.filter((turn) => turn.what === what).length)}`;
  });
  const subject = resource.glob ? `What fits ${asked}` : asked;
  return `${subject} was ${listed(counts, mostTurns)}; the last: ${told.at(-1)}.`;
}

function timeLeft(record: CloudTrailRecord): string {
  const days = scheduledDeletion(record)?.days;
  return days === undefined ? "" : ` (${counted(days, "day")} to undo it)`;
}

function changesSentence(
  { resource, asked }: Subject,
  { turns, changes }: Life,
  timeZone: string,
): string {
  const newest = changes.at(-1) ?? {};
  const fits = resource.glob ? `What fits ${asked}` : asked;
  const what = turns.length > 0 ? "It" : fits;
  const people = listed([...new Set(changes.map((record) => whoOf(record)))]);
  const last = changes.length === 1 ? "" : ", the last time";
  return (
    `${what} was changed ${often(changes.length)} by ${people}${last}` +
    `${onDay(newest, timeZone)} (${callOf(newest)}).`
  );
}

/** `2 attempts were denied and 1 attempt failed.` */
function unsuccessfulSentence({ resource }: Subject, records: readonly CloudTrailRecord[]): string {
  const ends = endings.flatMap(({ outcome, one, many }) => {
    const count = records.filter((record) => outcomeFor(record, resource) === outcome).length;
    return count === 0 ? [] : [`${counted(count, "attempt")} ${count === 1 ? one : many}`];
  });
  return `${listed(ends)}.`;
}

function othersSentence(count: number): string {
  return `${counted(count, "call")} only ${count === 1 ? "reads or mentions" : "read or mention"} it.`;
}

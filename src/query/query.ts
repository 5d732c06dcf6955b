/**
 * A query: one question to an engine, as data. The engines decide how to answer it.
 */

import type { CloudTrailRecord } from "../event/record.ts";
import type { TimeUnit } from "../event/time.ts";
import type { Coverage } from "./coverage.ts";
import type { Filter, Subject } from "./filter.ts";
import type { Integrity, IntegrityQuery } from "./integrity.ts";

export interface EventsQuery {
  readonly kind: "events";
  readonly filter: Filter;
  /**
   * Default: eventTime, then eventID as the GUID it is; ids of another form have some fixed order.
   * Events without a value of the sort subject come last, in either direction.
   */
  readonly sort?: Subject;
  readonly descending?: boolean;
  readonly limit?: number;
  /**
   * Records that are no calls, too. Without it they are found only where the question looks at their lane
   * (`takesAnyLane`).
   */
  readonly anyLane?: true;
}

export interface GroupsQuery {
  readonly kind: "groups";
  readonly filter: Filter;
  readonly by: readonly Subject[];
  /**
   * A group in which nothing happened for longer than this is several, one for each stretch of time.
   * Events without a readable time are a group of their own then.
   */
  readonly pauseMs?: number;
  /**
   * Counts each event once, under the first value of every subject: a path may reach any number, and
   * several paths all combinations of them.
   */
  readonly once?: true;
  /** See `EventsQuery`. */
  readonly anyLane?: true;
}

export interface HistogramQuery {
  readonly kind: "histogram";
  readonly filter: Filter;
  readonly unit: TimeUnit;
  /** IANA zone in which an hour or a day begins. */
  readonly timeZone: string;
}

/** Of each event only some values: for events by the ten thousand, of which few will be told. */
export interface SketchesQuery {
  readonly kind: "sketches";
  readonly filter: Filter;
  readonly paths: readonly (readonly string[])[];
}

/**
 * What somebody is going to ask, said before anything is read. A query that narrows it (`every` with the
 * filter among its parts) is part of it.
 */
export type Question =
  /** Events that will be read. */
  | Pick<EventsQuery, "kind" | "filter" | "sort">
  /** Events that will be counted by its subjects, and not be read themselves. */
  | Pick<GroupsQuery, "kind" | "filter" | "by">
  | Pick<HistogramQuery, "kind" | "filter">
  | SketchesQuery
  /** Events of which few will be read, when others have told which: by time or by these subjects. */
  | { readonly kind: "candidates"; readonly filter: Filter; readonly by: readonly Subject[] }
  | { readonly kind: "similar"; readonly resource: string }
  | { readonly kind: "survey" }
  /** Every record will be looked into, so that damage shows wherever it is, whatever is kept. */
  | { readonly kind: "thorough" }
  /** What is found decides what will be asked next, so nothing can be said of it. */
  | { readonly kind: "more" };

/** One event found: the record, and what it stands in. */
export interface FoundEvent {
  /** The same for the same event, and for no other: an eventID may be missing, forged or masked. */
  readonly id: string;
  readonly record: CloudTrailRecord;
  readonly source: RecordSource;
}

/** A record as its file holds it. */
interface RecordSource {
  /** File as the user would name it; "(standard input)" for a pipe. */
  readonly origin: string;
  /** Byte offset of the record in the (inflated) file. */
  readonly offset: number;
  /** The very bytes of the record. */
  readonly bytes: Uint8Array;
}

export interface Reply {
  /** What the reply rests on; of events, complete only after they were read to their end. */
  coverage(): Coverage;
}

/** An event whose record is read when somebody looks at it. */
export interface SketchedEvent extends FoundEvent {
  /** As much of the record as was asked for, put together anew at each look: values as texts. */
  readonly sketch: CloudTrailRecord;
}

/** What is at hand of an event's record. */
export function sketchOf(event: FoundEvent): CloudTrailRecord {
  return isSketched(event) ? event.sketch : event.record;
}

function isSketched(event: FoundEvent): event is SketchedEvent {
  return "sketch" in event;
}

interface SketchesReply extends Reply {
  /** In order of time. */
  readonly events: readonly SketchedEvent[];
}

export interface EventsReply extends Reply {
  /** How many events match, whatever the limit. */
  readonly total: number;
  /** In the order asked for, at most `limit`; may be read once. */
  readonly events: AsyncIterable<FoundEvent>;
}

export interface Group {
  /** One value for each subject of `by`, in its order; undefined where the event has none. */
  readonly values: readonly (string | undefined)[];
  readonly count: number;
  /** Epoch milliseconds; undefined when no event of the group has a readable time. */
  readonly first?: number;
  readonly last?: number;
}

interface GroupsReply extends Reply {
  /** Most events first; ties by values, then by time. */
  readonly groups: readonly Group[];
}

export interface Bucket {
  /** Epoch milliseconds of the bucket's start. */
  readonly start: number;
  readonly count: number;
  readonly failed: number;
}

export interface HistogramReply extends Reply {
  /** In time order, empty ones between first and last included. */
  readonly buckets: readonly Bucket[];
  readonly undated: number;
}

interface SimilarReply extends Reply {
  /** Best first. */
  readonly names: readonly string[];
}

/**
 * What answers queries. All replies are the same whatever the engine, thread count, chunk size or
 * order of files.
 */
export interface Engine {
  /**
   * A reading for somebody who will ask these questions: one pass over the input serves all of them, and
   * readings that ask the same share it. Which questions were said changes how much is read and never a
   * reply; what was not said is read for when it is asked.
   */
  reading(questions: readonly Question[]): Reading;
}

/** The logs, for whoever asks: what one answer is made from. */
export interface Reading {
  /** What is read: what was worked out of one reading holds for all of an engine's. */
  readonly engine: Engine;
  events(query: EventsQuery): Promise<EventsReply>;
  sketches(query: SketchesQuery): Promise<SketchesReply>;
  /** What an event counts under says `labelsOf` in `subject.ts`. */
  groups(query: GroupsQuery): Promise<GroupsReply>;
  histogram(query: HistogramQuery): Promise<HistogramReply>;
  /** Names and ids in the logs that resemble a resource nobody found. */
  similar(resource: string): Promise<SimilarReply>;
  /** Every record, whatever was left out for the other questions. */
  survey(): Promise<Reply>;
  /** The files themselves, held against the digests beside them. No record is read for it. */
  integrity(query: IntegrityQuery): Promise<Integrity>;
  /** For questions that only come up on the way; their replies are among those of this reading, too. */
  further(questions: readonly Question[]): Reading;
  /** What all replies so far rest on. */
  coverage(): Coverage;
}

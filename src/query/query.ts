/**
 * A query: one question to an engine, as data. The engines decide how to answer it.
 */

import type { CloudTrailRecord } from "../event/record.ts";
import type { TimeUnit } from "../event/time.ts";
import type { Coverage } from "./coverage.ts";
import type { Filter, Subject } from "./filter.ts";

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

/** What will be asked: the events that match, or no more than sketches of them. */
export type Expected = Filter | Omit<SketchesQuery, "kind">;

/** One event found: the record, and where it stands. */
export interface FoundEvent {
  readonly record: CloudTrailRecord;
  /** The very bytes of the record, as the file holds them. */
  readonly bytes: Uint8Array;
  /** File as the user would name it; "(standard input)" for a pipe. */
  readonly origin: string;
  /** Byte offset of the record in the (inflated) file. */
  readonly offset: number;
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

export interface EventsReply {
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

export interface Bucket {
  /** Epoch milliseconds of the bucket's start. */
  readonly start: number;
  readonly count: number;
  readonly failed: number;
}

/**
 * What answers queries. All replies are the same whatever the engine, thread count, chunk size or
 * order of files.
 */
export interface Engine {
  /**
   * Says what will be asked next, so that an engine that reads its input anew for each question can
   * read it once for all of these: queries whose filter is one of them or narrows one (`every` with one
   * of them among its parts). Events of `counted` will be counted by its subjects and not be read
   * themselves. Changes no answer.
   */
  expect(expected: readonly Expected[], counted?: Pick<GroupsQuery, "filter" | "by">): void;
  events(query: EventsQuery): Promise<EventsReply>;
  /** In order of time. */
  sketches(query: SketchesQuery): Promise<readonly SketchedEvent[]>;
  /** Most events first; ties by values, then by time. What an event counts under says `labelsOf` in `subject.ts`. */
  groups(query: GroupsQuery): Promise<readonly Group[]>;
  /** Buckets in time order, empty ones between first and last included. */
  histogram(query: HistogramQuery): Promise<{ buckets: readonly Bucket[]; undated: number }>;
  /** Names and ids in the logs that resemble a resource nobody found, best first. */
  similar(resource: string): Promise<readonly string[]>;
  /** What all answers so far rest on. Complete only after the events were read to their end. */
  coverage(): Coverage;
  /** Reads every record for `coverage`, whatever the plan of the last query left out. */
  survey(): Promise<Coverage>;
}

/**
 * What an answer rests on: what was read, what was not, and what the logs span.
 */

import type { Span } from "./span.ts";

/** A piece of input that could not be read as what it should be. */
export interface Problem {
  /** File as the user would name it. */
  readonly origin: string;
  /** Byte offset in the inflated file, where known. */
  readonly offset?: number;
  /** Line, where the file is read line by line; counted from 1. */
  readonly line?: number;
  /** What is wrong, in words, without text from the log. */
  readonly reason: string;
}

/** A stretch without any event, longer than is usual for these logs. */
export interface Gap {
  readonly from: number;
  readonly until: number;
}

/** Counts for one value (an account, a region, a category). */
export interface Tally extends Span {
  readonly value: string;
  readonly events: number;
}

/** Files that were left unread for one reason. */
export interface LeftOut {
  readonly why: string;
  readonly files: number;
  /** The first of them, as the user would name it. */
  readonly first: string;
}

export interface Coverage {
  /** Files opened and read to their end or to the break. */
  readonly files: number;
  readonly bytes: number;
  /** Records found, duplicates included. */
  readonly records: number;
  /** Records that are a repetition of another with the same eventID. Of the matching events only, when not `exact`. */
  readonly duplicates: number;
  /** Records that could not be read. */
  readonly malformed: number;
  /** Records without a readable eventTime; of those looked at. */
  readonly undated: number;
  /** Files that are no CloudTrail logs, with what they are ("digest", "AWS Config snapshot", ...). */
  readonly notLogs: readonly { readonly origin: string; readonly what: string }[];
  /** Files left unopened because their name puts them outside the time asked for. */
  readonly outsideWindow: number;
  /** Only with `--verified`: files left out, as no digest proves them. */
  readonly unverified?: readonly LeftOut[];
  /** Symbolic links, devices and sockets met in a walk and not followed. */
  readonly notFollowed: number;
  /** First problems in order of origin and offset; `problemCount` counts all. */
  readonly problems: readonly Problem[];
  readonly problemCount: number;
  /**
   * True: `span`, `accounts`, `regions` and `categories` come from every record. False: from the
   * first and last record of each file and the events found, so the logs span at least this.
   */
  readonly exact: boolean;
  readonly span: Span;
  readonly accounts: readonly Tally[];
  readonly regions: readonly Tally[];
  readonly categories: readonly Tally[];
  /** Only from `survey`. */
  readonly gaps?: readonly Gap[];
}

/** True when anything that should have been read was not: the exit status is then 2. */
export function isPartial(coverage: Coverage): boolean {
  return coverage.problemCount > 0 || (coverage.unverified?.length ?? 0) > 0;
}

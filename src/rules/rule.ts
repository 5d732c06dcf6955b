/**
 * A rule: a named question that should find nothing. Sigma files and the short form of
 * `trailhound.yaml` become the same thing here, so that nobody further on can tell which it was.
 */

import type { CloudTrailRecord } from "../event/record.ts";
import type { Filter, Subject } from "../query/filter.ts";
import { type Level, levels } from "../query/report.ts";

export type { Level };
export { levels };

/** Where something stands in a file of rules. */
export interface Place {
  /** As the user would name it. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly column: number;
}

export interface Rule {
  /** The same tomorrow, and no other rule's: findings, baselines and exceptions know the rule by it. */
  readonly id: string;
  /** By which other rules may refer to it, beside the id. */
  readonly name?: string;
  readonly title: string;
  readonly level: Level;
  readonly description?: string;
  readonly falsePositives: readonly string[];
  readonly tags: readonly string[];
  readonly references: readonly string[];
  readonly place: Place;
  readonly test: RuleTest;
  /** False for one that only counts for the correlations that name it. */
  readonly isReported: boolean;
  readonly samples: readonly Sample[];
}

export type RuleTest = EventTest | Correlation | FirstSeen;

/**
 * Each matching event breaks the rule. A test of the field `user` is about whoever is behind the call,
 * through however many roles.
 */
interface EventTest {
  readonly kind: "events";
  readonly filter: Filter;
}

/** What nobody did in the first stretch of the logs breaks the rule, the first time that it is done. */
interface FirstSeen {
  readonly kind: "first-seen";
  readonly filter: Filter;
  /** What is new if no event had the same of each before; `who` is whoever is behind the call. */
  readonly what: readonly (Subject | "who")[];
  /** How long from the first of the matching events on nothing is told, and all is learned. */
  readonly baselineMs: number;
}

/** Several events together break the rule: those of one group within a window of event time. */
export interface Correlation {
  readonly kind: "correlation";
  /** The tests whose events are looked at, each by what a condition may call it. */
  readonly parts: readonly CorrelationPart[];
  /**
   * Events belong together that have the same of each; `who` is whoever is behind the call. What an event
   * has several of puts it in several groups; one that lacks any is in none.
   */
  readonly groupBy: readonly (Subject | "who")[];
  /** From the first to the last event of a window; both may be so far apart. */
  readonly withinMs: number;
  readonly condition: CorrelationCondition;
}

export interface CorrelationPart {
  /** Id of the rule, or what the correlation itself calls the test. */
  readonly rule: string;
  readonly test: RuleTest;
  /** Where this part has a value of the correlation's own groups: by position in `groupBy`. */
  readonly aliases: ReadonlyMap<number, Subject>;
}

export type CorrelationCondition =
  /** How many events there are, or how many different values. */
  | {
      readonly kind: "event_count" | "value_count";
      readonly fields: readonly Subject[];
      readonly bounds: readonly Bound[];
    }
  | {
      readonly kind: "value_sum" | "value_avg" | "value_percentile";
      readonly fields: readonly Subject[];
      /** Of `value_percentile`: 0 to 100. */
      readonly percentile: number;
      readonly bounds: readonly Bound[];
    }
  /** Which parts have an event in the window, in the order of the parts if `isOrdered`. */
  | {
      readonly kind: "temporal";
      readonly isOrdered: boolean;
      /** How many of the parts. */
      readonly bounds: readonly Bound[];
      /** Asked of a record with a member, true, for each part that has an event, by its `rule`. */
      readonly holds: Filter;
    };

/** All bounds hold. */
export interface Bound {
  readonly operator: "<" | "<=" | ">" | ">=" | "=" | "!=";
  readonly value: number;
}

/** Events of a rule file that say whether the rule does what it is for. */
export interface Sample {
  readonly place: Place;
  readonly breaks: boolean;
  readonly events: readonly CloudTrailRecord[];
}

/** What was read of files of rules. A rule with a mistake is not among the rules. */
export interface RuleSet {
  readonly rules: readonly Rule[];
  /** With one, nothing may pass for checked. */
  readonly mistakes: readonly Complaint[];
  readonly warnings: readonly Complaint[];
  /** Rules for the logs of something else, which are left out. */
  readonly foreign: readonly ForeignRule[];
}

export interface Complaint {
  readonly place: Place;
  /** What is wrong and what to do, in one line. */
  readonly problem: string;
  /** The line of the file that it stands in. */
  readonly excerpt: string;
}

export interface ForeignRule {
  readonly place: Place;
  readonly title: string;
  /** `windows process_creation`. */
  readonly logs: string;
}

/** Whether a level is at or above another. */
export function reaches(level: Level, least: Level): boolean {
  return levels.indexOf(level) >= levels.indexOf(least);
}

/**
 * Findings as a gate reports them: what formats for pipelines are made of, beside the words and rows that
 * every answer has. Nothing here is escaped for any format yet.
 */

import type { Span } from "./span.ts";

/** As Sigma names them, the mildest first. */
export const levels = ["informational", "low", "medium", "high", "critical"] as const;
export type Level = (typeof levels)[number];

export interface Report {
  /** The worst first. */
  readonly findings: readonly ReportedFinding[];
  /** All rules that were asked, broken or not. */
  readonly rules: readonly ReportedRule[];
  /** Why there may be more findings than these. */
  readonly gaps: readonly Gap[];
  /** The earlier report that tells what is known, as the user named it. */
  readonly baseline?: string;
}

export interface ReportedRule {
  /** The same tomorrow. */
  readonly id: string;
  readonly title: string;
  readonly level: Level;
  readonly description?: string;
  readonly falsePositives: readonly string[];
  readonly tags: readonly string[];
  readonly references: readonly string[];
  readonly place: FilePlace;
}

export interface ReportedFinding extends Span {
  readonly rule: ReportedRule;
  /** Whoever is behind it. */
  readonly who: { readonly name: string };
  readonly target: string | undefined;
  /** How many events. */
  readonly count: number;
  readonly sentence: string;
  /** One for each event, in the order of time. */
  readonly events: readonly EventPlace[];
  /** Made of rule, actor and target alone, so that it is the same finding tomorrow. */
  readonly fingerprint: string;
  readonly standing: Standing;
}

/** Whether a finding fails the check, and what keeps it from that. */
export type Standing =
  | { readonly kind: "fails" }
  /** Milder than what fails. */
  | { readonly kind: "below"; readonly least: Level | "never" }
  /** An earlier report has it. */
  | { readonly kind: "known"; readonly file: string }
  | ExceptedStanding;

/** Somebody answers for it, for a time. */
interface ExceptedStanding {
  readonly kind: "excepted";
  readonly reason: string;
  readonly owner: string;
  /** The last day on which it is let pass: `2026-12-31`. */
  readonly expires: string;
  readonly place: FilePlace;
}

/** Where something stands in a file that the user named. */
interface FilePlace {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly column: number;
}

export interface EventPlace {
  /** Undefined where the event has none. */
  readonly eventID: string | undefined;
  /** File as the user would name it, and byte offset in it once inflated. */
  readonly origin: string;
  readonly offset: number;
}

/** What a check looks for gaps in. */
export const subjectsOfGaps = ["rules", "exceptions", "logs", "coverage"] as const;

/** Something that was not checked. */
export interface Gap {
  readonly about: (typeof subjectsOfGaps)[number];
  /** In one line, without the place. */
  readonly problem: string;
  /** File as the user would name it, and the line in it, where known. */
  readonly file?: string;
  readonly line?: number;
  /** The flag that lets it pass; without one, it fails the check. */
  readonly allowedBy?: string;
}

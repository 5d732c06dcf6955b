/**
 * What a check says: whether it is passed, what fails it, what does not and why, and what was let pass
 * because it was allowed.
 */

import { type Coverage, isPartial } from "../../query/coverage.ts";
import type { Gap, Standing } from "../../query/report.ts";
import type { ExceptionSet } from "../../rules/exceptions.ts";
import { type Complaint, levels, type RuleSet } from "../../rules/rule.ts";
import { counted, grouped, listed } from "../../words/sentences.ts";
import type { Baseline } from "./baseline.ts";
import { exceptionSentences } from "./exceptions.ts";
import type { Reported } from "./reported.ts";

export interface Checked {
  readonly findings: readonly Reported[];
  readonly gaps: readonly Gap[];
  readonly rules: RuleSet;
  readonly exceptions: ExceptionSet;
  readonly baseline: Baseline | undefined;
  readonly coverage: Coverage;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly failOn: string;
  readonly allowPartial: boolean;
  readonly allowEmpty: boolean;
}

/** More are in the table. */
const mostTold = 3;

export function sentences(checked: Checked): readonly string[] {
  const { findings, rules, exceptions, now } = checked;
  const failing = findings.filter(({ standing }) => standing.kind === "fails");
  return [
    headline(checked, failing),
    ...passedOver(findings, checked),
    ...failing.slice(0, mostTold).map(({ rule, sentence }) => `${rule.title}: ${sentence}`),
    ...mistakeWords(rules, "the rules", "what these forbid was not checked"),
    ...mistakeWords(exceptions, "the exceptions", "what these would let pass is not let pass"),
    ...exceptionSentences(exceptions, findings, now),
    ...goneWords(checked),
    ...foreignWords(rules),
    ...allowedWords(checked),
  ];
}

function headline({ findings, gaps, rules }: Checked, failing: readonly Reported[]): string {
  const by = `by ${counted(rules.rules.length, "rule")}`;
  if (failing.length > 0) {
    const of = failing.length === findings.length ? "" : `${grouped(failing.length)} of `;
    return `Failed: ${of}${counted(findings.length, "finding")}, ${by}: ${countsByLevel(failing)}.`;
  }
  const found =
    findings.length === 0
      ? `nothing forbidden was found, ${by}`
      : `nothing that fails it was found, ${by}`;
  return gaps.some(({ allowedBy }) => allowedBy === undefined)
    ? `Not checked: ${found}, but not all was looked at.`
    : `Passed: ${found}.`;
}

/** `Not failing it: 2 low, below medium; 1 high, excepted.` */
function passedOver(
  findings: readonly Reported[],
  { failOn, baseline }: Pick<Checked, "failOn" | "baseline">,
): readonly string[] {
  const reasons: readonly (readonly [Standing["kind"], string])[] = [
    ["below", failOn === "never" ? "as nothing is to fail it" : `below ${failOn}`],
    ["known", `known from ${baseline?.file}`],
    ["excepted", "excepted"],
  ];
  const parts = reasons.flatMap(([kind, reason]) => {
    const some = findings.filter(({ standing }) => standing.kind === kind);
    return some.length === 0 ? [] : [`${countsByLevel(some)}, ${reason}`];
  });
  return parts.length === 0 ? [] : [`Not failing it: ${parts.join("; ")}.`];
}

/** `1 critical, 2 high`. */
function countsByLevel(findings: readonly Reported[]): string {
  return levels
    .toReversed()
    .map((level) => ({ level, count: findings.filter(({ rule }) => rule.level === level).length }))
    .filter(({ count }) => count > 0)
    .map(({ level, count }) => `${grouped(count)} ${level}`)
    .join(", ");
}

function mistakeWords(
  { mistakes }: Pick<RuleSet, "mistakes">,
  where: string,
  so: string,
): readonly string[] {
  return mistakes.length === 0
    ? []
    : [`${counted(mistakes.length, "mistake")} in ${where}: ${so}.`];
}

/** A baseline that is no longer needed hides what comes back. */
function goneWords({ findings, baseline }: Checked): readonly string[] {
  if (baseline === undefined) return [];
  const here = new Set(findings.map(({ fingerprint }) => fingerprint));
  const gone = [...baseline.fingerprints].filter((one) => !here.has(one)).length;
  if (gone === 0) return [];
  return [`No longer found: ${grouped(gone)} of the findings in ${baseline.file}.`];
}

function foreignWords({ foreign }: RuleSet): readonly string[] {
  if (foreign.length === 0) return [];
  const logs = listed(foreign.map((rule) => rule.logs));
  return [`Left out: ${counted(foreign.length, "rule")} for other logs (${logs}).`];
}

/** What is missing, and what of it was let pass. */
function allowedWords({ gaps, coverage, allowEmpty, allowPartial }: Checked): readonly string[] {
  return [
    ...gaps.flatMap(({ about, problem }) => (about === "coverage" ? [`${problem}.`] : [])),
    ...(coverage.records === 0
      ? [`There was no record to check${allowEmpty ? ", which --allow-empty lets pass" : ""}.`]
      : []),
    ...(isPartial(coverage)
      ? [
          `Not all could be read${allowPartial ? ", which --allow-partial lets pass" : ": what is missing was not checked"}.`,
        ]
      : []),
  ];
}

/** `rules.yaml:7:5: ...`, the line it stands in, and a mark below the place. */
export function complaintLines(
  { place: { file, line, column }, problem, excerpt }: Complaint,
  kind = "",
): readonly [string, ...string[]] {
  const told = `${file}:${line}:${column}: ${kind}${problem}`;
  if (excerpt.trim() === "") return [told];
  // Of a long line, what is around the place.
  const from = Math.max(0, column - 1 - mostBefore);
  const shown = excerpt.slice(from, from + mostShown).replace(/\p{Cc}/gu, " ");
  return [told, shown, `${" ".repeat(column - 1 - from)}^`];
}

const mostBefore = 60;
const mostShown = 100;

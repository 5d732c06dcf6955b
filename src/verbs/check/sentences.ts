/**
 * What a check says: what was found, whether that fails it, and what was let pass because it was allowed.
 */

import { type Coverage, isPartial } from "../../query/coverage.ts";
import type { Finding } from "../../rules/finding.ts";
import { type Complaint, levels, type RuleSet } from "../../rules/rule.ts";
import { counted, grouped, listed } from "../../words/sentences.ts";

export interface Checked {
  readonly findings: readonly Finding[];
  /** Those at or above the level that fails. */
  readonly failing: readonly Finding[];
  readonly read: RuleSet;
  readonly coverage: Coverage;
  readonly failOn: string;
  readonly allowPartial: boolean;
  readonly allowEmpty: boolean;
}

/** More are in the table. */
const mostTold = 3;

export function sentences(checked: Checked): readonly string[] {
  const { findings, failing, read, failOn } = checked;
  const { rules, mistakes, foreign } = read;
  const by = `by ${counted(rules.length, "rule")}`;
  const left =
    findings.length > failing.length && failOn !== "never"
      ? ` ${grouped(findings.length - failing.length)} below ${failOn} ${findings.length - failing.length === 1 ? "does" : "do"} not fail it.`
      : "";
  return [
    findings.length === 0
      ? `Nothing forbidden was found, ${by}.`
      : `${counted(findings.length, "finding")}, ${by}: ${countsByLevel(findings)}.${left}`,
    ...findings.slice(0, mostTold).map(({ rule, sentence }) => `${rule.title}: ${sentence}`),
    ...(mistakes.length === 0
      ? []
      : [
          `${counted(mistakes.length, "mistake")} in the rules: what these forbid was not checked.`,
        ]),
    ...(foreign.length === 0
      ? []
      : [
          `Left out: ${counted(foreign.length, "rule")} for other logs ` +
            `(${listed(foreign.map(({ logs }) => logs))}).`,
        ]),
    ...allowedWords(checked),
  ];
}

/** `1 critical, 2 high`. */
function countsByLevel(findings: readonly Finding[]): string {
  return levels
    .toReversed()
    .map((level) => ({ level, count: findings.filter(({ rule }) => rule.level === level).length }))
    .filter(({ count }) => count > 0)
    .map(({ level, count }) => `${grouped(count)} ${level}`)
    .join(", ");
}

/** What would have failed the check. */
function allowedWords({ coverage, allowEmpty, allowPartial }: Checked): readonly string[] {
  return [
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

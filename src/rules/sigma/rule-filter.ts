/**
 * Filters of Sigma: documents that add a condition to rules which stand elsewhere, so that exceptions of one's
 * own need no change in other people's rules.
 */

import { every } from "../../query/build.ts";
import type { Filter } from "../../query/filter.ts";
import { fail, type MapNode, nearest, type TextNode, textsOf, valueIn } from "../node.ts";
import type { Rule } from "../rule.ts";
import { detectionFilter } from "./detection.ts";
import type { Scope } from "./field.ts";

export interface RuleFilter {
  /** Ids or names; `any`: all rules. */
  readonly rules: readonly TextNode[];
  readonly filter: Filter;
}

/** What stands below `filter`. */
export function ruleFilter(map: MapNode, scope: Scope): RuleFilter {
  const rules = valueIn(map, "rules");
  if (rules === undefined) return fail(map, "a filter needs rules that it is for, or any");
  return { rules: textsOf(rules, "rules"), filter: detectionFilter(map, scope, ["rules"]) };
}

interface Others {
  /** Names of rules for other logs, which were left out. */
  readonly foreign: ReadonlySet<string>;
  readonly correlations: readonly Called[];
}

/** The rules with what the filter adds. */
export function filtered(
  rules: readonly Rule[],
  { rules: wanted, filter }: RuleFilter,
  { foreign, correlations }: Others,
): readonly Rule[] {
  const isAny = wanted.length === 1 && wanted[0]?.text === "any";
  for (const node of isAny ? [] : wanted) {
    const { text } = node;
    if (correlations.some((one) => isCalled(one, text))) {
      fail(node, `"${text}" is a correlation, which takes no filter; name the rules it is of`);
    }
    if (!foreign.has(text) && !rules.some((rule) => isCalled(rule, text))) {
      fail(node, unknownRule(text, rules));
    }
  }
  return rules.map((rule) => {
    const isMeant = isAny || wanted.some(({ text }) => isCalled(rule, text));
    if (!isMeant || rule.test.kind !== "events") return rule;
    return { ...rule, test: { kind: "events", filter: every([rule.test.filter, filter]) } };
  });
}

type Called = Pick<Rule, "id" | "name">;

export function isCalled({ id, name }: Called, text: string): boolean {
  return text === id || text === name;
}

export function unknownRule(text: string, rules: readonly Called[]): string {
  const near = nearest(
    text,
    rules.flatMap(({ id, name }) => [id, name ?? id]),
  );
  const meant = near === undefined ? "give its file to --rules as well" : `did you mean "${near}"?`;
  return `no rule has the id or name "${text}"; ${meant}`;
}

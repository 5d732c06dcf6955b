/**
 * Correlations joined to the rules that they are of, which may stand in other files and be correlations
 * themselves.
 */

import { fail, type TextNode } from "../node.ts";
import type { ForeignRule, Rule, RuleTest } from "../rule.ts";
import type { CorrelationDraft } from "./correlation.ts";
import type { Described } from "./document.ts";
import { isCalled, unknownRule } from "./rule-filter.ts";

export interface CorrelationDocument extends CorrelationDraft {
  readonly described: Described;
}

interface Known {
  readonly rules: readonly Rule[];
  /** Names of rules for other logs. */
  readonly foreign: ReadonlySet<string>;
  /** Runs what may throw the mistake of one rule. */
  take(read: () => void): void;
}

interface Correlated {
  /** Those that correlations are of are reported only if one of these says so. */
  readonly rules: readonly Rule[];
  /** Correlations of rules for other logs. */
  readonly foreign: readonly ForeignRule[];
}

export function correlated(
  documents: readonly CorrelationDocument[],
  { rules, foreign, take }: Known,
): Correlated {
  const built = new Map<CorrelationDocument, RuleTest | undefined>();
  const reported = new Map<string, boolean>();
  const left: ForeignRule[] = [];
  const all: readonly Pick<Rule, "id" | "name">[] = [
    ...rules,
    ...documents.map(({ described }) => described),
  ];

  const testFor = (
    node: TextNode,
    within: readonly CorrelationDocument[],
  ): RuleTest | undefined => {
    const { text } = node;
    const rule = rules.find((one) => isCalled(one, text));
    if (rule !== undefined) return rule.test;
    const document = documents.find(({ described }) => isCalled(described, text));
    if (document !== undefined) return testOf(document, within, node);
    return foreign.has(text) ? undefined : fail(node, unknownRule(text, all));
  };
  /** Undefined for one of other logs. */
  const testOf = (
    document: CorrelationDocument,
    within: readonly CorrelationDocument[],
    node?: TextNode,
  ): RuleTest | undefined => {
    if (built.has(document)) return built.get(document);
    if (node !== undefined && within.includes(document)) {
      fail(node, `the correlation "${node.text}" is of itself`);
    }
    const parts = document.rules.map((one) => testFor(one, [...within, document]));
    const own = parts.filter((part) => part !== undefined);
    const test = own.length < parts.length ? undefined : document.test(own);
    built.set(document, test);
    return test;
  };

  const found: Rule[] = [];
  for (const document of documents) {
    take(() => {
      const { described, generate } = document;
      const test = testOf(document, []);
      if (test === undefined) {
        const { place, title } = described;
        left.push({ place, title, logs: "rules of other logs" });
        return;
      }
      found.push({ ...described, isReported: true, test });
      for (const { text } of document.rules) {
        reported.set(text, generate || reported.get(text) === true);
      }
    });
  }
  const isReported = ({ id, name = id }: Rule) => {
    const said = [id, name].flatMap((text) => reported.get(text) ?? []);
    return said.length === 0 || said.includes(true);
  };
  return {
    rules: [...rules, ...found].map((rule) => ({
      ...rule,
      isReported: rule.isReported && isReported(rule),
    })),
    foreign: left,
  };
}

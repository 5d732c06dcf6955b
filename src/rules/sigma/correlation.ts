/**
 * Correlations of Sigma, specification 2.1.0: rules that count or order the events of other rules.
 */

import { quantityOf } from "../../query/compare.ts";
import { everything, type Filter, type Subject } from "../../query/filter.ts";
import {
  fail,
  itemsOf,
  knowsOnly,
  type MapNode,
  mapOf,
  type Node,
  type Placed,
  type TextNode,
  textOf,
  textsOf,
  truthOf,
  valueIn,
  wordOf,
} from "../node.ts";
import type {
  Bound,
  Correlation,
  CorrelationCondition,
  CorrelationPart,
  RuleTest,
} from "../rule.ts";
import { parseCondition } from "./condition.ts";
import { subjectOf } from "./field.ts";

export interface CorrelationDraft {
  /** Ids or names of the rules that it is of. */
  readonly rules: readonly TextNode[];
  /** Whether these rules are reported as well. */
  readonly generate: boolean;
  /** With the tests of these rules, in their order. */
  test(parts: readonly RuleTest[]): Correlation;
}

const keys = ["type", "rules", "group-by", "timespan", "condition", "aliases", "generate"];
const types = [
  ...(["event_count", "value_count", "value_sum", "value_avg", "value_percentile"] as const),
  ...(["temporal", "temporal_ordered"] as const),
];
type Type = (typeof types)[number];

/** What stands below `correlation`. */
export function correlationDraft(map: MapNode): CorrelationDraft {
  knowsOnly(map, keys, "a correlation");
  const needed = (key: string) => valueIn(map, key) ?? fail(map, `a correlation needs ${key}`);
  const type = wordOf(needed("type"), types, "type");
  const rules = textsOf(needed("rules"), "rules");
  const doubled = rules.find(({ text }, at) => rules.findIndex((one) => one.text === text) < at);
  if (doubled !== undefined) fail(doubled, `the rule "${doubled.text}" stands twice`);
  const aliases = aliasesIn(valueIn(map, "aliases"), rules);
  const grouped = valueIn(map, "group-by");
  const groupNodes = grouped === undefined ? [] : textsOf(grouped, "group-by");
  const groupBy = groupNodes.map(
    (node): Subject =>
      aliases.has(node.text) ? { kind: "path", path: [node.text] } : subjectOf(node.text, node),
  );
  const aliasesOf = (rule: string): CorrelationPart["aliases"] =>
    new Map(
      groupNodes.flatMap(({ text }, at) => {
        const subject = aliases.get(text)?.get(rule);
        return subject === undefined ? [] : [[at, subject] as const];
      }),
    );
  const withinMs = durationOf(needed("timespan"));
  const condition = conditionOf(type, map, rules);
  const generate = valueIn(map, "generate");
  return {
    rules,
    generate: generate !== undefined && truthOf(generate, "generate"),
    test: (tests) => ({
      kind: "correlation",
      parts: rules.flatMap(({ text }, at) => {
        const test = tests[at];
        return test === undefined ? [] : [{ rule: text, test, aliases: aliasesOf(text) }];
      }),
      groupBy,
      withinMs,
      condition,
    }),
  };
}

type Aliases = ReadonlyMap<string, ReadonlyMap<string, Subject>>;

/** Each alias says for every rule what its events have. */
function aliasesIn(node: Node | undefined, rules: readonly TextNode[]): Aliases {
  if (node === undefined) return new Map();
  const names = rules.map(({ text }) => text);
  return new Map(
    mapOf(node, "aliases").entries.map(({ key, value }) => {
      const fields = mapOf(value, key.text);
      knowsOnly(fields, names, `the alias ${key.text}`);
      const missing = names.find((name) => valueIn(fields, name) === undefined);
      if (missing !== undefined) fail(key, `the alias ${key.text} has no field for "${missing}"`);
      return [
        key.text,
        new Map(fields.entries.map((one) => [one.key.text, fieldOf(one.value, key.text)])),
      ];
    }),
  );
}

function fieldOf(node: Node, what: string): Subject {
  const text = textOf(node, what);
  return node.kind === "text" ? subjectOf(text, node) : fail(node, `${what}: expected a field`);
}

const unitMs = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

function durationOf(node: Node): number {
  const text = textOf(node, "timespan");
  const [, number, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  const ms = Number(number) * unitMs[unit as keyof typeof unitMs];
  return ms > 0
    ? ms
    : fail(node, `timespan: "${text}" is no time; write a number and s, m, h or d, as in 90m`);
}

const operators = { gt: ">", gte: ">=", lt: "<", lte: "<=", eq: "=", neq: "!=" } as const;

function conditionOf(type: Type, map: MapNode, rules: readonly TextNode[]): CorrelationCondition {
  const node = valueIn(map, "condition");
  if (type === "temporal" || type === "temporal_ordered") {
    return temporalOf(type === "temporal_ordered", node, rules);
  }
  if (node === undefined) return fail(map, `${type} needs a condition, as in { gte: 10 }`);
  const condition = mapOf(node, "condition");
  const bounds = boundsIn(condition, type);
  const field = valueIn(condition, "field");
  if (type === "event_count") {
    if (field !== undefined)
      fail(field, "event_count counts events; value_count counts a field's values");
    return { kind: type, fields: [], bounds };
  }
  if (field === undefined) return fail(condition, `${type} needs the field in its condition`);
  const fields = itemsOf(field).map((one) => fieldOf(one, "field"));
  if (type === "value_count") return { kind: type, fields, bounds };
  if (fields.length !== 1) fail(field, `${type} is of one field; value_count may have several`);
  return { kind: type, fields, bounds, percentile: percentileOf(condition, type) };
}

/** The median, if none is named. */
function percentileOf(condition: MapNode, type: Type): number {
  const node = valueIn(condition, "percentile");
  if (node === undefined) return 50;
  if (type !== "value_percentile") fail(node, `percentile means nothing to ${type}`);
  const percentile = numberOf(node, "percentile");
  return percentile >= 0 && percentile <= 100
    ? percentile
    : fail(node, "percentile: expected a number from 0 to 100");
}

function boundsIn(condition: MapNode, type: Type): readonly Bound[] {
  knowsOnly(condition, [...Object.keys(operators), "field", "percentile"], "a condition");
  const bounds = condition.entries.flatMap(({ key, value }): readonly Bound[] => {
    const operator = operators[key.text as keyof typeof operators];
    return operator === undefined ? [] : [{ operator, value: numberOf(value, key.text) }];
  });
  if (bounds.length === 0)
    fail(condition, `the condition of ${type} bounds nothing; write gte: 10`);
  return bounds;
}

function numberOf(node: Node, what: string): number {
  const text = textOf(node, what);
  const quantity = quantityOf(text);
  return quantity?.kind === "number"
    ? quantity.amount
    : fail(node, `${what}: "${text}" is no number`);
}

/** All rules have an event, if nothing else is said. */
function temporalOf(
  isOrdered: boolean,
  node: Node | undefined,
  rules: readonly TextNode[],
): CorrelationCondition {
  const all: readonly Bound[] = [{ operator: ">=", value: rules.length }];
  const every: CorrelationCondition = {
    kind: "temporal",
    isOrdered,
    bounds: all,
    holds: everything,
  };
  if (node === undefined) return every;
  if (isOrdered) return isOfAll(node, rules) ? every : refuseOrdered(node);
  if (node.kind === "text") {
    const seen = rules.map(({ text }): [string, Filter] => [
      text,
      { kind: "exists", subject: { kind: "path", path: [text] } },
    ]);
    return { ...every, bounds: [], holds: parseCondition(node, new Map(seen)) };
  }
  const condition = mapOf(node, "condition");
  for (const key of ["field", "percentile"]) {
    const entry = valueIn(condition, key);
    if (entry !== undefined) fail(entry, `${key} means nothing to temporal`);
  }
  return { ...every, bounds: boundsIn(condition, "temporal") };
}

function isOfAll(node: Node, rules: readonly TextNode[]): boolean {
  if (node.kind !== "map") return false;
  const bounds = boundsIn(node, "temporal_ordered");
  return bounds.every(({ operator, value }) => {
    if (operator === ">") return value === rules.length - 1;
    return (operator === ">=" || operator === "=") && value === rules.length;
  });
}

function refuseOrdered(node: Placed): never {
  return fail(node, "temporal_ordered is of all its rules; another condition is not supported");
}

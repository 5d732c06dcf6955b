/**
 * A document of Sigma, specification 2.1.0: what it says of itself, and what it detects.
 */

import type { Context } from "../context.ts";
import {
  fail,
  knowsOnly,
  type MapNode,
  mapOf,
  type Node,
  textOf,
  textsOf,
  valueIn,
  wordOf,
} from "../node.ts";
import { type ForeignRule, type Level, levels, type Rule } from "../rule.ts";
import { samplesIn } from "../samples.ts";
import { correlationDraft } from "./correlation.ts";
import type { CorrelationDocument } from "./correlations.ts";
import { detectionFilter } from "./detection.ts";
import type { Scope } from "./field.ts";
import type { Placeholders } from "./placeholders.ts";
import { type RuleFilter, ruleFilter } from "./rule-filter.ts";

/** What the specification has, and `samples`. */
const keys = [
  ...["title", "id", "name", "related", "taxonomy", "status", "description", "license", "author"],
  ...["references", "date", "modified", "logsource", "detection", "correlation", "filter"],
  ...["fields", "falsepositives", "level", "tags", "scope", "sigma-version", "samples"],
  ...["custom_attributes", "simulation", "regression_tests_path"],
];

const kinds = ["detection", "correlation", "filter"] as const;

export function isSigma(map: MapNode): boolean {
  return [...kinds, "logsource"].some((key) => valueIn(map, key) !== undefined);
}

export type SigmaDocument =
  | { readonly kind: "rule"; readonly rule: Rule }
  | { readonly kind: "filter"; readonly filter: RuleFilter }
  | { readonly kind: "correlation"; readonly correlation: CorrelationDocument }
  | { readonly kind: "foreign"; readonly foreign: ForeignRule; readonly names: readonly string[] };

export function sigmaDocument(
  map: MapNode,
  context: Context,
  placeholders: Placeholders,
): SigmaDocument {
  knowsOnly(map, keys, "a Sigma rule");
  const [kind, other] = map.entries.flatMap(({ key }) =>
    kinds.some((one) => one === key.text) ? [key] : [],
  );
  if (other !== undefined)
    fail(other, `a document with "${kind?.text}" cannot have "${other.text}"`);
  const described = descriptionOf(map);
  const { id, name = id, title } = described;
  if (kind?.text === "correlation") {
    const draft = correlationDraft(mapOf(valueIn(map, "correlation") ?? map, "correlation"));
    return { kind: "correlation", correlation: { described, ...draft } };
  }
  const logs = otherLogs(map);
  if (logs !== undefined) {
    return { kind: "foreign", foreign: { place: map.at, title, logs }, names: [id, name] };
  }
  const scope: Scope = { ...context, placeholders, hasItems: versionOf(map) >= 3, isInItem: false };
  if (kind?.text === "filter") {
    return {
      kind: "filter",
      filter: ruleFilter(mapOf(valueIn(map, "filter") ?? map, "filter"), scope),
    };
  }
  const detection = valueIn(map, "detection");
  if (detection === undefined) return fail(map, "a Sigma rule needs a detection");
  const filter = detectionFilter(mapOf(detection, "detection"), scope);
  return {
    kind: "rule",
    rule: { ...described, isReported: true, test: { kind: "events", filter } },
  };
}

/** `sigma-version: 3`, `2.1.0`; only the first number says what a rule may hold. */
function versionOf(map: MapNode): number {
  const node = valueIn(map, "sigma-version");
  if (node === undefined) return 2;
  const text = textOf(node, "sigma-version");
  const [, major] = /^(\d+)(?:\.\d+)*$/.exec(text) ?? [];
  const version = Number(major);
  if (major === undefined) return fail(node, `sigma-version: "${text}" is no version; write 2.1.0`);
  return version >= 1 && version <= 3
    ? version
    : fail(node, `sigma-version: ${text} is not supported; there is 1, 2 and 3`);
}

export type Described = Omit<Rule, "test" | "isReported">;

/** All of a document but what it detects. */
function descriptionOf(map: MapNode): Described {
  const one = <T>(key: string, read: (node: Node, key: string) => T): T | undefined => {
    const node = valueIn(map, key);
    return node === undefined || node.kind === "null" ? undefined : read(node, key);
  };
  const many = (key: string) => one(key, textsOf)?.map(({ text }) => text) ?? [];
  const title = one("title", textOf) ?? fail(map, "a Sigma rule needs a title");
  for (const key of ["date", "modified"]) one(key, dateOf);
  one("status", (node) => wordOf(node, statuses, "status"));
  const name = one("name", textOf);
  const description = one("description", textOf);
  return {
    id: one("id", textOf) ?? name ?? slugOf(title),
    title,
    ...(name !== undefined && { name }),
    level: one("level", (node): Level => wordOf(node, levels, "level")) ?? "medium",
    ...(description !== undefined && { description: description.trim() }),
    falsePositives: many("falsepositives"),
    tags: many("tags"),
    references: many("references"),
    place: map.at,
    samples: one("samples", samplesIn) ?? [],
  };
}

const statuses = ["stable", "test", "experimental", "deprecated", "unsupported"] as const;

/** `2026-11-05`, and with slashes as in older rules. */
function dateOf(node: Node, key: string): string {
  const text = textOf(node, key);
  const [, year, month, day] = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$/.exec(text) ?? [];
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const isDate = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  return isDate ? text : fail(node, `${key}: "${text}" is no date; write 2026-11-05`);
}

function slugOf(title: string): string {
  return title.toLowerCase().replace(/[^a-z0-9]+/g, "-");
}

/** What the rule is for, if that is no CloudTrail log. */
function otherLogs(map: MapNode): string | undefined {
  const node = valueIn(map, "logsource");
  if (node === undefined)
    return fail(map, "a Sigma rule needs a logsource: product aws, service cloudtrail");
  const source = mapOf(node, "logsource");
  const [product, service, category] = ["product", "service", "category"].map((key) => {
    const value = valueIn(source, key);
    return value === undefined ? undefined : textOf(value, key);
  });
  const isOurs = product === "aws" && (service === undefined || service === "cloudtrail");
  return isOurs && category === undefined
    ? undefined
    : [product, service, category].filter((one) => one !== undefined).join(" ");
}

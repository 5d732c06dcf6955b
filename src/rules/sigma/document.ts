/**
 * A document of Sigma, specification 2.1.0: what it says of itself, and what it detects.
 */

import type { Filter } from "../../query/filter.ts";
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
import { detectionFilter } from "./detection.ts";

/** What the specification has, and `samples`. */
const keys = [
  ...["title", "id", "name", "related", "taxonomy", "status", "description", "license", "author"],
  ...["references", "date", "modified", "logsource", "detection", "correlation", "filter"],
  ...["fields", "falsepositives", "level", "tags", "scope", "sigma-version", "samples"],
  ...["custom_attributes", "simulation", "regression_tests_path"],
];

export function isSigma(map: MapNode): boolean {
  return ["detection", "correlation", "filter", "logsource"].some(
    (key) => valueIn(map, key) !== undefined,
  );
}

export type SigmaRule =
  | { readonly kind: "rule"; readonly rule: Rule }
  | { readonly kind: "foreign"; readonly foreign: ForeignRule };

export function sigmaRule(map: MapNode, context: Context): SigmaRule {
  knowsOnly(map, keys, "a Sigma rule");
  for (const key of ["correlation", "filter"]) {
    const node = map.entries.find((entry) => entry.key.text === key)?.key;
    if (node !== undefined) fail(node, `Sigma documents with "${key}" are not supported`);
  }
  const { title, ...described } = descriptionOf(map);
  const logs = otherLogs(map);
  if (logs !== undefined) return { kind: "foreign", foreign: { place: map.at, title, logs } };
  const detection = valueIn(map, "detection");
  if (detection === undefined) return fail(map, "a Sigma rule needs a detection");
  const filter: Filter = detectionFilter(mapOf(detection, "detection"), context);
  return {
    kind: "rule",
    rule: { title, ...described, isReported: true, test: { kind: "events", filter } },
  };
}

type Described = Omit<Rule, "test" | "isReported">;

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

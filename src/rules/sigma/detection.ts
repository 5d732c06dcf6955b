/**
 * The `detection` of a Sigma rule as a filter.
 */

import { parseRange } from "../../event/address.ts";
import { not } from "../../query/build.ts";
import { quantityOf } from "../../query/compare.ts";
import type { Filter, Pattern, Subject } from "../../query/filter.ts";
import { joined } from "../../query/term.ts";
import { type Context, checkEventName, checkRegex } from "../context.ts";
import {
  type Entry,
  fail,
  itemsOf,
  type MapNode,
  type Node,
  type TextNode,
  textsOf,
  truthOf,
} from "../node.ts";
import { parseCondition, type Selections } from "./condition.ts";
import { subjectOf } from "./field.ts";
import { type Modified, modifiedField } from "./modifiers.ts";
import { type Piece, parseText, patternOf } from "./text.ts";

/** Keys of a detection that are no selections. */
const reserved = ["condition", "timeframe"];

export function detectionFilter(detection: MapNode, context: Context): Filter {
  const condition = detection.entries.find(({ key }) => key.text === "condition");
  if (condition === undefined) {
    return fail(detection, "a detection needs a condition that names its selections");
  }
  const timeframe = detection.entries.find(({ key }) => key.text === "timeframe");
  if (timeframe !== undefined) {
    fail(timeframe.key, "timeframe is no longer part of Sigma; write a correlation");
  }
  const selections = selectionsIn(detection, reserved, context);
  const conditions = textsOf(condition.value, "condition");
  return joined(
    "some",
    conditions.map((node) => parseCondition(node, selections)),
  );
}

function selectionsIn(
  { entries }: MapNode,
  others: readonly string[],
  context: Context,
): Selections {
  return new Map(
    entries
      .filter(({ key }) => !others.includes(key.text))
      .map(({ key, value }) => [key.text, selectionFilter(value, key.text, context)]),
  );
}

/** Keys and values hold together; of a list any item does. */
function selectionFilter(node: Node, name: string, context: Context): Filter {
  switch (node.kind) {
    case "map":
      if (node.entries.length === 0) fail(node, `${name}: the selection is empty`);
      return joined(
        "every",
        node.entries.map((entry) => itemFilter(entry, context)),
      );
    case "list":
      if (node.items.length === 0) fail(node, `${name}: the selection is empty`);
      return joined(
        "some",
        node.items.map((item) => selectionFilter(item, name, context)),
      );
    case "text":
      return fail(node, "texts that may stand anywhere (keywords) cannot be searched for yet");
    case "null":
      return fail(node, `${name}: the selection is empty`);
  }
}

/** One key of a selection. */
function itemFilter({ key, value }: Entry, context: Context): Filter {
  const modified = modifiedField(key);
  const { field, has } = modified;
  const subject = subjectOf(field, key);
  const values = itemsOf(value);
  if (values.length === 0) fail(value, `${field}: the list is empty`);
  const filters = values.map((one) => valueFilter(subject, modified, one, context));
  const filter = joined(has.has("all") ? "every" : "some", filters);
  return has.has("neq") ? not(filter) : filter;
}

function valueFilter(subject: Subject, modified: Modified, node: Node, context: Context): Filter {
  const { field, comparison } = modified;
  if (node.kind === "null") {
    if (comparison !== undefined || modified.position !== undefined) {
      fail(node, `${field}: null is no text; leave the modifiers out`);
    }
    // CloudTrail leaves fields out that have no value.
    return not({ kind: "exists", subject });
  }
  if (node.kind !== "text") return fail(node, `${field}: expected a value`);
  const { text } = node;
  switch (comparison) {
    case undefined: {
      const pattern = textPattern(modified, text);
      if (field === "eventName" && pattern.kind === "equals") checkEventName(context, node);
      return { kind: "text", subject, pattern: checked(pattern, node, context) };
    }
    case "re": {
      const pattern: Pattern = { kind: "regex", source: regexOf(modified, text) };
      return { kind: "text", subject, pattern: checked(pattern, node, context) };
    }
    case "exists":
      return truthOf(node, field) ? { kind: "exists", subject } : not({ kind: "exists", subject });
    case "cidr": {
      const range = /^[^-]+\/\d+$/.test(text) ? parseRange(text) : undefined;
      if (range === undefined) return fail(node, `${field}: "${text}" is no block of addresses`);
      return { kind: "address", subject, range };
    }
    default: {
      if (quantityOf(text)?.kind !== "number") fail(node, `${field}: "${text}" is no number`);
      return { kind: "compare", subject, operator: operators[comparison], value: text };
    }
  }
}

function checked(pattern: Pattern, node: TextNode, context: Context): Pattern {
  if (pattern.kind === "regex") checkRegex(context, node, pattern.source);
  return pattern;
}

const operators = { lt: "<", lte: "<=", gt: ">", gte: ">=" } as const;

function textPattern({ has, position }: Modified, text: string): Pattern {
  const run: readonly Piece[] = ["*"];
  const before = position === "contains" || position === "endswith" ? run : [];
  const after = position === "contains" || position === "startswith" ? run : [];
  return patternOf([...before, ...parseText(text), ...after], has.has("cased"));
}

/** Sigma's expressions tell capitals from small letters unless they say otherwise. */
function regexOf({ has }: Modified, source: string): string {
  const on = (["i", "m", "s"] as const).filter((flag) => has.has(flag)).join("");
  return on.includes("i") ? `(?${on})${source}` : `(?${on}-i)${source}`;
}

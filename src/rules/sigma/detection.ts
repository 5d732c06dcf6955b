/**
 * The `detection` of a Sigma rule as a filter: its selections, and the condition over them.
 */

import type { Filter } from "../../query/filter.ts";
import { joined } from "../../query/term.ts";
import { type Entry, fail, type MapNode, type Node, textsOf } from "../node.ts";
import { parseCondition, type Selections } from "./condition.ts";
import { fieldIn, type Scope } from "./field.ts";
import { modifiedField } from "./modifiers.ts";
import { keywordsFilter, valuesFilter } from "./values.ts";

/** Keys of a detection that are no selections. */
const reserved = ["condition", "timeframe"];

/** `others`: further keys that are no selections. */
export function detectionFilter(
  detection: MapNode,
  scope: Scope,
  others: readonly string[] = [],
): Filter {
  const condition = detection.entries.find(({ key }) => key.text === "condition");
  if (condition === undefined) {
    return fail(detection, "a detection needs a condition that names its selections");
  }
  const timeframe = detection.entries.find(({ key }) => key.text === "timeframe");
  if (timeframe !== undefined) {
    fail(timeframe.key, "timeframe is no longer part of Sigma; write a correlation");
  }
  const selections = selectionsIn(detection, [...reserved, ...others], scope);
  const conditions = textsOf(condition.value, "condition");
  return joined(
    "some",
    conditions.map((node) => parseCondition(node, selections)),
  );
}

function selectionsIn({ entries }: MapNode, others: readonly string[], scope: Scope): Selections {
  return new Map(
    entries
      .filter(({ key }) => !others.includes(key.text))
      .map(({ key, value }) => [key.text, selectionFilter(value, key.text, scope)]),
  );
}

/** Keys and values hold together; of a list any item does. */
function selectionFilter(node: Node, name: string, scope: Scope): Filter {
  switch (node.kind) {
    case "map":
      if (node.entries.length === 0) fail(node, `${name}: the selection is empty`);
      return joined(
        "every",
        node.entries.map((entry) => itemFilter(entry, scope)),
      );
    case "list":
      if (node.items.length === 0) fail(node, `${name}: the selection is empty`);
      return joined(
        "some",
        node.items.map((item) => selectionFilter(item, name, scope)),
      );
    case "text":
      return keywordsFilter(unmodified, node, scope);
    case "null":
      return fail(node, `${name}: the selection is empty`);
  }
}

const unmodified = {
  field: "",
  has: new Set<never>(),
  comparison: undefined,
  position: undefined,
  timePart: undefined,
  encodings: [],
} as const;

/** One key of a selection. */
function itemFilter({ key, value }: Entry, scope: Scope): Filter {
  const modified = modifiedField(key);
  if (modified.field === "") return keywordsFilter(modified, value, scope, key);
  const found = fieldIn(modified.field, key, scope);
  const isItems = found.kind === "items";
  const inner: Scope = isItems ? { ...scope, isInItem: true } : scope;
  return found.within((subject) => {
    if (!isItems || value.kind !== "map") {
      return valuesFilter({ subject, modified, node: value, scope: inner, key });
    }
    if (subject.path.length !== 1) fail(value, `${modified.field}: expected a value`);
    return value.entries.some((entry) => entry.key.text === "condition")
      ? detectionFilter(value, inner)
      : selectionFilter(value, modified.field, inner);
  });
}

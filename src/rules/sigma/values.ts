/**
 * The values of one key of a selection as a filter: of a list any holds, with `all` each.
 */

import { parseRange } from "../../event/address.ts";
import { not } from "../../query/build.ts";
import { quantityOf } from "../../query/compare.ts";
import type { Filter, Pattern } from "../../query/filter.ts";
import { joined } from "../../query/term.ts";
import { checkEventName, checkRegex } from "../context.ts";
import { fail, itemsOf, type Node, type Placed, type TextNode, truthOf } from "../node.ts";
import { encodedTexts } from "./encodings.ts";
import { type PathSubject, type Scope, subjectOf } from "./field.ts";
import type { Modified } from "./modifiers.ts";
import { expanded } from "./placeholders.ts";
import { type Piece, parseText, patternOf } from "./text.ts";

interface Asked {
  readonly subject: PathSubject;
  readonly modified: Modified;
  readonly node: Node;
  readonly scope: Scope;
  readonly key: TextNode;
}

export function valuesFilter({ node, ...asked }: Asked): Filter {
  const { field, has, encodings, position } = asked.modified;
  const values = itemsOf(node);
  if (values.length === 0) fail(node, `${field}: the list is empty`);
  if (encodings.includes("base64offset") && position === undefined) {
    asked.scope.warn(asked.key, "base64offset without contains fits whole values only");
  }
  const filters = values.map((one) => valueFilter({ ...asked, node: one }));
  const filter = joined(has.has("all") ? "every" : "some", filters);
  return has.has("neq") ? not(filter) : filter;
}

/** Texts that may stand anywhere in the record, as a part of any value. */
export function keywordsFilter(
  modified: Modified,
  node: Node,
  scope: Scope,
  key: Placed = node,
): Filter {
  const { comparison, position, timePart, has } = modified;
  const unfit = timePart ?? (position === "contains" ? undefined : position);
  const refused = unfit ?? (comparison === "re" ? undefined : comparison);
  if (refused !== undefined) fail(key, `the modifier ${refused} needs a field`);
  const values = itemsOf(node);
  if (values.length === 0) fail(node, "the list is empty");
  const anywhere: Modified = { ...modified, position: "contains" };
  const filters = values.map((one) => {
    if (one.kind !== "text") return fail(one, "expected a text that may stand anywhere");
    const patterns =
      comparison === "re" ? [regexOf(modified, one, scope)] : patternsOf(anywhere, one, scope);
    return joined(
      "some",
      patterns.map((pattern): Filter => ({ kind: "anywhere", pattern })),
    );
  });
  const filter = joined(has.has("all") ? "every" : "some", filters);
  return has.has("neq") ? not(filter) : filter;
}

function valueFilter({ subject, modified, node, scope }: Asked): Filter {
  const { field, comparison, position, timePart, has } = modified;
  if (node.kind === "null") {
    if (comparison !== undefined || position !== undefined || timePart !== undefined) {
      fail(node, `${field}: null is no text; leave the modifiers out`);
    }
    // CloudTrail leaves fields out that have no value.
    return not({ kind: "exists", subject });
  }
  if (node.kind !== "text") return fail(node, `${field}: expected a value`);
  const { text } = node;
  switch (comparison) {
    case undefined: {
      if (timePart !== undefined) return timeFilter(subject, timePart, "=", node);
      const patterns = patternsOf(modified, node, scope);
      if (field === "eventName" && patterns[0]?.kind === "equals") checkEventName(scope, node);
      return joined(
        "some",
        patterns.map((pattern): Filter => ({ kind: "text", subject, pattern })),
      );
    }
    case "re":
      return { kind: "text", subject, pattern: regexOf(modified, node, scope) };
    case "exists":
      return truthOf(node, field) ? { kind: "exists", subject } : not({ kind: "exists", subject });
    case "cidr": {
      const range = /^[^-]+\/\d+$/.test(text) ? parseRange(text) : undefined;
      if (range === undefined) return fail(node, `${field}: "${text}" is no block of addresses`);
      return { kind: "address", subject, range };
    }
    case "fieldref": {
      if (scope.isInItem) fail(node, "fieldref is not supported within the items of a list");
      const subjects = [subject, subjectOf(text, node)] as const;
      return { kind: "same", subjects, position: position ?? "whole", cased: has.has("cased") };
    }
    default: {
      const operator = operators[comparison];
      if (timePart !== undefined) return timeFilter(subject, timePart, operator, node);
      if (quantityOf(text)?.kind !== "number") fail(node, `${field}: "${text}" is no number`);
      return { kind: "compare", subject, operator, value: text };
    }
  }
}

const operators = { lt: "<", lte: "<=", gt: ">", gte: ">=" } as const;

type Compare = Extract<Filter, { kind: "compare" }>;

function timeFilter(
  subject: PathSubject,
  part: NonNullable<Compare["part"]>,
  operator: Compare["operator"],
  node: TextNode,
): Filter {
  const [least, most] = spans[part];
  const number = /^\d{1,4}$/.test(node.text) ? Number(node.text) : Number.NaN;
  if (number >= least && number <= most) {
    return { kind: "compare", subject, part, operator, value: node.text };
  }
  return fail(node, `${part}: "${node.text}" is no number from ${least} to ${most}`);
}

/** ISO 8601 has a week 53 in some years. */
const spans: Readonly<Record<NonNullable<Compare["part"]>, readonly [number, number]>> = {
  minute: [0, 59],
  hour: [0, 23],
  day: [1, 31],
  week: [1, 53],
  month: [1, 12],
  year: [1970, 9999],
};

/** A value fits if one of them does. */
function patternsOf(modified: Modified, node: TextNode, scope: Scope): readonly Pattern[] {
  const { has, position, encodings } = modified;
  const run: readonly Piece[] = ["*"];
  const before = position === "contains" || position === "endswith" ? run : [];
  const after = position === "contains" || position === "startswith" ? run : [];
  const written = has.has("expand") ? expanded(node, scope.placeholders) : [node.text];
  return written
    .flatMap((text) => encodedTexts(parseText(text), encodings, node))
    .map((pieces) => patternOf([...before, ...pieces, ...after], has.has("cased")))
    .map((pattern) => checked(pattern, node, scope));
}

function checked(pattern: Pattern, node: TextNode, scope: Scope): Pattern {
  if (pattern.kind === "regex") checkRegex(scope, node, pattern.source);
  return pattern;
}

/** Sigma's expressions tell capitals from small letters unless they say otherwise. */
function regexOf({ has }: Modified, node: TextNode, scope: Scope): Pattern {
  const on = (["i", "m", "s"] as const).filter((flag) => has.has(flag)).join("");
  const flags = on.includes("i") ? on : `${on}-i`;
  return checked({ kind: "regex", source: `(?${flags})${node.text}` }, node, scope);
}

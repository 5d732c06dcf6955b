/**
 * What stands behind the `|` of a field: how its values are compared, and what is made of them before.
 */

import { fail, type Placed, partOf, suggestion, type TextNode } from "../node.ts";

/** How a value is held against those of the field. */
const comparisons = ["re", "cidr", "exists", "lt", "lte", "gt", "gte", "fieldref"] as const;
const positions = ["contains", "startswith", "endswith"] as const;
const regexFlags = ["i", "m", "s"] as const;
const timeParts = ["minute", "hour", "day", "week", "month", "year"] as const;
/** What the text is written as before it is looked for. */
const encodings = ["windash", "utf16le", "utf16be", "utf16", "base64", "base64offset"] as const;

const modifiers = [
  ...comparisons,
  ...positions,
  ...regexFlags,
  ...timeParts,
  ...encodings,
  ...(["all", "cased", "neq", "expand"] as const),
];
type Modifier = (typeof modifiers)[number];

export type Encoding = (typeof encodings)[number];

export interface Modified {
  /** Empty for texts that may stand anywhere. */
  readonly field: string;
  readonly has: ReadonlySet<Modifier>;
  /** Undefined: the values are compared as texts. */
  readonly comparison: (typeof comparisons)[number] | undefined;
  /** Undefined: the whole text. */
  readonly position: (typeof positions)[number] | undefined;
  /** Undefined: the value itself, not a number of its time. */
  readonly timePart: (typeof timeParts)[number] | undefined;
  /** In the order in which they are done. */
  readonly encodings: readonly Encoding[];
}

/** `requestParameters.policyDocument|contains|all`. */
export function modifiedField(key: TextNode): Modified {
  const [field = "", ...names] = key.text.split("|");
  const has = new Map<Modifier, Placed>();
  let at = field.length + 1;
  for (const written of names) {
    const place = partOf(key, at);
    at += written.length + 1;
    const name = longNames[written] ?? written;
    const modifier = modifiers.find((one) => one === name);
    if (modifier === undefined) {
      return fail(place, `there is no modifier "${written}"; ${suggestion(written, modifiers)}`);
    }
    if (has.has(modifier)) return fail(place, `the modifier "${written}" stands twice`);
    has.set(modifier, place);
  }
  const only = <M extends Modifier>(of: readonly M[]): M | undefined => {
    const [first, second] = of.filter((one) => has.has(one));
    if (second !== undefined) {
      fail(has.get(second) ?? key, `the modifiers ${first} and ${second} exclude each other`);
    }
    return first;
  };
  const comparison = only(comparisons);
  const position = only(positions);
  const timePart = only(timeParts);
  const beside = comparison ?? timePart;
  const together = (some: readonly Modifier[], allowed: boolean) => {
    for (const one of some) {
      const place = has.get(one);
      if (place === undefined || allowed) continue;
      fail(place, `the modifier ${one} means nothing ${beside ? `beside ${beside}` : "here"}`);
    }
  };
  const isText = beside === undefined;
  together(regexFlags, comparison === "re");
  together([...positions, "cased"], isText || (comparison === "fieldref" && !timePart));
  together([...encodings, "expand"], isText);
  if (timePart !== undefined && comparison !== undefined && !isOrder(comparison)) {
    fail(key, `the modifier ${timePart} means nothing beside ${comparison}`);
  }
  const chosen = [...has.keys()].flatMap((name) => encodings.find((one) => one === name) ?? []);
  checkOrder(chosen, (one, problem) => fail(has.get(one) ?? key, problem));
  return { field, has: new Set(has.keys()), comparison, position, timePart, encodings: chosen };
}

function isOrder(comparison: NonNullable<Modified["comparison"]>): boolean {
  return ["lt", "lte", "gt", "gte"].includes(comparison);
}

/** A text is turned into bytes, then those are written in Base64; other orders say nothing. */
function checkOrder(
  chosen: readonly Encoding[],
  refuse: (one: Encoding, problem: string) => never,
): void {
  const steps = chosen.map((one) => (one === "windash" ? 0 : one.startsWith("utf16") ? 1 : 2));
  for (const [at, encoding] of chosen.entries()) {
    const [before, step] = [steps[at - 1], steps[at] as number];
    if (before === undefined) continue;
    if (before === 0) refuse(encoding, `windash beside ${encoding} is not supported`);
    if (before >= step) {
      refuse(encoding, `the modifier ${encoding} cannot follow ${chosen[at - 1]}`);
    }
  }
}

const longNames: Readonly<Record<string, Modifier>> = {
  ignorecase: "i",
  multiline: "m",
  dotall: "s",
  wide: "utf16le",
};

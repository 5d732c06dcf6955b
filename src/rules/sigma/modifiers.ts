/**
 * What stands behind the `|` of a field: how its values are compared, and what is made of them before.
 */

import { fail, suggestion, type TextNode } from "../node.ts";

/** How a value is held against those of the field. */
const comparisons = ["re", "cidr", "exists", "lt", "lte", "gt", "gte"] as const;
const positions = ["contains", "startswith", "endswith"] as const;
const regexFlags = ["i", "m", "s"] as const;

const modifiers = [...comparisons, ...positions, ...regexFlags, "all", "cased", "neq"] as const;
type Modifier = (typeof modifiers)[number];

export interface Modified {
  readonly field: string;
  readonly has: ReadonlySet<Modifier>;
  /** Undefined: the values are compared as texts. */
  readonly comparison: (typeof comparisons)[number] | undefined;
  /** Undefined: the whole text. */
  readonly position: (typeof positions)[number] | undefined;
}

/** `requestParameters.policyDocument|contains|all`. */
export function modifiedField(key: TextNode): Modified {
  const [field = "", ...names] = key.text.split("|");
  const has = new Set<Modifier>();
  for (const written of names) {
    const name = longNames[written] ?? written;
    const modifier = modifiers.find((one) => one === name);
    if (modifier === undefined) {
      return fail(key, `there is no modifier "${written}"; ${suggestion(written, modifiers)}`);
    }
    if (has.has(modifier)) return fail(key, `the modifier "${written}" stands twice`);
    has.add(modifier);
  }
  const only = <M extends Modifier>(of: readonly M[]): M | undefined => {
    const [first, second] = of.filter((one) => has.has(one));
    if (second !== undefined) fail(key, `the modifiers ${first} and ${second} exclude each other`);
    return first;
  };
  const comparison = only(comparisons);
  const position = only(positions);
  const isText = comparison === undefined;
  const together = (one: Modifier, allowed: boolean) => {
    if (has.has(one) && !allowed) {
      fail(key, `the modifier ${one} means nothing ${isText ? "here" : `beside ${comparison}`}`);
    }
  };
  for (const flag of regexFlags) together(flag, comparison === "re");
  for (const one of positions) together(one, isText);
  together("cased", isText);
  return { field, has, comparison, position };
}

const longNames: Readonly<Record<string, Modifier>> = {
  ignorecase: "i",
  multiline: "m",
  dotall: "s",
};

/**
 * The short form as a JSON Schema, for editors that complete and check while somebody writes.
 *
 * Made from the same words that the reader of the short form goes by. It knows less than that: what
 * stands in a condition is read here.
 */

import { outcomes } from "../../event/outcome.ts";
import { levels } from "../rule.ts";
import { conditionKeys } from "./conditions.ts";

type Schema = { readonly [key: string]: unknown };

const text: Schema = { type: ["string", "number", "boolean"] };
const texts: Schema = { anyOf: [text, { type: "array", items: text, minItems: 1 }] };

function oneOrMore(item: Schema): Schema {
  return { anyOf: [item, { type: "array", items: item, minItems: 1 }] };
}

function map(properties: { readonly [key: string]: Schema }, more: Schema = {}): Schema {
  return { type: "object", properties, additionalProperties: false, ...more };
}

const condition: Schema = map(
  Object.fromEntries(conditionKeys.map((key) => [key, { $ref: "#/$defs/texts" }])),
  { minProperties: 1 },
);
const conditions: Schema = { $ref: "#/$defs/conditions" };
const level: Schema = { enum: levels };
const outcome: Schema = { enum: [...outcomes, "any"] };

const rule: Schema = map(
  {
    id: {
      type: "string",
      pattern: "^[A-Za-z0-9][A-Za-z0-9._-]*$",
      description: "stands in reports, baselines and exceptions",
    },
    title: { type: "string" },
    level: { ...level, description: "high where none is given" },
    denied: { ...level, description: "a level of their own for tries that were denied" },
    description: { type: "string" },
    falsepositives: { $ref: "#/$defs/texts" },
    tags: { $ref: "#/$defs/texts" },
    references: { $ref: "#/$defs/texts" },
    forbid: {
      anyOf: [{ $ref: "#/$defs/texts" }, conditions],
      description: "names of events, with * and their service before a colon; or conditions",
    },
    protect: { $ref: "#/$defs/texts", description: "resources that nobody may change" },
    require: { anyOf: [{ const: "mfa" }, conditions], description: "what a call has to fulfil" },
    unless: { ...conditions, description: "what is let pass" },
    outcome: { ...oneOrMore(outcome), description: "success where none is given" },
    samples: map({
      breaks: { $ref: "#/$defs/samples" },
      passes: { $ref: "#/$defs/samples" },
    }),
  },
  {
    required: ["id"],
    anyOf: ["forbid", "protect", "require"].map((key) => ({ required: [key] })),
  },
);

export const shortFormSchema: Schema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "Rules of trailhound, in their short form",
  ...map({ rules: { type: "array", items: { $ref: "#/$defs/rule" } } }, { required: ["rules"] }),
  $defs: {
    rule,
    texts,
    conditions: oneOrMore(condition),
    samples: {
      type: "array",
      items: { anyOf: [{ type: "object" }, { type: "array", items: { type: "object" } }] },
    },
  },
};

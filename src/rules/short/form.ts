/**
 * The short form, as `trailhound.yaml` has it: what nobody may do, and who may nevertheless.
 *
 *     rules:
 *       - id: logging-stays-on
 *         level: critical
 *         forbid: [StopLogging, DeleteTrail]
 *         unless: { by: platform-team }
 */

import { type Outcome, outcomes } from "../../event/outcome.ts";
import { equals, not } from "../../query/build.ts";
import { everything, type Filter } from "../../query/filter.ts";
import { resourceTerm } from "../../query/resource.ts";
import { joined } from "../../query/term.ts";
import type { Context } from "../context.ts";
import {
  fail,
  knowsOnly,
  type MapNode,
  type Node,
  textOf,
  textsOf,
  valueIn,
  wordOf,
} from "../node.ts";
import { type Level, levels, type Rule, type RuleTest } from "../rule.ts";
import { samplesIn } from "../samples.ts";
import { conditionFilter, eventFilter } from "./conditions.ts";
import { togetherIn } from "./together.ts";

const keys = [
  ...["id", "title", "level", "description", "falsepositives", "tags", "references"],
  ...["forbid", "protect", "require", "unless", "outcome", "denied", "samples"],
  ...["at-least", "first-seen"],
];

/** The rules that one item of the list `rules` is: two, if tries that were denied have a level of their own. */
export function shortRules(map: MapNode, context: Context): readonly Rule[] {
  knowsOnly(map, keys, "a rule");
  const texts = (key: string) => {
    const node = valueIn(map, key);
    return node === undefined ? [] : textsOf(node, key).map(({ text }) => text);
  };
  const one = <T>(key: string, read: (node: Node) => T): T | undefined => {
    const node = valueIn(map, key);
    return node && read(node);
  };
  const id = idOf(map);
  const description = one("description", (node) => textOf(node, "description"));
  const common: Omit<Rule, "test" | "level"> = {
    id,
    title: one("title", (node) => textOf(node, "title")) ?? id,
    ...(description !== undefined && { description }),
    falsePositives: texts("falsepositives"),
    tags: texts("tags"),
    references: texts("references"),
    place: map.at,
    isReported: true,
    samples: one("samples", samplesIn) ?? [],
  };
  const level = one("level", levelOf) ?? "high";
  const what = forbidden(map, context);
  const outcome = one("outcome", outcomeFilter) ?? equals("outcome", "success");
  const denied = one("denied", levelOf);
  const together = togetherIn(map);
  const asked = (counts: Filter): RuleTest => {
    const filter = joined("every", [...what, ...(counts === everything ? [] : [counts])]);
    const events = { kind: "events", filter } as const;
    return together === undefined ? events : together(id, events);
  };
  return [
    { ...common, level, test: asked(outcome) },
    ...(denied === undefined
      ? []
      : [
          {
            ...common,
            id: `${id}/denied`,
            title: `${common.title} (denied)`,
            level: denied,
            test: asked(equals("outcome", "denied")),
            samples: [],
          },
        ]),
  ];
}

/** Ids stand in reports and in lists of exceptions. */
function idOf(map: MapNode): string {
  const node = valueIn(map, "id");
  if (node === undefined) return fail(map, "a rule needs an id");
  const id = textOf(node, "id");
  return /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(id)
    ? id
    : fail(node, "id: expected letters, digits, hyphens, dots and underscores");
}

function levelOf(node: Node): Level {
  return wordOf(node, levels, "level");
}

function outcomeFilter(node: Node): Filter {
  const wanted = textsOf(node, "outcome").map((one) =>
    wordOf<Outcome | "any">(one, [...outcomes, "any"], "outcome"),
  );
  if (wanted.includes("any")) return everything;
  return joined(
    "some",
    wanted.map((outcome) => equals("outcome", outcome)),
  );
}

/** All of these together break the rule. */
function forbidden(map: MapNode, context: Context): readonly Filter[] {
  const [forbid, protect, require, unless] = ["forbid", "protect", "require", "unless"].map((key) =>
    valueIn(map, key),
  );
  if (forbid === undefined && protect === undefined && require === undefined) {
    fail(map, "a rule needs forbid, protect or require");
  }
  return [
    ...(forbid === undefined ? [] : [forbiddenEvents(forbid, context)]),
    ...(protect === undefined ? [] : [changing(protect)]),
    ...(require === undefined ? [] : [not(required(require, context))]),
    ...(unless === undefined ? [] : [not(conditionFilter(unless, "unless", context))]),
  ];
}

/** Names of events, or conditions; `everything` says that the rest decides. */
function forbiddenEvents(node: Node, context: Context): Filter {
  const isConditions =
    node.kind === "map" || (node.kind === "list" && node.items[0]?.kind === "map");
  if (isConditions) return conditionFilter(node, "forbid", context);
  if (node.kind === "text" && node.text === "everything") return everything;
  return joined(
    "some",
    textsOf(node, "forbid").map((name) => eventFilter(name, context)),
  );
}

/** Whatever does more than read, to any of the resources. */
function changing(node: Node): Filter {
  const named = textsOf(node, "protect").map(({ text }) => resourceTerm(text));
  return joined("every", [equals("readOnly", "false"), joined("some", named)]);
}

function required(node: Node, context: Context): Filter {
  return node.kind === "text" && node.text === "mfa"
    ? equals("mfa", "yes")
    : conditionFilter(node, "require", context);
}

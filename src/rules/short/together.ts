/**
 * What makes events of the short form break a rule only together, or only the first time:
 *
 *     at-least: { times: 20, within: 10m, per: [who, region] }
 *     at-least: { times: 5, different: awsRegion, within: 1h }
 *     first-seen: { of: [event, region], baseline: 7d }
 */

import { parseDuration } from "../../event/time.ts";
import type { Subject } from "../../query/filter.ts";
import { subjectsNamed } from "../../query/subject.ts";
import { UserError } from "../../query/user-error.ts";
import {
  fail,
  knowsOnly,
  type MapNode,
  mapOf,
  type Node,
  textOf,
  textsOf,
  valueIn,
} from "../node.ts";
import type { Correlation, CorrelationCondition, RuleTest } from "../rule.ts";

export const countingKeys = ["times", "different", "within", "per"] as const;
export const newnessKeys = ["of", "per", "baseline"] as const;

type Group = Correlation["groupBy"][number];

/** `who` is whoever is behind the calls, and what is meant where nothing is said. */
const everyone: readonly Group[] = ["who"];

/** From what single events break the rule to what they break together; undefined for a rule of single events. */
export function togetherIn(
  map: MapNode,
): ((rule: string, test: RuleTest) => Correlation) | undefined {
  const [counting, newness] = [valueIn(map, "at-least"), valueIn(map, "first-seen")];
  if (counting !== undefined && newness !== undefined) {
    fail(newness, "a rule has at-least or first-seen, not both");
  }
  const told =
    counting === undefined
      ? newness && newnessOf(newness)
      : countingOf(mapOf(counting, "at-least"));
  return (
    told &&
    ((rule, test) => ({
      kind: "correlation",
      parts: [{ rule, test, aliases: new Map() }],
      ...told,
    }))
  );
}

type Grouping = Pick<Correlation, "groupBy" | "withinMs" | "condition">;

function countingOf(map: MapNode): Grouping {
  knowsOnly(map, countingKeys, "at-least");
  const times = needed(map, "times", "at-least");
  const written = textOf(times, "times");
  const value = /^[1-9]\d{0,8}$/.test(written)
    ? Number(written)
    : fail(times, "times: expected a whole number from 1 on");
  const bounds = [{ operator: ">=", value }] as const;
  const different = valueIn(map, "different");
  const condition: CorrelationCondition =
    different === undefined
      ? { kind: "event_count", fields: [], bounds }
      : { kind: "value_count", fields: subjectsIn(different, "different"), bounds };
  return { groupBy: groupsIn(map), withinMs: durationIn(map, "within", "at-least"), condition };
}

function newnessOf(node: Node): Grouping {
  const map = mapOf(node, "first-seen");
  knowsOnly(map, newnessKeys, "first-seen");
  const of = subjectsIn(needed(map, "of", "first-seen"), "of");
  return {
    groupBy: [...groupsIn(map), ...of],
    withinMs: 0,
    condition: { kind: "first_seen", baselineMs: durationIn(map, "baseline", "first-seen") },
  };
}

function needed(map: MapNode, key: string, what: string): Node {
  return valueIn(map, key) ?? fail(map, `${what} needs ${key}`);
}

function groupsIn(map: MapNode): readonly Group[] {
  const node = valueIn(map, "per");
  if (node === undefined) return everyone;
  return textsOf(node, "per").flatMap((one): readonly Group[] =>
    one.text === "who" ? everyone : subjectsIn(one, "per"),
  );
}

function subjectsIn(node: Node, key: string): readonly Subject[] {
  return textsOf(node, key).flatMap((one) => {
    try {
      return subjectsNamed(one.text, key);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return fail(one, error.message);
    }
  });
}

function durationIn(map: MapNode, key: string, what: string): number {
  const node = needed(map, key, what);
  const ms = parseDuration(textOf(node, key));
  return ms ?? fail(node, `${key}: expected a length of time, such as 10m, 2h or 7d`);
}

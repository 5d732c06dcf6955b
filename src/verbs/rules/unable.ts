/**
 * Which rules cannot find anything in some logs, whoever did what: no event in them is of a name and
 * service that the rule could be broken by.
 */

import { outlookOf } from "../../query/outlook.ts";
import type { Rule } from "../../rules/rule.ts";
import { whoever } from "../check/behind.ts";

/** One kind of event that the logs hold. */
export interface Call {
  readonly source: string;
  readonly name: string;
}

/** Why it cannot; undefined where an event might break it. */
export function unableWords({ test }: Rule, calls: readonly Call[]): string | undefined {
  if (test.kind !== "events") return undefined;
  const filter = whoever(test.filter);
  const isPossible = calls.some(
    ({ source: eventSource, name: eventName }) =>
      outlookOf(filter, { eventSource, eventName }, ["eventSource", "eventName"]) !== "no",
  );
  return isPossible ? undefined : "no such event is in these logs";
}

/**
 * Which events break which rules.
 */

import { addTo } from "../../event/add-to.ts";
import type { CloudTrailRecord } from "../../event/record.ts";
import { some } from "../../query/build.ts";
import { eventNamesIn, eventNamesOf } from "../../query/event-names.ts";
import type { Filter } from "../../query/filter.ts";
import { matches } from "../../query/matches.ts";
import type { FoundEvent } from "../../query/query.ts";
import type { Sessions } from "../../resolve/sessions.ts";
import type { Rule } from "../../rules/rule.ts";
import { asksWho, matchesBehind, whoever } from "./behind.ts";

/** One event that breaks a rule. */
export interface Hit {
  readonly rule: Rule;
  readonly event: FoundEvent;
}

/** All events that may break one of the rules, whoever is behind them. */
export function suspects(rules: readonly Rule[]): Filter {
  return some(rules.flatMap((rule) => filtersOf(rule).map(whoever)));
}

function filtersOf({ test }: Rule): readonly Filter[] {
  return test.kind === "events" ? [test.filter] : [];
}

interface Prepared {
  readonly rule: Rule;
  readonly filter: Filter;
  readonly asksWho: boolean;
}

/** In the order of the events. */
export async function* hitsAmong(
  events: AsyncIterable<FoundEvent>,
  rules: readonly Rule[],
  sessions: Sessions,
): AsyncGenerator<Hit> {
  const candidatesFor = byEventName(
    rules.flatMap((rule) =>
      filtersOf(rule).map((filter) => ({ rule, filter, asksWho: asksWho(filter) })),
    ),
  );
  for await (const event of events) {
    const { record } = event;
    for (const { rule, filter, asksWho: isAboutWho } of candidatesFor(record)) {
      const isHit = isAboutWho ? matchesBehind(filter, record, sessions) : matches(filter, record);
      if (isHit) yield { rule, event };
    }
  }
}

/** Those that an event of that name may match: of hundreds of rules, a few. */
function byEventName(
  prepared: readonly Prepared[],
): (record: CloudTrailRecord) => readonly Prepared[] {
  const ofAnyName: Prepared[] = [];
  const byName = new Map<string, Prepared[]>();
  for (const one of prepared) {
    const names = eventNamesOf(one.filter);
    if (names === undefined) ofAnyName.push(one);
    else for (const name of names) addTo(byName, name, one);
  }
  return (record) => [
    ...new Set([...eventNamesIn(record).flatMap((name) => byName.get(name) ?? []), ...ofAnyName]),
  ];
}

/**
 * Which events break which rules.
 */

import { type CloudTrailRecord, textOf } from "../../event/record.ts";
import { some } from "../../query/build.ts";
import type { Filter } from "../../query/filter.ts";
import { matches } from "../../query/matches.ts";
import { outlookOf } from "../../query/outlook.ts";
import type { FoundEvent, Reading } from "../../query/query.ts";
import { allSessions, sessionsBehind } from "../../resolve/gather.ts";
import type { Sessions } from "../../resolve/sessions.ts";
import type { Rule } from "../../rules/rule.ts";
import { asksWho, matchesBehind, whoever } from "./behind.ts";
import { type Caller, type Deed, DeedReader } from "./deeds.ts";

/** One event that breaks a rule. */
interface Hit {
  readonly rule: Rule;
  readonly deed: Deed;
}

export interface Hits {
  /** In the order of time. */
  readonly hits: readonly Hit[];
  /** Of all who broke a rule. */
  readonly sessions: Sessions;
}

/** All events that may break one of the rules, whoever is behind them. */
export function suspects(rules: readonly Rule[]): Filter {
  return some(rules.flatMap((rule) => filtersOf(rule).map(whoever)));
}

function filtersOf({ test }: Rule): readonly Filter[] {
  return test.kind === "events" ? [test.filter] : [];
}

interface Asked {
  readonly rule: Rule;
  /** Whoever is behind the call. */
  readonly suspects: Filter;
  /** What only whoever is behind the call decides; undefined where the record tells all. */
  readonly behind: Filter | undefined;
}

interface Suspicion extends Hit {
  /** Where it is still to be decided: by what, of which record. */
  readonly open?: { readonly filter: Filter; readonly record: CloudTrailRecord };
}

/** Events are looked at once; who is behind them is looked for when it is known of whom. */
export async function hitsAmong(
  reading: Reading,
  events: AsyncIterable<FoundEvent>,
  rules: readonly Rule[],
): Promise<Hits> {
  const rulesFor = byEvent(rules.flatMap(askedOf));
  const deeds = new DeedReader();
  const found: Suspicion[] = [];
  for await (const event of events) {
    const { record } = event;
    const broken = rulesFor(record).filter((one) => matches(one.suspects, record));
    if (broken.length === 0) continue;
    const deed = deeds.deed(event);
    for (const { rule, behind } of broken) {
      found.push({ rule, deed, ...(behind && { open: { filter: behind, record } }) });
    }
  }
  const sessions = await sessionsOf(reading, deeds.callers);
  const hits = found.filter(
    ({ open }) => open === undefined || matchesBehind(open.filter, open.record, sessions),
  );
  return { hits, sessions };
}

function askedOf(rule: Rule): readonly Asked[] {
  return filtersOf(rule).map((filter) => ({
    rule,
    suspects: whoever(filter),
    behind: asksWho(filter) ? filter : undefined,
  }));
}

/** To look for each one's beginnings costs more than to link all sessions. */
const mostCallers = 2000;

function sessionsOf(reading: Reading, callers: readonly Caller[]): Promise<Sessions> {
  return callers.length > mostCallers
    ? allSessions(reading)
    : sessionsBehind(
        reading,
        callers.map(({ event }) => event),
      );
}

/** Those that an event of that name and service may break: of hundreds of rules, a few. */
function byEvent(rules: readonly Asked[]): (record: CloudTrailRecord) => readonly Asked[] {
  const known = new Map<string, readonly Asked[]>();
  return ({ eventName = null, eventSource = null }) => {
    const told = { eventName, eventSource };
    const kind = textOf([eventName, eventSource]);
    const open =
      known.get(kind) ??
      rules.filter((rule) => outlookOf(rule.suspects, told, Object.keys(told)) !== "no");
    known.set(kind, open);
    return open;
  };
}

/**
 * Which events break which rules.
 */

import { type CloudTrailRecord, textOf } from "../../event/record.ts";
import { not, some } from "../../query/build.ts";
import type { Filter } from "../../query/filter.ts";
import { matches } from "../../query/matches.ts";
import { outlookOf } from "../../query/outlook.ts";
import type { FoundEvent, Reading } from "../../query/query.ts";
import { allSessions, sessionsBehind } from "../../resolve/gather.ts";
import type { Sessions } from "../../resolve/sessions.ts";
import type { Exception } from "../../rules/exceptions.ts";
import type { Rule } from "../../rules/rule.ts";
import { asksWho, matchesBehind, whoever } from "./behind.ts";
import { type Caller, type Deed, DeedReader } from "./deeds.ts";

/** One event that breaks a rule. */
interface Hit {
  readonly rule: Rule;
  readonly deed: Deed;
  /** Those that let it pass, or would if they still held. */
  readonly exceptions: readonly Exception[];
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
  /** Where who is behind it is still to decide something: of which record, and of the rule by what. */
  readonly open?: { readonly record: CloudTrailRecord; readonly filter?: Filter };
}

interface Asking {
  readonly rules: readonly Rule[];
  readonly exceptions: readonly Exception[];
}

/** Events are looked at once; who is behind them is looked for when it is known of whom. */
export async function hitsAmong(
  reading: Reading,
  events: AsyncIterable<FoundEvent>,
  { rules, exceptions }: Asking,
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
      const likely = exceptions.filter(
        (one) => one.rule === rule.id && matches(whoever(one.filter), record),
      );
      const isOpen = behind !== undefined || likely.some(({ filter }) => asksWho(filter));
      const open = isOpen && { record, ...(behind && { filter: behind }) };
      found.push({ rule, deed, exceptions: likely, ...(open && { open }) });
    }
  }
  const sessions = await sessionsOf(reading, deeds.callers);
  const hits = found.flatMap(({ open, ...hit }): readonly Hit[] => {
    if (open === undefined) return [hit];
    const { filter, record } = open;
    if (filter !== undefined && !matchesBehind(filter, record, sessions)) return [];
    // As with `unless`, a name that is only claimed lets nobody pass.
    const letsPass = (one: Exception) => !matchesBehind(not(one.filter), record, sessions);
    return [{ ...hit, exceptions: hit.exceptions.filter(letsPass) }];
  });
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

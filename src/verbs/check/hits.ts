/**
 * Which events break which rules.
 */

import { type CloudTrailRecord, textOf } from "../../event/record.ts";
import { not, some } from "../../query/build.ts";
import { type Filter, sharingTests } from "../../query/filter.ts";
import { matches } from "../../query/matches.ts";
import { outlookOf } from "../../query/outlook.ts";
import type { FoundEvent, Reading } from "../../query/query.ts";
import { allSessions, sessionsBehind } from "../../resolve/gather.ts";
import type { Sessions } from "../../resolve/sessions.ts";
import type { Exception } from "../../rules/exceptions.ts";
import type { Rule } from "../../rules/rule.ts";
import { humanBehind } from "../../words/humans.ts";
import { asksWho, matchesBehind, whoever } from "./behind.ts";
import {
  type Leaf,
  leavesOf,
  type Occurred,
  type Together,
  type Told,
  together,
  toldOf,
} from "./correlations.ts";
import { type Caller, type Deed, DeedReader } from "./deeds.ts";

/** One event that breaks a rule. */
export interface Hit {
  readonly rule: Rule;
  readonly deed: Deed;
  /** Those that let it pass, or would if they still held. */
  readonly exceptions: readonly Exception[];
  /** The events that break it together. */
  readonly group?: Omit<Together<unknown>, "events">;
}

export interface Hits {
  /** In the order of time. */
  readonly hits: readonly Hit[];
  /** Of all who broke a rule. */
  readonly sessions: Sessions;
}

/** All events that may break one of the rules, whoever is behind them. */
export function suspects(rules: readonly Rule[]): Filter {
  return some(sharingTests(rules.flatMap((rule) => filtersOf(rule).map(whoever))));
}

function filtersOf(rule: Rule): readonly Filter[] {
  return testsIn(rule).map(({ filter }) => filter);
}

/** What is asked of single events. */
function testsIn({
  test,
  isReported,
}: Rule): readonly { readonly filter: Filter; readonly leaf?: Leaf }[] {
  if (!isReported) return [];
  if (test.kind === "events") return [{ filter: test.filter }];
  return test.kind === "correlation"
    ? leavesOf(test).map((leaf) => ({ filter: leaf.filter, leaf }))
    : [];
}

interface Asked {
  readonly rule: Rule;
  /** Whoever is behind the call. */
  readonly suspects: Filter;
  /** What only whoever is behind the call decides; undefined where the record tells all. */
  readonly behind: Filter | undefined;
  /** Where in a correlation its events count. */
  readonly leaf: Leaf | undefined;
}

interface Suspicion extends Hit {
  /** Where who is behind it is still to decide something: of which record, and of the rule by what. */
  readonly open?: { readonly record: CloudTrailRecord; readonly filter?: Filter };
  /** What a correlation asks of it. */
  readonly counts?: { readonly leaf: Leaf; readonly told: Told };
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
    for (const { rule, behind, leaf } of broken) {
      const told = leaf && toldOf(leaf, record);
      // A window is of times.
      if (leaf !== undefined && (told === undefined || deed.time === undefined)) continue;
      const likely = exceptions.filter(
        (one) => one.rule === rule.id && matches(whoever(one.filter), record),
      );
      const isOpen = behind !== undefined || likely.some(({ filter }) => asksWho(filter));
      const open = isOpen && { record, ...(behind && { filter: behind }) };
      const counts = leaf && told && { leaf, told };
      found.push({
        ...{ rule, deed, exceptions: likely },
        ...(open && { open }),
        ...(counts && { counts }),
      });
    }
  }
  const sessions = await sessionsOf(reading, deeds.callers);
  const proven = found.flatMap(({ open, ...hit }): readonly Suspicion[] => {
    if (open === undefined) return [hit];
    const { filter, record } = open;
    if (filter !== undefined && !matchesBehind(filter, record, sessions)) return [];
    // As with `unless`, a name that is only claimed lets nobody pass.
    const letsPass = (one: Exception) => !matchesBehind(not(one.filter), record, sessions);
    return [{ ...hit, exceptions: hit.exceptions.filter(letsPass) }];
  });
  const alone = proven.filter(({ counts }) => counts === undefined);
  return { hits: [...alone, ...hitsTogether(proven, sessions)], sessions };
}

/** What correlations make of the events that their rules select. */
function hitsTogether(proven: readonly Suspicion[], sessions: Sessions): readonly Hit[] {
  const byRule = new Map<Rule, Occurred<Suspicion>[]>();
  for (const event of proven) {
    const { rule, deed, counts } = event;
    if (counts === undefined || deed.time === undefined) continue;
    const one = { event, deed, time: deed.time, ...counts };
    const same = byRule.get(rule);
    if (same === undefined) byRule.set(rule, [one]);
    else same.push(one);
  }
  const keys = new Map<Caller, string>();
  const whoOf = ({ caller }: Deed) => {
    const key = keys.get(caller) ?? humanBehind(caller.event.record, sessions).key;
    keys.set(caller, key);
    return key;
  };
  return Array.from(byRule, ([rule, occurred]) =>
    together(rule, occurred, whoOf).flatMap(({ events, ...group }) =>
      Array.from(
        new Map(events.map((event) => [event.deed, event])).values(),
        ({ deed, exceptions }): Hit => ({ rule, deed, exceptions, group }),
      ),
    ),
  ).flat();
}

function askedOf(rule: Rule): readonly Asked[] {
  return testsIn(rule).map(({ filter, leaf }) => ({
    rule,
    suspects: whoever(filter),
    behind: asksWho(filter) ? filter : undefined,
    leaf,
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

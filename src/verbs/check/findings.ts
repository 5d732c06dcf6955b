/**
 * From events that break rules to findings: one for each rule, whoever is behind it, and what was acted on.
 */

import { byText } from "../../query/compare.ts";
import { joinedSpan, type Span } from "../../query/span.ts";
import type { Exception } from "../../rules/exceptions.ts";
import type { Actor, Finding } from "../../rules/finding.ts";
import { levels, type Rule } from "../../rules/rule.ts";
import { humanBehind } from "../../words/humans.ts";
import { listed, often, period } from "../../words/sentences.ts";
import type { Caller, Deed } from "./deeds.ts";
import type { Hits } from "./hits.ts";

/** What an exception lets pass is a finding of its own beside what it does not. */
export type FoundFinding = Finding & {
  readonly exception: Exception | undefined;
  /** Those that let it pass until they expired. */
  readonly expired: readonly Exception[];
};

interface Gathered {
  readonly rule: Rule;
  readonly who: Actor;
  readonly deeds: Deed[];
  readonly exception: Exception | undefined;
  readonly expired: Set<Exception>;
}

interface Clock {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly timeZone: string;
}

/** The worst first; of one level in the order of ids, then of names. */
export function findingsOf({ hits, sessions }: Hits, clock: Clock): readonly FoundFinding[] {
  const actors = new Map<Caller, Actor>();
  const actorOf = (caller: Caller): Actor => {
    const known = actors.get(caller);
    if (known !== undefined) return known;
    const { key, name } = humanBehind(caller.event.record, sessions);
    actors.set(caller, { key, name });
    return { key, name };
  };
  const gathered = new Map<string, Gathered>();
  for (const { rule, deed, exceptions } of hits) {
    const who = actorOf(deed.caller);
    const exception = exceptions.find(({ ends }) => clock.now < ends);
    const key = JSON.stringify([rule.id, who.key, deed.target ?? null, exception?.place ?? null]);
    const one = gathered.get(key) ?? { rule, who, deeds: [], exception, expired: new Set() };
    gathered.set(key, one);
    one.deeds.push(deed);
    if (exception === undefined) for (const expired of exceptions) one.expired.add(expired);
  }
  return Array.from(gathered.values(), (one) => findingOf(one, clock.timeZone)).sort(
    (a, b) =>
      levels.indexOf(b.rule.level) - levels.indexOf(a.rule.level) ||
      byText(a.rule.id, b.rule.id) ||
      byText(a.who.key, b.who.key) ||
      byText(a.target ?? "", b.target ?? ""),
  );
}

function findingOf(
  { rule, who, deeds, exception, expired }: Gathered,
  timeZone: string,
): FoundFinding {
  const span = deeds.reduce<Span>(
    (all, { time }) => joinedSpan(all, { first: time, last: time }),
    {},
  );
  const target = deeds[0]?.target;
  const accounts = eachOnce(deeds.map(({ account }) => account));
  const regions = eachOnce(deeds.map(({ region }) => region));
  const told = { who, deeds, target, span, accounts, regions };
  return {
    rule,
    who,
    target,
    count: deeds.length,
    ...span,
    sentence: sentenceOf(told, timeZone),
    events: deeds.map(({ place }) => place),
    accounts,
    regions,
    exception,
    expired: [...expired],
  };
}

function eachOnce(texts: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(texts)].flatMap((text) => text ?? []).sort();
}

type Told = Pick<Finding, "who" | "target" | "accounts" | "regions"> & {
  readonly deeds: readonly Deed[];
  readonly span: Span;
};

/** `maria, as Admin / maria, called StopLogging on org-trail twice from ... to ... (account 111122223333).` */
function sentenceOf(
  { who, target, span, deeds, accounts, regions }: Told,
  timeZone: string,
): string {
  const guises = eachOnce(deeds.map(({ caller }) => caller.guise)).filter(
    (guise) => guise !== who.name,
  );
  const as = guises.length === 0 ? "" : `, as ${listed(guises)},`;
  const on = target === undefined ? "" : ` on ${target}`;
  const times = deeds.length === 1 ? "" : ` ${often(deeds.length)}`;
  const places = [
    ...(regions.length === 0 ? [] : [listed(regions)]),
    ...(accounts.length === 0 ? [] : [`account ${listed(accounts)}`]),
  ];
  const where = places.length === 0 ? "" : ` (${places.join(", ")})`;
  const calls = listed(eachOnce(deeds.map(({ call }) => call)));
  return `${who.name}${as} called ${calls}${on}${times}${period(span, timeZone)}${where}.`;
}

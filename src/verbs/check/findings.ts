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
import type { Hit, Hits } from "./hits.ts";

/** What an exception lets pass is a finding of its own beside what it does not. */
export type FoundFinding = Finding & {
  readonly exception: Exception | undefined;
  /** Those that let it pass until they expired. */
  readonly expired: readonly Exception[];
};

interface Gathered {
  readonly rule: Rule;
  /** By their keys. */
  readonly who: Map<string, Actor>;
  readonly deeds: Deed[];
  readonly exception: Exception | undefined;
  readonly expired: Set<Exception>;
  readonly group: Hit["group"];
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
  for (const { rule, deed, exceptions, group } of hits) {
    const who = actorOf(deed.caller);
    const exception = exceptions.find(({ ends }) => clock.now < ends);
    // Several may break a rule together.
    const own = group === undefined ? [who.key, deed.target ?? null] : [group.label ?? null];
    const key = JSON.stringify([rule.id, own, exception?.place ?? null]);
    const one: Gathered = gathered.get(key) ?? {
      ...{ rule, who: new Map(), deeds: [], exception, expired: new Set(), group },
    };
    gathered.set(key, one);
    one.who.set(who.key, who);
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
  { rule, who: actors, deeds, exception, expired, group }: Gathered,
  timeZone: string,
): FoundFinding {
  const who = togetherAs([...actors.values()]);
  const span = deeds.reduce<Span>(
    (all, { time }) => joinedSpan(all, { first: time, last: time }),
    {},
  );
  const target = group === undefined ? deeds[0]?.target : group.label;
  const accounts = eachOnce(deeds.map(({ account }) => account));
  const regions = eachOnce(deeds.map(({ region }) => region));
  const told = { who, deeds, target, span, accounts, regions, group };
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

/** Who they are may change from day to day; that they are several does not make another finding of it. */
function togetherAs(actors: readonly Actor[]): Actor {
  const [first, ...others] = actors;
  if (first !== undefined && others.length === 0) return first;
  return { key: "several", name: listed(actors.map(({ name }) => name)) };
}

function eachOnce(texts: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(texts)].flatMap((text) => text ?? []).sort();
}

type Told = Pick<Finding, "who" | "target" | "accounts" | "regions"> & {
  readonly deeds: readonly Deed[];
  readonly span: Span;
  readonly group: Hit["group"];
};

/** `maria, as Admin / maria, called StopLogging on org-trail twice from ... to ... (account 111122223333).` */
function sentenceOf(
  { who, target, span, deeds, accounts, regions, group }: Told,
  timeZone: string,
): string {
  const guises = eachOnce(deeds.map(({ caller }) => caller.guise)).filter(
    (guise) => guise !== who.name,
  );
  const as = guises.length === 0 ? "" : `, as ${listed(guises)},`;
  const on =
    target === undefined ? "" : ` ${group === undefined ? "on" : "with the same"} ${target}`;
  const times = deeds.length === 1 ? "" : ` ${often(deeds.length)}`;
  const places = [
    ...(regions.length === 0 ? [] : [listed(regions)]),
    ...(accounts.length === 0 ? [] : [`account ${listed(accounts)}`]),
  ];
  const where = places.length === 0 ? "" : ` (${places.join(", ")})`;
  const order =
    group?.isOrderKnown === false ? " In which order, within one second, is not known." : "";
  const calls = listed(eachOnce(deeds.map(({ call }) => call)));
  return `${who.name}${as} called ${calls}${on}${times}${period(span, timeZone)}${where}.${order}`;
}

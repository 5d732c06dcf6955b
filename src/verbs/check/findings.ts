/**
 * From events that break rules to findings: one for each rule, whoever is behind it, and what was acted on.
 */

import { describeIdentity } from "../../event/identity.ts";
import { primaryTargets } from "../../event/targets.ts";
import { valuesOf } from "../../event/values.ts";
import { byText } from "../../query/compare.ts";
import { joinedSpan, type Span, spanOf } from "../../query/span.ts";
import type { Actor, Finding, FoundPlace } from "../../rules/finding.ts";
import { levels, type Rule } from "../../rules/rule.ts";
import { callOf } from "../../words/event-words.ts";
import type { Humans } from "../../words/humans.ts";
import { listed, often, period } from "../../words/sentences.ts";
import type { Hit } from "./hits.ts";

interface Gathered {
  readonly rule: Rule;
  readonly who: Actor;
  readonly target: string | undefined;
  span: Span;
  readonly events: FoundPlace[];
  readonly calls: Set<string>;
  /** The callers as logged. */
  readonly guises: Set<string>;
  readonly accounts: Set<string>;
  readonly regions: Set<string>;
}

/** The worst first; of one level in the order of rules, then of names. */
export async function findingsOf(
  hits: AsyncIterable<Hit>,
  { humans, timeZone }: { readonly humans: Humans; readonly timeZone: string },
): Promise<readonly Finding[]> {
  const gathered = new Map<string, Gathered>();
  for await (const hit of hits) gather(hit, gathered, humans);
  return Array.from(gathered.values(), (one) => findingOf(one, timeZone)).sort(
    (a, b) =>
      levels.indexOf(b.rule.level) - levels.indexOf(a.rule.level) ||
      byText(a.rule.id, b.rule.id) ||
      byText(a.who.key, b.who.key) ||
      byText(a.target ?? "", b.target ?? ""),
  );
}

function gather({ rule, event }: Hit, all: Map<string, Gathered>, humans: Humans): void {
  const { record } = event;
  const { key, name } = humans(record);
  const targets = primaryTargets(record);
  const target = targets.length === 0 ? undefined : listed(targets);
  const place = JSON.stringify([rule.id, key, target ?? null]);
  const one = all.get(place) ?? {
    rule,
    who: { key, name },
    target,
    span: {},
    events: [],
    calls: new Set(),
    guises: new Set(),
    accounts: new Set(),
    regions: new Set(),
  };
  all.set(place, one);
  const { origin, offset } = event.source;
  one.span = joinedSpan(one.span, spanOf(record));
  one.events.push({ eventID: valuesOf("eventID", record)[0], origin, offset });
  one.calls.add(callOf(record));
  one.guises.add(describeIdentity(record).name);
  for (const account of valuesOf("recipientAccountId", record)) one.accounts.add(account);
  for (const region of valuesOf("awsRegion", record)) one.regions.add(region);
}

function findingOf(gathered: Gathered, timeZone: string): Finding {
  const { rule, who, target, span, events, accounts, regions } = gathered;
  return {
    rule,
    who,
    target,
    count: events.length,
    ...span,
    sentence: sentenceOf(gathered, timeZone),
    events,
    accounts: [...accounts].sort(),
    regions: [...regions].sort(),
  };
}

/** `maria, as Admin / maria, called StopLogging on org-trail twice from ... to ... (account 111122223333).` */
function sentenceOf(
  { who, target, span, events, calls, guises, accounts, regions }: Gathered,
  timeZone: string,
): string {
  const others = [...guises].filter((guise) => guise !== who.name).sort();
  const as = others.length === 0 ? "" : `, as ${listed(others)},`;
  const on = target === undefined ? "" : ` on ${target}`;
  const times = events.length === 1 ? "" : ` ${often(events.length)}`;
  const places = [
    ...(regions.size === 0 ? [] : [listed([...regions].sort())]),
    ...(accounts.size === 0 ? [] : [`account ${listed([...accounts].sort())}`]),
  ];
  const where = places.length === 0 ? "" : ` (${places.join(", ")})`;
  return `${who.name}${as} called ${listed([...calls].sort())}${on}${times}${period(span, timeZone)}${where}.`;
}

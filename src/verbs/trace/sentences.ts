/**
 * The answer of `trailhound trace` in words.
 */

import { describeIdentity } from "../../event/identity.ts";
import { outcomeOf } from "../../event/outcome.ts";
import type { CloudTrailRecord } from "../../event/record.ts";
import { primaryTargets } from "../../event/targets.ts";
import type { FoundEvent } from "../../query/query.ts";
import type { Span } from "../../query/span.ts";
import type { Agent } from "../../resolve/agents.ts";
import { firstCalls } from "../../resolve/causes.ts";
import type { Chain } from "../../resolve/chain.ts";
import { agentWords } from "../../words/agent-words.ts";
import { causeSentences } from "../../words/cause-words.ts";
import type { Prompting } from "../../words/chain-section.ts";
import { originWords, routeEnd, routeWords, sessionName } from "../../words/chain-words.ts";
import { callOf, circumstances, onDay, otherPlace } from "../../words/event-words.ts";
import { counted, factWords, grouped, listed, moment, period } from "../../words/sentences.ts";
import type { Doings } from "./forward.ts";
import type { Start } from "./starts.ts";

interface Manner {
  readonly timeZone: string;
  /** What is to be told of the calls beside their number. */
  readonly facts?: string;
  readonly agent?: Agent | undefined;
  /** The session made its calls with other keys than the one asked for. */
  readonly isKeyOnly?: boolean | undefined;
}

/** `maria (IAM user, MFA) assumed Deploy ..., and then called DeleteStack on orders on ...`. */
export function headline(chain: Chain, start: Start, how: Manner): string {
  const who = originWords(chain, start.record).replace(/^somebody /, capitalised);
  const route = routeWords(chain, how.timeZone);
  return route === undefined
    ? `${who} ${deedWords(start, how)}.`
    : `${who} ${route}, and then ${deedWords(start, how, { end: routeEnd(chain) })}.`;
}

/** What made a service call, and how whoever started that came by the credentials. */
export function promptingWords(
  event: FoundEvent,
  { cause, chain }: Prompting,
  timeZone: string,
): readonly string[] {
  const words = causeSentences(event, cause, timeZone);
  const [first] = firstCalls(cause);
  const route = chain && routeWords(chain, timeZone);
  if (first === undefined || chain === undefined || route === undefined) return words;
  const who = originWords(chain, first.record).replace(/^somebody /, capitalised);
  return [...words, `${who} ${route}, and then called that ${callOf(first.record)}.`];
}

function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/**
 * `called DeleteStack on orders on 2026-11-05 at 09:14:03 UTC`, and from where and how; behind a route
 * only what is other than at its end.
 */
function deedWords(
  { event, record, calls, span }: Start,
  { timeZone, facts = "", agent, isKeyOnly }: Manner,
  route?: { readonly end: CloudTrailRecord | undefined },
): string {
  if (event === undefined) return runWords({ calls, facts, isKeyOnly }, span, timeZone);
  const { via } = agent ? { via: agentWords(agent, timeZone) } : describeIdentity(record);
  const targets = listed(primaryTargets(record));
  const outcome = outcomeOf(record);
  const failed = outcome === "success" ? "" : ` (${outcome})`;
  return (
    `${outcome === "success" ? "called" : "tried"}${via === undefined ? "" : `, through ${via},`} ` +
    `${callOf(record)}${targets === "" ? "" : ` on ${targets}`}` +
    (route === undefined
      ? circumstances(record, timeZone, { call: outcome })
      : `${onDay(record, timeZone)}${otherPlace(record, route.end)}${failed}`)
  );
}

function runWords(
  { calls, facts, isKeyOnly }: { readonly calls: number } & Pick<Manner, "facts" | "isKeyOnly">,
  span: Span,
  timeZone: string,
): string {
  if (calls === 0)
    return `made no call ${isKeyOnly ? "with that very key" : "that is"} in these logs`;
  const { first, last } = span;
  const isMoment = first !== undefined && first === last;
  const when = isMoment ? ` on ${moment(first, timeZone)}` : period(span, timeZone);
  return `made ${counted(calls, "call")}${facts ?? ""}${when}`;
}

/** Whether the session itself made calls, with whichever keys. */
export function hasCalls({ branches: [root], tallies }: Doings): boolean {
  return root !== undefined && (tallies.get(root.id)?.calls ?? 0) > 0;
}

/** Whether the session led to no other and made so many calls and no more. */
export function isAllOf({ branches, tallies }: Doings, calls: number): boolean {
  const counted = [...tallies.values()].reduce((sum, tally) => sum + tally.calls, 0);
  return branches.length === 1 && calls > 0 && counted === calls;
}

interface Asked {
  readonly issued: boolean;
  /** The account whose logs have the calls. */
  readonly elsewhere: string | undefined;
  /** Whether flags leave calls out. */
  readonly narrowed: boolean;
}

/** Of the session that made a call; `issued` where it is the one that the call issued. */
export function doingsWords(doings: Doings, { issued, elsewhere, narrowed }: Asked): string {
  const all = sumOf(callsIn(doings));
  const led = doings.branches.length - 1;
  const session = issued
    ? `The session ${sessionName(doings.credentials, doings.branches[0]?.issue?.event.record)} that it issued`
    : "The session";
  const whose = led === 0 ? "" : ` and the ${grouped(led)} that it led to`;
  if (all > 0) return `${session}${whose} made ${counted(all, "call")}${doingsFacts(doings)}.`;
  const where =
    elsewhere === undefined ? "" : `; its calls would be in the logs of account ${elsewhere}`;
  return `${session}${whose} made no ${narrowed ? "matching call" : "call"}, in these logs${where}.`;
}

/** ` (3 writes, 1 without success)` */
export function doingsFacts(doings: Doings): string {
  const calls = callsIn(doings);
  return factWords(
    sumOf(calls.filter(({ isRead }) => !isRead)),
    sumOf(calls.filter(({ outcome }) => outcome !== "success")),
  );
}

function callsIn({ tallies }: Doings) {
  return [...tallies.values()].flatMap(({ byCall }) => [...byCall.values()]);
}

function sumOf(calls: readonly { readonly calls: number }[]): number {
  return calls.reduce((total, call) => total + call.calls, 0);
}

/**
 * The answer of `trailhound trace` in words.
 */

import { describeIdentity } from "../event/identity.ts";
import { outcomeOf } from "../event/outcome.ts";
import { primaryTargets } from "../event/targets.ts";
import type { FoundEvent } from "../query/query.ts";
import type { Span } from "../query/span.ts";
import { firstCalls } from "../resolve/causes.ts";
import type { Chain } from "../resolve/chain.ts";
import { causeSentences } from "./cause-words.ts";
import type { Prompting } from "./chain-section.ts";
import { originWords, routeWords } from "./chain-words.ts";
import { callOf, circumstances, onDay } from "./event-words.ts";
import { counted, grouped, listed, moment, period } from "./sentences.ts";
import type { Doings } from "./trace-forward.ts";
import type { Start } from "./trace-starts.ts";

/** `maria (IAM user, MFA) assumed Deploy ..., and then called DeleteStack on orders on ...`. */
export function headline(chain: Chain, start: Start, timeZone: string): string {
  const who = originWords(chain, start.record).replace(/^somebody /, capitalised);
  const route = routeWords(chain, timeZone);
  return route === undefined
    ? `${who} ${deedWords(start, timeZone, true)}.`
    : `${who} ${route}, and then ${deedWords(start, timeZone, false)}.`;
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

/** `called DeleteStack on orders on 2026-11-05 at 09:14:03 UTC`, and from where and how, if asked for. */
function deedWords(
  { event, record, calls, span }: Start,
  timeZone: string,
  atLength: boolean,
): string {
  if (event === undefined) return runWords(calls, span, timeZone);
  const { via } = describeIdentity(record);
  const targets = listed(primaryTargets(record));
  const outcome = outcomeOf(record);
  return (
    `${outcome === "success" ? "called" : "tried"}${via === undefined ? "" : `, through ${via},`} ` +
    `${callOf(record)}${targets === "" ? "" : ` on ${targets}`}` +
    (atLength
      ? circumstances(record, timeZone, { call: outcome })
      : `${onDay(record, timeZone)}${outcome === "success" ? "" : ` (${outcome})`}`)
  );
}

function runWords(calls: number, span: Span, timeZone: string): string {
  if (calls === 0) return "made no call that is in these logs";
  const { first, last } = span;
  const isMoment = first !== undefined && first === last;
  const when = isMoment ? ` on ${moment(first, timeZone)}` : period(span, timeZone);
  return `made ${counted(calls, "call")}${when}`;
}

export function doingsWords({ branches, tallies }: Doings): string {
  const calls = [...tallies.values()].flatMap(({ byCall }) => [...byCall.values()]);
  const sum = (some: typeof calls) => some.reduce((total, call) => total + call.calls, 0);
  const all = sum(calls);
  const writes = sum(calls.filter(({ isRead }) => !isRead));
  const failures = sum(calls.filter(({ outcome }) => outcome !== "success"));
  const led = branches.length - 1;
  const whose = led === 0 ? "" : ` and the ${grouped(led)} that it led to`;
  const facts = [
    writes === 0 ? "no writes" : counted(writes, "write"),
    ...(failures === 0 ? [] : [`${grouped(failures)} without success`]),
  ];
  return all === 0
    ? `The session${whose} made no matching call, in these logs.`
    : `The session${whose} made ${counted(all, "call")} (${facts.join(", ")}).`;
}

/**
 * What links a call that a service made to the call that started the service.
 *
 * Links are tried from the strongest to the weakest, and the first that any candidate has decides. What
 * then tells the candidates apart narrows them; none is left out because it would be convenient.
 */

import { addTo } from "../event/add-to.ts";
import { foldCase } from "../event/fold-case.ts";
import { mentions } from "../event/mention.ts";
import { type CloudTrailRecord, textsAt } from "../event/record.ts";
import { timeOf } from "../event/time.ts";
import { valuesOf } from "../event/values.ts";
import { classOf } from "../event/verb-classes.ts";
import type { FoundEvent } from "../query/query.ts";
import {
  type Act,
  type Candidate,
  type Candidates,
  candidatesFrom,
  type Doing,
  doingOf,
  hourMs,
  isGlobal,
  isInReach,
  near,
  regionOf,
  slackMs,
} from "./candidates.ts";
import type { Cascade } from "./cascades.ts";
import { type Credentials, credentialsUsedBy } from "./issuers.ts";

/**
 * `target`: the starter names the very thing. `session`: the service called in the session of whoever
 * called it. `caller`: with what the same caller may do. `role`: it was told to act in this role.
 * `name`: the thing is named after what was started, or tells of it. `time`: nothing but that it was
 * called not long before. `rule`: nothing but that it set a rule.
 */
export type CauseLink = "target" | "session" | "caller" | "role" | "name" | "time" | "rule";

/** The calls that may have started it; several if the logs cannot tell which. In order of time. */
export interface Linked {
  readonly link: CauseLink;
  readonly starters: readonly FoundEvent[];
  /** Nothing else was needed to choose it. */
  readonly isProof: boolean;
}

/** Most of what a service is told to do it begins within this. */
const soonMs = 10 * 60_000;

/** What each act is linked to; those that nothing in the logs started are left out. */
export function causeLinksOf(
  acts: readonly Act[],
  starters: readonly FoundEvent[],
): Map<Act, Linked> {
  const byCascade = new Map<Cascade, Candidates>();
  const linked = new Map<Act, Linked>();
  for (const act of acts) {
    const { cascade } = act.service;
    if (cascade === undefined) continue;
    const all = byCascade.get(cascade) ?? candidatesFrom(cascade, starters);
    byCascade.set(cascade, all);
    const doing = doingOf(act);
    const found = strongest(doing, near(doing, all));
    if (found !== undefined) linked.set(act, found);
  }
  return linked;
}

function strongest(doing: Doing, candidates: readonly Candidate[]): Linked | undefined {
  const { service, used, role, texts } = doing;
  const callers = candidates.filter(
    (one) => isSameCaller(used, one.used) && (service.as === "caller" || one.host !== service.host),
  );
  const links: readonly (readonly [CauseLink, () => readonly Candidate[]])[] = [
    [
      "target",
      () =>
        (callers.length > 0 ? callers : candidates).filter(({ targets }) =>
          targets.some((name) => isMentioned(name, texts)),
        ),
    ],
    ["session", () => callers.filter((one) => isSameSession(used, one))],
    ["caller", () => callers],
    ["role", () => candidates.filter((one) => role !== undefined && one.role === role)],
    ["name", () => candidates.filter((one) => isNamedAfter(doing, one))],
    ["time", () => recentOf(doing, candidates).filter(({ starter }) => !starter.stands)],
    ["rule", () => recentOf(doing, candidates)],
  ];
  for (const [link, some] of links) {
    const linked = some();
    if (linked.length > 0) return settled(doing, link, linked);
  }
  return undefined;
}

/** Whoever a service calls for is in the logs, or the call that told it to is not. */
function recentOf(
  { service, time }: Doing,
  candidates: readonly Candidate[],
): readonly Candidate[] {
  if (service.as !== "own") return [];
  return candidates.filter(
    ({ starter, role, time: began }) =>
      // It acts in another role than that call gave it.
      role === undefined && !starter.reachesOut && (starter.stands || time - began <= hourMs),
  );
}

/** A rule that stands explains only what nobody was seen to ask for. */
function settled(doing: Doing, link: CauseLink, linked: readonly Candidate[]): Linked {
  const direct = narrowed(linked, ({ starter }) => !starter.stands);
  // The service calls itself for the parts of what it works on: a stack's nested stacks.
  const outer = narrowed(latestOfEach(direct), ({ host }) => host !== doing.service.host);
  const alike = narrowed(outer, (one) => isNamedAfter(doing, one));
  const apt = narrowed(
    link === "time" ? narrowed(alike, ({ time }) => doing.time - time <= soonMs) : alike,
    (one) => isApt(doing, one),
  );
  return {
    link,
    starters: apt.map((one) => one.event),
    isProof: link === "target" || (link === "session" && outer.length === 1),
  };
}

/** Those that fit, if any does; one needs no telling apart. */
function narrowed(
  candidates: readonly Candidate[],
  fits: (candidate: Candidate) => boolean,
): readonly Candidate[] {
  if (candidates.length < 2) return candidates;
  const fitting = candidates.filter(fits);
  return fitting.length > 0 ? fitting : candidates;
}

/** Whoever repeats a call, or sends another to what takes one at a time, wants the latest. */
function latestOfEach(candidates: readonly Candidate[]): readonly Candidate[] {
  const latest = new Map(candidates.map((one) => [one.about, one]));
  return candidates.filter((one) => latest.get(one.about) === one);
}

function isSameCaller(used: Credentials, its: Credentials): boolean {
  const isOneTime =
    used.created === undefined || its.created === undefined || used.created === its.created;
  return isOneTime && isSameIdentity(used, its);
}

/** Where both have an ARN and an id, both are the same. */
function isSameIdentity(a: Credentials, b: Credentials): boolean {
  const isSameArn = a.arn === undefined || b.arn === undefined ? undefined : a.arn === b.arn;
  const isSameId =
    a.principalId === undefined || b.principalId === undefined
      ? undefined
      : a.principalId === b.principalId;
  return isSameArn !== false && isSameId !== false && (isSameArn ?? isSameId) === true;
}

/** A user's own key tells no time: what the service got for it was made when it was called. */
function isSameSession({ created }: Credentials, { used: its, time }: Candidate): boolean {
  if (created === undefined) return false;
  return its.created === undefined ? Math.abs(created - time) <= slackMs : its.created === created;
}

/** `orders-data-1x2y3z` of the stack `orders`, or whatever tells of the stack in its tags. */
function isNamedAfter({ names, texts }: Doing, { prefixes, wholes }: Candidate): boolean {
  const isPart = (name: string) => prefixes.some((prefix) => foldCase(name).startsWith(prefix));
  return (
    (prefixes.length > 0 && (names.some(isPart) || texts.some(isPart))) ||
    wholes.some((text) => isMentioned(text, texts))
  );
}

function isMentioned(text: string, texts: readonly string[]): boolean {
  return texts.some((one) => one.length >= text.length && mentions({ text, glob: false }, one));
}

/** What is created was not started by a deletion; what is deleted hardly by a creation. */
function isApt({ eventName }: Doing, { eventName: starter }: Candidate): boolean {
  const [does, starts] = [eventName, starter].map(classOf);
  if (does === "destroy") return starts !== "create";
  return does !== "create" || starts !== "destroy";
}

/**
 * For services that no table knows: a call to the very service, by the same caller in the same session
 * and not to read, may have made it call on.
 */
export function forwardedBy(acts: readonly Act[], calls: readonly FoundEvent[]): Map<Act, Linked> {
  const byCaller = new Map<string, FoundEvent[]>();
  for (const call of calls) {
    const { record } = call;
    addTo(byCaller, callerKey(textsAt(record, "eventSource")[0], record), call);
  }
  const linked = new Map<Act, Linked>();
  for (const act of acts) {
    const { event, service, time } = act;
    const starters = (byCaller.get(callerKey(service.host, event.record)) ?? []).filter((call) => {
      const began = timeOf(call.record) ?? Number.NEGATIVE_INFINITY;
      if (began > time + slackMs || began < time - hourMs || event.id === call.id) return false;
      const isRead = valuesOf("readOnly", call.record).includes("true");
      // Reads are many: one counts where the service called on at once.
      if (isRead && began < time - slackMs) return false;
      if (!isOneSession(credentialsUsedBy(event.record), call, began)) return false;
      return isInReach(regionOf(event.record), regionOf(call.record), isGlobal(event.record));
    });
    const apt = likest(event, starters);
    if (apt.length > 0) linked.set(act, { link: "session", starters: apt, isProof: true });
  }
  return linked;
}

/** What a service got for a user's own key was made when the user called it. */
function isOneSession({ created }: Credentials, { record }: FoundEvent, began: number): boolean {
  const its = credentialsUsedBy(record).created;
  if (its !== undefined || created === undefined) return its === created;
  return Math.abs(created - began) <= slackMs;
}

/** Of several calls the writes, and of those the ones that share a token or a long name with the event. */
function likest({ record }: FoundEvent, calls: readonly FoundEvent[]): readonly FoundEvent[] {
  const preferred = (all: readonly FoundEvent[], fits: (call: FoundEvent) => boolean) => {
    const fitting = all.length < 2 ? [] : all.filter(fits);
    return fitting.length > 0 ? fitting : all;
  };
  const texts = new Set(longTexts(record));
  const writes = preferred(calls, (call) => !valuesOf("readOnly", call.record).includes("true"));
  return preferred(writes, (call) => longTexts(call.record).some((text) => texts.has(text)));
}

/** Parameters that hardly two calls share: versions, tokens, ARNs. */
function longTexts({ requestParameters }: CloudTrailRecord): readonly string[] {
  const found: string[] = [];
  const pending: unknown[] = [requestParameters];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (typeof next === "string" && next.length >= 20) found.push(next);
    else if (typeof next === "object" && next !== null) pending.push(...Object.values(next));
  }
  return found;
}

function callerKey(host: string | undefined, record: CloudTrailRecord): string {
  const { arn, principalId } = credentialsUsedBy(record);
  return JSON.stringify([host, regionOf(record).account, arn, principalId]);
}

/**
 * What ties a call that a service made to the call that started the service.
 *
 * Ties are tried from the strongest to the weakest, and the first that any candidate has decides. What
 * then tells the candidates apart narrows them; none is left out because it would be convenient.
 */

import { addTo } from "../event/add-to.ts";
import { foldCase } from "../event/fold-case.ts";
import { mentionables, mentions } from "../event/mention.ts";
import { stackNameIn } from "../event/names.ts";
import { type CloudTrailRecord, textsAt, valuesAt } from "../event/record.ts";
import { primaryTargets } from "../event/targets.ts";
import { timeOf } from "../event/time.ts";
import { valuesOf } from "../event/values.ts";
import { classOf } from "../event/verb-classes.ts";
import type { FoundEvent } from "../query/query.ts";
import {
  type ActingService,
  actingService,
  type Cascade,
  rowFor,
  type Starter,
} from "./cascades.ts";
import { type Credentials, credentialsUsedBy } from "./issuers.ts";

/**
 * `target`: the starter names the very thing. `session`: the service called in the session of whoever
 * called it. `caller`: with what the same caller may do. `role`: it was told to act in this role.
 * `name`: the thing is named after what was started, or tells of it. `time`: nothing but that it was
 * called not long before. `rule`: nothing but that it set a rule.
 */
export type Tie = "target" | "session" | "caller" | "role" | "name" | "time" | "rule";

/** A call by a service. */
export interface Act {
  readonly event: FoundEvent;
  readonly service: ActingService;
  readonly time: number;
}

/** The calls that may have started it; several if the logs cannot tell which. In order of time. */
export interface Tied {
  readonly tie: Tie;
  readonly starters: readonly FoundEvent[];
  /** Nothing else was needed to choose it. */
  readonly isProof: boolean;
}

/** What is known of a call by a service, read once. */
interface Doing extends Act {
  readonly eventName: string;
  readonly place: Place;
  readonly isGlobal: boolean;
  readonly used: Credentials;
  /** The name of the role that it was made in. */
  readonly role: string | undefined;
  /** Everything that may name something in it, and the names of what it acts on. */
  readonly texts: readonly string[];
  readonly names: readonly string[];
}

/** A call that starts a service. */
interface Candidate {
  readonly event: FoundEvent;
  readonly eventName: string;
  readonly starter: Starter;
  readonly time: number;
  readonly place: Place;
  readonly used: Credentials;
  /** The service that made it, if one did. */
  readonly host: string | undefined;
  /** The very things that it names, and what it names them as parts of. */
  readonly targets: readonly string[];
  readonly wholes: readonly string[];
  /** What names of parts begin with, folded. */
  readonly prefixes: readonly string[];
  /** What it was about: of two calls about one thing the later takes the place of the earlier. */
  readonly about: string;
  /** The name of the role that it told the service to act in, or an earlier call about the same. */
  readonly role: string | undefined;
}

/** Both in order of time. */
interface Candidates {
  readonly standing: readonly Candidate[];
  readonly passing: readonly Candidate[];
  /** For how long the longest of the passing ones works. */
  readonly longestMs: number;
}

interface Place {
  readonly account: string;
  readonly region: string;
}

export const hourMs = 3_600_000;
/** Most of what a service is told to do it begins within this. */
const soonMs = 10 * 60_000;
/** A call that waits for what it started is logged when it ends. */
export const slackMs = 2000;

/** What each act is tied to; those that nothing in the logs started are left out. */
export function tiesOf(acts: readonly Act[], starters: readonly FoundEvent[]): Map<Act, Tied> {
  const byCascade = new Map<Cascade, Candidates>();
  const tied = new Map<Act, Tied>();
  for (const act of acts) {
    const { cascade } = act.service;
    if (cascade === undefined) continue;
    const all = byCascade.get(cascade) ?? candidatesFrom(cascade, starters);
    byCascade.set(cascade, all);
    const doing = doingOf(act);
    const found = strongest(doing, near(doing, all));
    if (found !== undefined) tied.set(act, found);
  }
  return tied;
}

function doingOf(act: Act): Doing {
  const { record } = act.event;
  const [issuer] = textsAt(record, "userIdentity.sessionContext.sessionIssuer.arn");
  const names = primaryTargets(record).map(nameIn);
  return {
    ...act,
    eventName: eventNameOf(record),
    place: regionOf(record),
    isGlobal: isGlobal(record),
    used: credentialsUsedBy(record),
    role: issuer && nameIn(issuer),
    texts: [...mentionables(record)],
    names,
  };
}

function candidatesFrom(cascade: Cascade, starters: readonly FoundEvent[]): Candidates {
  const roles = new Map<string, string>();
  const candidates = starters.flatMap((event) => candidateFrom(cascade, event, roles) ?? []);
  const standing = candidates.filter(({ starter }) => starter.stands);
  const passing = candidates.filter(({ starter }) => !starter.stands);
  const hours = Math.max(0, ...cascade.starters.map((starter) => starter.hours));
  return { standing, passing, longestMs: hours * hourMs };
}

/** `roles` are those that earlier calls gave to what they were about. */
function candidateFrom(
  cascade: Cascade,
  event: FoundEvent,
  roles: Map<string, string>,
): Candidate | undefined {
  const { record } = event;
  const starter = rowFor(cascade, record);
  const time = timeOf(record);
  if (starter === undefined || time === undefined) return undefined;
  const eventName = eventNameOf(record);
  const place = regionOf(record);
  const targets = namesAt(record, starter.targets);
  const wholes = namesAt(record, starter.wholes);
  const keyFor = (name: string) =>
    JSON.stringify([starter.eventSource, place.account, place.region, name]);
  const keys = [...targets, ...wholes].map(keyFor);
  // A stack keeps its role until it is deleted, whoever changes it.
  if (eventName === "CreateStack") for (const key of keys) roles.delete(key);
  const role = roleIn(record, starter) ?? keys.flatMap((key) => roles.get(key) ?? [])[0];
  // What executes a change set may name that alone.
  const [changeSet] = starter.prepares ? textsAt(record, "responseElements.id") : [];
  const told = changeSet === undefined ? keys : [...keys, keyFor(nameIn(changeSet))];
  if (role !== undefined) for (const key of told) roles.set(key, role);
  if (starter.prepares) return undefined;
  const [thing] = keys;
  return {
    event,
    eventName,
    starter,
    time,
    place,
    used: credentialsUsedBy(record),
    host: actingService(record)?.host,
    targets,
    wholes,
    prefixes: wholes.flatMap((whole) =>
      starter.partNames.map((form) => foldCase(form.split("*").join(whole))),
    ),
    about: thing === undefined ? event.id : `${starter.oneAtATime ? "" : eventName} ${thing}`,
    role,
  };
}

/** Those that may have started it, for all that time and place tell. */
function near(doing: Doing, { standing, passing, longestMs }: Candidates): readonly Candidate[] {
  const { event, time, eventName, isGlobal, place } = doing;
  const recent = passing.slice(
    countBefore(passing, time - longestMs),
    countBefore(passing, time + slackMs + 1),
  );
  return [...standing, ...recent].filter(
    ({ event: other, starter, time: began, place: its }) =>
      began <= time + slackMs &&
      (starter.stands || began >= time - starter.hours * hourMs) &&
      (starter.leadsTo?.includes(eventName) ?? true) &&
      (starter.reachesOut || isInReach(place, its, isGlobal)) &&
      event.id !== other.id,
  );
}

/** How many of them, which are in order of time, came before then. */
function countBefore(candidates: readonly Candidate[], time: number): number {
  let [low, high] = [0, candidates.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((candidates[middle]?.time ?? time) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isInReach(place: Place, its: Place, isGlobalCall: boolean): boolean {
  return place.account === its.account && (isGlobalCall || place.region === its.region);
}

function eventNameOf(record: CloudTrailRecord): string {
  return textsAt(record, "eventName")[0] ?? "";
}

function regionOf(record: CloudTrailRecord): Place {
  const [account = ""] = valuesOf("recipientAccountId", record);
  const [region = ""] = valuesOf("awsRegion", record);
  return { account, region };
}

/** Services whose events all come from one region. */
const globalServices =
  /^(?:iam|sts|cloudfront|route53|organizations|globalaccelerator|shield|waf|support)\./;

function isGlobal(record: CloudTrailRecord): boolean {
  return globalServices.test(textsAt(record, "eventSource")[0] ?? "");
}

function strongest(doing: Doing, candidates: readonly Candidate[]): Tied | undefined {
  const { service, used, role, texts } = doing;
  const callers = candidates.filter(
    (one) => isSameCaller(used, one.used) && (service.as === "caller" || one.host !== service.host),
  );
  const ties: readonly (readonly [Tie, () => readonly Candidate[]])[] = [
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
  for (const [tie, some] of ties) {
    const tied = some();
    if (tied.length > 0) return settled(doing, tie, tied);
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
function settled(doing: Doing, tie: Tie, tied: readonly Candidate[]): Tied {
  const direct = narrowed(tied, ({ starter }) => !starter.stands);
  // The service calls itself for the parts of what it works on: a stack's nested stacks.
  const outer = narrowed(latestOfEach(direct), ({ host }) => host !== doing.service.host);
  const alike = narrowed(outer, (one) => isNamedAfter(doing, one));
  const apt = narrowed(
    tie === "time" ? narrowed(alike, ({ time }) => doing.time - time <= soonMs) : alike,
    (one) => isApt(doing, one),
  );
  return {
    tie,
    starters: apt.map((one) => one.event),
    isProof: tie === "target" || (tie === "session" && outer.length === 1),
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

function roleIn(record: CloudTrailRecord, { role }: Starter): string | undefined {
  return role === undefined ? undefined : namesAt(record, [role])[0];
}

function namesAt(record: CloudTrailRecord, paths: readonly string[]): readonly string[] {
  return paths.flatMap((path) =>
    valuesAt(record, ["requestParameters", ...path.split(".")]).flatMap((value) =>
      typeof value === "string" && value !== "" ? [nameIn(value)] : [],
    ),
  );
}

/** Calls give a name, or an ARN that ends with it: but for a stack's, which ends with an id. */
function nameIn(value: string): string {
  if (!value.startsWith("arn:")) return value;
  return stackNameIn(value) ?? value.split(/[/:]/).at(-1) ?? value;
}

/**
 * For services that no table knows: a call to the very service, by the same caller in the same session
 * and not to read, may have made it call on.
 */
export function forwardedBy(acts: readonly Act[], calls: readonly FoundEvent[]): Map<Act, Tied> {
  const byCaller = new Map<string, FoundEvent[]>();
  for (const call of calls) {
    const { record } = call;
    addTo(byCaller, callerKey(textsAt(record, "eventSource")[0], record), call);
  }
  const tied = new Map<Act, Tied>();
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
    if (apt.length > 0) tied.set(act, { tie: "session", starters: apt, isProof: true });
  }
  return tied;
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

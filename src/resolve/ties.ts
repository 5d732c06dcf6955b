/**
 * What ties a call that a service made to the call that started the service.
 *
 * Ties are tried from the strongest to the weakest, and the first that any candidate has decides. What
 * then tells the candidates apart narrows them; none is left out because it would be convenient.
 */

import { foldCase } from "../event/fold-case.ts";
import { mentionables, mentions } from "../event/mention.ts";
import { type CloudTrailRecord, textsAt, valuesAt } from "../event/record.ts";
import { primaryTargets } from "../event/targets.ts";
import { parseEventTime } from "../event/time.ts";
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

/** A call that starts a service. */
interface Candidate {
  readonly event: FoundEvent;
  readonly starter: Starter;
  readonly time: number;
  readonly used: Credentials;
  /** The very things that it names, and what it names them as parts of. */
  readonly targets: readonly string[];
  readonly wholes: readonly string[];
  /** What it was about: of two calls about one thing the later takes the place of the earlier. */
  readonly about: string;
  /** The name of the role that it told the service to act in, or an earlier call about the same. */
  readonly role: string | undefined;
}

export const hourMs = 3_600_000;
/** A call that waits for what it started is logged when it ends. */
export const slackMs = 2000;

export function timeOf({ record: { eventTime } }: FoundEvent): number | undefined {
  return parseEventTime(eventTime);
}

/** What each act is tied to; those that nothing in the logs started are left out. */
export function tiesOf(acts: readonly Act[], starters: readonly FoundEvent[]): Map<Act, Tied> {
  const byCascade = new Map<Cascade, readonly Candidate[]>();
  const tied = new Map<Act, Tied>();
  for (const act of acts) {
    const { cascade } = act.service;
    if (cascade === undefined) continue;
    const all = byCascade.get(cascade) ?? candidatesFrom(cascade, starters);
    byCascade.set(cascade, all);
    const found = strongest(act, all.filter(isNear(act)));
    if (found !== undefined) tied.set(act, found);
  }
  return tied;
}

/** In order of time. */
function candidatesFrom(cascade: Cascade, starters: readonly FoundEvent[]): readonly Candidate[] {
  const roles = new Map<string, string>();
  return starters.flatMap((event): readonly Candidate[] => {
    const { record } = event;
    const starter = rowFor(cascade, record);
    const time = timeOf(event);
    if (starter === undefined || time === undefined) return [];
    const targets = namesAt(record, starter.targets);
    const wholes = namesAt(record, starter.wholes);
    const place = [starter.eventSource, ...placeOf(record)];
    const keys = [...targets, ...wholes].map((name) => JSON.stringify([...place, name]));
    // A stack keeps its role until it is deleted, whoever changes it.
    if (textsAt(record, "eventName").includes("CreateStack"))
      for (const key of keys) roles.delete(key);
    const role = roleIn(record, starter) ?? keys.flatMap((key) => roles.get(key) ?? [])[0];
    if (role !== undefined) for (const key of keys) roles.set(key, role);
    if (starter.prepares) {
      // What executes a change set may name that alone.
      const [set] = textsAt(record, "responseElements.id");
      if (role !== undefined && set !== undefined) {
        roles.set(JSON.stringify([...place, nameIn(set)]), role);
      }
      return [];
    }
    const about = keys[0] ?? `${event.offset} ${event.origin}`;
    const used = credentialsUsedBy(record);
    return [{ event, starter, time, used, targets, wholes, about, role }];
  });
}

/** Whether the call may have started it, for all that time and place tell. */
function isNear({ event, time }: Act): (candidate: Candidate) => boolean {
  const name = textsAt(event.record, "eventName")[0] ?? "";
  return ({ event: other, starter, time: began }) => {
    if (began > time + slackMs || isSame(event, other)) return false;
    if (!starter.stands && began < time - starter.hours * hourMs) return false;
    if (starter.leadsTo !== undefined && !starter.leadsTo.includes(name)) return false;
    return starter.reachesOut || isInReach(event.record, other.record);
  };
}

function isInReach(record: CloudTrailRecord, starter: CloudTrailRecord): boolean {
  const [account, region] = placeOf(record);
  const [itsAccount, itsRegion] = placeOf(starter);
  return account === itsAccount && (region === itsRegion || isGlobal(record));
}

function isSame(a: FoundEvent, b: FoundEvent): boolean {
  return a.record === b.record || (a.origin === b.origin && a.offset === b.offset);
}

function placeOf(record: CloudTrailRecord): readonly [account: string, region: string] {
  const [account = ""] = valuesOf("recipientAccountId", record);
  const [region = ""] = valuesOf("awsRegion", record);
  return [account, region];
}

/** Services whose events all come from one region. */
const globalServices =
  /^(?:iam|sts|cloudfront|route53|organizations|globalaccelerator|shield|waf|support)\./;

function isGlobal(record: CloudTrailRecord): boolean {
  return globalServices.test(textsAt(record, "eventSource")[0] ?? "");
}

function strongest(act: Act, candidates: readonly Candidate[]): Tied | undefined {
  const { event, service } = act;
  const callers = candidates.filter(
    (one) => isSameCaller(event, one) && (service.as === "caller" || !isOwnCall(service, one)),
  );
  const texts = [...mentionables(event.record)];
  const named = (callers.length > 0 ? callers : candidates).filter(({ targets }) =>
    targets.some((name) => texts.some((text) => mentions({ text: name, glob: false }, text))),
  );
  const [role] = textsAt(event.record, "userIdentity.sessionContext.sessionIssuer.arn");
  // Whoever a service calls for is in the logs, or the call that told it to is not.
  const possible = service.as === "own" ? candidates.filter((one) => isRecent(act, one)) : [];
  const ties: readonly (readonly [Tie, readonly Candidate[]])[] = [
    ["target", named],
    ["session", callers.filter((one) => isSameSession(event, one))],
    ["caller", callers],
    ["role", candidates.filter((one) => role !== undefined && one.role === nameIn(role))],
    ["name", candidates.filter((one) => isNamedAfter(event, one, texts))],
    ["time", possible.filter(({ starter }) => !starter.stands)],
    ["rule", possible],
  ];
  const [tie, tied = []] = ties.find(([, some]) => some.length > 0) ?? [];
  return tie === undefined ? undefined : settled(act, { tie, tied, texts });
}

/** A rule that stands explains only what nobody was seen to ask for. */
function settled(
  { event, service }: Act,
  found: {
    readonly tie: Tie;
    readonly tied: readonly Candidate[];
    readonly texts: readonly string[];
  },
): Tied {
  const { tie, tied, texts } = found;
  const direct = narrowed(tied, ({ starter }) => !starter.stands);
  const outer = narrowed(latestOfEach(direct), (one) => !isOwnCall(service, one));
  const alike = narrowed(outer, (one) => isNamedAfter(event, one, texts));
  const apt = narrowed(alike, (one) => isApt(event, one));
  return {
    tie,
    starters: apt.map((one) => one.event),
    isProof: tie === "target" || (tie === "session" && outer.length === 1),
  };
}

/** The service calls itself for the parts of what it works on: a stack's nested stacks. */
function isOwnCall({ host }: ActingService, { event }: Candidate): boolean {
  return actingService(event.record)?.host === host;
}

/** Those that fit, if any does. */
function narrowed(
  candidates: readonly Candidate[],
  fits: (candidate: Candidate) => boolean,
): readonly Candidate[] {
  const fitting = candidates.filter(fits);
  return fitting.length > 0 ? fitting : candidates;
}

/** A stack or a group takes one order at a time: the latest is the one that was carried out. */
function latestOfEach(candidates: readonly Candidate[]): readonly Candidate[] {
  const latest = new Map(candidates.map((one) => [one.about, one]));
  return candidates.filter((one) => latest.get(one.about) === one);
}

function isSameCaller({ record }: FoundEvent, { used: its }: Candidate): boolean {
  const used = credentialsUsedBy(record);
  return (
    isSameIdentity(used, its) && (its.created ?? used.created) === (used.created ?? its.created)
  );
}

/** Where both have an ARN and an id, both are the same. */
function isSameIdentity(a: Credentials, b: Credentials): boolean {
  const told = [
    [a.arn, b.arn],
    [a.principalId, b.principalId],
  ].filter(([one, other]) => one !== undefined && other !== undefined);
  return told.length > 0 && told.every(([one, other]) => one === other);
}

/** A user's own key tells no time: what the service got for it was made when it was called. */
function isSameSession({ record }: FoundEvent, { used: its, time }: Candidate): boolean {
  const { created } = credentialsUsedBy(record);
  if (created === undefined) return false;
  return its.created === undefined ? Math.abs(created - time) <= slackMs : its.created === created;
}

/** `orders-data-1x2y3z` of the stack `orders`, or whatever tells of the stack in its tags. */
function isNamedAfter(
  { record }: FoundEvent,
  { starter, wholes }: Candidate,
  texts: readonly string[],
): boolean {
  const prefixes = wholes.flatMap((whole) =>
    starter.partNames.map((form) => foldCase(form.split("*").join(whole))),
  );
  const isPart = (name: string) => prefixes.some((prefix) => foldCase(name).startsWith(prefix));
  return (
    [...primaryTargets(record).map(nameIn), ...texts].some(isPart) ||
    wholes.some((text) => texts.some((one) => mentions({ text, glob: false }, one)))
  );
}

/** The service acts in another role than this call gave it, or far away, or long after. */
function isRecent({ time }: Act, { starter, role, time: began }: Candidate): boolean {
  return role === undefined && !starter.reachesOut && (starter.stands || time - began <= hourMs);
}

/** What is created was not started by a deletion; what is deleted hardly by a creation. */
function isApt({ record }: FoundEvent, { event }: Candidate): boolean {
  const [does, starts] = [record, event.record].map((one) =>
    classOf(textsAt(one, "eventName")[0] ?? ""),
  );
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
  const stack = /^[^/]*:stack(?:set)?\/([^/:]+)/.exec(value)?.[1];
  return stack ?? value.split(/[/:]/).at(-1) ?? value;
}

/**
 * Whether a call to a service may have made it call on: by the same caller, in the same session, and
 * not to read.
 */
export function isForwarding({ event, service, time }: Act, other: FoundEvent): boolean {
  const { record } = other;
  const began = timeOf(other);
  const [source] = textsAt(record, "eventSource");
  const [isRead] = valuesOf("readOnly", record);
  if (began === undefined || source !== service.host || isRead === "true") return false;
  if (isSame(event, other) || began > time + slackMs || began < time - hourMs) return false;
  if (!isInReach(event.record, record)) return false;
  const [a, b] = [event.record, record].map(credentialsUsedBy);
  return a !== undefined && b !== undefined && isSameIdentity(a, b) && a.created === b.created;
}

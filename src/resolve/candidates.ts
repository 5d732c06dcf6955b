/**
 * Calls that services made, and the calls that may have started them: read once each, and chosen by time
 * and place. What links one to the other is `cause-links.ts`.
 */

import { foldCase } from "../event/fold-case.ts";
import { mentionables } from "../event/mention.ts";
import { stackNameIn } from "../event/names.ts";
import { type CloudTrailRecord, textsAt, valuesAt } from "../event/record.ts";
import { primaryTargets } from "../event/targets.ts";
import { timeOf } from "../event/time.ts";
import { valuesOf } from "../event/values.ts";
import type { FoundEvent } from "../query/query.ts";
import { type ActingService, actingService } from "./acting-service.ts";
import { type Cascade, rowFor, type Starter } from "./cascades.ts";
import { type Credentials, credentialsUsedBy } from "./issuers.ts";

/** A call by a service. */
export interface Act {
  readonly event: FoundEvent;
  readonly service: ActingService;
  readonly time: number;
}

/** What is known of a call by a service, read once. */
export interface Doing extends Act {
  readonly eventName: string;
  readonly place: Locality;
  readonly isGlobal: boolean;
  readonly used: Credentials;
  /** The name of the role that it was made in. */
  readonly role: string | undefined;
  /** Everything that may name something in it, and the names of what it acts on. */
  readonly texts: readonly string[];
  readonly names: readonly string[];
}

/** A call that starts a service. */
export interface Candidate {
  readonly event: FoundEvent;
  readonly eventName: string;
  readonly starter: Starter;
  readonly time: number;
  readonly place: Locality;
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
export interface Candidates {
  readonly standing: readonly Candidate[];
  readonly passing: readonly Candidate[];
  /** For how long the longest of the passing ones works. */
  readonly longestMs: number;
}

export interface Locality {
  readonly account: string;
  readonly region: string;
}

export const hourMs = 3_600_000;

/** A call that waits for what it started is logged when it ends. */
export const slackMs = 2000;

export function doingOf(act: Act): Doing {
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

export function candidatesFrom(cascade: Cascade, starters: readonly FoundEvent[]): Candidates {
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
export function near(
  doing: Doing,
  { standing, passing, longestMs }: Candidates,
): readonly Candidate[] {
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

export function isInReach(place: Locality, its: Locality, isGlobalCall: boolean): boolean {
  return place.account === its.account && (isGlobalCall || place.region === its.region);
}

function eventNameOf(record: CloudTrailRecord): string {
  return textsAt(record, "eventName")[0] ?? "";
}

export function regionOf(record: CloudTrailRecord): Locality {
  const [account = ""] = valuesOf("recipientAccountId", record);
  const [region = ""] = valuesOf("awsRegion", record);
  return { account, region };
}

/** Services whose events all come from one region. */
const globalServices =
  /^(?:iam|sts|cloudfront|route53|organizations|globalaccelerator|shield|waf|support)\./;

export function isGlobal(record: CloudTrailRecord): boolean {
  return globalServices.test(textsAt(record, "eventSource")[0] ?? "");
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

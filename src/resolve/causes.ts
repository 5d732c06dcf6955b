/**
 * The call behind a call: what started a service that made calls on somebody's behalf.
 *
 * A call and the ones that may have started it are laid side by side: who called, in which session,
 * what they name, which role was to act, when. Several candidates that nothing tells apart are all
 * given, and how much the link is worth is said. A service that somebody's call started may itself
 * have been started by another service: causes go up until a call that somebody made directly.
 */

import { outcomeOf } from "../event/outcome.ts";
import { timeOf } from "../event/time.ts";
import { anyOf, during, every } from "../query/build.ts";
import type { Filter } from "../query/filter.ts";
import { eventsOf } from "../query/found.ts";
import type { FoundEvent, Reading } from "../query/query.ts";
import { actingService } from "./acting-service.ts";
import { type Act, hourMs, slackMs } from "./candidates.ts";
import { startersFilter } from "./cascades.ts";
import { type CauseLink, causeLinksOf, forwardedBy, type Linked } from "./cause-links.ts";
import { credentialsUsedBy, issuedBy } from "./issuers.ts";
import type { Sessions } from "./sessions.ts";

export type Cause = Started | Unprompted;

export interface Started {
  readonly kind: "started";
  /** The service that made the call: `cloudformation.amazonaws.com`. */
  readonly service: string;
  /** The call that started it; several if the logs cannot tell which. In order of time. */
  readonly starters: readonly FoundEvent[];
  readonly link: CauseLink;
  readonly certainty: "certain" | "likely" | "one of several";
  /** What started the starter, where a service made that call, too. */
  readonly cause?: Cause;
}

/** `unknown`: no call in the logs started it. `nobody`: the service tells of what it did by itself. */
export interface Unprompted {
  readonly kind: "unknown" | "nobody";
  readonly service: string;
}

/** Undefined for a call that somebody made directly. */
export async function causeOf(reading: Reading, event: FoundEvent): Promise<Cause | undefined> {
  return (await causesOf(reading, [event])).get(event);
}

/** The calls with which it began: the starters of the last step. */
export function firstCalls(cause: Cause): readonly FoundEvent[] {
  let calls: readonly FoundEvent[] = [];
  for (let step: Cause | undefined = cause; step?.kind === "started"; step = step.cause) {
    calls = step.starters;
  }
  return calls;
}

/** The one call with which it began, if that was made in another session than the event. */
export function callFromElsewhere(
  cause: Cause,
  event: FoundEvent,
  sessions: Sessions,
): FoundEvent | undefined {
  const [first, ...others] = firstCalls(cause);
  if (first === undefined || others.length > 0) return undefined;
  const own = new Set(sessions.idsOf(event.record));
  return sessions.idsOf(first.record).some((id) => own.has(id)) ? undefined : first;
}

/** No chain of services that call each other is longer. */
const mostSteps = 6;

/** The causes of those events that a service called; a few queries, however many events. */
export async function causesOf(
  reading: Reading,
  events: readonly FoundEvent[],
): Promise<ReadonlyMap<FoundEvent, Cause>> {
  const steps = new Map<string, Cause>();
  let pending = new Map(events.map((event) => [event.id, event]));
  for (let step = 0; step < mostSteps && pending.size > 0; step++) {
    const found = await directCauses(reading, [...pending.values()]);
    const next = new Map<string, FoundEvent>();
    for (const [event, cause] of found) {
      steps.set(event.id, cause);
      const starter = soleStarter(cause);
      if (starter !== undefined) next.set(starter.id, starter);
    }
    pending = new Map([...next].filter(([key]) => !steps.has(key)));
  }
  return new Map(
    events.flatMap((event) => {
      const cause = wholeCause(event.id, steps);
      return cause === undefined ? [] : [[event, cause] as const];
    }),
  );
}

function soleStarter(cause: Cause | undefined): FoundEvent | undefined {
  return cause?.kind === "started" && cause.starters.length === 1 ? cause.starters[0] : undefined;
}

/** With the causes of the starters put into it. */
function wholeCause(key: string, steps: ReadonlyMap<string, Cause>): Cause | undefined {
  const way: Cause[] = [];
  const visited = new Set<string>();
  let at: string | undefined = key;
  while (at !== undefined && !visited.has(at)) {
    visited.add(at);
    const cause: Cause | undefined = steps.get(at);
    if (cause === undefined) break;
    way.push(cause);
    const starter = soleStarter(cause);
    at = starter?.id;
  }
  return way.reduceRight<Cause | undefined>(
    (earlier, cause) =>
      earlier === undefined || cause.kind !== "started" ? cause : { ...cause, cause: earlier },
    undefined,
  );
}

async function directCauses(
  reading: Reading,
  events: readonly FoundEvent[],
): Promise<ReadonlyMap<FoundEvent, Cause>> {
  const acts = events.flatMap((event): readonly Act[] => {
    const service = actingService(event.record);
    const time = timeOf(event.record);
    return service === undefined || time === undefined ? [] : [{ event, service, time }];
  });
  const linked = causeLinksOf(acts, await successes(reading, spanningStarters(acts)));
  const lost = acts.filter((act) => act.service.as === "caller" && !linked.has(act));
  const forwarded = forwardedBy(lost, await successes(reading, forwardingCalls(lost)));
  return new Map(
    acts.flatMap((act) => {
      const cause = causeFrom(act, linked.get(act) ?? forwarded.get(act));
      return cause === undefined ? [] : [[act.event, cause] as const];
    }),
  );
}

function causeFrom({ service, event }: Act, found: Linked | undefined): Cause | undefined {
  if (found === undefined) {
    // Services take the roles of what runs in them without being told.
    if (issuedBy(event.record) !== undefined) return undefined;
    return { kind: service.as === "event" ? "nobody" : "unknown", service: service.host };
  }
  const { link, starters, isProof } = found;
  const isOne = starters.length === 1;
  const certainty = !isOne ? "one of several" : isProof ? "certain" : "likely";
  return { kind: "started", service: service.host, starters, link, certainty };
}

async function successes(
  reading: Reading,
  filter: Filter | undefined,
): Promise<readonly FoundEvent[]> {
  const found = filter === undefined ? [] : await eventsOf(reading, { filter });
  return found.filter(({ record }) => outcomeOf(record) === "success");
}

/** One query for the calls that may have started any of them. */
function spanningStarters(acts: readonly Act[]): Filter | undefined {
  const cascades = new Set(acts.map(({ service }) => service.cascade));
  const starters = [...cascades].flatMap((cascade) => cascade?.starters ?? []);
  if (starters.length === 0) return undefined;
  // A rule may be older than any log, and so may the call that gave a stack its role.
  const isOpen = starters.some(({ stands, role }) => stands || role !== undefined);
  const longestMs = Math.max(...starters.map(({ hours }) => hours * hourMs));
  const eventNames = starters.flatMap((starter) => starter.eventNames);
  return every([
    startersFilter,
    anyOf("eventName", eventNames),
    spanning(acts, isOpen ? Number.POSITIVE_INFINITY : longestMs),
  ]);
}

/** Calls to the very services, by the very callers, for those that nothing in the table started. */
function forwardingCalls(acts: readonly Act[]): Filter | undefined {
  const callers = acts.flatMap(({ event }) => {
    const { arn, principalId } = credentialsUsedBy(event.record);
    return arn ?? principalId ?? [];
  });
  if (callers.length === 0) return undefined;
  return every([
    anyOf("user", callers),
    anyOf(
      "eventSource",
      acts.map(({ service }) => service.host.replace(".amazonaws.com", "")),
    ),
    spanning(acts, hourMs),
  ]);
}

/** From so long before the first of them to the last. */
function spanning(acts: readonly Act[], beforeMs: number): Filter {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { time } of acts) {
    first = Math.min(first, time);
    last = Math.max(last, time);
  }
  const from = first - beforeMs;
  const until = last + slackMs + 1;
  return during({ until, from: Number.isFinite(from) ? from : undefined });
}

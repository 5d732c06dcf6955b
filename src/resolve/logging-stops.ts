/**
 * Stretches in which a trail was switched off: each StopLogging or DeleteTrail that succeeded, with the
 * StartLogging that ended it. What happened meanwhile is missing from that trail, whatever else was
 * recording.
 *
 * A trail is told by its home region, account and name, since calls give its name or its ARN. A name in
 * an ARN of one region and the same name in another are two trails.
 */

import { outcomeOf } from "../event/outcome.ts";
import { type CloudTrailRecord, valuesAt } from "../event/record.ts";
import { timeOf } from "../event/time.ts";
import { valuesOf } from "../event/values.ts";
import { anyOf } from "../query/build.ts";
import type { FoundEvent } from "../query/query.ts";

export interface LoggingStop {
  /** The trail's name, without the rest of its ARN. */
  readonly trail: string;
  readonly account?: string;
  readonly region?: string;
  /** Absent: no call in these logs says how far the trail reaches. */
  readonly reach?: TrailReach;
  readonly stopped: FoundEvent;
  /** Absent: not started again, as far as these logs tell. */
  readonly started?: FoundEvent;
}

interface TrailReach {
  readonly allRegions: boolean;
  readonly allAccounts: boolean;
}

/** The calls that switch a trail off or on, and those that say how far it reaches. */
export const loggingFilter = anyOf("eventName", [
  ...["StopLogging", "StartLogging", "DeleteTrail"],
  ...["CreateTrail", "UpdateTrail"],
]);

/** Takes events in order of time, others than these calls too, and keeps only those that changed something. */
export class LoggingStops {
  readonly #stops = new Map<string, LoggingStop[]>();
  readonly #reaches = new Map<string, TrailReach>();

  add(event: FoundEvent): void {
    const { record } = event;
    if (record["eventSource"] !== "cloudtrail.amazonaws.com") return;
    if (outcomeOf(record) !== "success") return;
    const trail = trailOf(record);
    if (trail === undefined) return;
    const key = JSON.stringify([trail.region, trail.account, trail.name]);
    const stops = this.#stops.get(key) ?? [];
    this.#stops.set(key, stops);
    const latest = stops.at(-1);
    const isOff = latest !== undefined && latest.started === undefined;
    switch (record["eventName"]) {
      case "StopLogging":
      case "DeleteTrail":
        if (!isOff) stops.push(stopOf(trail, event, this.#reaches.get(key)));
        return;
      case "CreateTrail":
      case "UpdateTrail": {
        const reach = reachAfter(record, this.#reaches.get(key));
        if (reach !== undefined) this.#reaches.set(key, reach);
        return;
      }
      case "StartLogging":
        if (isOff) stops[stops.length - 1] = { ...latest, started: event };
        return;
    }
  }

  /** In order of time. */
  all(): readonly LoggingStop[] {
    return [...this.#stops.values()].flat().sort((a, b) => stoppedAt(a) - stoppedAt(b));
  }
}

interface Trail {
  readonly name: string;
  readonly account: string | undefined;
  readonly region: string | undefined;
}

const trailArn = /^arn:[^:]*:cloudtrail:([^:]*):([^:]*):trail\/(.+)$/s;

function trailOf(record: CloudTrailRecord): Trail | undefined {
  const [given] = valuesAt(record, ["requestParameters", "name"]);
  if (typeof given !== "string" || given === "") return undefined;
  const [, arnRegion, arnAccount, arnName] = trailArn.exec(given) ?? [];
  return {
    name: arnName ?? given,
    account: arnAccount ?? valuesOf("recipientAccountId", record)[0],
    region: arnRegion ?? valuesOf("awsRegion", record)[0],
  };
}

/** A trail reaches no further than it was told to; what an update leaves out stays as it was. */
function reachAfter(record: CloudTrailRecord, before?: TrailReach): TrailReach | undefined {
  const told = (key: string) => {
    const values = ["responseElements", "requestParameters"].flatMap((place) =>
      valuesAt(record, [place, key]),
    );
    return values.length === 0 ? undefined : String(values[0]) === "true";
  };
  const isNew = record["eventName"] === "CreateTrail";
  const known = isNew ? { allRegions: false, allAccounts: false } : before;
  const allRegions = told("isMultiRegionTrail") ?? known?.allRegions;
  if (allRegions === undefined) return undefined;
  const allAccounts = told("isOrganizationTrail") ?? known?.allAccounts ?? false;
  return { allRegions, allAccounts };
}

function stopOf(
  { name, account, region }: Trail,
  stopped: FoundEvent,
  reach: TrailReach | undefined,
): LoggingStop {
  return {
    trail: name,
    ...(account === undefined ? {} : { account }),
    ...(region === undefined ? {} : { region }),
    ...(reach && { reach }),
    stopped,
  };
}

function stoppedAt({ stopped }: LoggingStop): number {
  return timeOf(stopped.record) ?? 0;
}

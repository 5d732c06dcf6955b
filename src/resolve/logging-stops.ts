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
  readonly stopped: FoundEvent;
  /** Absent: not started again, as far as these logs tell. */
  readonly started?: FoundEvent;
}

/** The calls that switch a trail off or on. */
export const loggingFilter = anyOf("eventName", ["StopLogging", "StartLogging", "DeleteTrail"]);

/** Takes events in order of time, others than these calls too, and keeps only those that changed something. */
export class LoggingStops {
  readonly #stops = new Map<string, LoggingStop[]>();

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
        if (!isOff) stops.push(stopOf(trail, event));
        return;
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

function stopOf({ name, account, region }: Trail, stopped: FoundEvent): LoggingStop {
  return {
    trail: name,
    ...(account === undefined ? {} : { account }),
    ...(region === undefined ? {} : { region }),
    stopped,
  };
}

function stoppedAt({ stopped }: LoggingStop): number {
  return timeOf(stopped.record) ?? 0;
}

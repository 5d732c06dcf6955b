/**
 * What keeps the logs from telling that nobody did it: flags that hid the call, logging that was off.
 */

import { outcomeOf } from "../../event/outcome.ts";
import type { CloudTrailRecord } from "../../event/record.ts";
import { timeOf } from "../../event/time.ts";
import { eventsOf } from "../../query/found.ts";
import type { FoundEvent, Reading } from "../../query/query.ts";
import { isGlobal, regionOf } from "../../resolve/candidates.ts";
import type { Standing, Story } from "../../resolve/life.ts";
import { type LoggingStop, LoggingStops, loggingFilter } from "../../resolve/logging-stops.ts";
import { counted, listed, moment } from "../../words/sentences.ts";

export interface InTheWay {
  /** Calls that did it and that the flags leave out; newest first. */
  readonly hidden: readonly FoundEvent[];
  /** Of trails that would have recorded it. */
  readonly stops: readonly LoggingStop[];
  /** Of trails of other regions, which may or may not record all. */
  readonly doubtful: readonly LoggingStop[];
}

export const nothingInTheWay: InTheWay = { hidden: [], stops: [], doubtful: [] };

export async function loggingStopsIn(
  reading: Reading,
  thing: Whereabouts,
): Promise<Pick<InTheWay, "stops" | "doubtful">> {
  const stops = new LoggingStops();
  for (const event of await eventsOf(reading, { filter: loggingFilter })) stops.add(event);
  const inTime = stops.all().filter((stop) => mayHideAt(stop, thing));
  return {
    stops: inTime.filter((stop) => sees(stop, thing) === true),
    doubtful: inTime.filter((stop) => sees(stop, thing) === undefined),
  };
}

/** Where a thing is and when a call may have gone unrecorded; what the logs do not tell is absent. */
export interface Whereabouts {
  readonly events: readonly FoundEvent[];
  /** It did not exist before, or was there still. */
  readonly since?: number;
}

/** What a deed ends was not ended before a call on it that succeeded. */
export function whereaboutsOf(
  { lives, changes }: Story,
  { newest, stands, isOver }: Telling,
): Whereabouts {
  const turns = lives.flatMap((life) => life.turns);
  const [first] = turns;
  const born = first?.effect.kind === "created" ? [first.event] : [];
  const told = [...turns.map(({ event }) => event), ...changes];
  const seen = newest === undefined ? [] : [newest];
  const isOnIt = ({ record }: FoundEvent) =>
    outcomeOf(record) === "success" && /^(?:target|part)$/.test(stands(record).bearing);
  const there = isOver ? [...told, ...seen.filter(isOnIt)] : born;
  const times = there.flatMap(({ record }) => timeOf(record) ?? []);
  return {
    events: [...told, ...seen],
    ...(times.length > 0 && { since: Math.max(...times) }),
  };
}

interface Telling {
  /** The newest event that mentions it. */
  readonly newest: FoundEvent | undefined;
  readonly stands: (record: CloudTrailRecord) => Standing;
  /** Whether the deed ends the thing. */
  readonly isOver: boolean;
}

function mayHideAt({ started }: LoggingStop, { since }: Whereabouts): boolean {
  const ended = started === undefined ? undefined : timeOf(started.record);
  return since === undefined || ended === undefined || ended > since;
}

/** Whether the trail would have recorded a call on the thing; undefined where nothing tells. */
function sees(
  { account, region, reach }: LoggingStop,
  { events }: Whereabouts,
): boolean | undefined {
  if (events.length === 0) return true;
  const its = events.filter(
    ({ record }) => reach?.allAccounts === true || regionOf(record).account === account,
  );
  if (its.length === 0) return false;
  const isNear = ({ record }: FoundEvent) =>
    isGlobal(record) || reach?.allRegions === true || regionOf(record).region === region;
  return its.some(isNear) || (reach === undefined ? undefined : false);
}

/** Of trails that may have recorded it, for below the answer. */
export function doubtfulStops({ doubtful }: InTheWay, timeZone: string): readonly string[] {
  if (doubtful.length === 0) return [];
  const told = doubtful.map((stop) => `${stretchOf(stop, timeZone)} in ${stop.region}`);
  return [
    `Logging was off in another region: ${listed(told)}. Whether that trail records all regions ` +
      "is not in these logs.",
  ];
}

/** Stands behind "Nobody deleted it, in these logs:"; undefined where nothing is in the way. */
export function inTheWayWords({ hidden, stops }: InTheWay, timeZone: string): string | undefined {
  const [newest] = hidden;
  if (newest !== undefined) {
    const others = hidden.length === 1 ? "" : ", the newest";
    const be = hidden.length === 1 ? "is" : "are";
    return `${counted(hidden.length, "success", "successes")}${others}${on(newest, timeZone)} ${be} outside the flags`;
  }
  if (stops.length === 0) return undefined;
  return `logging was off: ${listed(stops.map((stop) => stretchOf(stop, timeZone)))}`;
}

/** `of till-trail from 2026-11-05 at 09:00:00 UTC to 2026-11-05 at 11:00:00 UTC`. */
function stretchOf({ trail, stopped, started }: LoggingStop, timeZone: string): string {
  const until = started === undefined ? "" : ` to${on(started, timeZone).replace(/^ on/, "")}`;
  return `of ${trail} from${on(stopped, timeZone).replace(/^ on/, "")}${until}`;
}

function on({ record }: FoundEvent, timeZone: string): string {
  const time = timeOf(record);
  return time === undefined ? " at an unknown time" : ` on ${moment(time, timeZone)}`;
}

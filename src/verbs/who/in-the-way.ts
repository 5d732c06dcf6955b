/**
 * What keeps the logs from telling that nobody did it: flags that hid the call, logging that was off.
 */

import { timeOf } from "../../event/time.ts";
import { eventsOf } from "../../query/found.ts";
import type { FoundEvent, Reading } from "../../query/query.ts";
import { type LoggingStop, LoggingStops, loggingFilter } from "../../resolve/logging-stops.ts";
import { counted, listed, moment } from "../../words/sentences.ts";

export interface InTheWay {
  /** Calls that did it and that the flags leave out; newest first. */
  readonly hidden: readonly FoundEvent[];
  readonly stops: readonly LoggingStop[];
}

export const nothingInTheWay: InTheWay = { hidden: [], stops: [] };

export async function loggingStopsIn(reading: Reading): Promise<readonly LoggingStop[]> {
  const stops = new LoggingStops();
  for (const event of await eventsOf(reading, { filter: loggingFilter })) stops.add(event);
  return stops.all();
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
  const told = stops.map(({ trail, stopped, started }) => {
    const until = started === undefined ? "" : ` to${on(started, timeZone).replace(/^ on/, "")}`;
    return `of ${trail} from${on(stopped, timeZone).replace(/^ on/, "")}${until}`;
  });
  return `logging was off: ${listed(told)}`;
}

function on({ record }: FoundEvent, timeZone: string): string {
  const time = timeOf(record);
  return time === undefined ? " at an unknown time" : ` on ${moment(time, timeZone)}`;
}

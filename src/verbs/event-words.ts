/**
 * One event in the words of a sentence: who, when, with what.
 */

import { describeClient } from "../event/client.ts";
import { describeIdentity } from "../event/identity.ts";
import type { CloudTrailRecord } from "../event/record.ts";
import { parseEventTime } from "../event/time.ts";
import { valuesOf } from "../event/values.ts";
import { moment } from "./sentences.ts";

export function timeOf({ eventTime }: CloudTrailRecord): number | undefined {
  return parseEventTime(eventTime);
}

export function clientOf(record: CloudTrailRecord): string | undefined {
  return describeClient(valuesOf("userAgent", record)[0]);
}

export function whoOf(record: CloudTrailRecord): string {
  const { name } = describeIdentity(record);
  return name === "unknown" ? "somebody unknown" : name;
}

export function callOf(record: CloudTrailRecord): string {
  return valuesOf("eventName", record)[0] ?? "a call without a name";
}

/** ` on 2026-11-05 at 09:14:03 UTC`, with the space before it. */
export function onDay(record: CloudTrailRecord, timeZone: string): string {
  const time = timeOf(record);
  return time === undefined ? " at a time the log does not tell" : ` on ${moment(time, timeZone)}`;
}

/**
 * Times: those in the log, those on the command line, and how they are shown.
 *
 * Inside the program a time is epoch milliseconds. CloudTrail writes UTC, so UTC is meant wherever no
 * zone is given. The zone arithmetic here rests on nothing but a zone's offset at an instant:
 * date-fns' own, tried on every zone, moved the start of some days and changed with the machine's TZ.
 *
 * A local time that a clock change skips counts from before the change, so 02:30 means 03:30. One
 * that happens twice means the first.
 */

import { tzOffset } from "@date-fns/tz/tzOffset";
import {
  millisecondsInDay,
  millisecondsInHour,
  millisecondsInMinute,
  millisecondsInSecond,
  millisecondsInWeek,
} from "date-fns/constants";
import { parseISO } from "date-fns/parseISO";
import type { CloudTrailRecord, Json } from "./record.ts";

export type TimeUnit = "minute" | "hour" | "day";

/**
 * The time of a record in whichever form its writer knew: CloudTrail's own, SQL's with a blank and a
 * fraction, any offset, or a number of seconds or milliseconds. Finer than a millisecond is cut off.
 */
export function parseEventTime(value: Json | undefined): number | undefined {
  if (typeof value === "number") return parseEpoch(value);
  if (typeof value !== "string") return undefined;
  if (decimal.test(value)) return parseEpoch(Number(value));
  return cloudTrailTime.test(value) ? parseCloudTrailTime(value) : parseWritten(value)?.ms;
}

/** When the call of the record was made, if it tells. */
export function timeOf({ eventTime }: CloudTrailRecord): number | undefined {
  return parseEventTime(eventTime);
}

/**
 * A moment on the command line: a time or date, of `timeZone` where it names no zone of its own; epoch
 * seconds or milliseconds; `now`, `today`, `yesterday`; or how long ago, `2h` or `-2h`.
 */
export function parseMoment(
  text: string,
  { now, timeZone = "UTC" }: { readonly now: number; readonly timeZone?: string },
): number | undefined {
  const today = () => startOf("day", now, timeZone);
  if (text === "now") return now;
  if (text === "today") return today();
  if (text === "yesterday") return startOf("day", today() - 1, timeZone);
  if (/^\d{10}$/.test(text)) return Number(text) * millisecondsInSecond;
  if (/^\d{13}$/.test(text)) return Number(text);
  const ago = parseDuration(text.replace(/^-/, ""));
  if (ago !== undefined) return now - ago;
  const given = parseWritten(text);
  return given?.zoned === false ? instantOf(given.ms, timeZone) : given?.ms;
}

/** Milliseconds in `30s`, `90m`, `2h`, `7d`, `1w`; a day is 24 hours. Over a century is a slip. */
export function parseDuration(text: string): number | undefined {
  const [, count = "", unit = ""] = /^(\d+)([smhdw])$/.exec(text) ?? [];
  const ms = Number(count) * (durationUnits.get(unit) ?? Number.NaN);
  return ms <= 36_525 * millisecondsInDay ? ms : undefined;
}

/** `2026-11-05T09:14:03Z`, in other zones than UTC with the offset; milliseconds only if there are any. */
export function formatTime(ms: number, timeZone: string): string {
  if (timeZone === "UTC") return `${wholeSeconds(new Date(ms).toISOString())}Z`;
  const offset = offsetAt(ms, timeZone);
  return wholeSeconds(new Date(ms + offset).toISOString()) + offsetText(offset);
}

/** Without the zone, and without milliseconds if there are none. */
function wholeSeconds(iso: string): string {
  return iso.slice(0, iso.endsWith(".000Z") ? -5 : -1);
}

/** Whether the text names a zone of the IANA database. */
export function isTimeZone(text: string): boolean {
  // The zone of nearly every run, and building a formatter takes longer than all else at start-up.
  if (text === "UTC") return true;
  // Newer versions of Node take bare offsets too; this answer is not to depend on the version.
  if (!/^[a-z]/i.test(text)) return false;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: text }) !== undefined;
  } catch {
    return false;
  }
}

/** When the minute, hour or day of the zone began that holds this time. */
export function startOf(unit: TimeUnit, ms: number, timeZone: string): number {
  const offset = offsetAt(ms, timeZone);
  const local = floorTo(unitLengths[unit], ms + offset);
  if (unit === "day") return instantOf(local, timeZone);
  let start = local - offset;
  // Lord Howe's clocks change by half an hour, which begins a new hour within the old one.
  while (offsetAt(start, timeZone) !== offset) start += quarterHour;
  return start;
}

/** The start after this one: hours and days follow each other without gap, of whatever length. */
export function startOfNext(unit: TimeUnit, start: number, timeZone: string): number {
  const length = unitLengths[unit];
  if (unit !== "day") return startOf(unit, start + length, timeZone);
  return instantOf(floorTo(length, start + offsetAt(start, timeZone)) + length, timeZone);
}

const unitLengths = {
  minute: millisecondsInMinute,
  hour: millisecondsInHour,
  day: millisecondsInDay,
} as const satisfies Record<TimeUnit, number>;

const durationUnits: ReadonlyMap<string, number> = new Map([
  ["s", millisecondsInSecond],
  ["m", millisecondsInMinute],
  ["h", millisecondsInHour],
  ["d", millisecondsInDay],
  ["w", millisecondsInWeek],
]);

const quarterHour = millisecondsInHour / 4;

/** A number that the record's reader keeps as written (`parseJson`). */
const decimal = /^\d+(?:\.\d+(?:e\+?\d+)?|e\+?\d+)$/i;

/** The form of practically every record; read in a fifth of the time that the general one takes. */
const cloudTrailTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

function parseCloudTrailTime(text: string): number | undefined {
  const ms = Date.parse(text);
  // Date.parse makes March 2 of February 30, and the next day of 24:00:00.
  return new Date(ms).getUTCDate() === Number(text.slice(8, 10)) ? ms : undefined;
}

const date = /\d{4}-?\d\d-?\d\d/;
const clock = /(?:[01]\d|2[0-3]):?[0-5]\d(?::?[0-5]\d(?:[.,]\d{1,9})?)?/;
const zone = /Z|UTC|[+-](?:[01]\d|2[0-3]):?[0-5]\d/;
const written = new RegExp(
  `^(${date.source})(?:[T ](${clock.source})(?: ?(${zone.source}))?)?$`,
  "i",
);

/** `ms` is the instant if the text names its zone, else what the clock showed, as if in UTC. */
function parseWritten(text: string): { readonly ms: number; readonly zoned: boolean } | undefined {
  const parts = written.exec(text);
  if (parts === null) return undefined;
  const [, day = "", time = "00:00", zone = ""] = parts;
  const [seconds = "", fraction = ""] = time.split(/[.,]/);
  const offset = /^[+-]/.test(zone) ? zone : "Z";
  const ms = parseISO(`${day}T${seconds}${offset}`).getTime();
  if (Number.isNaN(ms)) return undefined;
  return { ms: ms + Number(fraction.padEnd(3, "0").slice(0, 3)), zoned: zone !== "" };
}

/** Seconds up to the year 5138, as milliseconds from 1973 on; nothing after the year 9999. */
function parseEpoch(value: number): number | undefined {
  const ms = Math.trunc(value < 1e11 ? value * millisecondsInSecond : value);
  return ms >= 0 && ms < Date.UTC(10_000, 0) ? ms : undefined;
}

function instantOf(local: number, timeZone: string): number {
  const before = offsetAt(local - millisecondsInDay, timeZone);
  const after = offsetAt(local + millisecondsInDay, timeZone);
  const early = local - before;
  const late = local - after;
  const isSecond = offsetAt(early, timeZone) !== before && offsetAt(late, timeZone) === after;
  return isSecond ? late : early;
}

/** What the zone's clocks are ahead of UTC; whole minutes, which is all that ISO 8601 can say. */
function offsetAt(ms: number, timeZone: string): number {
  if (timeZone === "UTC") return 0;
  return Math.trunc(tzOffset(timeZone, new Date(ms))) * millisecondsInMinute;
}

function offsetText(offset: number): string {
  const clock = new Date(Math.abs(offset)).toISOString().slice(11, 16);
  return `${offset < 0 ? "-" : "+"}${clock}`;
}

function floorTo(length: number, ms: number): number {
  return Math.floor(ms / length) * length;
}

/** Numbers of a time as a clock and a calendar in UTC have them; months from 1, weeks as ISO 8601 counts them. */
export const partsOfTime = {
  minute: (ms: number) => new Date(ms).getUTCMinutes(),
  hour: (ms: number) => new Date(ms).getUTCHours(),
  day: (ms: number) => new Date(ms).getUTCDate(),
  week: isoWeek,
  month: (ms: number) => new Date(ms).getUTCMonth() + 1,
  year: (ms: number) => new Date(ms).getUTCFullYear(),
} as const;

/** A week is one of the year that its Thursday is in. */
function isoWeek(ms: number): number {
  const date = new Date(ms);
  const thursday = new Date(ms + (4 - (date.getUTCDay() || 7)) * millisecondsInDay);
  const yearStart = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  return Math.floor((thursday.getTime() - yearStart) / millisecondsInWeek) + 1;
}

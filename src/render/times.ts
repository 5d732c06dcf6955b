/**
 * Times in a narrow table: what all of them have in common is said once, and each cell has the rest.
 */

import { formatTime } from "../event/time.ts";

export interface TimeStyle {
  /** `day 2026-11-05 (UTC)`; undefined where there are no times. */
  readonly said: string | undefined;
  /** Of the time as `formatTime` gives it. */
  shown(time: number): string;
}

const parts = /^((\d+)-\d\d-\d\d)T([\d:.]+)(.*)$/;

export function timeStyle(times: readonly number[], timeZone: string): TimeStyle {
  const whole = (time: number) => formatTime(time, timeZone);
  const matched = times.map((time) => parts.exec(whole(time)) ?? []);
  const days = new Set(matched.map(([, day]) => day));
  const years = new Set(matched.map(([, , year]) => year));
  const zones = new Set(matched.map(([, , , , zone]) => zone));
  const [zone] = zones;
  if (zone === undefined || zones.size > 1) return { said: undefined, shown: whole };
  const name = zone === "Z" ? "UTC" : zone;
  const [day] = days;
  const [year] = years;
  if (days.size === 1) {
    return { said: `day ${day} (${name})`, shown: (time) => parts.exec(whole(time))?.[3] ?? "" };
  }
  const plain = (time: number) => whole(time).slice(0, -zone.length).replace("T", " ");
  return years.size === 1
    ? {
        said: `year ${year} (${name})`,
        shown: (time) => plain(time).slice((year?.length ?? 0) + 1),
      }
    : { said: `times in ${name}`, shown: plain };
}

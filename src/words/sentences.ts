/**
 * Words that the sentences of several verbs share. No locale: the same words on every machine.
 */

import { formatTime } from "../event/time.ts";
import type { Span } from "../query/span.ts";

/** `1 event`, `12,000 events`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${grouped(count)} ${count === 1 ? noun : plural}`;
}

/** `once`, `twice`, `12 times`. */
export function often(count: number): string {
  return ["never", "once", "twice"][count] ?? counted(count, "time");
}

export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** `2026-11-05 at 09:14:03 UTC`, or with the offset of the zone asked for. */
export function moment(time: number, timeZone: string): string {
  const [, day = "", clock = "", zone = ""] =
    /^(.*)T([\d:.]+)(.*)$/.exec(formatTime(time, timeZone)) ?? [];
  return `${day} at ${clock} ${zone === "Z" ? "UTC" : zone}`;
}

/** `from 2026-11-05 at 09:14:03 UTC to ...`; empty when no event had a time. */
export function period({ first, last }: Span, timeZone: string): string {
  if (first === undefined || last === undefined) return "";
  return first === last
    ? ` at ${moment(first, timeZone)}`
    : ` from ${moment(first, timeZone)} to ${moment(last, timeZone)}`;
}

/** `a`, `a and b`, `a, b and c`, `a, b, c and 3 more`; each name once. */
export function listed(names: readonly string[], most = 3, word = "and"): string {
  const distinct = [...new Set(names)];
  const shown = distinct.slice(0, most);
  if (shown.length < distinct.length) shown.push(`${distinct.length - most} more`);
  const last = shown.pop() ?? "";
  return shown.length === 0 ? last : `${shown.join(", ")} ${word} ${last}`;
}

const units = [
  { name: "d", ms: 86_400_000 },
  { name: "h", ms: 3_600_000 },
  { name: "min", ms: 60_000 },
  { name: "s", ms: 1000 },
] as const;

/** `12 s`, `3 min`, `1 h 5 min`, `2 d`: the two largest units of a length of time. */
export function lasting(ms: number): string {
  const at = units.findIndex((unit) => ms >= unit.ms);
  const { name, ms: length } = units[at] ?? { name: "s", ms: 1000 };
  const next = units[at + 1];
  const whole = `${Math.floor(ms / length)} ${name}`;
  const rest = next === undefined ? 0 : Math.floor((ms % length) / next.ms);
  return at === -1 || next === undefined || rest === 0 ? whole : `${whole} ${rest} ${next.name}`;
}

/** ` (3 writes, 1 without success)`: what stands behind a number of calls. */
export function factWords(writes: number, failures: number): string {
  const facts = [
    writes === 0 ? "no writes" : counted(writes, "write"),
    ...(failures === 0 ? [] : [`${grouped(failures)} without success`]),
  ];
  return ` (${facts.join(", ")})`;
}

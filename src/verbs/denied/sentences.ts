/**
 * What `trailhound denied` says above its table.
 */

import { formatTime } from "../../event/time.ts";
import type { Filter } from "../../query/filter.ts";
import { isNarrowed } from "../../words/absence.ts";
import { counted, grouped, listed, moment } from "../../words/sentences.ts";
import type { DeniedCalls, DeniedGroup } from "./groups.ts";
import type { Success } from "./since.ts";

export function nothingDenied(filter: Filter): string {
  return isNarrowed(filter)
    ? "Nothing that the flags let through was denied, in these logs."
    : "Nothing was denied, in these logs.";
}

export function headline({ groups, total }: DeniedCalls): string {
  const kinds = [
    counted(distinct(groups, "identity"), "principal"),
    counted(distinct(groups, "action"), "action"),
    counted(distinct(groups, "resource"), "resource"),
  ];
  return `${counted(total, "call was", "calls were")} denied: ${kinds.join(", ")}.`;
}

/** What goes before the table, if it has not all rows. */
export function limitWords(rows: number, limit = rows): readonly string[] {
  if (limit >= rows) return [];
  if (limit === 0) return ["None is listed."];
  return [`The ${limit === 1 ? "commonest" : `${grouped(limit)} commonest`}:`];
}

function distinct(
  groups: readonly DeniedGroup[],
  part: "identity" | "action" | "resource",
): number {
  return new Set(groups.flatMap((group) => group[part] ?? [])).size;
}

/** What says more about how services and the console work than about anybody's wishes. */
export function noiseWords({ byServices, byConsole, total }: DeniedCalls): readonly string[] {
  const services = [...byServices].sort(([, one], [, other]) => other - one);
  const names = services.map(([name, count]) => `${name} (${grouped(count)})`);
  const made = (count: number) =>
    `${count < total ? `${grouped(count)} of them` : total === 1 ? "It" : "All"} ` +
    `${count === 1 ? "was" : "were"} made`;
  const all = sum(byServices.values());
  return [
    ...(all === 0
      ? []
      : [
          `${made(all)} by AWS services for themselves, by ${listed(names)}: something they were set up ` +
            "for does not work.",
        ]),
    ...(byConsole === 0
      ? []
      : [
          `${made(byConsole)} by the console to show a page, which asks for whatever it could show, ` +
            "whether or not anybody wanted it.",
        ]),
  ];
}

function sum(counts: Iterable<number>): number {
  return [...counts].reduce((total, count) => total + count, 0);
}

const mostTold = 3;

/** What was gained between the last denied call and the first that was not. */
export function laterWords(
  later: ReadonlyMap<DeniedGroup, Success>,
  timeZone: string,
): readonly string[] {
  const inTime = [...later].sort(([, one], [, other]) => one.time - other.time);
  const told = inTime.slice(0, mostTold).map(([group, { time, eventID }]) => {
    const { action, principal, resource = "*" } = group;
    const on = resource === "*" ? "" : ` on ${resource}`;
    const id = eventID === undefined ? "" : ` (${eventID})`;
    return (
      `Denied first, allowed later: ${action}${on} for ${principal}, on ` +
      `${moment(time, timeZone)}${id}.`
    );
  });
  const more = inTime.length - told.length;
  return more > 0 ? [...told, `So it went with ${counted(more, "other")}.`] : told;
}

export function hintsFor({ encoded: { whole, cut, eventID } }: DeniedCalls): readonly string[] {
  if (whole + cut === 0) return [];
  const what = `${counted(whole + cut, "call")} came with an encoded message that says more`;
  if (whole === 0) return [`${what}, but CloudTrail cut it short, so that nobody can decode it.`];
  return [
    `${what}, which AWS decodes: aws sts decode-authorization-message --encoded-message <text>` +
      (eventID === undefined ? "." : `; one is in trailhound show ${eventID}.`) +
      (cut === 0 ? "" : ` In ${grouped(cut)} of them CloudTrail cut it short, so that nobody can.`),
  ];
}

export function deniedFacts(
  { groups, total, byServices, byConsole, encoded }: DeniedCalls,
  later: ReadonlyMap<DeniedGroup, Success>,
): { readonly [name: string]: unknown } {
  const byPolicyType = new Map<string, number>();
  for (const { policyType = "not told", count } of groups) {
    byPolicyType.set(policyType, (byPolicyType.get(policyType) ?? 0) + count);
  }
  return {
    total,
    principals: distinct(groups, "identity"),
    actions: distinct(groups, "action"),
    resources: distinct(groups, "resource"),
    byPolicyType: Object.fromEntries([...byPolicyType].sort(([, a], [, b]) => b - a)),
    byServices: sum(byServices.values()),
    byConsole,
    encoded: { whole: encoded.whole, cut: encoded.cut },
    allowedLater: [...later].map(([{ action, principal, resource }, { time, eventID }]) => ({
      ...{ action, principal, resource, eventID },
      time: formatTime(time, "UTC"),
    })),
  };
}

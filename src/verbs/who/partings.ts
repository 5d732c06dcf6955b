/**
 * Calls that take one thing out of another, which end neither: a role leaves an instance profile, a user
 * a group.
 */

import { nameOf } from "../../event/effect.ts";
import type { CloudTrailRecord } from "../../event/record.ts";
import { naming } from "../../event/resource-names.ts";
import { partNoun, primaryTargets, wholesOf } from "../../event/targets.ts";
import { wordsOf } from "../../event/verb-classes.ts";
import type { ResourcePattern } from "../../query/filter.ts";
import type { FoundEvent } from "../../query/query.ts";
import { callOf, type NameOf, onDay } from "../../words/event-words.ts";
import { listed } from "../../words/sentences.ts";

export function isParting({ record }: FoundEvent): boolean {
  return sidesOf(record) !== undefined;
}

/** `It was taken out of the instance profile web-profile by maria on ... (RemoveRoleFromInstanceProfile).` */
export function partingSentence(
  event: FoundEvent,
  { text }: ResourcePattern,
  { nameOf: who, timeZone }: { readonly nameOf: NameOf; readonly timeZone: string },
): string {
  const { record } = event;
  const { one = "", other = "" } = sidesOf(record) ?? {};
  const isIt = naming([text]);
  const names = [...new Set([...wholesOf(record), ...primaryTargets(record)])];
  const others = names.filter((name) => !isIt(name));
  const told = others.length === 0 ? "" : ` ${listed(others)}`;
  const by = `by ${who(event)}${onDay(record, timeZone)} (${callOf(record)})`;
  return isUnder(record, one, isIt)
    ? `It was taken out of the ${other}${told} ${by}.`
    : `${/s$/.test(one) ? "Some" : "The"} ${one}${told} ${/s$/.test(one) ? "were" : "was"} taken out of it ${by}.`;
}

/** `role` and `instance profile` of RemoveRoleFromInstanceProfile. */
function sidesOf(
  record: CloudTrailRecord,
): { readonly one: string; readonly other: string } | undefined {
  if (!/^(?:Remove|Deregister|Detach|Disassociate)$/.test(wordsOf(nameOf(record)).verb)) {
    return undefined;
  }
  const [, one, other] = /^(.+) from (.+)$/.exec(partNoun(record) ?? "") ?? [];
  return one === undefined || other === undefined ? undefined : { one, other };
}

/** Whether the call names the resource as what was taken: `roleName`. */
function isUnder(
  { requestParameters }: CloudTrailRecord,
  kind: string,
  isIt: (name: string) => boolean,
): boolean {
  const stem = kind.replaceAll(" ", "").toLowerCase().replace(/s$/, "");
  return Object.entries(requestParameters ?? {}).some(
    ([key, value]) => typeof value === "string" && isIt(value) && key.toLowerCase().includes(stem),
  );
}

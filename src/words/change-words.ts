/**
 * What a call changed, in words: the value after, and the one before where the logs tell.
 */

import { closingsIn, openingsIn } from "../event/openings.ts";
import type { CloudTrailRecord } from "../event/record.ts";
import type { Value } from "../event/settings-table.ts";
import type { Answer } from "../query/answer.ts";
import type { Change } from "../resolve/changes.ts";
import { doorWords, granteeWords } from "./door-words.ts";
import { listed } from "./sentences.ts";

/** `That set its retention to 7 days, 90 days before that.`, `By that it was opened to ...` */
export function changeSentences(
  changes: readonly Change[],
  record: CloudTrailRecord,
): readonly string[] {
  const moved = changes.filter(({ is }) => is !== "same");
  const same = changes.filter(({ is }) => is === "same");
  const found = same.map(({ setting, after }) => `its ${setting.part} at ${valueWords(after)}`);
  const doors = doorsMoved(record, changes);
  return [
    ...(moved.length === 0 ? [] : [`That ${moved.map(changeWords).join(", and ")}.`]),
    ...(found.length === 0 ? [] : [`It found ${listed(found)} already: no change.`]),
    ...(doors.length === 0 ? [] : [`By that it was ${listed(doors)}.`]),
  ];
}

/** The same in a cell: `retention: 7 days (90 days before)`, `opened to tcp 22 from 0.0.0.0/0`. */
export function changeText(
  changes: readonly Change[],
  record: CloudTrailRecord,
): string | undefined {
  const set = changes.map(
    (change) =>
      `${change.setting.part}: ${valueWords(change.after)}${change.is === "same" ? " (as before)" : beforeWords([change])}`,
  );
  const told = [...set, ...doorsMoved(record, changes)];
  return told.length === 0 ? undefined : told.join("; ");
}

/** ` (90 days before)`, with the space; "" where the logs do not tell, or several have changed. */
export function beforeWords(changes: readonly Change[]): string {
  const known = changes.flatMap(({ before }) => before ?? []);
  const [only, ...others] = known;
  return only === undefined || others.length > 0 ? "" : ` (${valueWords(only)} before)`;
}

export function changeFacts(changes: readonly Change[]): NonNullable<Answer["facts"]>[string] {
  return changes.map(({ setting: { part }, before, after, is }) => ({
    part,
    after: after.texts.join(", "),
    before: before?.texts.join(", ") ?? null,
    change: is,
  }));
}

function changeWords({ setting, after, before }: Change): string {
  const lead = setting.words ?? `set its ${setting.part} to`;
  const earlier = before === undefined ? "" : `, ${valueWords(before)} before that`;
  return `${lead} ${valueWords(after)}${earlier}`;
}

function valueWords({ texts }: Value): string {
  return listed(texts.map(granteeWords));
}

/** Completes "it was": what the call opened and closed, unless its settings tell that. */
function doorsMoved(record: CloudTrailRecord, changes: readonly Change[]): readonly string[] {
  if (changes.some(({ setting: { at } }) => at === "given")) return [];
  const opened = openingsIn(record).filter(({ kind }) => kind !== "user" && kind !== "event rule");
  if (opened.length > 0) return opened.map(doorWords);
  return closingsIn(record).flatMap(({ kinds, ids = [] }) => {
    if (kinds.includes("rule"))
      return ids.filter((id) => id.includes(" from ")).map((id) => `closed to ${id}`);
    if (kinds.includes("share"))
      return ids.map((id) => `no longer shared with ${granteeWords(id)}`);
    return kinds.includes("permission") ? ids.map((id) => `no longer given ${id}`) : [];
  });
}

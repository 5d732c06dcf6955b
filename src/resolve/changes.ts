/**
 * What calls changed: each setting's value before, from the last call on the same thing that succeeded or
 * from the answer of the call, and after; and which of the two protects more.
 */

import { type Effect, nameOf } from "../event/effect.ts";
import { foldCase } from "../event/fold-case.ts";
import type { CloudTrailRecord } from "../event/record.ts";
import { isWeakest, type SettingTold, settingsIn } from "../event/settings.ts";
import type { Setting, Value } from "../event/settings-table.ts";

export interface Change {
  readonly setting: Setting;
  readonly after: Value;
  /** Undefined where the logs do not tell. */
  readonly before?: Value;
  /**
   * `weaker`: less is protected, kept or recorded than before, or as little as can be. `first`: nothing
   * tells what it was before. `other`: neither of the two protects more.
   */
  readonly is: "first" | "same" | "weaker" | "stricter" | "other";
}

export interface Memory {
  /** What the call changed of the thing; to be asked once for each call that succeeded, in the order of time. */
  changesIn(thing: string, record: CloudTrailRecord): readonly Change[];
  /** What comes under its name is another thing. */
  forget(thing: string): void;
}

export function memoryOfSettings(): Memory {
  const known = new Map<string, Map<Setting, Value>>();
  return {
    changesIn(thing, record) {
      const told = settingsIn(record);
      if (told.length === 0) return [];
      const own = known.get(thing) ?? new Map<Setting, Value>();
      known.set(thing, own);
      const changes = told.map((one) => changeFrom(one, one.before ?? own.get(one.setting)));
      for (const { setting, after } of told) own.set(setting, after);
      return changes.filter((change) => !isAbsent(change));
    },
    forget: (thing) => known.delete(thing),
  };
}

/** It is not set, and was not, as far as the logs tell. */
function isAbsent({ setting: { without }, after, is }: Change): boolean {
  return after === without && (is === "first" || is === "same");
}

function changeFrom({ setting, after, isBegun }: SettingTold, before: Value | undefined): Change {
  if (isBegun || before === undefined) {
    const is = !isBegun && isWeakest(setting, after) ? "weaker" : "first";
    return { setting, after, is };
  }
  return { setting, after, before, is: compared(before, after) };
}

function compared(before: Value, after: Value): Change["is"] {
  const [a, b] = [before.level, after.level];
  if (a !== undefined && b !== undefined) return a === b ? "same" : b < a ? "weaker" : "stricter";
  const texts = ({ texts: all }: Value) => all.map(foldCase).toSorted().join("\n");
  return texts(before) === texts(after) ? "same" : "other";
}

/** The switch of `effect-table.ts` that it moves, or itself. */
function aboutOf({ setting: { about, part } }: Change): string {
  return about ?? part;
}

/** What a call did, with the changes that tell so. */
export interface Told {
  readonly effect: Effect;
  readonly changes: readonly Change[];
}

/**
 * What the call did, told by what it changed: a number alone says nothing of more or less. Nothing for a
 * call that left all as it was.
 */
export function effectsBy(
  effect: Effect,
  changes: readonly Change[],
  record: CloudTrailRecord,
): readonly Told[] {
  const isOwn = (change: Change) => "about" in effect && effect.about === aboutOf(change);
  const own = changes.filter(isOwn);
  const others = changes.filter((change) => !isOwn(change) && isOrdered(change));
  const judged = judgedBy(effect, own, record);
  return [
    ...(judged === undefined ? [] : [{ effect: judged, changes: own }]),
    ...others.map((change) => ({ effect: effectOfChange(change, record), changes: [change] })),
  ];
}

function isOrdered({ is }: Change): boolean {
  return is === "weaker" || is === "stricter";
}

/** Undefined if all is as it was. */
function judgedBy(
  effect: Effect,
  changes: readonly Change[],
  record: CloudTrailRecord,
): Effect | undefined {
  if (effect.kind !== "weakened" && effect.kind !== "strengthened") return effect;
  const telling = changes.filter(({ is }) => is !== "first" && is !== "other");
  if (telling.length === 0) return effect;
  const weaker = telling.find(({ is }) => is === "weaker");
  const stricter = telling.find(({ is }) => is === "stricter");
  const decisive = weaker ?? stricter;
  if (decisive === undefined) return undefined;
  const isSaid = (effect.kind === "weakened") === (weaker !== undefined);
  return isSaid ? effect : effectOfChange(decisive, record);
}

function effectOfChange(change: Change, record: CloudTrailRecord): Effect {
  const { setting, after, is } = change;
  const about = aboutOf(change);
  const how = (setting.how ?? "set to #").replace("#", after.texts.join(" and "));
  const switched = { part: about, about, how, onWhole: true };
  return is === "weaker"
    ? { kind: "weakened", ...switched, undoneBy: nameOf(record) }
    : { kind: "strengthened", ...switched };
}

/** Whether what these changes weakened is back where it was, after the later ones. */
export function restores(later: readonly Change[], earlier: readonly Change[]): boolean {
  return earlier.every(({ setting, before, is }) => {
    const set = later.find((change) => change.setting === setting);
    if (is !== "weaker" || before?.level === undefined || set?.after.level === undefined)
      return true;
    return set.after.level >= before.level;
  });
}

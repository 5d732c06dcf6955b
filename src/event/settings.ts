/**
 * What a call sets, and to what: `retention` to `7 days`. From one record; what it was before is for
 * `resolve/changes.ts` to say, unless the answer of the call tells that, too.
 */

import { addTo } from "./add-to.ts";
import { nameOf, serviceOf } from "./effect.ts";
import { foldCase } from "./fold-case.ts";
import { type CloudTrailRecord, type Json, textOf, valuesAt } from "./record.ts";
import { type Setting, settings, type Value } from "./settings-table.ts";
import { givenAccess } from "./sharing.ts";

export interface SettingTold {
  readonly setting: Setting;
  readonly after: Value;
  /** Where the record itself tells. */
  readonly before?: Value;
  /** The call made the thing: there was nothing before. */
  readonly isBegun: boolean;
}

/** Operations that set something on what exists, or take it away; without API version. */
export const settingEvents: readonly string[] = [
  ...new Set(settings.flatMap(({ sets, ends = [] }) => [...sets, ...ends])),
];

const byName = new Map<string, Setting[]>();
for (const setting of settings) {
  const { sets, begins = [], ends = [] } = setting;
  for (const name of new Set([...sets, ...begins, ...ends])) addTo(byName, name, setting);
}

/** What the call sets, if it succeeded; nothing for what it leaves alone. */
export function settingsIn(record: CloudTrailRecord): readonly SettingTold[] {
  const name = nameOf(record);
  return (byName.get(name) ?? []).flatMap((setting): readonly SettingTold[] => {
    if (setting.service !== serviceOf(record)) return [];
    const isEnd = setting.ends?.includes(name) === true;
    const after = isEnd ? setting.without : valueIn(record, setting);
    if (after === undefined) return [];
    const before = valueBefore(record, setting);
    const isBegun = setting.begins?.includes(name) === true;
    return [{ setting, after, isBegun, ...(before !== undefined && { before }) }];
  });
}

/** No other value of the setting protects less. */
export function isWeakest({ safer }: Setting, { level }: Value): boolean {
  return Array.isArray(safer) && level === 0;
}

function valueIn(record: CloudTrailRecord, setting: Setting): Value | undefined {
  const { at, without, replaces } = setting;
  const values = at === "given" ? givenAccess(record) : readAt(record, at);
  if (values === undefined) return undefined;
  return valueAmong(setting, values) ?? (replaces === true ? without : undefined);
}

function readAt(record: CloudTrailRecord, at: Exclude<Setting["at"], "given">): readonly Json[] {
  if (typeof at === "function") return at(record);
  const found = at.map((path) => valuesAt(record, ["requestParameters", ...path.split(".")]));
  return found.find((values) => values.length > 0) ?? [];
}

/** An answer has the old value beside a new one that is still to come. */
function valueBefore(record: CloudTrailRecord, setting: Setting): Value | undefined {
  if (setting.before === undefined) return undefined;
  const answered = (path: string) => valuesAt(record, ["responseElements", ...path.split(".")]);
  if (answered(setting.before.if).length === 0) return undefined;
  return valueAmong(setting, answered(setting.before.at));
}

/** Of several, as a bucket's rules have them, the one that protects least. */
function valueAmong(setting: Setting, values: readonly Json[]): Value | undefined {
  if (setting.at === "given") {
    const texts = [...new Set(values.map(textOf))];
    return texts.length === 0 ? undefined : { texts };
  }
  const told = values
    .map(textOf)
    .filter((text) => text !== "")
    .map((text): Value => {
      const level = levelOf(setting, text);
      return { texts: [withUnit(text, setting)], ...(level !== undefined && { level }) };
    })
    .sort((a, b) => (a.level ?? 0) - (b.level ?? 0));
  return told[0];
}

/** Undefined where the setting has no order, or none that takes in the value. */
function levelOf({ safer }: Setting, text: string): number | undefined {
  if (safer === undefined) return undefined;
  if (safer === "more" || safer === "less") {
    const number = Number(text);
    return Number.isNaN(number) ? undefined : safer === "more" ? number : -number;
  }
  const rank = safer.findIndex((one) => foldCase(one) === foldCase(text));
  return rank < 0 ? undefined : rank;
}

const larger = [
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
] as const;

/** `7 days`, `on`; seconds in the largest unit that leaves no rest. */
function withUnit(text: string, { unit }: Setting): string {
  if (/^true$/i.test(text)) return "on";
  if (/^false$/i.test(text)) return "off";
  const number = Number(text);
  if (unit === undefined || !Number.isFinite(number)) return text;
  if (unit === "GiB" || unit === "MB") return `${text} ${unit}`;
  const [name, seconds] = (unit === "second" &&
    number > 0 &&
    larger.find(([, length]) => number % length === 0)) || [unit, 1];
  const amount = number / seconds;
  return `${amount} ${name}${amount === 1 ? "" : "s"}`;
}

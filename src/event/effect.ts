/**
 * What a call, if it succeeded, did to the existence or the protection of what it acts on.
 *
 * From one record: whether it succeeded is `outcome.ts`, on what it acted is `targets.ts`, and what
 * became of the effect later is for other events to say. `effect-table.ts` has the calls of which the
 * name does not tell; for the others their verb does.
 */

import { parseDeletionDate } from "./deletion-date.ts";
import {
  type Calls,
  emptyings,
  endings,
  entering,
  mayExist,
  neitherMakesNorEnds,
  rescues,
  type Schedule,
  type Switch,
  schedules,
  switches,
  versionEndings,
} from "./effect-table.ts";
import { foldCase } from "./fold-case.ts";
import { doesTo } from "./item-deeds.ts";
import type { ResourcePattern } from "./mention.ts";
import { type CloudTrailRecord, isObject, textOf, textsAt, valuesAt } from "./record.ts";
import { parseEventTime } from "./time.ts";
import { classOf, withoutVersion, wordsOf } from "./verb-classes.ts";

export type Effect =
  /** `mayExist`: or it overwrote what was there, or did nothing. */
  | { readonly kind: "created"; readonly mayExist: boolean }
  | { readonly kind: "deleted" }
  | {
      readonly kind: "scheduled";
      readonly days: number;
      /** Epoch milliseconds. */
      readonly until?: number;
      /** The call that can take it back; absent where none can. */
      readonly savedBy?: string;
    }
  /** Cancelled in the waiting time, or brought back. */
  | { readonly kind: "saved" }
  /** It is there and of no use: disabled, stopped, under a delete marker. */
  | (Switched & { readonly kind: "hidden" | "shown" })
  /** Something that protects, records or keeps it was switched off, or on. */
  | (Switched & { readonly kind: "weakened" | "strengthened"; readonly part: string })
  /** One version of it is gone. */
  | {
      readonly kind: "version deleted";
      /** The service ended it because the whole is to go. */
      readonly withWhole?: true;
    }
  | { readonly kind: "emptied" }
  | { readonly kind: "renamed"; readonly to: string }
  /** Somebody got into it, or ran something on it. */
  | { readonly kind: "entered" }
  /** Any other call that is more than a read. */
  | { readonly kind: "changed" }
  | { readonly kind: "none" };

export type EffectKind = Effect["kind"];

interface Switched {
  /** The same for both positions of a switch, and for no other switch of the service. */
  readonly about: string;
  /** Completes "it was", or "its logging was": `stopped`, `limited to 1 day`. */
  readonly how: string;
  /** The call that takes it back, for one that hides or weakens. */
  readonly undoneBy?: string;
  /** It concerns what the call names as the whole to which something belongs. */
  readonly onWhole: boolean;
  /** The call says how much of it there is to be, and on is any but 0. */
  readonly isNumber?: true;
}

const dayMs = 24 * 60 * 60 * 1000;

export function effectOf(record: CloudTrailRecord): Effect {
  const name = nameOf(record);
  const called = calledIn(record, name);
  const schedule = schedules.find(called);
  if (schedule !== undefined) return scheduled(record, schedule);
  if (rescues.some(called)) return { kind: "saved" };
  const switched = switchedBy(record, name);
  if (switched !== undefined) return switched;
  if (versionEndings.some(called)) return versionDeleted(record);
  if (endings.some(called)) return { kind: "deleted" };
  if (emptyings.some(called)) return { kind: "emptied" };
  const to = newNameIn(record);
  if (to !== undefined) return { kind: "renamed", to };
  return effectOfName(record, name);
}

/** Secrets Manager ends the versions of a secret one by one when somebody deleted it. */
function versionDeleted(record: CloudTrailRecord): Effect {
  const isOfWhole = textsAt(record, "requestID").some((id) =>
    id.startsWith("SecretDeleteMessage:"),
  );
  return { kind: "version deleted", ...(isOfWhole && { withWhole: true }) };
}

/** What the call did to this resource; some calls do several things at once, and this to one of them. */
export function effectFor(record: CloudTrailRecord, pattern: ResourcePattern): Effect {
  if (nameOf(record) !== "ChangeResourceRecordSets") return effectOf(record);
  if (doesTo(record, pattern, "delete")) return { kind: "deleted" };
  if (doesTo(record, pattern, "create")) return { kind: "created", mayExist: false };
  return { kind: "changed" };
}

export function nameOf({ eventName }: CloudTrailRecord): string {
  return typeof eventName === "string" ? withoutVersion(eventName) : "";
}

/** The name that a call gives to what has another one: `newDBInstanceIdentifier`, `newUserName`. */
export function newNameIn(record: CloudTrailRecord): string | undefined {
  const { requestParameters } = record;
  if (!isObject(requestParameters) || !/^(?:Modify|Update|Rename)/.test(nameOf(record))) {
    return undefined;
  }
  const key = Object.keys(requestParameters).find((one) =>
    /^new[A-Z]\w*(?:Identifier|Name)$/.test(one),
  );
  const name = key === undefined ? undefined : requestParameters[key];
  return typeof name === "string" && name !== "" ? name : undefined;
}

function effectOfName(record: CloudTrailRecord, name: string): Effect {
  const isRead = valuesAt(record, ["readOnly"]).some((value) => textOf(value) === "true");
  if (entering.includes(name)) return { kind: "entered" };
  if (isRead || /^(?:read|identity)$/.test(classOf(name) ?? "")) return { kind: "none" };
  if (neitherMakesNorEnds.has(name)) return { kind: "changed" };
  if (mayExist.has(name)) return { kind: "created", mayExist: !isNew(record, name) };
  if (classOf(name) === "create" || /^(?:Batch|Admin)?Create/.test(name)) {
    return { kind: "created", mayExist: false };
  }
  const unties = /^(?:Remove|Revoke|Leave)$/.test(wordsOf(name).verb) && name !== "RevokeGrant";
  return { kind: classOf(name) === "destroy" && !unties ? "deleted" : "changed" };
}

/** Parameters count their versions. */
function isNew(record: CloudTrailRecord, name: string): boolean {
  return name === "PutParameter" && valuesAt(record, ["responseElements", "version"])[0] === 1;
}

function calledIn(
  record: CloudTrailRecord,
  name: string,
): (row: { readonly service: string; readonly call: Calls }) => boolean {
  const service = serviceOf(record);
  return (row) => row.service === service && fits(row.call, name, record);
}

function fits({ names, when }: Calls, name: string, record: CloudTrailRecord): boolean {
  return names.includes(name) && (when === undefined || when(record));
}

export function serviceOf({ eventSource }: CloudTrailRecord): string {
  return typeof eventSource === "string" ? foldCase(eventSource.split(".", 1)[0] ?? "") : "";
}

function scheduled(record: CloudTrailRecord, { days, usually, savedBy }: Schedule): Effect {
  const [told] = days === undefined ? [] : valuesAt(record, ["requestParameters", days]);
  const waiting = typeof told === "number" && told > 0 && told < 1000 ? told : usually;
  const [date] = valuesAt(record, ["responseElements", "deletionDate"]);
  const { eventTime } = record;
  const since = parseEventTime(eventTime);
  const until =
    parseDeletionDate(date) ?? (since === undefined ? undefined : since + waiting * dayMs);
  return {
    kind: "scheduled",
    days: waiting,
    ...(until !== undefined && { until }),
    ...(savedBy !== undefined && { savedBy }),
  };
}

function switchedBy(record: CloudTrailRecord, name: string): Effect | undefined {
  const service = serviceOf(record);
  const rows = switches.filter((row) => row.service === service);
  // One call may set several things: what it takes away tells more than what it confirms.
  const off = rows.find((row) => fits(row.off, name, record));
  const on = off ?? rows.find((row) => row.on !== undefined && fits(row.on, name, record));
  if (on === undefined) return undefined;
  const { part, turnedOff, turnedOn, undoneBy, onWhole = false } = on;
  const switched = {
    about: part ?? turnedOff,
    how: off === undefined ? turnedOn : withAmount(off, record),
    onWhole,
    ...(on.isNumber && { isNumber: on.isNumber }),
    ...(off !== undefined && undoneBy !== undefined && { undoneBy }),
  };
  if (part === undefined) return { kind: off === undefined ? "shown" : "hidden", ...switched };
  return { kind: off === undefined ? "strengthened" : "weakened", part, ...switched };
}

function withAmount({ turnedOff: words, amount }: Switch, record: CloudTrailRecord): string {
  if (amount === undefined) return words;
  const told = valuesAt(record, ["requestParameters", ...amount.path]).map(Number);
  const least = Math.min(...told.filter((count) => count > 0));
  const text = Number.isFinite(least)
    ? `${least} ${amount.unit}${least === 1 ? "" : "s"}`
    : "some time";
  return words.replace("#", text);
}

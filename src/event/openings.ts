/**
 * Doors: what a call opens, for whom, and what it closes. A key, a password, a user, trust, a permission,
 * an open group, a share, a rule.
 *
 * From one record; which of them still stand is for `doors.ts` to say, which puts calls in order.
 */

import { nameOf, serviceOf } from "./effect.ts";
import { closingRows, type DoorKind, openingRows, ruleGroups } from "./opening-table.ts";
import { type CloudTrailRecord, isObject, textOf, valuesAt } from "./record.ts";
import { givenAccess, takenAccess } from "./sharing.ts";
import { primaryTargets } from "./targets.ts";

export interface Opening {
  readonly kind: DoorKind;
  /** What is open: the user of a key, the group of a rule. */
  readonly thing: string;
  /** Who is let in, or by what: an account, an address, a key. */
  readonly whom: string;
  /** What calls that close it may call it by, beside `whom`. */
  readonly ids: readonly string[];
}

export interface Closing {
  readonly kinds: readonly DoorKind[];
  readonly thing: string;
  /** Undefined: all of it. */
  readonly ids: readonly string[] | undefined;
  /** Those that the call lets in anew. */
  readonly except: readonly string[];
}

/** Operations that open or close something; without API version. */
export const doorEvents: readonly string[] = [
  ...new Set([...openingRows, ...closingRows].flatMap(({ events }) => events)),
];

export function openingsIn(record: CloudTrailRecord): readonly Opening[] {
  return openingRows
    .filter((row) => row.service === serviceOf(record) && row.events.includes(nameOf(record)))
    .flatMap(({ kind, thing, whom, ids = [], when }): readonly Opening[] => {
      if (when !== undefined && !when(record)) return [];
      const things = thingsAt(record, thing);
      const known = ids.flatMap((path) => textsIn(record, path));
      const comers = kind === "rule" ? openRules(record) : whomIn(record, whom);
      return things.flatMap((one) =>
        comers.map((to) => ({ kind, thing: one, whom: to, ids: known })),
      );
    });
}

export function closingsIn(record: CloudTrailRecord): readonly Closing[] {
  return closingRows
    .filter((row) => row.service === serviceOf(record) && row.events.includes(nameOf(record)))
    .flatMap(({ kinds, thing, ids, replaces, when }): readonly Closing[] => {
      if (when !== undefined && !when(record)) return [];
      const things = thingsAt(record, thing);
      const except = replaces === true ? (givenAccess(record) ?? []) : [];
      const named = closedBy(record, kinds, ids);
      // A call that takes nothing away closes nothing.
      if (named?.length === 0) return [];
      return things.map((one) => ({ kinds, thing: one, ids: named, except }));
    });
}

function closedBy(
  record: CloudTrailRecord,
  kinds: readonly DoorKind[],
  ids: readonly string[] | undefined,
): readonly string[] | undefined {
  if (ids === undefined) return undefined;
  if (ids.includes("taken")) return takenAccess(record);
  const rules = kinds.includes("rule") ? openRules(record) : [];
  return [...rules, ...ids.flatMap((path) => textsIn(record, path))];
}

function thingsAt(record: CloudTrailRecord, paths: readonly string[]): readonly string[] {
  const found = paths.flatMap((path) => textsIn(record, path));
  if (found.length > 0) return found.slice(0, 1);
  // IAM takes the caller for the user when the call names none.
  if (paths.includes("requestParameters.userName")) return textsIn(record, "userIdentity.userName");
  return paths.length === 0 ? primaryTargets(record).slice(0, 1) : [];
}

function whomIn(record: CloudTrailRecord, whom: readonly string[] | "given"): readonly string[] {
  if (whom === "given") return givenAccess(record) ?? [];
  const found = whom.flatMap((path) => textsIn(record, path));
  return found.length === 0 && whom.length > 0 ? [] : found.length === 0 ? [""] : found.slice(0, 1);
}

function textsIn(record: CloudTrailRecord, path: string): readonly string[] {
  return valuesAt(record, path.split("."))
    .map(textOf)
    .filter((text) => text !== "");
}

/** Rules of a group that let in other than single addresses and groups: `tcp 22 from 0.0.0.0/0`. */
function openRules(record: CloudTrailRecord): readonly string[] {
  const items = ruleGroups.flatMap((path) => valuesAt(record, path.split("."))).filter(isObject);
  const all = items.length > 0 ? items : [record["requestParameters"]].filter(isObject);
  return all.flatMap((rule) => {
    const at = (...keys: readonly string[]) =>
      keys.flatMap((key) => valuesAt(rule, key.split("."))).map(textOf)[0];
    const protocol = at("ipProtocol", "IpProtocol") ?? "-1";
    const [from, to] = [at("fromPort", "FromPort"), at("toPort", "ToPort")];
    const ports =
      from === undefined || from === "-1" ? "" : from === to ? ` ${from}` : ` ${from}-${to}`;
    const ranges = [
      ...["ipRanges.items.cidrIp", "ipv6Ranges.items.cidrIpv6", "cidrIp", "CidrIpv4", "CidrIpv6"],
    ].flatMap((path) => valuesAt(rule, path.split(".")).map(textOf));
    const which = protocol === "-1" ? "everything" : `${protocol}${ports}`;
    return ranges.map((range) => `${which} from ${range}`);
  });
}

/**
 * Who and what is linked to whatever is profiled, by the same access key or the same address.
 *
 * Many people share an address and many programs a role, so each link comes with what it rests on.
 */

import { parseAddress } from "../../event/address.ts";
import { describeIdentity } from "../../event/identity.ts";
import type { CloudTrailRecord } from "../../event/record.ts";
import type { Column, Row, Section } from "../../query/answer.ts";
import { anyOf, every, field, not, some } from "../../query/build.ts";
import type { Filter } from "../../query/filter.ts";
import type { Reading } from "../../query/query.ts";
import { joinedSpan, type Span } from "../../query/span.ts";
import { type CallerGroup, groupsByCaller } from "../../resolve/caller-groups.ts";
import { credentialsUsedBy } from "../../resolve/issuers.ts";
import { countCell, timeCell } from "../../words/cells.ts";
import { grouped, listed } from "../../words/sentences.ts";
import type { Profiled } from "../profile.ts";
import { talliesBy, toldBy } from "./tallies.ts";

/** Beyond so many addresses the rest, which were used least, link nobody. */
const mostAddresses = 100;

const columns: readonly Column[] = [
  { name: "value", title: "Who or where", wrap: true },
  { name: "link", title: "Link", wrap: true },
  { name: "events", title: "Events", rank: 1, align: "right" },
  { name: "first", title: "First", rank: 3 },
  { name: "last", title: "Last", rank: 2 },
];

/** Undefined where nothing is linked. */
export async function linkedSection(
  reading: Reading,
  profiled: Profiled,
  { filter, limit }: { readonly filter: Filter; readonly limit: number },
): Promise<Section | undefined> {
  const { wanted, isIdentity } = profiled;
  const keys = new Set(profiled.calls.flatMap(({ record }) => credentialsUsedBy(record).key ?? []));
  const shared = isIdentity ? addressesOf(profiled) : [];
  const links = some([anyOf("accessKeyId", keys), anyOf("sourceIPAddress", shared)]);
  const groups = await groupsByCaller(reading, {
    kind: "groups",
    filter: every([filter, not(wanted), links]),
    by: [field("sourceIPAddress")],
  });
  const own = new Set(profiled.calls.map(({ caller }) => caller));
  const found = linked(
    groups.filter(({ caller }) => !isIdentity || !own.has(caller)),
    { keys, isIdentity },
  );
  if (found.length === 0) return undefined;
  const title = isIdentity
    ? "Others with the same key or from the same address"
    : "Where else the same keys were used";
  return {
    name: "linked",
    title: titled(title, found.length, limit),
    columns,
    rows: found.slice(0, limit).map(row),
  };
}

function addressesOf({ calls }: Profiled): readonly string[] {
  return talliesBy(calls, toldBy("sourceIPAddress"))
    .map(({ value }) => value)
    .filter((address) => parseAddress(address) !== undefined)
    .slice(0, mostAddresses);
}

interface Linked {
  readonly value: string;
  readonly links: Set<string>;
  events: number;
  span: Span;
}

function linked(
  groups: readonly CallerGroup[],
  { keys, isIdentity }: { readonly keys: ReadonlySet<string>; readonly isIdentity: boolean },
): readonly Linked[] {
  const found = new Map<string, Linked>();
  for (const { record, values, count, first, last } of groups) {
    const [address = "unknown"] = values;
    const { key = "" } = credentialsUsedBy(record);
    const value = isIdentity ? roleName(record) : address;
    const one: Linked = found.get(value) ?? {
      ...{ value, links: new Set<string>(), events: 0, span: {} },
    };
    found.set(value, one);
    one.links.add(keys.has(key) ? key : address);
    one.events += count;
    one.span = joinedSpan(one.span, { first, last });
  }
  return [...found.values()].sort(
    (a, b) => b.links.size - a.links.size || b.events - a.events || (a.value < b.value ? -1 : 1),
  );
}

function row({ value, links, events, span }: Linked): Row {
  return {
    cells: [
      { text: value },
      { text: listed([...links]), value: [...links] },
      countCell(events),
      timeCell(span.first),
      timeCell(span.last),
    ],
  };
}

/** A role's sessions go by the role, those of Identity Center by the person. */
export function roleName(
  record: CloudTrailRecord,
  name: string = describeIdentity(record).name,
): string {
  const { role, kind } = describeIdentity(record);
  return role === undefined || kind === "person" ? name : role;
}

/** `Services (10 of 34)`. */
export function titled(title: string, count: number, limit: number): string {
  return count > limit ? `${title} (${grouped(limit)} of ${grouped(count)})` : title;
}

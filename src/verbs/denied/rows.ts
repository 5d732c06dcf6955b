/**
 * The table of `trailhound denied`: a row for each group, or for all groups that have one part in
 * common.
 */

import type { Cell, Column, Row } from "../../query/answer.ts";
import { joinedSpan, type Span } from "../../query/span.ts";
import { countCell, timeCell } from "../../words/cells.ts";
import { listed } from "../../words/sentences.ts";
import type { DeniedGroup } from "./groups.ts";
import type { Success } from "./since.ts";

export const parts = ["action", "principal", "account", "resource", "policy"] as const;
export type Part = (typeof parts)[number];

const titles: Readonly<Record<Part, string>> = {
  action: "Action",
  principal: "Principal",
  account: "Account",
  resource: "Resource",
  policy: "Why",
};

/** What differs among the groups of a row is a list in it. */
interface DeniedRow {
  readonly values: Readonly<Record<Part | "as", Set<string>>>;
  count: number;
  span: Span;
  eventID: string | undefined;
  allowed: Success | undefined;
}

/** Busiest first; of those as busy, the newest. `by` undefined: whatever differs is a row of its own. */
export function deniedRows(
  groups: readonly DeniedGroup[],
  later: ReadonlyMap<DeniedGroup, Success>,
  by: Part | undefined,
): readonly DeniedRow[] {
  const rows = new Map<string | undefined, DeniedRow>();
  for (const group of groups) {
    const key = by === undefined ? group.row : partOf(group, by);
    const row = rows.get(key) ?? emptyRow();
    rows.set(key, row);
    add(row, group, later.get(group));
  }
  return [...rows.values()].sort(
    (one, other) => other.count - one.count || (other.span.last ?? 0) - (one.span.last ?? 0),
  );
}

function partOf(group: DeniedGroup, part: Part): string | undefined {
  return part === "policy" ? group.why : group[part];
}

function emptyRow(): DeniedRow {
  const values = {
    action: new Set<string>(),
    principal: new Set<string>(),
    account: new Set<string>(),
    resource: new Set<string>(),
    policy: new Set<string>(),
    as: new Set<string>(),
  };
  return { values, count: 0, span: {}, eventID: undefined, allowed: undefined };
}

function add(row: DeniedRow, group: DeniedGroup, allowed: Success | undefined): void {
  for (const part of parts) {
    const value = partOf(group, part);
    if (value !== undefined) row.values[part].add(value);
  }
  if (group.as !== undefined) row.values.as.add(group.as);
  row.count += group.count;
  if (row.eventID === undefined || (group.last ?? 0) > (row.span.last ?? 0)) {
    row.eventID = group.eventID;
  }
  row.span = joinedSpan(row.span, group);
  if (allowed && allowed.time < (row.allowed?.time ?? Number.POSITIVE_INFINITY)) {
    row.allowed = allowed;
  }
}

/** How the rows are put together, and whether whoever is behind the calls is the principal. */
interface Manner {
  readonly by?: Part | undefined;
  readonly byHuman?: boolean;
}

export function deniedColumns({ by, byHuman }: Manner): readonly Column[] {
  return [
    ...inOrder(by).map((name) => ({
      ...{ name, title: titles[name], wrap: true },
      ...(name === "account" && by !== name && { rank: 5 }),
    })),
    ...(byHuman ? [{ name: "as", title: "As", rank: 2, wrap: true }] : []),
    { name: "times", title: "Times", align: "right" },
    { name: "first", title: "First", rank: 3 },
    { name: "last", title: "Last", rank: 1 },
    { name: "allowedLater", title: "Allowed later", rank: 2 },
    { name: "eventID", title: "Event ID", rank: 4, id: true },
  ];
}

export function deniedCells(row: DeniedRow, { by, byHuman }: Manner): Row {
  return {
    cells: [
      ...inOrder(by).map((part) => partCell(row.values[part])),
      ...(byHuman ? [partCell(row.values.as)] : []),
      countCell(row.count),
      timeCell(row.span.first),
      timeCell(row.span.last),
      timeCell(row.allowed?.time),
      { text: row.eventID },
    ],
    mark: "denied",
  };
}

function inOrder(by: Part | undefined): readonly Part[] {
  return by === undefined ? parts : [by, ...parts.filter((part) => part !== by)];
}

function partCell(values: ReadonlySet<string>): Cell {
  const [first, ...others] = values;
  return others.length === 0
    ? { text: first }
    : { text: listed([...values], 2), value: [...values] };
}

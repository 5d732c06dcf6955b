/**
 * The tables of a profile.
 */

import { timeOf } from "../../event/time.ts";
import { valuesOf } from "../../event/values.ts";
import type { Column, Row, Section } from "../../query/answer.ts";
import type { Issuance } from "../../resolve/issuances.ts";
import { credentialsUsedBy, recordSignedWith } from "../../resolve/issuers.ts";
import { countCell, timeCell } from "../../words/cells.ts";
import { sessionName } from "../../words/chain-words.ts";
import { callOf } from "../../words/event-words.ts";
import type { Profiled } from "../profile.ts";
import { roleName, titled } from "./links.ts";
import type { Tally } from "./tallies.ts";

const columns = (title: string, isIdentity: boolean): readonly Column[] => [
  { name: "value", title, wrap: true },
  { name: "events", title: "Events", align: "right" },
  ...(isIdentity
    ? [{ name: "through", title: "In sessions begun", rank: 4, align: "right" } as const]
    : []),
  { name: "denied", title: "Denied", rank: 1, align: "right" },
  { name: "first", title: "First", rank: 3 },
  { name: "last", title: "Last", rank: 2 },
];

export function tallySection({
  name,
  title,
  heading,
  tallies,
  limit,
  isIdentity,
}: {
  readonly name: string;
  readonly title: string;
  readonly heading: string;
  readonly tallies: readonly Tally[];
  readonly limit: number;
  readonly isIdentity: boolean;
}): Section {
  return {
    name,
    title: titled(title, tallies.length, limit),
    columns: columns(heading, isIdentity),
    rows: tallies.slice(0, limit).map(
      ({ value, events, through, denied, span }): Row => ({
        cells: [
          { text: value },
          countCell(events),
          ...(isIdentity ? [countCell(through)] : []),
          countCell(denied),
          timeCell(span.first),
          timeCell(span.last),
        ],
      }),
    ),
  };
}

const begunColumns: readonly Column[] = [
  { name: "value", title: "Role or key", wrap: true },
  { name: "how", title: "How", rank: 1 },
  { name: "times", title: "Times", rank: 2, align: "right" },
  { name: "events", title: "Events", align: "right" },
  { name: "first", title: "First", rank: 4 },
  { name: "last", title: "Last", rank: 3 },
];

/** Roles assumed and keys made; undefined where there are none. */
export function begunSection(
  { begun, calls, sessions }: Profiled,
  limit: number,
): Section | undefined {
  const rows = new Map<string, { value: string; how: string; times: number[]; ids: Set<string> }>();
  for (const issue of begun) {
    const { record } = issue.event;
    const how = callOf(record);
    if (isSession(issue) && !isOfAnother(issue)) continue;
    const value = isSession(issue)
      ? roleName(recordSignedWith(issue.issued), sessionName(issue.issued))
      : (issue.issued.key ?? "a key");
    const key = JSON.stringify([value, how]);
    const row = rows.get(key) ?? { value, how, times: [], ids: new Set() };
    rows.set(key, row);
    row.times.push(timeOf(record) ?? Number.NaN);
    row.ids.add(issue.begun);
  }
  if (rows.size === 0) return undefined;
  const events = new Map<string, number>();
  for (const { record, count, isThrough } of calls) {
    const [id = ""] = isThrough ? sessions.idsOf(record) : [];
    events.set(id, (events.get(id) ?? 0) + count);
  }
  const sorted = [...rows.values()].sort((a, b) => b.times.length - a.times.length);
  return {
    name: "begun",
    title: titled("Roles assumed, sessions begun, keys made", sorted.length, limit),
    columns: begunColumns,
    rows: sorted.slice(0, limit).map(({ value, how, times, ids }): Row => {
      const dated = times.filter((time) => !Number.isNaN(time));
      return {
        cells: [
          { text: value },
          { text: how },
          countCell(times.length),
          countCell([...ids].reduce((sum, id) => sum + (events.get(id) ?? 0), 0)),
          timeCell(dated[0]),
          timeCell(dated.at(-1)),
        ],
      };
    }),
  };
}

/** A sign-in, a session token and a key of one's own leave whoever asked for them who they were. */
export function isOfAnother({ begins, issued, event: { record } }: Issuance): boolean {
  if (begins === "key") return !valuesOf("user", record).includes(issued.userName ?? "");
  return credentialsUsedBy(record).principalId !== issued.principalId;
}

export function isSession({ begins }: Issuance): boolean {
  return begins !== "key";
}

/**
 * Much of one sort in a short time: many different reads as of somebody who looks around, denials in a
 * row, failed sign-ins. Said with the bounds, as facts: a new pipeline looks like that, too.
 */

import { equals, every, field } from "../../query/build.ts";
import type { Filter } from "../../query/filter.ts";
import { groupsOf } from "../../query/found.ts";
import type { Group, Reading } from "../../query/query.ts";
import { counted, grouped, lasting, moment } from "../../words/sentences.ts";

/** So many different reads, each for the first time, within so long: in a hurry, and slowly. */
const lookingAround = [
  { calls: 20, withinMs: 300_000 },
  { calls: 30, withinMs: 3_600_000 },
] as const;
/** So many denials, or failed sign-ins, with no longer pause than this between them. */
const denials = { calls: 20, pauseMs: 60_000 } as const;
const signIns = { calls: 5, pauseMs: 300_000 } as const;

/** A kind of call: when it came for the first time, and for the last. Epoch milliseconds. */
export interface CallKind {
  readonly call: string;
  readonly first: number;
  readonly last: number;
}

/** The most different reads that came for the first time within a window, told by the first bound that they reach. */
export function lookingAroundWords(
  reads: readonly CallKind[],
  timeZone: string,
): readonly string[] {
  const inOrder = reads.toSorted((a, b) => a.first - b.first);
  for (const { calls, withinMs } of lookingAround) {
    const most = mostWithin(inOrder, withinMs);
    const [first, last] = [most.at(0)?.first, most.at(-1)?.first];
    if (most.length < calls || first === undefined || last === undefined) continue;
    // Scanners and inventories read the same again and again; whoever looks around knows it afterwards.
    const again = most.filter((kind) => kind.last > last + withinMs).length;
    const takenFor =
      again * 2 > most.length
        ? `and ${grouped(again)} of them again later, as of a scanner or an inventory`
        : "as of somebody who looks around";
    return [
      `${counted(most.length, "different read")} came for the first time within ${lasting(last - first)}, ` +
        `from ${moment(first, timeZone)}, ${takenFor} (told from ${calls} within ${lasting(withinMs)}).`,
    ];
  }
  return [];
}

/** Of calls in the order of their first time, the most that began within the window. */
function mostWithin(inOrder: readonly CallKind[], withinMs: number): readonly CallKind[] {
  let best = { from: 0, until: 0 };
  let until = 0;
  for (const [from, { first }] of inOrder.entries()) {
    while (until < inOrder.length && (inOrder[until]?.first ?? 0) - first <= withinMs) until += 1;
    if (until - from > best.until - best.from) best = { from, until };
  }
  return inOrder.slice(best.from, best.until);
}

/** `filter` selects whom the bursts are of. */
export async function burstWords(
  reading: Reading,
  filter: Filter,
  timeZone: string,
): Promise<readonly string[]> {
  const runs = (only: Filter, pauseMs: number) =>
    groupsOf(reading, {
      kind: "groups",
      filter: every([filter, only]),
      by: [field("outcome")],
      pauseMs,
    });
  const denied = await runs(equals("outcome", "denied"), denials.pauseMs);
  const signedIn = await runs(equals("eventName", "ConsoleLogin"), signIns.pauseMs);
  return [...deniedWords(denied, timeZone), ...signInWords(signedIn, timeZone)];
}

function deniedWords(runs: readonly Group[], timeZone: string): readonly string[] {
  const bursts = runs.filter(({ count }) => count >= denials.calls);
  const [largest] = bursts;
  if (largest?.first === undefined || largest.last === undefined) return [];
  const more = bursts.length > 1 ? `, and ${counted(bursts.length - 1, "more such run")}` : "";
  return [
    `${counted(largest.count, "call")} in a row ${largest.count === 1 ? "was" : "were"} denied within ` +
      `${lasting(largest.last - largest.first)}, from ${moment(largest.first, timeZone)}${more} ` +
      `(told from ${denials.calls} with pauses of at most ${lasting(denials.pauseMs)}).`,
  ];
}

function signInWords(runs: readonly Group[], timeZone: string): readonly string[] {
  const failing = runs.filter(
    ({ values: [outcome], count }) => outcome !== "success" && count >= signIns.calls,
  );
  return failing.slice(0, 3).flatMap(({ count, first, last }) => {
    if (first === undefined || last === undefined) return [];
    const next = runs
      .filter(({ values: [outcome] }) => outcome === "success")
      .flatMap((run) => run.first ?? [])
      .filter((time) => time >= first && time <= last + signIns.pauseMs)
      .sort((a, b) => a - b)[0];
    return [
      `${grouped(count)} sign-ins failed within ${lasting(last - first)}, from ` +
        `${moment(first, timeZone)}${next === undefined ? "" : `, and one succeeded on ${moment(next, timeZone)}`} ` +
        `(told from ${signIns.calls} with pauses of at most ${lasting(signIns.pauseMs)}).`,
    ];
  });
}

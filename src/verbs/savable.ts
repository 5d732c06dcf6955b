/**
 * `trailhound savable`: what was sent to its end and can still be saved, until when and by which call.
 */

import { timeOf } from "../event/time.ts";
import { valuesOf } from "../event/values.ts";
import type { Column, Row } from "../query/answer.ts";
import { every } from "../query/build.ts";
import type { Filter } from "../query/filter.ts";
import { eventsOf } from "../query/found.ts";
import type { FoundEvent, Reading } from "../query/query.ts";
import { behindQuestions, sessionsBehind } from "../resolve/gather.ts";
import { aftermathOf, type Ending, endingFilter, endingsIn, isEnding } from "../resolve/savable.ts";
import { behind, nameBehind } from "../words/caller-behind.ts";
import { timeCell } from "../words/cells.ts";
import { callOf, type NameOf } from "../words/event-words.ts";
import { looksAtRegion, noDataEvents, otherRegions } from "../words/left-out.ts";
import {
  deadlineOf,
  nameOfThing,
  type Pending,
  pendingFacts,
  pendingSentence,
  rescueOf,
  stateOf,
} from "../words/savable-words.ts";
import { counted, grouped, listed, moment } from "../words/sentences.ts";
import { verb } from "./verb.ts";

export const savable = verb({
  name: "savable",
  summary: "list what is about to be deleted or only hidden: until when it can be saved, and how",
  details:
    "Keys, secrets and whatever else waits before it is gone, and objects under a delete marker, " +
    "nearest deadline first. What was saved, created anew or is gone, in these logs, is counted and not " +
    "listed. Filters narrow which calls scheduled or hid it; what came of it counts wherever it is.",
  takes: ["filter", "limit"],
  reach: "everything",
  readsLogs: true,
  examples: [
    { command: "savable", says: "all that can still be saved" },
    {
      command: "savable --last 7d --user maria",
      says: "what maria's calls of this week left to save",
    },
  ],
  questions: () => [{ kind: "events", filter: endingFilter }, ...behindQuestions, { kind: "more" }],
  async run(reading, { filter, limit, timeZone, moment: momentOf }) {
    const calls = (await eventsOf(reading, { filter: every([endingFilter, filter]) })).filter(
      isEnding,
    );
    const now = momentOf("now");
    const endings = await toldOf(reading, calls, now === undefined ? {} : { newest: now });
    const all = endings.filter(isPending).toSorted(byDeadline);
    const nameOf = await namesBehind(reading, all);
    const over = all.filter((one) => stateOf(one) === "time over");
    const left = all.length - over.length;
    const asOf = now === undefined ? "" : ` as of ${moment(now, timeZone)}`;
    const counts = countsOf(endings);
    return {
      found: all.length > 0,
      sentences: [
        `${left === 0 ? "Nothing" : counted(left, "thing")} can still be saved${asOf}, in these logs` +
          `${over.length === 0 ? "" : `; for ${counted(over.length, "thing")} the time is over`}.`,
        ...all.slice(0, mostTold).map((one) => pendingSentence(one, nameOf, timeZone)),
        ...leftOutSentences(counts),
      ],
      facts: {
        savable: left,
        timeOver: over.length,
        ...counts,
        things: all.map((one) => pendingFacts(one, nameOf)),
      },
      sections: [
        { name: "savable", columns, rows: all.slice(0, limit).map((one) => rowOf(one, nameOf)) },
      ],
      hints: all.length > 0 ? [] : blindSpots(reading, filter),
    };
  },
});

/** What may wait where these logs do not look. */
function blindSpots(reading: Reading, filter: Filter): readonly string[] {
  const hasData = reading.coverage().categories.some(({ value }) => value === "Data");
  return [...(looksAtRegion(filter) ? [otherRegions] : []), ...(hasData ? [] : [noDataEvents])];
}

/** More are in the table. */
const mostTold = 4;

async function toldOf(
  reading: Reading,
  calls: readonly FoundEvent[],
  horizon: { readonly newest?: number },
): Promise<readonly Ending[]> {
  if (calls.length === 0) return [];
  const filter = aftermathOf(calls);
  const wide = reading.further([{ kind: "events", filter }]);
  return endingsIn(calls, await eventsOf(wide, { filter }), horizon);
}

function isPending(ending: Ending): ending is Pending {
  return ending.verdict.kind === "scheduled" || ending.verdict.kind === "hidden";
}

/** What can be saved first, the nearest deadline before all; what has none before what is over. */
function byDeadline(a: Pending, b: Pending): number {
  const last = Number.MAX_SAFE_INTEGER;
  return (
    Number(stateOf(a) === "time over") - Number(stateOf(b) === "time over") ||
    (deadlineOf(a) ?? last) - (deadlineOf(b) ?? last) ||
    (timeOf(b.call.record) ?? 0) - (timeOf(a.call.record) ?? 0)
  );
}

async function namesBehind(reading: Reading, pending: readonly Pending[]): Promise<NameOf> {
  const sessions = await sessionsBehind(
    reading,
    pending.map(({ call }) => call),
  );
  const known = new Map<string, string>();
  return ({ id, record }) => {
    const name = known.get(id) ?? nameBehind(behind(record, sessions));
    known.set(id, name);
    return name;
  };
}

interface Counts {
  readonly saved: number;
  readonly createdAnew: number;
  readonly gone: number;
}

function countsOf(endings: readonly Ending[]): Counts {
  const verdicts = endings.map(({ verdict }) => verdict);
  const undone = verdicts.flatMap((verdict) => (verdict.kind === "undone" ? [verdict.how] : []));
  return {
    saved: undone.filter((how) => how !== "created anew").length,
    createdAnew: undone.filter((how) => how === "created anew").length,
    gone: verdicts.filter(({ kind }) => kind === "deleted").length,
  };
}

function leftOutSentences({ saved, createdAnew, gone }: Counts): readonly string[] {
  const told = [
    ...(saved === 0 ? [] : [`${grouped(saved)} saved since`]),
    ...(createdAnew === 0 ? [] : [`${grouped(createdAnew)} created anew`]),
    ...(gone === 0 ? [] : [`${grouped(gone)} gone for good`]),
  ];
  return told.length === 0 ? [] : [`Not listed: ${listed(told)}.`];
}

const columns: readonly Column[] = [
  { name: "until", title: "Until" },
  { name: "state", title: "State" },
  { name: "kind", title: "Kind", rank: 1 },
  { name: "thing", title: "What", wrap: true },
  { name: "savedBy", title: "Save with", wrap: true },
  { name: "who", title: "Who", wrap: true },
  { name: "scheduled", title: "Called", rank: 1 },
  { name: "event", title: "Event", rank: 2 },
  { name: "region", title: "Region", rank: 3 },
  { name: "account", title: "Account", rank: 3 },
  { name: "eventID", title: "Event ID", rank: 4, id: true },
];

function rowOf(one: Pending, nameOf: NameOf): Row {
  const { call, thing } = one;
  const until = deadlineOf(one);
  return {
    event: call,
    ...(stateOf(one) !== "time over" && { mark: "decisive" as const }),
    cells: [
      until === undefined ? { text: "no date" } : timeCell(until),
      { text: stateOf(one) },
      { text: thing.kind },
      { text: nameOfThing(one) },
      { text: rescueOf(one) },
      { text: nameOf(call) },
      timeCell(timeOf(call.record)),
      { text: callOf(call.record) },
      { text: valuesOf("awsRegion", call.record)[0] },
      { text: valuesOf("recipientAccountId", call.record)[0] },
      { text: valuesOf("eventID", call.record)[0] },
    ],
  };
}

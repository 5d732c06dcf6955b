/**
 * `trailhound doors`: what somebody opened and what of it still stands.
 */

import { foldCase } from "../event/fold-case.ts";
import { timeOf } from "../event/time.ts";
import { valuesOf } from "../event/values.ts";
import type { Column, Row } from "../query/answer.ts";
import { eventsOf } from "../query/found.ts";
import { matches } from "../query/matches.ts";
import type { FoundEvent, Reading } from "../query/query.ts";
import { type Door, doorFilter, doorsIn, weightOf } from "../resolve/doors.ts";
import { behindQuestions, sessionsBehind } from "../resolve/gather.ts";
import { whoWasMeant } from "../words/absence.ts";
import { type Behind, behind, nameBehind } from "../words/caller-behind.ts";
import { timeCell } from "../words/cells.ts";
import { doorFacts, doorWords } from "../words/door-words.ts";
import { callOf, onDay, whoOf } from "../words/event-words.ts";
import { counted, grouped } from "../words/sentences.ts";
import { verb } from "./verb.ts";

export const doors = verb({
  name: "doors",
  summary: "list what was opened and whether it still is: keys, passwords, trust, rules, shares",
  details:
    "Open is what no later call in these logs closed. With a name, only what that person opened, " +
    "through whichever role. Filters narrow which calls opened; what closed it counts wherever it is.",
  arguments: [{ name: "<who>", help: "a person, user, role or session; '*' for everybody" }],
  takes: ["filter", "limit"],
  reach: "everything",
  readsLogs: true,
  examples: [
    { command: "doors maria", says: "what maria opened, and what of it is still open" },
    { command: "doors '*' --since 2026-11-05", says: "everybody's, from that day on" },
  ],
  questions: () => [{ kind: "events", filter: doorFilter }, ...behindQuestions, { kind: "more" }],
  async run(reading, { arguments: [asked = ""], filter, limit, timeZone }) {
    const who = asked === "*" ? "" : asked;
    const all = doorsIn(await eventsOf(reading, { filter: doorFilter })).filter(({ opened }) =>
      matches(filter, opened.record),
    );
    const people = await peopleBehind(
      reading,
      all.flatMap(({ opened, closed }) => (closed === undefined ? [opened] : [opened, closed])),
    );
    const nameOf = (event: FoundEvent) => nameBehind(people(event));
    const its = who === "" ? all : all.filter(({ opened }) => isBy(people(opened), who));
    const sorted = its.toSorted(
      (a, b) =>
        Number(a.closed !== undefined) - Number(b.closed !== undefined) ||
        weightOf(b) - weightOf(a) ||
        (timeOf(b.opened.record) ?? 0) - (timeOf(a.opened.record) ?? 0),
    );
    const open = sorted.filter(({ closed }) => closed === undefined);
    const whose = who === "" ? "" : ` by ${who}`;
    const head =
      its.length === 0
        ? `Nothing was opened${whose}, in these logs.`
        : `${counted(its.length, "door was", "doors were")} opened${whose}; ` +
          `${open.length === 0 ? "none is" : `${grouped(open.length)} ${open.length === 1 ? "is" : "are"} still`} ` +
          "open, in these logs.";
    return {
      found: its.length > 0,
      sentences: [
        head,
        ...open.slice(0, mostTold).map((door) => openSentence(door, nameOf, timeZone)),
      ],
      facts: {
        who: who === "" ? null : who,
        opened: its.length,
        open: open.length,
        doors: doorFacts(sorted),
      },
      sections: [
        {
          name: "doors",
          columns,
          rows: sorted.slice(0, limit).map((door) => rowOf(door, nameOf)),
        },
      ],
      hints: its.length > 0 || who === "" ? [] : await whoWasMeant(reading, who),
    };
  },
});

/** More are in the table. */
const mostTold = 4;

const columns: readonly Column[] = [
  { name: "opened", title: "Opened" },
  { name: "who", title: "Who", wrap: true },
  { name: "event", title: "Event", rank: 2 },
  { name: "kind", title: "Door" },
  { name: "thing", title: "What", wrap: true },
  { name: "whom", title: "For whom", wrap: true },
  { name: "closed", title: "Closed" },
  { name: "closedBy", title: "By", rank: 3, wrap: true },
  { name: "eventID", title: "Event ID", rank: 4, id: true },
];

function rowOf(
  { opened, closed, kind, thing, whom }: Door,
  nameOf: (event: FoundEvent) => string,
): Row {
  return {
    event: opened,
    ...(closed === undefined ? { mark: "decisive" as const } : { mark: "succeeded" as const }),
    cells: [
      timeCell(timeOf(opened.record)),
      { text: nameOf(opened) },
      { text: callOf(opened.record) },
      { text: kind },
      { text: thing },
      { text: whom === "" ? undefined : whom },
      closed === undefined ? { text: "still open" } : timeCell(timeOf(closed.record)),
      { text: closed === undefined ? undefined : `${nameOf(closed)} (${callOf(closed.record)})` },
      { text: valuesOf("eventID", opened.record)[0] },
    ],
  };
}

function openSentence(door: Door, nameOf: (event: FoundEvent) => string, timeZone: string): string {
  const { opened, thing } = door;
  return `${thing} was ${doorWords(door)} by ${nameOf(opened)}${onDay(opened.record, timeZone)} (${callOf(opened.record)}).`;
}

async function peopleBehind(
  reading: Reading,
  events: readonly FoundEvent[],
): Promise<(event: FoundEvent) => Behind> {
  const sessions = await sessionsBehind(reading, events);
  const known = events.map((event) => ({ event, told: behind(event.record, sessions) }));
  return (event) =>
    known.find((one) => one.event.id === event.id)?.told ?? behind(event.record, sessions);
}

/** By what the record calls them, or whoever is behind. */
function isBy(person: Behind, who: string): boolean {
  const names = [nameBehind(person), whoOf(person.record), ...valuesOf("user", person.record)];
  return names.some((name) => foldCase(name) === foldCase(who) || endsWith(name, who));
}

function endsWith(name: string, who: string): boolean {
  return (
    foldCase(name).endsWith(`/${foldCase(who)}`) || foldCase(name).endsWith(` / ${foldCase(who)}`)
  );
}

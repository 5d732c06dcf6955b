/**
 * The tables of `trailhound new`: what is new for those who have a baseline, and those who have none.
 */

import { addTo } from "../../event/add-to.ts";
import { parseAddress } from "../../event/address.ts";
import type { Column, Row } from "../../query/answer.ts";
import { byText } from "../../query/compare.ts";
import { countCell, timeCell } from "../../words/cells.ts";
import { counted, grouped, lasting, listed } from "../../words/sentences.ts";
import type { Aspect, Habit, Support } from "./habits.ts";
import { isThin, type News, nouns } from "./news.ts";

/** More new values of one sort than this are one row. */
const mostRows = 5;

export const columns: readonly Column[] = [
  { name: "first", title: "First" },
  { name: "last", title: "Last", rank: 4 },
  { name: "who", title: "Who", wrap: true },
  { name: "aspect", title: "New" },
  { name: "value", title: "What", wrap: true },
  { name: "events", title: "Events", rank: 1, align: "right" },
  { name: "denied", title: "Denied", rank: 2, align: "right" },
  { name: "note", title: "Note", rank: 3, wrap: true },
  { name: "baseline", title: "Baseline", rank: 5 },
];

/** In order of time; many of one sort in one row. */
export function changeRows(news: News): readonly Row[] {
  const bySort = new Map<string, Habit[]>();
  for (const change of news.changes) {
    addTo(bySort, JSON.stringify([change.who, change.aspect]), change);
  }
  const nameFor = names(news);
  const note = noter(news);
  return [...bySort.values()]
    .flatMap((same) => (same.length > mostRows ? [same] : same.map((one) => [one])))
    .map((same) => same.toSorted((a, b) => a.first - b.first || byText(a.value, b.value)))
    .sort(([a], [b]) => (a?.first ?? 0) - (b?.first ?? 0) || byText(a?.who ?? "", b?.who ?? ""))
    .flatMap((same) => {
      const [one] = same;
      return one === undefined ? [] : [changeRow(same, one, { news, nameFor, note })];
    });
}

function changeRow(
  same: readonly Habit[],
  { who, aspect, first }: Habit,
  {
    news,
    nameFor,
    note,
  }: {
    readonly news: News;
    readonly nameFor: (who: string) => string;
    readonly note: (habits: readonly Habit[]) => string | undefined;
  },
): Row {
  const sum = (count: (habit: Habit) => number) =>
    same.reduce((all, habit) => all + count(habit), 0);
  const values = same.map(({ value }) => value);
  const [one, many] = nouns[aspect];
  return {
    cells: [
      timeCell(first),
      timeCell(same.reduce((last, habit) => Math.max(last, habit.last), first)),
      { text: nameFor(who) },
      { text: same.length === 1 ? one : `${grouped(same.length)} ${many}` },
      same.length === 1 ? { text: values[0] } : { text: listed(values), value: values },
      countCell(sum(({ events }) => events)),
      countCell(sum(({ denied }) => denied)),
      { text: note(same) },
      { text: supportWords(news.baseline.get(who)) },
    ],
  };
}

/** `1,204 calls in 13 d`. */
function supportWords(support: Support | undefined): string | undefined {
  if (support === undefined) return undefined;
  const { events, first, last } = support;
  const length = last === first ? "" : ` in ${lasting(last - first)}`;
  return `${counted(events, "call")}${length}${isThin(support) ? " (thin)" : ""}`;
}

/** Whether it is new for everybody, or near to what was known. */
function noter({ all, window }: News): (habits: readonly Habit[]) => string | undefined {
  const known = new Set<string>();
  for (const { who, aspect, value, first } of all) {
    if (first >= window.until) continue;
    known.add(`${aspect} ${value}`);
    if (aspect === "address") known.add(`${who} ${blockOf(value)}`);
  }
  return (habits) => {
    const isNear = ({ who, aspect, value }: Habit) =>
      aspect === "address" && known.has(`${who} ${blockOf(value)}`);
    if (habits.every(isNear)) return "in a known block";
    const unheard = habits.filter(({ aspect, value }) => !known.has(`${aspect} ${value}`)).length;
    if (unheard === 0) return undefined;
    return unheard === habits.length
      ? "nobody's before"
      : `${grouped(unheard)} of them nobody's before`;
  };
}

/** Addresses next to each other: the /24 of IPv4, the /64 that one network has of IPv6. */
function blockOf(address: string): string {
  const bytes = parseAddress(address);
  return bytes === undefined
    ? address
    : Buffer.from(bytes.slice(0, bytes.length === 4 ? 3 : 8)).toString("hex");
}

/** Two identities of one name are told apart by their account, or else by their ARN. */
function names({ after, baseline, callers }: News): (who: string) => string {
  const all = new Map(
    [...new Set([...after.keys(), ...baseline.keys()])].map((who) => [who, callers.nameOf(who)]),
  );
  const withAccount = (who: string) =>
    `${all.get(who) ?? who} of account ${who.split(":")[4] ?? "unknown"}`;
  const short = new Set(onceOnly([...all.values()]));
  const long = new Set(onceOnly([...all.keys()].map(withAccount)));
  return (who) => {
    const name = all.get(who) ?? callers.nameOf(who);
    if (short.has(name)) return name;
    return long.has(withAccount(who)) ? withAccount(who) : who;
  };
}

function onceOnly(texts: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return texts.filter((text) => counts.get(text) === 1);
}

const strangerColumns: readonly Column[] = [
  { name: "first", title: "First" },
  { name: "last", title: "Last", rank: 3 },
  { name: "who", title: "Who", wrap: true },
  { name: "events", title: "Events", align: "right" },
  { name: "did", title: "Calls", rank: 1, wrap: true },
  { name: "from", title: "From", rank: 2, wrap: true },
];

export function strangerSection(news: News, limit: number | undefined) {
  const nameFor = names(news);
  const habits = new Map(news.strangers.map((who) => [who, [] as Habit[]]));
  for (const habit of news.all) habits.get(habit.who)?.push(habit);
  const ofStranger = (who: string, wanted: Aspect) =>
    (habits.get(who) ?? [])
      .filter(({ aspect }) => aspect === wanted)
      .sort((a, b) => b.events - a.events || byText(a.value, b.value))
      .map(({ value }) => value);
  const rows = news.strangers
    .map((who) => ({ who, ...news.after.get(who) }))
    .sort((a, b) => (a.first ?? 0) - (b.first ?? 0) || byText(a.who, b.who))
    .slice(0, limit)
    .map(({ who, events, first, last }): Row => {
      const [did, from] = [ofStranger(who, "event"), ofStranger(who, "address")];
      return {
        cells: [
          timeCell(first),
          timeCell(last),
          { text: nameFor(who) },
          countCell(events),
          { text: listed(did), value: did },
          { text: listed(from), value: from },
        ],
      };
    });
  return {
    name: "strangers",
    title: `Without a baseline (${grouped(news.strangers.length)})`,
    columns: strangerColumns,
    rows,
  };
}

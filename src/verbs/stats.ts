/**
 * `trailhound stats`: how many events there are for each value of one or more fields, and what a number
 * in them adds up to.
 */

import type { Cell, Column, Row } from "../query/answer.ts";
import type { Filter, Subject } from "../query/filter.ts";
import { groupsOf } from "../query/found.ts";
import { takesAnyLane } from "../query/lanes.ts";
import type { Group, Reading } from "../query/query.ts";
import { subjectName, subjectsNamed } from "../query/subject.ts";
import { UserError } from "../query/user-error.ts";
import { pathsMeant } from "../words/absence.ts";
import { countCell, timeCell } from "../words/cells.ts";
import { humanQuestions } from "../words/humans.ts";
import {
  laneFacts,
  lanesOf,
  lanesQuestion,
  leftOutLanes,
  otherRecords,
} from "../words/lane-words.ts";
import { leftOut } from "../words/left-out.ts";
import { counted, grouped, listed } from "../words/sentences.ts";
import { text } from "./options.ts";
import { groupsByHuman, humanGroups } from "./stats/by-human.ts";
import { amount, type Sums, summedSubject, sumsOf, sumWords } from "./stats/sums.ts";
import { type Scope, verb } from "./verb.ts";

const options = {
  by: text(
    "--by <field,...>",
    "fields or paths to count by; eventName, with --by-human nothing else, by default",
  ),
  sum: text("--sum <field>", "add up the numbers under this field or path, largest sum first"),
};

export const stats = verb({
  name: "stats",
  summary: "count the matching events by field, with first and last seen",
  options,
  takes: ["filter", "limit", "byHuman"],
  readsLogs: true,
  examples: [
    { command: "stats --by identity --outcome denied", says: "who is denied most" },
    { command: "stats --by eventSource,awsRegion", says: "which services are used where" },
    {
      command: "stats --by identity --sum additionalEventData.bytesTransferredOut -e GetObject",
      says: "who took how many bytes out of S3",
    },
  ],
  questions(scope) {
    const { by, summed } = countedIn(scope);
    const subjects = [...by, ...(summed ? [summed] : [])];
    return [
      ...(scope.byHuman
        ? humanGroups(scope.filter, subjects)
        : [{ kind: "groups", filter: scope.filter, by: subjects } as const]),
      lanesQuestion(scope.filter),
      ...humanQuestions(scope.byHuman),
    ];
  },
  asked: (scope) => `stats by ${namesIn(scope).join(", ")}`,
  async run(reading, scope) {
    const { filter, limit, byHuman } = scope;
    const { by, summed } = countedIn(scope);
    const groupsBy = (subjects: readonly Subject[]) =>
      byHuman
        ? groupsByHuman(reading, filter, subjects)
        : groupsOf(reading, { kind: "groups", filter, by: subjects });
    const sums = summed && sumsOf(subjectName(summed), await groupsBy([...by, summed]));
    const groups = await groupsBy(by);
    const rows = sums === undefined ? groups : groups.toSorted((a, b) => sums.of(b) - sums.of(a));
    const names = namesIn(scope);
    const lanes = await lanesOf(reading, filter);
    const isOfAll = takesAnyLane({ filter, by });
    const total = lanes.calls + (isOfAll ? otherRecords(lanes) : 0);
    const columns: readonly Column[] = [
      ...names.map((name) => ({ name, title: name })),
      ...(sums === undefined ? [] : [{ name: "sum", title: "Sum", align: "right" } as const]),
      { name: "events", title: "Events", align: "right" },
      { name: "first", title: "First", rank: 2 },
      { name: "last", title: "Last", rank: 1 },
    ];
    const empty = names.filter((_, i) => groups.every(({ values }) => values[i] === undefined));
    // Rows that tell of no value are no answer; a sum is one.
    const isFound = groups.length > 0 && (empty.length < names.length || sums !== undefined);
    const shown = isFound ? rows.slice(0, limit) : [];
    return {
      found: isFound,
      sentences: [
        ...(sums && groups.length > 0 ? [sumWords(sums)] : []),
        groups.length > 0 && !isFound
          ? noValue(groups, names)
          : headline(groups, shown.length, {
              ...{ names, total },
              order: sums ? "the largest sum" : "most events",
            }),
        ...(isOfAll ? [] : leftOutLanes(lanes)),
      ],
      facts: {
        ...{ groups: groups.length, events: total },
        ...(isOfAll ? {} : laneFacts(lanes)),
        ...(sums ? { sum: sums.total } : {}),
      },
      sections: [{ name: "groups", columns, rows: shown.map((group) => groupRow(group, sums)) }],
      hints:
        groups.length === 0
          ? leftOut(filter, reading.coverage())
          : [
              ...(isFound ? empty.map((name) => `No matching event has a value of ${name}.`) : []),
              ...(await meantBy(
                reading,
                filter,
                by.filter((subject) => empty.includes(subjectName(subject))),
              )),
            ],
    };
  },
});

function countedIn({ options: { by: list, sum }, byHuman }: Scope<typeof options>) {
  const written = list ?? (byHuman ? undefined : "eventName");
  return {
    by: written === undefined ? [] : subjectsNamed(written, "--by"),
    summed: sum === undefined ? undefined : summedSubject(sum),
  };
}

function namesIn(scope: Scope<typeof options>): readonly string[] {
  return [...(scope.byHuman ? ["human"] : []), ...countedIn(scope).by.map(subjectName)];
}

function noValue(groups: readonly Group[], names: readonly string[]): string {
  const total = groups.reduce((sum, { count }) => sum + count, 0);
  const what = `a value of ${listed(names, names.length, "or")}`;
  return total === 1
    ? `The matching event lacks ${what}.`
    : `None of the ${counted(total, "matching event")} has ${what}.`;
}

/** What may have been meant by paths that no event has. */
async function meantBy(
  reading: Reading,
  filter: Filter,
  subjects: readonly Subject[],
): Promise<readonly string[]> {
  const hints: string[] = [];
  for (const subject of subjects) {
    if (subject.kind !== "path") continue;
    const near = await pathsMeant(reading, filter, subject.path).catch(unlessOnePass);
    hints.push(near.length > 0 ? `Did you mean ${listed(near, 3, "or")}?` : howPathsAreFound);
  }
  return [...new Set(hints)];
}

/** A second look at a pipe is refused; what the answer says holds without the hint. */
function unlessOnePass(error: unknown): readonly string[] {
  if (error instanceof UserError) return [];
  throw error;
}

const howPathsAreFound =
  "`trailhound fields` lists the fields, `trailhound show <eventID>` the paths of an event.";

interface Counting {
  readonly names: readonly string[];
  /** What the groups come in. */
  readonly order: string;
  /** Of events, each counted once. */
  readonly total: number;
}

function headline(
  groups: readonly Group[],
  shown: number,
  { names, order, total }: Counting,
): string {
  if (groups.length === 0) return "No events match.";
  const [name] = names;
  const none = groups.find(({ values: [value] }) => value === undefined)?.count ?? 0;
  const kinds =
    names.length > 1
      ? counted(groups.length, "combination")
      : counted(groups.length - (none > 0 ? 1 : 0), ...nounsFor(name));
  const lacking =
    names.length > 1 || none === 0 ? "" : `; ${grouped(none)} ${none === 1 ? "has" : "have"} none`;
  const what = `${counted(total, "event")}: ${kinds}${lacking}`;
  if (shown === groups.length) return `${what}.`;
  if (shown === 0) return `${what}. None is listed.`;
  return `${what}. The ${shown === 1 ? "one" : grouped(shown)} with ${order}:`;
}

function groupRow(group: Group, sums: Sums | undefined): Row {
  const { values, count, first, last } = group;
  const sum: readonly Cell[] =
    sums === undefined ? [] : [{ text: amount(sums.of(group)), value: sums.of(group) }];
  const counts = [...sum, countCell(count), timeCell(first), timeCell(last)];
  return { cells: [...values.map((text) => ({ text })), ...counts] };
}

function nounsFor(name = ""): readonly [one: string, many: string] {
  return name === "human"
    ? ["caller, told by who is behind it", "callers, told by who is behind them"]
    : [`value of ${name}`, `values of ${name}`];
}

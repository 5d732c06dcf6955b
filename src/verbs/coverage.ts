/**
 * `trailhound coverage`: what the logs hold and what could not be read of them, so that one knows
 * what an answer from them is worth.
 */

import type { FieldName } from "../event/fields.ts";
import type { Section } from "../query/answer.ts";
import { field } from "../query/build.ts";
import type { Coverage, Gap, Problem, Tally } from "../query/coverage.ts";
import { everything } from "../query/filter.ts";
import { groupsOf } from "../query/found.ts";
import type { GroupsQuery, Reading } from "../query/query.ts";
import { countCell, talliesSection, timeCell } from "../words/cells.ts";
import {
  type Lanes,
  laneNames,
  lanesOf,
  lanesQuestion,
  otherRecords,
} from "../words/lane-words.ts";
import { counted, grouped, period } from "../words/sentences.ts";
import { doubtSections, doubtSentences, doubtsFilter, doubtsOf } from "./coverage/doubts.ts";
import { verb } from "./verb.ts";

export const coverage = verb({
  name: "coverage",
  summary: "tell what was loaded: files, records, accounts, regions, time span, gaps, problems",
  takes: [],
  readsLogs: true,
  examples: [{ command: "coverage", says: "what an answer from these logs rests on" }],
  questions: () => [
    { kind: "survey" },
    { kind: "events", filter: doubtsFilter },
    lanesQuestion(everything),
    ...Object.values(facets).map(tallyQuestion),
  ],
  async run(reading, { timeZone }) {
    const survey = await reading.survey();
    const doubts = await doubtsOf(reading);
    const lanes = await lanesOf(reading, everything);
    const [accounts, regions, categories] = await Promise.all([
      talliesOf(reading, facets.accounts),
      talliesOf(reading, facets.regions),
      talliesOf(reading, facets.categories),
    ]);
    // Counted as other answers count: what repeats another record, once.
    const found: Coverage = { ...survey.coverage(), accounts, regions, categories };
    const others = otherRecords(lanes);
    const events = lanes.calls + others;
    return {
      found: found.records > 0,
      sentences: [
        `${counted(found.records, "record")} in ${counted(found.files, "file")}` +
          `${period(found.span, timeZone)}.`,
        ...(found.records === 0 ? [] : [distinctWords({ found, events, lanes })]),
        ...doubtSentences(doubts, found, { events, timeZone }),
      ],
      facts: { records: found.records, events, calls: lanes.calls },
      sections: [
        talliesSection("accounts", "Accounts", "Account", found.accounts),
        talliesSection("regions", "Regions", "Region", found.regions),
        talliesSection("categories", "Event categories", "Category", found.categories),
        gaps(found.gaps ?? []),
        ...doubtSections(doubts),
        notLogs(found),
        problems(found),
      ],
      hints: [],
    };
  },
});

const facets = {
  accounts: "recipientAccountId",
  regions: "awsRegion",
  categories: "eventCategory",
} as const;

function tallyQuestion(facet: FieldName): GroupsQuery {
  return { kind: "groups", filter: everything, by: [field(facet)], anyLane: true };
}

/** Most events first. */
async function talliesOf(reading: Reading, facet: FieldName): Promise<readonly Tally[]> {
  const groups = await groupsOf(reading, tallyQuestion(facet));
  return groups.flatMap(({ values: [value], count, ...span }) =>
    value === undefined ? [] : [{ ...span, value, events: count }],
  );
}

interface Distinct {
  readonly found: Coverage;
  /** Each once. */
  readonly events: number;
  readonly lanes: Lanes;
}

/** `12 distinct events, of which 9 are calls, Insight 2 and NetworkActivity 1 are none.` */
function distinctWords({ found, events, lanes }: Distinct): string {
  const { duplicates } = found;
  const repeated =
    duplicates === 0 ? "" : `; ${counted(duplicates, "record repeats", "records repeat")} another`;
  const others = otherRecords(lanes);
  const told =
    others === 0
      ? ""
      : `, of which ${counted(lanes.calls, "is a call", "are calls")} and ${grouped(others)} ` +
        `${others === 1 ? "is none" : "are none"} (${laneNames(lanes)})`;
  return `${counted(events, "distinct event")}${told}${repeated}.`;
}

function gaps(rows: readonly Gap[]): Section {
  return {
    name: "gaps",
    title: "Without any event, longer than is usual here",
    columns: [
      { name: "from", title: "From" },
      { name: "until", title: "Until" },
    ],
    rows: rows.map(({ from, until }) => ({ cells: [timeCell(from), timeCell(until)] })),
  };
}

function notLogs({ notLogs: rows }: Coverage): Section {
  return {
    name: "notLogs",
    title: `Files that are no CloudTrail logs (${rows.length})`,
    columns: [
      { name: "file", title: "File", wrap: true },
      { name: "what", title: "What it is" },
    ],
    rows: rows.map(({ origin, what }) => ({ cells: [{ text: origin }, { text: what }] })),
    summary: kindsOf(rows),
  };
}

/** A trail leaves a digest each hour in each region. */
function kindsOf(files: Coverage["notLogs"]): NonNullable<Section["summary"]> {
  const kinds = new Map<string, { readonly first: string; files: number }>();
  for (const { origin, what } of files) {
    const kind = kinds.get(what) ?? { first: origin, files: 0 };
    kind.files += 1;
    kinds.set(what, kind);
  }
  return {
    columns: [
      { name: "what", title: "What they are" },
      { name: "files", title: "Files", align: "right" },
      { name: "first", title: "The first of them", wrap: true },
    ],
    rows: Array.from(kinds, ([what, { files: count, first }]) => ({
      cells: [{ text: what }, countCell(count), { text: first }],
    })),
  };
}

function problems({ problems: rows, problemCount }: Coverage): Section {
  const shown = rows.length < problemCount ? `first ${rows.length} of ` : "";
  return {
    name: "problems",
    title: `Could not be read (${shown}${grouped(problemCount)})`,
    columns: [
      { name: "file", title: "File", wrap: true },
      { name: "offset", title: "Byte", align: "right" },
      { name: "line", title: "Line", align: "right" },
      { name: "reason", title: "Reason" },
    ],
    rows: rows.map(({ origin, offset, line, reason }: Problem) => ({
      cells: [{ text: origin }, countCell(offset), countCell(line), { text: reason }],
    })),
  };
}

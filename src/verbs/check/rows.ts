/**
 * Findings as rows: for people what tells them apart, for programs all of it.
 */

import type { Cell, Column, Row, Section } from "../../query/answer.ts";
import { countCell, timeCell } from "../../words/cells.ts";
import type { Reported } from "./reported.ts";

interface FindingColumn extends Column {
  readonly cell: (finding: Reported) => Cell;
}

const rule: FindingColumn = {
  name: "rule",
  title: "Rule",
  wrap: true,
  cell: ({ rule: { id, title, level, place } }) => ({
    text: id,
    value: { id, title, level, file: place.file, line: place.line },
  }),
};
const level: FindingColumn = {
  name: "level",
  title: "Level",
  cell: ({ rule: { level: text } }) => ({ text }),
};
const who: FindingColumn = {
  name: "who",
  title: "Who",
  wrap: true,
  cell: ({ who: { name } }) => ({ text: name }),
};
const target: FindingColumn = {
  name: "target",
  title: "What",
  wrap: true,
  cell: ({ target: text }) => ({ text }),
};
const span: readonly FindingColumn[] = [
  {
    name: "count",
    title: "Events",
    align: "right",
    rank: 3,
    cell: ({ count }) => countCell(count),
  },
  { name: "first", title: "First", rank: 1, cell: ({ first }) => timeCell(first) },
  { name: "last", title: "Last", rank: 4, cell: ({ last }) => timeCell(last) },
];

const forPeople: readonly FindingColumn[] = [
  level,
  { ...rule, cell: ({ rule: { title } }) => ({ text: title }) },
  who,
  target,
  ...span,
  {
    name: "eventID",
    title: "First event",
    rank: 2,
    id: true,
    cell: ({ events: [first] }) => ({ text: first?.eventID }),
  },
];

const forPrograms: readonly FindingColumn[] = [
  rule,
  level,
  who,
  target,
  ...span,
  { name: "standing", title: "Standing", cell: ({ standing }) => ({ text: standing.kind }) },
  { name: "sentence", title: "In words", cell: ({ sentence: text }) => ({ text }) },
  {
    name: "eventIDs",
    title: "Event IDs",
    cell({ events }) {
      const value = events.flatMap(({ eventID }) => eventID ?? []);
      return { text: value.join(" "), value };
    },
  },
  {
    name: "fingerprint",
    title: "Fingerprint",
    cell: ({ fingerprint: text }) => ({ text }),
  },
];

export function findingsSection(findings: readonly Reported[]): Section {
  const rowsOf = (columns: readonly FindingColumn[]): readonly Row[] =>
    findings.map((finding) => ({ cells: columns.map(({ cell }) => cell(finding)) }));
  return {
    name: "findings",
    columns: forPrograms,
    rows: rowsOf(forPrograms),
    summary: { columns: forPeople, rows: rowsOf(forPeople) },
  };
}

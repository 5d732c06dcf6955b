/**
 * `--format json`: one valid document always, written as its rows come. Each row stands on its own
 * line, under the name of its section; `coverage` comes last, when all rows were read.
 *
 * The shape is an interface: what is there keeps its name and meaning as long as `schemaVersion` stays.
 */

import { formatTime } from "../event/time.ts";
import type { Answer, Column, Row } from "../query/answer.ts";
import { type Coverage, isPartial, type Tally } from "../query/coverage.ts";
import type { Span } from "../query/span.ts";
import { programRows, programSections, rowObject } from "./cells.ts";
import type { Format, Pieces, RenderOptions } from "./format.ts";
import { jsonText, recordText } from "./json-text.ts";

const SCHEMA_VERSION = 1;

export const json: Format = {
  name: "json",
  summary: "one document: answer, rows and coverage",
  machine: true,
  needsEvents: false,
  render,
};

async function* render(answer: Answer, { fields }: RenderOptions): Pieces {
  const { verb, question, found, sentences, facts = {} } = answer;
  const head = { schemaVersion: SCHEMA_VERSION, verb, question, found, answer: sentences, facts };
  // The head without its closing brace, as the sections are members of the same object.
  yield jsonText(head).slice(0, -1);
  for (const section of programSections(answer)) {
    const { name, columns } = section;
    yield `,\n${jsonText(name)}:[`;
    let separator = "\n";
    for await (const row of programRows(section)) {
      yield separator + rowText(columns, row, fields === true);
      separator = ",\n";
    }
    yield "]";
  }
  const coverage = answer.coverage?.();
  yield `,\n"hints":${jsonText(answer.hints)}`;
  if (coverage !== undefined) yield `,\n"coverage":${jsonText(coverageObject(coverage))}`;
  yield "}\n";
}

function rowText(columns: readonly Column[], row: Row, fields: boolean): string {
  const { mark, event } = row;
  if (event === undefined || fields) return jsonText({ mark, ...rowObject(columns, row) });
  const { origin, offset, bytes } = event.source;
  return `${jsonText({ mark, origin, offset }).slice(0, -1)},"record":${recordText(bytes)}}`;
}

function coverageObject(coverage: Coverage): unknown {
  const { accounts, regions, categories, gaps, span, ...counts } = coverage;
  return {
    complete: !isPartial(coverage),
    ...counts,
    span: spanObject(span),
    accounts: accounts.map(tallyObject),
    regions: regions.map(tallyObject),
    categories: categories.map(tallyObject),
    gaps: gaps?.map(({ from, until }) => ({ from: instant(from), until: instant(until) })),
  };
}

function tallyObject({ value, events, ...span }: Tally): unknown {
  return { value, events, ...spanObject(span) };
}

function spanObject({ first, last }: Span) {
  return { first: instant(first), last: instant(last) };
}

function instant(time: number | undefined): string | undefined {
  return time === undefined ? undefined : formatTime(time, "UTC");
}

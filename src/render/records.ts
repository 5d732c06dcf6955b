/**
 * `--format records`: the events as a CloudTrail log file, which loads back in. Each record is the
 * very bytes its file holds; with `--fields`, an object of the columns.
 */

import type { Answer } from "../query/answer.ts";
import { recordRows, rowObject } from "./cells.ts";
import type { Format, Pieces, RenderOptions } from "./format.ts";
import { jsonText } from "./json-text.ts";

export const records: Format = {
  name: "records",
  summary: 'a CloudTrail log file, {"Records":[...]}, of the very bytes of the events',
  machine: true,
  needsEvents: true,
  render,
};

async function* render(answer: Answer, { fields }: RenderOptions): Pieces {
  yield '{"Records":[';
  let separator = "\n";
  for (const section of answer.sections) {
    const { columns } = section;
    for await (const row of recordRows(section)) {
      const piece = fields ? jsonText(rowObject(columns, row)) : row.event?.source.bytes;
      if (piece === undefined) continue;
      yield separator;
      yield piece;
      separator = ",\n";
    }
  }
  yield "\n]}\n";
}

/**
 * `--format ndjson`: one JSON object a line, written by the ndjson package. Rows of events give their
 * whole records, which load back in; other rows, and all with `--fields`, give their columns.
 *
 * A record that would not survive being parsed and written again passes as its own text.
 */

import type { Answer } from "../query/answer.ts";
import { programSections, recordRows, rowObject } from "./cells.ts";
import type { Format, Pieces, RenderOptions } from "./format.ts";
import { escaped, recordText } from "./json-text.ts";

export const ndjson: Format = {
  name: "ndjson",
  summary: "one JSON object a line: whole records, or the columns of --fields",
  machine: true,
  needsEvents: false,
  render,
};

async function* render(answer: Answer, { fields }: RenderOptions): Pieces {
  const write = await writer();
  const sections = programSections(answer);
  const several = sections.length > 1;
  for (const section of sections) {
    const { name, columns } = section;
    for await (const row of recordRows(section)) {
      if (row.event === undefined || fields) {
        const object = rowObject(columns, row);
        yield write(several ? { section: name, ...object } : object);
      } else if (survivesParsing(row.event.source.bytes)) {
        yield write(row.event.record);
      } else {
        yield `${recordText(row.event.source.bytes)}\n`;
      }
    }
  }
}

/** The package ends lines as the platform does; ours end with LF everywhere. */
async function writer(): Promise<(object: unknown) => string> {
  const { default: package_ } = await import("ndjson");
  const stream = package_.stringify();
  return (object) => {
    stream.write(object);
    // The package writes at once, so each object's line is there to be read.
    return `${escaped(String(stream.read()).trimEnd())}\n`;
  };
}

/** A number that parsing changes: too many digits, an exponent, a negative zero. Or a look-alike. */
const changedByParsing = /[:[,]\s*(?:-?[\d.]{16}|-?[\d.]+[eE]|-0)/;

function survivesParsing(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  return !changedByParsing.test(text);
}

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Section } from "../../src/query/answer.ts";
import { ndjson } from "../../src/render/ndjson.ts";
import { answer, eventRow, rendered, row, section, spelledOut } from "./answers.ts";

interface Case {
  readonly name: string;
  readonly sections: readonly Section[];
  readonly fields?: boolean;
  readonly lines: readonly string[];
}

/** Records as the file has them, and as one line. */
function record(name: string, json: string, line: string): Case {
  return { name, sections: [section(["id"], [eventRow(json, "x")])], lines: [line] };
}

const cases: readonly Case[] = [
  { name: "is empty when there are no rows", sections: [section(["id"], [])], lines: [] },
  record(
    "puts a whole record on one line",
    '{\n  "eventID": "e 1",\r\n\t"x": [1, 2]\n}',
    '{"eventID":"e 1","x":[1,2]}',
  ),
  ...[
    '{"n":[-12345678901234567890]}',
    '{"n":0.1234567890123456789}',
    '{"n": 1e400}',
    '{"n": -0}',
    '{"n": 1E5, "n": 2}',
  ].map((json) => record(`keeps ${json} as it is`, json, json)),
  record(
    "brings even such a record onto one line",
    '{\n\t"n": 1e400,\r\n "s": "a \\" \\\\", "t": " "\n}',
    '{"n":1e400,"s":"a \\" \\\\","t":" "}',
  ),
  record(
    "writes its hidden characters as escapes",
    '{"n":1e1,"a":"\u202E\u009b\u{e0041}\u2028"}',
    '{"n":1e1,"a":"\\u202e\\u009b\\udb40\\udc41\\u2028"}',
  ),
  record("escapes what the package does not", '{"a":"\u202E"}', '{"a":"\\u202e"}'),
  {
    name: "gives only the columns of --fields",
    fields: true,
    sections: [section(["id", "n"], [eventRow('{"x":1}', "e1", "2"), eventRow("{}", "e2")])],
    lines: ['{"id":"e1","n":"2"}', '{"id":"e2","n":null}'],
  },
  {
    name: "gives the columns of rows that are no events",
    sections: [section(["user", "n"], [row("alice", { text: "1,000", value: 1000 })])],
    lines: ['{"user":"alice","n":1000}'],
  },
  {
    name: "gives an event that is spelled out as a whole record",
    sections: [spelledOut('{"eventID":"e1","n":1e400}')],
    lines: ['{"eventID":"e1","n":1e400}'],
  },
  {
    name: "names the section where there are several",
    sections: [section(["a"], [row("1")]), section(["b"], [row("2")], { name: "groups" })],
    lines: ['{"section":"events","a":"1"}', '{"section":"groups","b":"2"}'],
  },
];

describe("ndjson", () => {
  for (const { name, sections, fields = false, lines } of cases) {
    it(name, async () => {
      const text = await rendered(ndjson, answer({ sections }), { fields });
      assert.equal(text, lines.map((line) => `${line}\n`).join(""));
    });
  }

  it("gives every row of a long answer", async () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => row(String(i)));
    const text = await rendered(ndjson, answer({ sections: [section(["n"], rows)] }));
    const lines = text.trimEnd().split("\n");
    assert.deepEqual(
      lines.map((line) => JSON.parse(line).n),
      rows.map((_, i) => String(i)),
    );
  });
});

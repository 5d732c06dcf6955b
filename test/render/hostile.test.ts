import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Answer } from "../../src/query/answer.ts";
import { formats } from "../../src/render/index.ts";
import { answer, eventRow, plainCoverage, rendered, row, section } from "./answers.ts";
import { hiddenIn } from "./hidden.ts";
import { finding, rule } from "./reports.ts";

/** Every code point of the planes that hold controls, and the lone surrogates. */
function everything(): readonly string[] {
  const texts: string[] = [];
  for (const start of [0, 0x2000, 0xd800, 0xdc00, 0xf000, 0xfe00, 0x1d100, 0xe0000]) {
    const codes = Array.from({ length: 0x400 }, (_, i) => start + i);
    // Apart, so that two surrogates make no pair.
    texts.push(codes.map((code) => String.fromCodePoint(code)).join(" "));
  }
  return texts;
}

/** The text wherever an answer can hold text from a log or a file name. */
function holding(text: string): Answer {
  return answer({
    question: text,
    sentences: [text, text],
    facts: { [text]: text },
    sections: [
      section([{ name: text, title: text }, "b"], [row(text, { text, value: [text] })], {
        title: text,
      }),
    ],
    hints: [text],
    report: {
      findings: [
        finding({
          rule: rule({ ...named(text), references: [text] }),
          sentence: text,
          target: text,
        }),
      ],
      rules: [rule(named(text))],
      gaps: [{ about: "logs", problem: text, file: text, line: 1, allowedBy: text }],
    },
    coverage: () => ({
      ...plainCoverage,
      notLogs: [{ origin: text, what: text }],
      accounts: [{ value: text, events: 1 }],
      regions: [{ value: text, events: 1 }],
    }),
  });
}

function named(text: string) {
  return { id: text, title: text, description: text, tags: [text], falsePositives: [text] };
}

describe("every format", () => {
  for (const [name, format] of Object.entries(formats)) {
    it(`${name} writes no hidden character but line ends`, async () => {
      for (const text of everything()) {
        for (const width of [undefined, 80]) {
          const written = await rendered(format, holding(text), { width });
          assert.equal(hiddenIn(written, "\n"), undefined);
        }
      }
    });
  }

  it("gives text back unchanged to who parses it", async () => {
    for (const text of everything()) {
      const { json, ndjson } = formats;
      assert.ok(json && ndjson);
      const document = JSON.parse(await rendered(json, holding(text)));
      assert.deepEqual(
        [document.question, document.answer[0], document.events[0][text]],
        [text, text, text],
      );
      const record = { eventID: text, n: 1 };
      const sections = [section(["x"], [eventRow(JSON.stringify(record), "")])];
      assert.deepEqual(JSON.parse(await rendered(ndjson, answer({ sections }))), record);
      assert.deepEqual(
        JSON.parse(await rendered(json, answer({ sections }))).events[0].record,
        record,
      );
    }
  });

  it("writes neither rows nor words of its own into an empty machine answer", async () => {
    const sections = [section(["a"], [])];
    const written: Record<string, string> = {};
    for (const [name, format] of Object.entries(formats)) {
      if (format.machine && !format.needsReport)
        written[name] = await rendered(format, answer({ sections }));
    }
    const { json = "", ...others } = written;
    assert.deepEqual(JSON.parse(json).events, []);
    assert.deepEqual(others, { ndjson: "", csv: "a\n", records: '{"Records":[\n]}\n' });
  });
});

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Answer, Column } from "../../src/query/answer.ts";
import type { RenderOptions } from "../../src/render/format.ts";
import { table } from "../../src/render/table.ts";
import { answer, marked, plainCoverage, rendered, row, section } from "./answers.ts";

const ten = Date.UTC(2026, 10, 14, 10);
const basis = ["", "Rests on 2 records in 1 file."];
const what: Column = { name: "what", title: "WHAT", wrap: true };
const count: Column = { name: "count", title: "COUNT", align: "right" };

interface Case {
  readonly name: string;
  readonly of: Partial<Answer>;
  readonly options?: Partial<RenderOptions>;
  readonly lines: readonly string[];
}

const cases: readonly Case[] = [
  {
    name: "says only what it rests on when there is nothing else",
    of: { sections: [section(["who"], [], { title: "Events" })] },
    lines: basis.slice(1),
  },
  {
    name: "puts the answer first, then what shows it, then what to try",
    of: {
      sentences: ["alice deleted it.", "It worked."],
      sections: [
        section(["who", "what"], [row("alice", "orders"), row("bob", undefined)], {
          title: "Events",
        }),
        section(["who"], [row("carol")], { name: "attempts", title: "Attempts" }),
      ],
      hints: ["Did you mean orders-2?"],
    },
    lines: [
      "alice deleted it.",
      "It worked.",
      "",
      "Events",
      "  WHO    WHAT",
      "───────  ──────",
      "  alice  orders",
      "  bob",
      "",
      "Attempts",
      "  WHO",
      "───────",
      "  carol",
      "",
      "Did you mean orders-2?",
      ...basis,
    ],
  },
  {
    name: "marks rows in words' stead, colour or not",
    of: {
      sections: [
        section(
          ["who"],
          [
            marked("decisive", row("a")),
            marked("succeeded", row("b")),
            marked("denied", row("c")),
            marked("failed", row("d")),
            marked("dry-run", row("e")),
          ],
        ),
      ],
    },
    lines: ["  WHO", "─────", "▶ a", "✓ b", "✗ c", "! d", "~ e", ...basis],
  },
  {
    name: "colours the mark, and the decisive row all along",
    options: { colour: 1 },
    of: {
      sections: [
        section(
          ["who", "what"],
          [marked("denied", row("c", "x")), marked("decisive", row("a", "y"))],
        ),
      ],
    },
    lines: [
      "\x1b[1m  WHO\x1b[22m  \x1b[1mWHAT\x1b[22m",
      "─────  ────",
      "\x1b[31m✗ c\x1b[39m    x",
      "\x1b[1m\x1b[33m▶ a\x1b[39m\x1b[22m    \x1b[1m\x1b[33my\x1b[39m\x1b[22m",
      "",
      "\x1b[2mRests on 2 records in 1 file.\x1b[22m",
    ],
  },
  {
    name: "shows times in the zone asked for",
    options: { timeZone: "Asia/Kolkata" },
    of: { sections: [section(["time"], [row({ text: "as logged", time: ten })])] },
    lines: ["  TIME", "───────────────────────────", "  2026-11-14T15:30:00+05:30", ...basis],
  },
  {
    name: "aligns wide characters and numbers",
    of: {
      sections: [section(["who", count, "x"], [row("注文", "1", "|"), row("a", "100,000", "|")])],
    },
    lines: [
      "  WHO     COUNT  X",
      "──────  ───────  ─",
      "  注文        1  |",
      "  a     100,000  |",
      ...basis,
    ],
  },
  {
    name: "gives details as keys and values",
    of: {
      sections: [
        section(["key", "value"], [row("a.b", "1"), row("c", "2")], { layout: "details" }),
      ],
    },
    lines: ["  a.b  1", "  c    2", ...basis],
  },
  {
    name: "wraps only what may be wrapped, only on a terminal",
    options: { width: 32 },
    of: { sections: [section(["id", what], [row("i-0123456789", "to be or not to be that is")])] },
    lines: [
      "  ID            WHAT",
      "──────────────  ────────────────",
      "  i-0123456789  to be or not to",
      "                be that is",
      ...basis,
    ],
  },
  {
    name: "cuts and wraps nothing in a pipe",
    of: { sections: [section([what], [row("x".repeat(300))])] },
    lines: ["  WHAT", "─".repeat(202), `  ${"x".repeat(300)}`, ...basis],
  },
  {
    name: "stacks columns that do not fit side by side",
    options: { width: 24 },
    of: {
      sections: [
        section(
          ["id", "who", "from"],
          [marked("denied", row("i-0123456789", "alice", "203.0.113.7")), row("i-1", "bob")],
        ),
      ],
    },
    lines: [
      "  ID            WHO",
      "  FROM",
      "──────────────  ─────",
      "✗ i-0123456789  alice",
      "  203.0.113.7",
      "  i-1           bob",
      "",
      "",
      "Rests on 2 records in 1",
      "file.",
    ],
  },
  {
    name: "makes no stack wider for a last column that has the rest of its line to itself",
    options: { width: 32 },
    of: {
      sections: [
        section(
          ["id", "who", "outcome", "from", "session"],
          [row("i-0123456789", "alice", "denied", "192.0.2.1", "ASIAEXAMPLEINSTANCE1")],
        ),
      ],
    },
    lines: [
      "  ID            WHO",
      "  OUTCOME       FROM",
      "  SESSION",
      "──────────────  ─────────",
      "  i-0123456789  alice",
      "  denied        192.0.2.1",
      "  ASIAEXAMPLEINSTANCE1",
      "",
      "Rests on 2 records in 1 file.",
    ],
  },
  {
    name: "breaks sentences between words on a terminal",
    options: { width: 24, colour: 1 },
    of: { sentences: ["Nobody deleted orders-archive.", "Nobody tried."], sections: [] },
    lines: [
      "\x1b[1mNobody deleted\x1b[22m",
      "\x1b[1morders-archive.\x1b[22m",
      "Nobody tried.",
      "",
      "\x1b[2mRests on 2 records in 1\x1b[22m",
      "\x1b[2mfile.\x1b[22m",
    ],
  },
  {
    name: "draws bars in the room there is",
    options: { width: 32 },
    of: {
      sections: [
        section(
          ["hour", "count"],
          [
            row("10", { text: "40", share: 1 }),
            row("11", { text: "5", share: 0.125 }),
            row("12", { text: "1", share: 0.001 }),
            row("13", { text: "0", share: 0 }),
          ],
        ),
      ],
    },
    lines: [
      "  HOUR  COUNT",
      "──────  ──────────────────────",
      "  10    ███████████████████ 40",
      "  11    ██▍                 5",
      "  12    ▏                   1",
      "  13                        0",
      ...basis,
    ],
  },
  {
    name: "makes hidden characters visible, wherever they come from",
    of: {
      sentences: ["who deleted \x1b[2J"],
      sections: [section(["a\u202E"], [row("b\r\nc")], { title: "\x9b" })],
      hints: ["\u200B"],
    },
    lines: [
      "who deleted \\x1b[2J",
      "",
      "\\x9b",
      "  A<U+202E>",
      "───────────",
      "  b\\r\\nc",
      "",
      "<U+200B>",
      ...basis,
    ],
  },
];

describe("table", () => {
  for (const { name, of, options, lines } of cases) {
    it(name, async () => {
      assert.deepEqual((await rendered(table, answer(of), options)).split("\n"), [...lines, ""]);
    });
  }

  it("sets later rows as cli-table3 drew the first", async () => {
    const rows = Array.from({ length: 450 }, (_, i) =>
      marked("failed", row("注文", String(i % 200), "to be or not to be that is")),
    );
    const sections = [section(["who", count, what], rows)];
    for (const options of [{}, { width: 34 }]) {
      const text = await rendered(table, answer({ sections }), options);
      const [, ...shown] = text.split(/^(?=! )/m);
      assert.equal(shown.length, 450);
      for (let i = 200; i < 449; i++) assert.equal(shown[i], shown[i - 200]);
    }
  });

  it("reads the coverage after the rows", async () => {
    let read = false;
    function* rows() {
      yield row("a");
      read = true;
    }
    const of = answer({ sections: [{ ...section(["x"], []), rows: rows() }] });
    const coverage = () => {
      assert.ok(read);
      return plainCoverage;
    };
    await rendered(table, { ...of, coverage });
  });
});

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

function ranked(name: string, rank: number): Column {
  return { name, title: name.toUpperCase(), rank };
}

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
    name: "cuts what may be cut in the middle, only on a terminal",
    options: { width: 32 },
    of: { sections: [section(["id", what], [row("i-0123456789", "to be or not to be that is")])] },
    lines: [
      "  ID            WHAT",
      "──────────────  ────────────────",
      "  i-0123456789  to be o… that is",
      ...basis,
    ],
  },
  {
    name: "wraps details on a terminal",
    options: { width: 24 },
    of: {
      sections: [
        section(["key", what], [row("a", "to be or not to be that is")], { layout: "details" }),
      ],
    },
    lines: ["  a  to be or not to be", "     that is", "", "Rests on 2 records in 1", "file."],
  },
  {
    name: "keeps what names an ARN's resource",
    options: { width: 40 },
    of: {
      sections: [
        section([what, "id"], [row("arn:aws:iam::111122223333:role/OpsBreakGlass", "i-0123456")]),
      ],
    },
    lines: [
      "  WHAT                         ID",
      "─────────────────────────────  ─────────",
      "  arn:…:role/OpsBreakGlass     i-0123456",
      ...basis,
    ],
  },
  {
    name: "says once what all rows have in common, and shows of times and ids what differs",
    options: { width: 60 },
    of: {
      sections: [
        section(
          ["time", "who", ranked("region", 2), { ...ranked("id", 1), id: true }],
          [
            row(
              { text: "", time: ten },
              "alice",
              "eu-west-1",
              "0a1b2c3d-1111-4222-8333-000000000001",
            ),
            row(
              { text: "", time: ten + 1000 },
              "bob",
              "eu-west-1",
              "0a1b2c3d-2222-4222-8333-000000000002",
            ),
          ],
        ),
      ],
    },
    lines: [
      "In all rows: day 2026-11-14 (UTC), REGION eu-west-1",
      "  TIME      WHO    ID",
      "──────────  ─────  ──────────",
      "  10:00:00  alice  0a1b2c3d-1",
      "  10:00:01  bob    0a1b2c3d-2",
      ...basis,
    ],
  },
  {
    name: "leaves out columns by rank where there is no room, and says so",
    options: { width: 32 },
    of: {
      sections: [
        section(
          ["id", ranked("from", 2), ranked("outcome", 1)],
          [row("i-0123456789", "203.0.113.7", "denied"), row("i-1", "203.0.113.8", "failed")],
        ),
      ],
    },
    lines: [
      "  ID            OUTCOME",
      "──────────────  ───────",
      "  i-0123456789  denied",
      "  i-1           failed",
      "",
      "Not shown for want of room: FROM",
      "(--wide shows all columns).",
      ...basis,
    ],
  },
  {
    name: "says above a single row what there is no room for in it",
    options: { width: 32 },
    of: {
      sections: [section(["id", ranked("from", 2)], [row("i-0123456789abcdef0", "203.0.113.7")])],
    },
    lines: ["FROM 203.0.113.7", "  ID", "─────────────────────", "  i-0123456789abcdef0", ...basis],
  },
  {
    name: "draws a tree on a terminal, where it stands first",
    options: { width: 40 },
    of: {
      sections: [
        section(
          ["time", "who"],
          [
            { ...row("09:00", "maria"), depth: 0 },
            { ...row("09:01", "Deploy"), depth: 1 },
            { ...row("09:02", "orders-db"), depth: 2 },
          ],
          { branch: "who" },
        ),
      ],
    },
    lines: [
      "  WHO            TIME",
      "───────────────  ─────",
      "  maria          09:00",
      "  └ Deploy       09:01",
      "    └ orders-db  09:02",
      ...basis,
    ],
  },
  {
    name: "says the answer once more at the end where it has left the screen",
    options: { width: 40, height: 3 },
    of: { sentences: ["alice deleted it.", "It worked."] },
    lines: ["alice deleted it.", "It worked.", ...basis, "", "alice deleted it."],
  },
  {
    name: "leaves a wide table as it is where it was asked for",
    options: { width: 20, wide: true },
    of: { sections: [section(["id", ranked("from", 2)], [row("i-0123456789abcdef0", "a")])] },
    lines: [
      "  ID                   FROM",
      "─────────────────────  ────",
      "  i-0123456789abcdef0  a",
      "",
      "Rests on 2 records",
      "in 1 file.",
    ],
  },
  {
    name: "cuts and wraps nothing in a pipe",
    of: { sections: [section([what], [row("x".repeat(300))])] },
    lines: ["  WHAT", "─".repeat(202), `  ${"x".repeat(300)}`, ...basis],
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

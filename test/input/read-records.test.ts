import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { firstByte } from "../../src/input/source.ts";
import type { Kernel } from "../../src/kernel/kernel.ts";
import { event } from "../support/events.ts";
import { feedOf, kernels, type Reading, read, readText } from "./reading.ts";

const names = ["One", "Two", "Three"];
const parts = { requestParameters: { text: 'quote " and {brace', list: [1, { a: [] }] } };
const records = names.map((eventName) => event({ eventName, ...parts }));
const texts = records.map((record) => JSON.stringify(record));

interface Shape {
  readonly name: string;
  /** Puts the texts of records together. */
  readonly write: (texts: readonly string[]) => string;
}

const lines: Shape = { name: "lines", write: (all) => `${all.join("\n")}\n` };
const elements: Shape = {
  name: "records",
  write: (all) => `{"Records":[${all.join(",")}],"x":[]}`,
};
const shapes: readonly Shape[] = [
  lines,
  elements,
  { name: "an array", write: (all) => `[${all.join(",\n")}]` },
  { name: "values", write: (all) => all.join(" ") },
];

/** Longer than what is looked at before the first record is read. */
const padding = JSON.stringify(
  event({ eventName: "Padding", requestParameters: "p".repeat(70_000) }),
);

for (const [kernelName, kernel] of kernels) {
  // The plain kernel is slow, and what is tested here is not the kernel.
  const step = kernelName === "the plain kernel" ? 5 : 1;

  describe(`readRecords with ${kernelName}`, () => {
    for (const { name, write } of shapes) {
      it(`gives the same for ${name} in pieces of any size`, async () => {
        const bytes = Buffer.from(write([padding, ...texts]));
        const whole = await read(feedOf(bytes), { kernel });
        assert.deepEqual(whole.records, ["Padding", ...names]);
        assert.equal(whole.bytes, bytes.length);
        for (const size of [step, 7, 500]) {
          const inPieces = await read(feedOf(bytes, [padding.length + 20, size]), { kernel });
          assert.deepEqual(inPieces, whole, `${size}`);
        }
      });

      it(`keeps all records before the end of ${name} that break off anywhere`, async () => {
        const text = write(texts);
        const whole = await readText(text, kernel);
        assert.deepEqual(whole.records, names);
        for (let end = 1; end < text.length; end += step) {
          const { records, problems, notLogs } = await readText(text.slice(0, end), kernel);
          const complete = whole.places.filter(([, placeEnd]) => placeEnd <= end).length;
          assert.deepEqual(records, names.slice(0, complete), `${end}`);
          assert.deepEqual(notLogs, [], `${end}`);
          assert.equal(problems.length, isWhole(name, text.slice(0, end)) ? 0 : 1, `${end}`);
        }
      });
    }

    it("tells the damage of the feed alone where it cuts a log", async () => {
      const text = elements.write(texts);
      for (let end = 1; end < text.length; end += step) {
        const feed = feedOf(Buffer.from(text.slice(0, end)), undefined, "cut");
        const { isLog, notLogs, problems } = await read(feed, { kernel });
        assert.deepEqual({ isLog, notLogs }, { isLog: true, notLogs: [] });
        assert.deepEqual(problems, [[end, "cut"]]);
      }
      const nothing = await read(feedOf(Buffer.alloc(0), undefined, "cut"), { kernel });
      assert.deepEqual(nothing.problems, [[0, "cut"]]);
      assert.equal(nothing.isLog, true);
    });

    it("gives each line to one of two parts, wherever they are cut", async () => {
      const text = lines.write(["{}", ...texts.slice(0, 2), "", '{"eventName":"Three"}']);
      const whole = await readText(text, kernel);
      for (let cut = 1; cut <= text.length; cut += step) {
        const both = [await part(text, 0, cut, kernel), await part(text, cut, text.length, kernel)];
        assert.deepEqual(joined(both), whole, `${cut}`);
      }
      const single: Reading[] = [];
      for (let at = 0; at < text.length; at += 1) {
        single.push(await part(text, at, at + 1, kernel));
      }
      assert.deepEqual(joined(single), whole);
    });
  });
}

const [one = "", two = "", three = ""] = texts;

/** What becomes of the second record. */
const damages: Readonly<Record<string, string>> = {
  "is no JSON": two.replace(":", "="),
  "has a comma too many": two.replace("}", ",}"),
  "lacks its first brace": two.slice(1),
  "lacks its last brace": two.slice(0, -1),
  "lacks a quote": two.replace('"eventTime":"', '"eventTime":'),
  "lacks the quote of a key": two.replace('"eventTime"', 'eventTime"'),
  "lacks its end": two.slice(0, 300),
  "lacks its beginning": two.slice(300),
  "lacks its middle": two.slice(0, 100) + two.slice(400),
  "was overwritten with zeros": two.slice(0, 200) + "\0".repeat(200) + two.slice(400),
  "begins with zeros": "\0".repeat(200) + two.slice(200),
  "is all zeros": "\0".repeat(two.length),
  "is text": "something else",
  "is null": "null",
  "is a number": "-12.5e3",
  "is an array": `["eventVersion"]`,
  "has an unclosed array": two.replace("[1,", "[[1,"),
};

describe("a record in the middle", () => {
  for (const [name, kernel] of kernels) {
    for (const { name: shape, write } of shapes) {
      for (const [damage, damaged] of Object.entries(damages)) {
        it(`that ${damage} costs no other of ${shape}, with ${name}`, async () => {
          const text = write([one, damaged, three]);
          const { records, problems, isLog } = await readText(text, kernel);
          assert.deepEqual({ records, isLog }, { records: ["One", "Three"], isLog: true });
          const [offset = 0] = problems[0] ?? [];
          assert.ok(offset >= text.indexOf(one) + one.length, `${offset}`);
          assert.ok(offset <= text.indexOf(three), `${offset}`);
        });
      }
    }
  }
});

describe("damage", () => {
  const zeros = "\0".repeat(5000);
  const big = `{"eventVersion":"1","x":"${"y".repeat(33 << 20)}"}`;
  const open = `{"eventVersion":"1","x":"${"y".repeat(33 << 20)}`;
  const long = "a line is longer than 16 MB";
  const damagedRecord = "a record that is no JSON object";
  const noEnd = "the log breaks off before its end";
  const zeroed = "zero bytes where a log should begin";
  const first = one.length;
  const pretty = JSON.stringify({ Records: records }, null, 2);

  interface Case {
    readonly name: string;
    readonly text: string;
    readonly records: readonly string[];
    readonly problems: readonly (readonly [number, string])[];
  }

  const cases: readonly Case[] = [
    {
      name: "at the head of lines costs those lines",
      text: `${zeros}${one.slice(9)}\n${two}\n${three}\n`,
      records: ["Two", "Three"],
      problems: [[0, damagedRecord]],
    },
    {
      name: "at the head of records costs what it covers",
      text: zeros + elements.write(texts).slice(40),
      records: ["Two", "Three"],
      problems: [[0, zeroed]],
    },
    {
      name: "is a log that goes on in another",
      text: `{"Records":[${one},${two.slice(0, 200)}${elements.write([three])}`,
      records: ["One", "Three"],
      problems: [[first + 13, damagedRecord]],
    },
    {
      name: "is a missing end",
      text: `{"Records":[${one}`,
      records: ["One"],
      problems: [[first + 12, noEnd]],
    },
    {
      name: "is a missing end of the object",
      text: `[${one}]{"Records":[${two}]`,
      records: ["One", "Two"],
      problems: [[2 * first + 15, noEnd]],
    },
    {
      name: "behind the records does not hide the next log",
      text: `{"Records":[${one}] nonsense {"Records":[${two}]}`,
      records: ["One", "Two"],
      problems: [[first + 13, noEnd]],
    },
    {
      name: "costs no other of pretty-printed records",
      text: pretty.replace('"Two"', "Two"),
      records: ["One", "Three"],
      problems: [
        [pretty.lastIndexOf('{\n      "eventVersion', pretty.indexOf('"Two"')), damagedRecord],
      ],
    },
    {
      name: "is a line too long",
      text: lines.write([one, big, two]),
      records: ["One", "Two"],
      problems: [[first + 1, long]],
    },
    {
      name: "is a last line too long",
      text: lines.write([one, open]),
      records: ["One"],
      problems: [[first + 1, long]],
    },
    {
      name: "is a record too long",
      text: elements.write([one, open, two]),
      records: ["One", "Two"],
      problems: [[first + 13, damagedRecord]],
    },
    {
      name: "is a value too long",
      text: `${one} ${two} ${open}`,
      records: ["One", "Two"],
      problems: [[2 * first + 2, damagedRecord]],
    },
    {
      name: "is endless nonsense between records",
      text: elements.write([one, "y".repeat(33 << 20), two]),
      records: ["One", "Two"],
      problems: [[first + 13, damagedRecord]],
    },
    {
      name: "is no deep nesting",
      text: elements.write([one, two.replace("[]", "[".repeat(5000) + "]".repeat(5000)), three]),
      records: names,
      problems: [],
    },
  ];
  it("is not searched for long where nothing was a record yet", async () => {
    const { bytes, problems } = await read(feedOf(Buffer.alloc(40 << 20)));
    assert.deepEqual(problems, [[0, zeroed]]);
    assert.ok(bytes < 20 << 20, `${bytes}`);
  });

  it("ends with a record that comes byte by byte", async () => {
    const text = `${"\0".repeat(70_000)}{ "eventVersion": "1", ${one.slice(1)}`;
    const { records, places } = await read(feedOf(Buffer.from(text), [70_000, 1]));
    assert.deepEqual(records, ["One"]);
    assert.deepEqual(places, [[70_000, text.length]]);
  });

  for (const { name, text, ...expected } of cases) {
    it(name, async () => {
      const { records, problems } = await read(feedOf(Buffer.from(text)));
      assert.deepEqual({ records, problems }, expected);
    });
  }
});

/** Whether the text ends where one of its shape may. */
function isWhole(shape: string, text: string): boolean {
  switch (shape) {
    case "lines":
    case "values":
      return text.trimEnd().endsWith("}") && isBalanced(text);
    default:
      return isBalanced(text);
  }
}

function isBalanced(text: string): boolean {
  const marks = text.replaceAll(/"(?:[^"\\]|\\.)*"/g, "");
  return (
    !marks.includes('"') &&
    marks.replaceAll(/[^[{]/g, "").length === marks.replaceAll(/[^\]}]/g, "").length
  );
}

function part(text: string, from: number, until: number, kernel: Kernel): Promise<Reading> {
  const range = { from, until, isLast: until === text.length };
  return read(feedOf(Buffer.from(text).subarray(firstByte(range))), { kernel, range });
}

function joined(all: readonly Reading[]): Reading {
  return {
    isLog: true,
    notLogs: all.flatMap(({ notLogs }) => notLogs),
    records: all.flatMap(({ records }) => records),
    places: all.flatMap(({ places }) => places),
    problems: all.flatMap(({ problems }) => problems),
    bytes: all.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

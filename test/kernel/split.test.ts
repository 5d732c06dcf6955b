import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { type Kernel, type Layout, recordsAtOnce, type Split } from "../../src/kernel/kernel.ts";
import { kernels, noColumns, records, split } from "./kernels.ts";

interface Case {
  readonly name: string;
  readonly layout: Layout;
  readonly text: string;
  readonly records: readonly string[];
  readonly state?: Split["state"];
  /** What is left for the next block. */
  readonly rest?: string;
  /** Other state and rest when nothing follows. */
  readonly atTheEnd?: { records?: readonly string[]; state?: Split["state"]; rest?: string };
}

const quotes = '{"a":"}{][,\\"\\\\","b":{"c":[{}]}}';
const long = JSON.stringify({ text: "x".repeat(500), list: Array(40).fill({ "}": "{" }) });

const cases: readonly Case[] = [
  {
    name: "elements: finds objects between commas and white space",
    layout: "elements",
    text: ' {"a":1} ,\r\n\t{},{"b":[{}]}',
    records: ['{"a":1}', "{}", '{"b":[{}]}'],
  },
  {
    name: "elements: ends behind the array's bracket, whatever follows",
    layout: "elements",
    text: "{},{}]}]",
    records: ["{}", "{}"],
    state: "end",
    rest: "}]",
  },
  {
    name: "elements: does not count brackets in strings, nor quotes behind backslashes",
    layout: "elements",
    text: `${quotes},${quotes}]`,
    records: [quotes, quotes],
    state: "end",
  },
  {
    name: "elements: crosses records longer than one step",
    layout: "elements",
    text: `${long},${long},${quotes}]`,
    records: [long, long, quotes],
    state: "end",
  },
  {
    name: "elements: takes any value as a record",
    layout: "elements",
    text: '"}",12,-1.5e+3,true,null,["]",{"a":[]}],{}]',
    records: ['"}"', "12", "-1.5e+3", "true", "null", '["]",{"a":[]}]', "{}"],
    state: "end",
  },
  {
    name: "elements: leaves an unfinished record",
    layout: "elements",
    text: '{}, {"a":"}',
    records: ["{}"],
    rest: '{"a":"}',
    atTheEnd: { state: "broken" },
  },
  {
    name: "elements: leaves a number that may go on",
    layout: "elements",
    text: "1,23",
    records: ["1"],
    rest: "23",
    atTheEnd: { state: "broken" },
  },
  {
    name: "elements: stops at what is neither record nor separator",
    layout: "elements",
    text: "{},:{}",
    records: ["{}"],
    state: "broken",
    rest: ":{}",
  },
  {
    name: "elements: stops at the brace that closes nothing",
    layout: "elements",
    text: "{}}",
    records: ["{}"],
    state: "broken",
    rest: "}",
  },
  {
    name: "elements: has nothing to say of nothing",
    layout: "elements",
    text: "",
    records: [],
  },
  {
    name: "values: finds objects with white space or nothing between",
    layout: "values",
    text: '{"a":1}{"b":2}\n {}',
    records: ['{"a":1}', '{"b":2}', "{}"],
  },
  {
    name: "values: knows no commas and no closing bracket",
    layout: "values",
    text: "{},{}",
    records: ["{}"],
    state: "broken",
    rest: ",{}",
  },
  {
    name: "values: ends a last number only when nothing follows",
    layout: "values",
    text: '"a" 1 22',
    records: ['"a"', "1"],
    rest: "22",
    atTheEnd: { records: ['"a"', "1", "22"], rest: "" },
  },
  {
    name: "values: goes a thousand deep",
    layout: "values",
    text: `${'{"a":'.repeat(1000)}1${"}".repeat(1000)}{}`,
    records: [`${'{"a":'.repeat(1000)}1${"}".repeat(1000)}`, "{}"],
  },
  {
    name: "values: and no deeper",
    layout: "values",
    text: `{}${'{"a":'.repeat(1001)}`,
    records: ["{}"],
    state: "broken",
    rest: '{"a":'.repeat(1001),
  },
  {
    name: "lines: trims lines and leaves out empty ones",
    layout: "lines",
    text: '\n {"a":1}\t\r\n\r\n  \n{"b":2}\n',
    records: ['{"a":1}', '{"b":2}'],
  },
  {
    name: "lines: ends a record at its newline, whatever it holds",
    layout: "lines",
    text: '{"a":"\n}"\nnot json\n',
    records: ['{"a":"', '}"', "not json"],
  },
  {
    name: "lines: ends the last line only when nothing follows",
    layout: "lines",
    text: "{}\n{} \n{} ",
    records: ["{}", "{}"],
    rest: "{} ",
    atTheEnd: { records: ["{}", "{}", "{}"], rest: "" },
  },
  {
    name: "lines: finds newlines near and far",
    layout: "lines",
    text: `${long}\n1\n${"y".repeat(64)}\n\n${"z".repeat(63)}\n${long}\n`,
    records: [long, "1", "y".repeat(64), "z".repeat(63), long],
  },
];

for (const { name: kernelName, create } of kernels) {
  describe(`splitting by ${kernelName}`, () => {
    for (const { name, layout, text, records: expected, state, rest, atTheEnd } of cases) {
      it(name, () => {
        const bytes = Buffer.from(text);
        const kernel = create(noColumns);
        const open = split(kernel, bytes, layout, false);
        assert.deepEqual(open.records, expected);
        assert.equal(open.count, expected.length);
        assert.equal(open.state, state ?? "more");
        assert.equal(bytes.toString("utf8", open.consumed), rest ?? "");

        const last = split(kernel, bytes, layout, true);
        assert.deepEqual(last.records, atTheEnd?.records ?? expected);
        assert.equal(last.state, atTheEnd?.state ?? state ?? "more");
        assert.equal(bytes.toString("utf8", last.consumed), atTheEnd?.rest ?? rest ?? "");
      });

      it(`${name}, in blocks of any size`, () => {
        const bytes = Buffer.from(text);
        const whole = split(create(noColumns), bytes, layout, true);
        const sizes = bytes.length < 100 ? bytes.length : 5;
        for (let size = 1; size <= sizes; size += 1) {
          const step = bytes.length < 100 ? size : 29 * size;
          const pieces = splitInPieces(create(noColumns), bytes, layout, step);
          assert.deepEqual(pieces, {
            records: whole.records,
            consumed: whole.consumed,
            state: whole.state,
          });
        }
      });
    }

    for (const [layout, separator] of [
      ["elements", ","],
      ["values", " "],
      ["lines", "\n"],
    ] as const) {
      it(`${layout}: stops when it has very many`, () => {
        const kernel = create(noColumns);
        const bytes = Buffer.from(`1${separator}`.repeat(recordsAtOnce + 1));
        kernel.input(bytes.length, 0, 0).set(bytes);
        const first = kernel.split(0, bytes.length, layout, true);
        assert.deepEqual(first, {
          count: recordsAtOnce,
          consumed: recordsAtOnce * 2,
          state: "full",
        });
        const second = kernel.split(first.consumed, bytes.length, layout, true);
        assert.deepEqual(second, { count: 1, consumed: bytes.length, state: "more" });
        assert.deepEqual([...kernel.starts], [first.consumed]);
      });
    }

    it("splits a part of the block, and again from there", () => {
      const kernel = create(noColumns);
      const text = '{"Records":[{"a":1},{"b":2}]}{"Records":[{"c":3}]}';
      kernel.input(text.length, 0, 0).set(Buffer.from(text));
      const first = kernel.split(12, text.length, "elements", false);
      assert.deepEqual(records(kernel), ['{"a":1}', '{"b":2}']);
      assert.equal(text.slice(first.consumed, first.consumed + 3), '}{"');
      const second = kernel.split(first.consumed + 13, text.length - 5, "elements", false);
      assert.deepEqual(records(kernel), []);
      assert.equal(second.state, "more");
    });
  });
}

/** Splits bytes that come `size` at a time, with the rest of each block carried to the next. */
function splitInPieces(kernel: Kernel, bytes: Uint8Array, layout: Layout, size: number) {
  const found: string[] = [];
  let base = 0;
  let consumed = 0;
  let length = 0;
  for (let at = 0; ; at += size) {
    const piece = bytes.subarray(at, at + size);
    const keep = length - consumed;
    const input = kernel.input(keep + piece.length, consumed, keep);
    input.set(piece, keep);
    base += consumed;
    length = input.length;
    const final = at + size >= bytes.length;
    const part = kernel.split(0, length, layout, final);
    found.push(...records(kernel));
    consumed = part.consumed;
    if (final || part.state !== "more") {
      return { records: found, consumed: base + consumed, state: part.state };
    }
  }
}

describe("splitting", () => {
  const layouts: readonly Layout[] = ["elements", "values", "lines"];
  const noise = fc
    .array(
      fc.constantFrom(
        ...'{}[]"\\,: \n\r\t1-ntue',
        '{"a":',
        "\\u",
        "\\\\",
        '"}"',
        "}".repeat(70),
        "é",
      ),
      { maxLength: 400 },
    )
    .map((parts) => Buffer.from(parts.join("")));
  const kernelPair = kernels.map(({ create }) => create(noColumns));

  it("is the same in both kernels for any bytes", () => {
    fc.assert(
      fc.property(
        fc.oneof(noise, fc.uint8Array({ maxLength: 300 })),
        fc.constantFrom(...layouts),
        fc.boolean(),
        (bytes, layout, final) => {
          const [fast, plain] = kernelPair.map((kernel) => split(kernel, bytes, layout, final));
          assert.deepEqual(fast, plain);
        },
      ),
      { numRuns: 3000 },
    );
  });
});

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { beginnings, pieces, piecesOfRecord } from "../../src/input/salvage.ts";
import { event } from "../support/events.ts";

const a = JSON.stringify(event({ eventName: "A" }));
const b = JSON.stringify(event({ eventName: "B" }));
/** A piece of a record that itself begins like one. */
const inner = { requestParameters: { eventVersion: "1", x: { awsRegion: "y" } } };
const c = JSON.stringify(event({ eventName: "C", ...inner }));
const open = a.slice(0, -1);

/** The text with a "<" where each lost piece begins, and the names of the records instead of them. */
function shown(
  text: string,
  all: Iterable<ReturnType<typeof pieces> extends Iterable<infer P> ? P : never>,
) {
  return [...all].map((piece) => {
    if (piece.kind === "lost") return `lost at ${piece.start}`;
    const { start, end, record } = piece;
    assert.deepEqual(JSON.parse(Buffer.from(text).subarray(start, end).toString()), record);
    return record["eventName"];
  });
}

describe("pieces", () => {
  const cases: readonly (readonly [name: string, text: string, found: readonly unknown[]])[] = [
    ["finds whole records", `${a},${b}`, ["A", "B"]],
    ["minds no marks of JSON between them", `]}{"Records":[${a}}} ,\n[${b}]}`, ["A", "B"]],
    ["loses one without an end", `${open},${b}`, ["lost at 0", "B"]],
    ["loses each of several", `${open}${open},${b}`, ["lost at 0", `lost at ${open.length}`, "B"]],
    ["loses what stands between", `${a}, "x" ${b}`, ["A", `lost at ${a.length}`, "B"]],
    ["loses what stands behind", `${a} x`, ["A", `lost at ${a.length}`]],
    ["loses what does not begin as a record", '{"a":1}', ["lost at 0"]],
    ["loses bytes that say nothing", "{", ["lost at 0"]],
    ["minds no objects within that look like records", `${c}${b}`, ["C", "B"]],
    [
      "finds pretty-printed records",
      `x${JSON.stringify(JSON.parse(a), null, 2)}`,
      ["lost at 0", "A"],
    ],
    [
      "finds records with sorted keys",
      `x{"awsRegion":"r","eventID":"1","eventName":"D"}`,
      ["lost at 0", "D"],
    ],
  ];
  for (const [name, text, found] of cases) {
    it(name, () => assert.deepEqual(shown(text, pieces(Buffer.from(text), "why")), found));
  }

  it("takes time in proportion to the bytes", () => {
    for (const unit of ['{"eventVersion":', '{"eventVersion":"', "{    ", `${open},`]) {
      const hostile = Buffer.from(unit.repeat(1_000_000 / unit.length));
      const before = process.cpuUsage().user;
      for (const _ of pieces(hostile, "why")) {
        // Only counted.
      }
      assert.ok(process.cpuUsage().user - before < 2_000_000, unit);
    }
  });
});

describe("piecesOfRecord", () => {
  const cases: readonly (readonly [text: string, found: readonly unknown[]])[] = [
    [a, ["A"]],
    ['{"eventName":"D"}', ["D"]],
    ['{"sourceIPAddress":null}', [undefined]],
    ["{}", ["lost at 0"]],
    ["null", ["lost at 0"]],
    ["[]", ["lost at 0"]],
    ['{"level":"info"}', ["lost at 0"]],
    ['{"Records":[]}', []],
    [`{"Records":[${a},${b}]}`, ["A", "B"]],
    [`${a}${b}`, ["A", "B"]],
    [a.slice(1), ["lost at 0"]],
  ];
  for (const [text, found] of cases) {
    it(`finds ${found.join(", ") || "nothing"} in ${text.slice(0, 20)}`, () => {
      assert.deepEqual(shown(text, piecesOfRecord(Buffer.from(text))), found);
    });
  }
});

describe("beginnings", () => {
  it("gives their places in bytes", () => {
    assert.deepEqual(
      beginnings(Buffer.from(`é{\n "eventVersion" : 1, {"x":{"eventTime":2`)),
      [2, 30],
    );
  });
});

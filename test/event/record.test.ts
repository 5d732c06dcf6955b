import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import {
  type CloudTrailRecord,
  isObject,
  type Json,
  parseRecord,
  textOf,
  textsAt,
  valuesAt,
  valuesSpelled,
} from "../../src/event/record.ts";
import { event, on } from "../support/events.ts";

const levels = 100_000;
const deepArray = JSON.parse(`${"[".repeat(levels)}"x"${"]".repeat(levels)}`) as Json;
const deepObject = JSON.parse(`${'{"a":'.repeat(levels)}"x"${"}".repeat(levels)}`) as Json;

interface Case {
  readonly name: string;
  readonly record: CloudTrailRecord;
  readonly path: string;
  readonly values: readonly Json[];
}

const cases: readonly Case[] = [
  {
    name: "reads a nested value",
    record: event(on({ bucketName: "orders" })),
    path: "requestParameters.bucketName",
    values: ["orders"],
  },
  {
    name: "enters arrays on the way and at the end",
    record: event(on({ items: [{ ids: ["i-1", ["i-2"]] }, { ids: "i-3" }, "other"] })),
    path: "requestParameters.items.ids",
    values: ["i-1", "i-2", "i-3"],
  },
  {
    name: "leaves out nulls, wherever they are",
    record: event(on({ a: [null, { b: null }, { b: [null, 0] }] })),
    path: "requestParameters.a.b",
    values: [0],
  },
  {
    name: "keeps false, zero and the empty text",
    record: event(on([false, 0, ""])),
    path: "requestParameters",
    values: [false, 0, ""],
  },
  {
    name: "finds a key in another case",
    record: event(on({ aRN: "x" })),
    path: "requestParameters.ARN",
    values: ["x"],
  },
  {
    name: "takes only the exact key if there is one",
    record: event(on({ arn: "x", ARN: null })),
    path: "requestParameters.ARN",
    values: [],
  },
  {
    name: "takes every other spelling if there is none",
    record: event(on({ arn: "x", ARN: "y" })),
    path: "requestParameters.Arn",
    values: ["x", "y"],
  },
  {
    name: "reaches no inherited property",
    record: event(on({})),
    path: "requestParameters.constructor.name",
    values: [],
  },
  {
    name: "reads a key called __proto__ like any other",
    record: JSON.parse('{"requestParameters":{"__proto__":{"a":1}}}') as CloudTrailRecord,
    path: "requestParameters.__proto__.a",
    values: [1],
  },
  {
    name: "goes no further than a text",
    record: event(on("orders")),
    path: "requestParameters.length",
    values: [],
  },
  {
    name: "survives arrays without end",
    record: event(on(deepArray)),
    path: "requestParameters",
    values: ["x"],
  },
];

describe("parseRecord", () => {
  it("gives objects only", () => {
    const texts = ["{}", "[]", "null", "1", '"x"', "{", "", '{"a":"\ud800"}'];
    const parsed = texts.map((text) => parseRecord(Buffer.from(text)) !== undefined);
    assert.deepEqual(parsed, [true, false, false, false, false, false, false, true]);
  });

  it("reads what is nested very deep", () => {
    const deep = `{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
    assert.ok(parseRecord(Buffer.from(deep)) !== undefined);
  });
});

describe("valuesAt", () => {
  for (const { name, record, path, values } of cases) {
    it(name, () => assert.deepEqual(valuesAt(record, path.split(".")), values));
  }
});

describe("valuesSpelled", () => {
  const record = event(on({ arn: "x" }));
  it("finds a key as spelled", () => {
    assert.deepEqual(valuesSpelled(record, ["requestParameters", "arn"]), ["x"]);
  });
  it("finds it in no other case", () => {
    assert.deepEqual(valuesSpelled(record, ["requestParameters", "ARN"]), []);
  });
});

describe("textsAt", () => {
  it("gives numbers and objects as JSON, and no empty text", () => {
    assert.deepEqual(textsAt(event(on(["a", 1, "", { b: true }])), "requestParameters"), [
      "a",
      "1",
      '{"b":true}',
    ]);
  });
});

describe("textOf", () => {
  it("gives a text as it is", () => {
    assert.equal(textOf('say "hi"'), 'say "hi"');
  });
  it("gives everything else as JSON.stringify does", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        // Through JSON once: only what can stand in a log.
        const json = JSON.parse(JSON.stringify(value)) as Json;
        if (typeof json !== "string") assert.equal(textOf(json), JSON.stringify(json));
      }),
    );
  });
  it("gives nesting that JSON.stringify gives up on", () => {
    assert.equal(textOf(deepObject).length, levels * 6 + 3);
  });
});

describe("isObject", () => {
  it("is neither for null nor for arrays", () => {
    assert.deepEqual([{}, null, [], "x", undefined].map(isObject), [
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});

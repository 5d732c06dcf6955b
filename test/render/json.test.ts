import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { json } from "../../src/render/json.ts";
import {
  answer,
  eventRow,
  marked,
  plainCoverage,
  rendered,
  row,
  section,
  spelledOut,
  unfounded,
} from "./answers.ts";

const { span, accounts, regions, categories, ...counts } = plainCoverage;
const coverage = { complete: true, ...counts, span, accounts, regions, categories };
const empty = {
  schemaVersion: 1,
  verb: "search",
  question: "search",
  found: true,
  answer: [],
  facts: {},
  hints: [],
  coverage,
};

describe("json", () => {
  it("is a whole document when there is nothing to say", async () => {
    const sections = [section(["a"], []), section(["b"], [], { name: "attempts" })];
    assert.deepEqual(JSON.parse(await rendered(json, answer({ sections }))), {
      ...empty,
      events: [],
      attempts: [],
    });
  });

  it("gives the answer, its facts and hints", async () => {
    const of = answer({ sentences: ["It was alice."], facts: { who: "alice" }, hints: ["Try."] });
    assert.deepEqual(JSON.parse(await rendered(json, of)), {
      ...empty,
      answer: ["It was alice."],
      facts: { who: "alice" },
      hints: ["Try."],
    });
  });

  it("gives values by column, typed, in UTC", async () => {
    const columns = ["n", "list", "time", "text", "none", "__proto__"];
    const cells = [
      { text: "1,000", value: 1000, share: 0.5 },
      { text: "a, b", value: ["a", "b"] },
      { text: "then", time: Date.UTC(2026, 10, 14) },
      "x",
      undefined,
      "own",
    ];
    const of = answer({ sections: [section(columns, [marked("denied", row(...cells))])] });
    const text = await rendered(json, of, { timeZone: "Asia/Kolkata" });
    assert.deepEqual(
      JSON.parse(text).events,
      JSON.parse(
        '[{"mark":"denied","n":1000,"list":["a","b"],"time":"2026-11-14T00:00:00Z","text":"x","none":null,"__proto__":"own"}]',
      ),
    );
  });

  it("gives whole records with their place, digit for digit", async () => {
    const record = '{\n  "eventID": "e 1",\n  "big": 12345678901234567890\n}';
    const sections = [section(["id"], [marked("decisive", eventRow(record, "e 1"))])];
    assert.ok(
      (await rendered(json, answer({ sections }))).includes(
        '{"mark":"decisive","origin":"logs/a.json.gz","offset":12,' +
          '"record":{"eventID":"e 1","big":12345678901234567890}}',
      ),
    );
  });

  it("gives an event that is spelled out as a whole record", async () => {
    const text = await rendered(json, answer({ sections: [spelledOut('{"eventID":"e1"}')] }));
    assert.deepEqual(JSON.parse(text).events, [
      { origin: "logs/a.json.gz", offset: 12, record: { eventID: "e1" } },
    ]);
  });

  it("tells no coverage of an answer that rests on no logs", async () => {
    const { coverage: _, ...rest } = empty;
    assert.deepEqual(JSON.parse(await rendered(json, unfounded({}))), rest);
  });

  it("gives only the columns of --fields", async () => {
    const sections = [section(["id"], [eventRow('{"eventID":"e1"}', "e1")])];
    const text = await rendered(json, answer({ sections }), { fields: true });
    assert.deepEqual(JSON.parse(text).events, [{ id: "e1" }]);
  });

  it("tells what the answer rests on", async () => {
    const time = Date.UTC(2026, 10, 14);
    const iso = "2026-11-14T00:00:00Z";
    const problems = [{ origin: "a", offset: 5, reason: "cut" }];
    const of = {
      ...plainCoverage,
      problems,
      problemCount: 1,
      span: { first: time, last: time },
      regions: [{ value: "eu-central-1", events: 2, first: time, last: time }],
      gaps: [{ from: time, until: time }],
    };
    const text = await rendered(json, answer({ coverage: () => of }));
    assert.deepEqual(JSON.parse(text).coverage, {
      ...coverage,
      complete: false,
      problems,
      problemCount: 1,
      span: { first: iso, last: iso },
      regions: [{ value: "eu-central-1", events: 2, first: iso, last: iso }],
      gaps: [{ from: iso, until: iso }],
    });
  });
});

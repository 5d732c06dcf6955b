import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { CloudTrailRecord } from "../../src/event/record.ts";
import { coverage } from "../../src/verbs/coverage.ts";
import { at, byUser, calling, event, on, to } from "../support/events.ts";
import { asked, shownValue } from "./asked.ts";

interface Case {
  readonly name: string;
  readonly records: readonly CloudTrailRecord[];
  readonly sentence: string | undefined;
  readonly section: string;
  readonly rows: readonly (readonly unknown[])[];
}

const time = (clock: string) => Date.parse(`2026-11-05T${clock}Z`);
const logging = (name: string, clock: string) =>
  event(
    to("cloudtrail"),
    calling(name),
    byUser("maria"),
    on({ name: "org-trail" }),
    at(`2026-11-05T${clock}Z`),
    { eventID: clock },
  );

const cases: readonly Case[] = [
  {
    name: "from when to when a trail was off",
    records: [logging("StopLogging", "09:10:00"), logging("StartLogging", "11:40:00")],
    sentence:
      "Logging was switched off: org-trail from 2026-11-05 at 09:10:00 UTC to 2026-11-05 at " +
      "11:40:00 UTC.",
    section: "loggingStopped",
    rows: [
      [
        "org-trail",
        "111122223333",
        "us-east-1",
        time("09:10:00"),
        time("11:40:00"),
        "maria",
        "StopLogging",
        "09:10:00",
      ],
    ],
  },
  {
    name: "that it was not started again",
    records: [logging("DeleteTrail", "09:10:00")],
    sentence:
      "Logging was switched off: org-trail since 2026-11-05 at 09:10:00 UTC (not started again in " +
      "these logs).",
    section: "loggingStopped",
    rows: [
      [
        "org-trail",
        "111122223333",
        "us-east-1",
        time("09:10:00"),
        undefined,
        "maria",
        "DeleteTrail",
        "09:10:00",
      ],
    ],
  },
  {
    name: "which records lack a part, whether it says so as a word or a truth value",
    records: [
      event(calling("PutUserPolicy"), on({ omitted: true }), at("2026-11-05T09:00:00Z")),
      event(calling("PutUserPolicy"), on({ omitted: "true" }), at("2026-11-05T09:30:00Z")),
      event(calling("PutRolePolicy"), { responseElements: { omitted: true } }, at("nonsense")),
      event(calling("PutItem"), on({ omitted: "columns" })),
    ],
    sentence:
      "3 records lack a part that CloudTrail left out for its size: what stood there is not known.",
    section: "omitted",
    rows: [
      ["PutUserPolicy", 2, time("09:00:00"), time("09:30:00")],
      ["PutRolePolicy", 1, undefined, undefined],
    ],
  },
  {
    name: "which records correct others",
    records: [
      event({ addendum: { reason: "UPDATED_DATA" } }, at("2026-11-05T09:00:00Z")),
      event({ addendum: { reason: "UPDATED_DATA" } }, at("2026-11-05T09:30:00Z")),
    ],
    sentence: "2 records correct others (addendum.originalEventID) and are counted beside them.",
    section: "addenda",
    rows: [["UPDATED_DATA", 2, time("09:00:00"), time("09:30:00")]],
  },
  {
    name: "when they were, though one does not tell its time",
    records: [
      event({ addendum: { reason: "UPDATED_DATA" } }, at("2026-11-05T09:00:00Z")),
      event({ addendum: { reason: "UPDATED_DATA" } }, at("nonsense")),
    ],
    sentence: undefined,
    section: "addenda",
    rows: [["UPDATED_DATA", 2, time("09:00:00"), time("09:00:00")]],
  },
  {
    name: "which came late",
    records: [event({ addendum: { reason: "DELIVERY_DELAY" } }, at("2026-11-05T09:00:00Z"))],
    sentence: "1 record came late, by an addendum.",
    section: "addenda",
    rows: [["DELIVERY_DELAY", 1, time("09:00:00"), time("09:00:00")]],
  },
  {
    name: "what is no call",
    records: [event({ eventCategory: "Insight" })],
    sentence: "1 distinct event, of which 0 are calls and 1 is none (Insight 1).",
    section: "omitted",
    rows: [],
  },
];

describe("coverage tells", () => {
  for (const { name, records, sentence, section, rows } of cases) {
    it(name, async () => {
      const { answer, rows: read } = await asked(coverage, records);
      if (sentence !== undefined)
        assert.ok(answer.sentences.includes(sentence), answer.sentences.join("\n"));
      assert.deepEqual(
        read.get(section)?.map(({ cells }) => cells.map(shownValue)),
        rows,
      );
    });
  }

  it("which records do not say their category", async () => {
    const old = event({ eventCategory: undefined });
    const silent = await asked(coverage, [old]);
    assert.equal(
      silent.answer.sentences[2],
      "Whether data events are among them is not known: no record says its category.",
    );
    const mixed = await asked(coverage, [old, event()]);
    assert.equal(
      mixed.answer.sentences[2],
      "No data events: calls on objects, items and messages are not in these logs, except for 1 " +
        "record of unknown category.",
    );
  });

  it("nothing about data events where there are some", async () => {
    const { answer } = await asked(coverage, [event({ eventCategory: "Data" })]);
    assert.deepEqual(answer.sentences.slice(2), [
      "Whether files were altered or removed is not checked.",
    ]);
  });
});

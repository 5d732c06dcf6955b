import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { subjectsNamed } from "../../src/query/subject.ts";
import { coverage } from "../../src/verbs/coverage.ts";
import { fields } from "../../src/verbs/fields.ts";
import { search } from "../../src/verbs/search.ts";
import { show } from "../../src/verbs/show.ts";
import { stats } from "../../src/verbs/stats.ts";
import { timeline } from "../../src/verbs/timeline.ts";
import type { Scope, Verb } from "../../src/verbs/verb.ts";
import { at, byUser, calling, event, failing, on, withId } from "../support/events.ts";
import { asked, shownValue } from "./asked.ts";

const records = [
  event(withId("b"), at("2026-11-05T09:00:30Z"), byUser("bob"), failing("AccessDenied")),
  event(
    withId("a"),
    at("2026-11-05T09:00:10Z"),
    calling("StopInstances"),
    on({ ids: ["i-1", "i-2"] }),
  ),
  event(withId("c"), at("2026-11-05T11:00:00Z")),
];
const hour = (time: string) => Date.parse(`2026-11-05T${time}Z`);

interface Case {
  readonly name: string;
  readonly verb: Verb;
  readonly scope?: Partial<Scope>;
  readonly section: string;
  readonly sentence: string;
  readonly rows: readonly (readonly unknown[])[];
}

const cases: readonly Case[] = [
  {
    name: "search lists in order of time, with the usual columns",
    verb: search,
    scope: { limit: 1 },
    section: "events",
    sentence: "3 events. The first:",
    rows: [
      [
        hour("09:00:10"),
        "alice",
        "ec2:StopInstances",
        ["i-1", "i-2"],
        "203.0.113.7",
        "success",
        "us-east-1",
        "111122223333",
        "a",
      ],
    ],
  },
  {
    name: "search gives the fields asked for, several values as a list",
    verb: search,
    scope: {
      fields: subjectsNamed("event, requestParameters.ids", "--fields"),
      sort: { kind: "field", field: "eventID" },
      descending: true,
    },
    section: "events",
    sentence: "3 events.",
    rows: [
      ["DescribeInstances", undefined],
      ["DescribeInstances", undefined],
      ["StopInstances", ["i-1", "i-2"]],
    ],
  },
  {
    name: "stats puts the commonest first",
    verb: stats,
    scope: { options: { by: "eventName" } },
    section: "groups",
    sentence: "3 events: 2 values of eventName.",
    rows: [
      ["DescribeInstances", 2, hour("09:00:30"), hour("11:00:00")],
      ["StopInstances", 1, hour("09:00:10"), hour("09:00:10")],
    ],
  },
  {
    name: "stats counts events without a value",
    verb: stats,
    scope: { options: { by: "errorCode" }, limit: 1 },
    section: "groups",
    sentence: "3 events: 1 value of errorCode; 2 have none. The one with most events:",
    rows: [[undefined, 2, hour("09:00:10"), hour("11:00:00")]],
  },
  {
    name: "stats counts combinations",
    verb: stats,
    scope: { options: { by: "outcome,requestParameters.ids" } },
    section: "groups",
    sentence: "3 events: 4 combinations.",
    rows: [
      ["denied", undefined, 1, hour("09:00:30"), hour("09:00:30")],
      ["success", "i-1", 1, hour("09:00:10"), hour("09:00:10")],
      ["success", "i-2", 1, hour("09:00:10"), hour("09:00:10")],
      ["success", undefined, 1, hour("11:00:00"), hour("11:00:00")],
    ],
  },
  {
    name: "timeline shows hours in between and what failed",
    verb: timeline,
    scope: { options: { by: "hour" } },
    section: "buckets",
    sentence: "3 events in 3 hours; the busiest hour began on 2026-11-05 at 09:00:00 UTC with 2.",
    rows: [
      [hour("09:00:00"), 2, 1],
      [hour("10:00:00"), 0, 0],
      [hour("11:00:00"), 1, 0],
    ],
  },
  {
    name: "show gives every value by its path",
    verb: show,
    scope: { arguments: ["A"] },
    section: "events",
    sentence: "a, in events.json at byte 1:",
    rows: [
      ["eventVersion", "1.08"],
      ["userIdentity.type", "IAMUser"],
      ["userIdentity.principalId", "AIDAALICE"],
      ["userIdentity.arn", "arn:aws:iam::111122223333:user/alice"],
      ["userIdentity.accountId", "111122223333"],
      ["userIdentity.accessKeyId", "AKIAALICE"],
      ["userIdentity.userName", "alice"],
      ["eventTime", "2026-11-05T09:00:10Z"],
      ["eventSource", "ec2.amazonaws.com"],
      ["eventName", "StopInstances"],
      ["awsRegion", "us-east-1"],
      ["sourceIPAddress", "203.0.113.7"],
      ["userAgent", "aws-cli/2.15.30"],
      ["requestParameters.ids", "i-1"],
      ["requestParameters.ids", "i-2"],
      ["responseElements", "null"],
      ["eventID", "a"],
      ["eventType", "AwsApiCall"],
      ["eventCategory", "Management"],
      ["recipientAccountId", "111122223333"],
    ],
  },
  {
    name: "coverage counts accounts",
    verb: coverage,
    section: "accounts",
    sentence:
      "3 records in 1 file from 2026-11-05 at 09:00:10 UTC to 2026-11-05 at 11:00:00 UTC. " +
      "3 distinct events. No data events: calls on objects, items and messages are not in these logs. " +
      "Whether files were altered or removed is not checked.",
    rows: [["111122223333", 3, hour("09:00:10"), hour("11:00:00")]],
  },
];

describe("a verb", () => {
  for (const { name, verb, scope, section, sentence, rows } of cases) {
    it(name, async () => {
      const { answer, rows: read } = await asked(verb, records, scope);
      assert.equal(answer.sentences.join(" "), sentence);
      assert.deepEqual(
        read.get(section)?.map(({ cells }) => cells.map(shownValue)),
        rows,
      );
      assert.equal(answer.found, true);
    });
  }

  for (const { name, run, ...verb } of [search, stats, timeline, show, coverage]) {
    it(`${name} finds nothing where there is nothing`, async () => {
      const { answer } = await asked({ name, run, ...verb }, [], { options: { by: "eventName" } });
      assert.equal(answer.found, false);
    });
  }

  it("show hands over the bytes when asked for them, and nothing else", async () => {
    const raw = { options: { raw: true } };
    const found = await asked(show, records, { ...raw, arguments: ["c"] });
    assert.deepEqual(found.answer.verbatim, Buffer.from(JSON.stringify(records[2])));
    const missing = await asked(show, records, { ...raw, arguments: ["d"] });
    assert.equal(missing.answer.verbatim?.length, 0);
  });

  it("show survives a record nested deeper than calls can be", async () => {
    const deep = JSON.parse(`{"eventID":"deep","a":${"[".repeat(100_000)}7${"]".repeat(100_000)}}`);
    const { rows } = await asked(show, [deep], { arguments: ["deep"], options: {} });
    assert.deepEqual(rows.get("events")?.[1]?.cells.map(shownValue), ["a", 7]);
  });

  it("fields lists the catalogue without any logs", async () => {
    const { rows } = await asked(fields, []);
    assert.deepEqual(rows.get("fields")?.[1]?.cells.map(shownValue), [
      "eventName",
      "-e, --event",
      "the operation: DeleteBucket, 'Delete*'",
      ["eventName"],
    ]);
  });
});

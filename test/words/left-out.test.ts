import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { CloudTrailRecord } from "../../src/event/record.ts";
import { filterFromFlags } from "../../src/query/flags.ts";
import { search } from "../../src/verbs/search.ts";
import { stats } from "../../src/verbs/stats.ts";
import { timeline } from "../../src/verbs/timeline.ts";
import { noDataEvents, otherRegions } from "../../src/words/left-out.ts";
import { event, inRegion } from "../support/events.ts";
import { asked } from "../verbs/asked.ts";

interface Case {
  readonly name: string;
  readonly records?: readonly CloudTrailRecord[];
  readonly flags: Parameters<typeof filterFromFlags>[0];
  readonly hints: readonly string[];
}

const cases: readonly Case[] = [
  {
    name: "that a region hides global services",
    flags: { fields: { awsRegion: ["eu-west-1"], eventName: ["CreateUser"] } },
    hints: [otherRegions],
  },
  {
    name: "that an excluded region does, too",
    flags: { fields: { awsRegion: ["!us-east-1"] } },
    hints: [otherRegions],
  },
  {
    name: "that there are no data events, when they were asked for",
    flags: { fields: { eventName: ["PutUser", "getobject"] } },
    hints: [noDataEvents],
  },
  {
    name: "so also for a glob and within an expression",
    flags: { where: ["not errorCode exists and eventName in ('Delete*', CreateUser)"] },
    hints: [noDataEvents],
  },
  {
    name: "nothing when the logs have data events",
    records: [event({ eventCategory: "Data" })],
    flags: { fields: { eventName: ["GetObject"] } },
    hints: [],
  },
  {
    name: "nothing for calls that are always recorded",
    flags: { fields: { eventName: ["CreateUser", "!GetObject"] } },
    hints: [],
  },
  {
    name: "nothing when there are no logs at all",
    records: [],
    flags: { fields: { awsRegion: ["eu-west-1"] } },
    hints: [],
  },
  {
    name: "nothing when something was found",
    flags: { fields: { awsRegion: ["us-east-1"] } },
    hints: [],
  },
];

describe("an answer of nothing found tells", () => {
  for (const { name, records = [event(inRegion("us-east-1"))], flags, hints } of cases) {
    it(name, async () => {
      const filter = filterFromFlags(flags);
      for (const verb of [search, stats, timeline]) {
        const { answer } = await asked(verb, records, { filter });
        assert.deepEqual(answer.hints, hints, verb.name);
      }
    });
  }
});

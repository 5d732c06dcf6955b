import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { CloudTrailRecord, Json } from "../../src/event/record.ts";
import { UserError } from "../../src/query/user-error.ts";
import { stats } from "../../src/verbs/stats.ts";
import { byUser, event } from "../support/events.ts";
import { asked } from "./asked.ts";

const path = "additionalEventData.bytesTransferredOut";
const moving = (who: string, bytesTransferredOut: Json) =>
  event(byUser(who), { additionalEventData: { bytesTransferredOut } });

interface Case {
  readonly name: string;
  readonly records: readonly CloudTrailRecord[];
  readonly limit?: number;
  readonly sentences: readonly string[];
  /** Who, sum, events. */
  readonly rows: readonly (readonly [string, number, number])[];
}

const cases: readonly Case[] = [
  {
    name: "puts the largest sum first, not the most events",
    records: [moving("bob", 10), moving("bob", 10), moving("alice", 4096)],
    sentences: [`${path} adds up to 4,116.`, "3 events: 2 values of userIdentity.userName."],
    rows: [
      ["alice", 4096, 1],
      ["bob", 20, 2],
    ],
  },
  {
    name: "reads numbers in quotes and with decimals, and tells what is none",
    records: [moving("bob", "12"), moving("bob", 0.5), moving("bob", "many"), event(byUser("bob"))],
    sentences: [
      `${path} adds up to 12.5; 2 events have no number there.`,
      "4 events: 1 value of userIdentity.userName.",
    ],
    rows: [["bob", 12.5, 4]],
  },
  {
    name: "counts an event once that has several numbers",
    records: [moving("bob", [1, 2])],
    sentences: [`${path} adds up to 3.`, "1 event: 1 value of userIdentity.userName."],
    rows: [["bob", 3, 1]],
  },
  {
    name: "adds up everything, also what is not listed",
    records: [moving("bob", 10), moving("alice", 4096)],
    limit: 1,
    sentences: [
      `${path} adds up to 4,106.`,
      "2 events: 2 values of userIdentity.userName. The one with the largest sum:",
    ],
    rows: [["alice", 4096, 1]],
  },
  { name: "finds nothing in nothing", records: [], sentences: ["No events match."], rows: [] },
];

describe("stats --sum", () => {
  for (const { name, records, limit, sentences, rows } of cases) {
    it(name, async () => {
      const { answer, rows: read } = await asked(stats, records, {
        options: { by: "userIdentity.userName", sum: path },
        ...(limit === undefined ? {} : { limit }),
      });
      assert.deepEqual(answer.sentences, sentences);
      assert.deepEqual(
        read
          .get("groups")
          ?.map(({ cells: [who, sum, events] }) => [who?.text, sum?.value, events?.value]),
        rows,
      );
    });
  }

  it("takes one field", async () => {
    const options = { by: "eventName", sum: `${path},eventName` };
    await assert.rejects(asked(stats, [], { options }), UserError);
  });
});

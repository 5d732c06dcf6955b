import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { everything } from "../../src/query/filter.ts";
import type { FoundEvent, Reading } from "../../src/query/query.ts";
import { type Chain, chainOf } from "../../src/resolve/chain.ts";
import { allSessions, sessionsBehind } from "../../src/resolve/gather.ts";
import { readingOf } from "../support/plain-reading.ts";
import { storyRecord } from "./stories.ts";

async function eventsIn(reading: Reading): Promise<readonly FoundEvent[]> {
  const { events } = await reading.events({ kind: "events", filter: everything });
  const all: FoundEvent[] = [];
  for await (const each of events) all.push(each);
  return all;
}

/** Without the objects themselves, which are read anew for each question. */
function told({ hops, origins }: Chain) {
  return {
    hops: hops.map(({ link, certainty, issues }) => [link, certainty, issues.map(({ id }) => id)]),
    origins: origins.map(({ made, ...origin }) => [origin, made?.id]),
  };
}

describe("the sessions behind one event", () => {
  it("tell of it what those of all logs do", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(storyRecord, { maxLength: 14 }), async (records) => {
        const reading = readingOf(records);
        const all = await allSessions(reading);
        for (const each of await eventsIn(reading)) {
          const few = await sessionsBehind(reading, [each]);
          assert.deepEqual(told(chainOf(each.record, few)), told(chainOf(each.record, all)));
        }
      }),
      { numRuns: 200 },
    );
  });
});

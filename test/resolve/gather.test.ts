import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { CloudTrailRecord } from "../../src/event/record.ts";
import { everything } from "../../src/query/filter.ts";
import type { Engine, FoundEvent } from "../../src/query/query.ts";
import { type Chain, chainOf } from "../../src/resolve/chain.ts";
import { allSessions, sessionsBehind } from "../../src/resolve/gather.ts";
import { arrayEngine } from "../support/array-engine.ts";
import { byUser, event } from "../support/events.ts";
import { assuming, bySession, byUserSession, signingIn, time } from "./credentials.ts";

const names = ["maria", "joe", "ana"];
const roles = ["Deploy", "Admin", "Audit"];
const clocks = ["09:00:00", "09:00:01", "09:30:00"];

const session = fc.record({
  role: fc.constantFrom(...roles),
  session: fc.constantFrom(...names),
  key: fc.constantFrom("ASIA1", "ASIA2", "ASIA3", "ASIA4"),
  began: fc.constantFrom(...clocks),
});
const caller = fc.oneof(
  fc.constantFrom(...names).map((name) => byUser(name)),
  session.map((one) => bySession(one)),
  fc
    .tuple(fc.constantFrom(...names), fc.constantFrom(...clocks))
    .map(([name, clock]) => byUserSession(name, clock, "ASIACONSOLE")),
);
const record: fc.Arbitrary<CloudTrailRecord> = fc.oneof(
  caller.map((by) => event(by)),
  fc.tuple(session, caller).map(([begun, by]) => assuming(begun, by)),
  fc
    .tuple(fc.constantFrom(...names), fc.constantFrom(...clocks))
    .map(([name, clock]) => signingIn(name, clock)),
  fc.constantFrom(...names).map((name) =>
    event({
      eventSource: "iam.amazonaws.com",
      eventName: "CreateAccessKey",
      eventTime: time("08:00:00"),
      ...byUser("root-like"),
      responseElements: {
        accessKey: { accessKeyId: `AKIA${name.toUpperCase()}`, userName: name },
      },
    }),
  ),
);

async function eventsIn(engine: Engine): Promise<readonly FoundEvent[]> {
  const { events } = await engine.events({ kind: "events", filter: everything });
  const all: FoundEvent[] = [];
  for await (const each of events) all.push(each);
  return all;
}

/** Without the objects themselves, which are read anew for each question. */
function told({ hops, origins }: Chain) {
  return {
    hops: hops.map(({ join, certainty, issues }) => [join, certainty, issues.map(({ id }) => id)]),
    origins: origins.map(({ keyCreation, ...origin }) => [origin, keyCreation?.id]),
  };
}

describe("the sessions behind one event", () => {
  it("tell of it what those of all logs do", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(record, { maxLength: 14 }), async (records) => {
        const engine = arrayEngine(records);
        const all = await allSessions(engine);
        for (const each of await eventsIn(engine)) {
          const few = await sessionsBehind(engine, [each]);
          assert.deepEqual(told(chainOf(each.record, few)), told(chainOf(each.record, all)));
        }
      }),
      { numRuns: 200 },
    );
  });
});

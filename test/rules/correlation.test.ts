import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { CloudTrailRecord } from "../../src/event/record.ts";
import { everything } from "../../src/query/filter.ts";
import { rulesIn } from "../../src/rules/load.ts";
import type { Correlation, RuleSet } from "../../src/rules/rule.ts";
import type { Occurrence } from "../../src/rules/tally.ts";
import { byTime, windowsIn } from "../../src/rules/windows.ts";
import { hitsAmong, suspects } from "../../src/verbs/check/hits.ts";
import { readingOf } from "../support/plain-reading.ts";
import {
  correlationConformance,
  correlationRefusals,
  type Told,
} from "./correlation-conformance.ts";

const rule = (name: string, event: string) =>
  `title: ${name}\nname: ${name}\nlogsource: { product: aws, service: cloudtrail }\n` +
  `detection: { s: { eventName: ${event} }, condition: s }\n`;
const base = [rule("a", "AssumeRole"), rule("d", "DeleteBucket"), rule("g", "GetObject")];

/** The correlation in one file, what it is of in another, which is read after it. */
function read(correlation: string, more?: string): Promise<RuleSet> {
  const own = `title: t\nname: itself\ncorrelation:\n  ${correlation.replaceAll("\n", "\n  ")}\n`;
  const others = [...base, ...(more === undefined ? [] : [more])].join("---\n");
  return rulesIn([
    { file: "correlation.yml", text: own },
    { file: "rules.yml", text: others },
  ]);
}

function record(
  [eventName, minute, sourceIPAddress, parameters]: Told,
  at: number,
): CloudTrailRecord {
  return {
    eventVersion: "1.08",
    eventID: `event-${at}`,
    eventTime: new Date(Date.UTC(2026, 10, 5) + minute * 60_000).toISOString(),
    eventSource: "s3.amazonaws.com",
    eventName,
    ...(sourceIPAddress !== undefined && { sourceIPAddress }),
    userIdentity: { type: "IAMUser", arn: "arn:aws:iam::111122223333:user/maria" },
    requestParameters: parameters ?? {},
  };
}

async function broken(rules: RuleSet, records: readonly CloudTrailRecord[]) {
  const reading = readingOf(records);
  const { events } = await reading.events({ kind: "events", filter: suspects(rules.rules) });
  const { hits } = await hitsAmong(reading, events, { rules: rules.rules, exceptions: [] });
  const groups = new Map<unknown, number[]>();
  for (const { rule: own, deed, group } of hits) {
    if (own.name !== "itself") continue;
    const known = groups.get(group) ?? [];
    groups.set(group, known);
    known.push(Number(deed.place.eventID?.slice("event-".length)));
  }
  return [...groups.values()];
}

describe("a correlation", () => {
  for (const { construct, correlation, more, events, breaks } of correlationConformance) {
    it(construct, async () => {
      const rules = await read(correlation, more);
      assert.deepEqual(rules.mistakes, []);
      const found = await broken(rules, events.map(record));
      assert.deepEqual(found.toSorted(), breaks.toSorted());
    });
  }

  for (const { construct, correlation, says } of correlationRefusals) {
    it(`is refused for ${construct}`, async () => {
      const { mistakes } = await read(correlation);
      assert.equal(mistakes.length, 1);
      assert.ok(mistakes[0]?.problem.includes(says), mistakes[0]?.problem);
    });
  }

  it("keeps the rules it is of from being reported, unless it says generate", async () => {
    const text = "type: temporal\nrules: [a, d]\ntimespan: 5m";
    const reported = async (correlation: string) =>
      (await read(correlation)).rules.flatMap(({ name = "", isReported }) =>
        isReported ? [name] : [],
      );
    assert.deepEqual(await reported(text), ["g", "itself"]);
    assert.deepEqual(await reported(`${text}\ngenerate: true`), ["a", "d", "g", "itself"]);
  });

  it("says where an order within one second is not known", async () => {
    const rules = await read("type: temporal_ordered\nrules: [a, d]\ntimespan: 5m");
    const known = async (minutes: readonly [number, number]) => {
      const reading = readingOf([
        record(["DeleteBucket", minutes[0]], 0),
        record(["AssumeRole", minutes[1]], 1),
      ]);
      const { events } = await reading.events({ kind: "events", filter: suspects(rules.rules) });
      const { hits } = await hitsAmong(reading, events, { rules: rules.rules, exceptions: [] });
      return hits.flatMap(({ group }) => group?.isOrderKnown ?? []);
    };
    assert.deepEqual(await known([1, 1]), [false, false]);
    assert.deepEqual(await known([2, 1]), [true, true]);
  });
});

const occurrences = fc.array(
  fc.record({
    time: fc.nat({ max: 60 }),
    part: fc.nat({ max: 2 }),
    values: fc.array(fc.array(fc.constantFrom("1", "2", "30"), { maxLength: 2 }), {
      minLength: 1,
      maxLength: 1,
    }),
  }),
  { maxLength: 14 },
);
const part = (name: string) => ({
  rule: name,
  test: { kind: "events" as const, filter: everything },
  aliases: new Map(),
});
const parts = ["x", "y", "z"].map(part);
const shape = { kind: "correlation" as const, parts, groupBy: [], withinMs: 10 };

describe("windows", () => {
  it("hold as counted one by one", () => {
    fc.assert(
      fc.property(occurrences, fc.nat({ max: 6 }), (some, least) => {
        const inOrder = some.toSorted(byTime);
        const conditions: readonly (readonly [
          Correlation["condition"],
          (within: readonly Occurrence[]) => boolean,
        ])[] = [
          [
            { kind: "event_count", fields: [], bounds: [{ operator: ">", value: least }] },
            (within) => within.length > least,
          ],
          [
            { kind: "value_count", fields: [], bounds: [{ operator: ">", value: least }] },
            (within) => new Set(within.flatMap(({ values }) => values[0] ?? [])).size > least,
          ],
          [
            {
              kind: "value_percentile",
              fields: [],
              percentile: 100,
              bounds: [{ operator: ">", value: least }],
            },
            (within) =>
              Math.max(...within.flatMap(({ values }) => values[0] ?? []).map(Number)) > least,
          ],
        ];
        for (const [condition, holds] of conditions) {
          const found = windowsIn(inOrder, { ...shape, condition });
          const inSome = inOrder.map((_, at) =>
            found.some(({ from, until }) => at >= from && at < until),
          );
          const expected = inOrder.map((one) =>
            inOrder.some((first) => {
              const within = inOrder.filter(
                ({ time }) => time >= first.time && time - first.time <= shape.withinMs,
              );
              return within.includes(one) && holds(within);
            }),
          );
          assert.deepEqual(inSome, expected);
        }
      }),
    );
  });

  it("of an order hold wherever one event of each part follows the other", () => {
    const ordered: Correlation = {
      ...shape,
      condition: { kind: "temporal", isOrdered: true, bounds: [], holds: everything },
    };
    fc.assert(
      fc.property(occurrences, (some) => {
        const inOrder = some.toSorted(byTime);
        const chains = inOrder.flatMap((x) =>
          inOrder.flatMap((y) =>
            inOrder.filter(
              (z) =>
                x.part === 0 &&
                y.part === 1 &&
                z.part === 2 &&
                x.time <= y.time &&
                y.time <= z.time &&
                z.time - x.time <= ordered.withinMs,
            ),
          ),
        );
        const ends = windowsIn(inOrder, ordered).map(({ until }) => inOrder[until - 1]);
        assert.deepEqual(new Set(ends), new Set(chains));
      }),
    );
  });
});

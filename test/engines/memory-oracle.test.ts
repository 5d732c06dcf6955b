/**
 * The memory engine, held to the engine that only knows `matches`: random filters over random events,
 * written in odd ways, indexed and scanned, must give the same events and the same counts.
 */

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import fc from "fast-check";
import { memoryEngine } from "../../src/engines/memory/index.ts";
import { openGeo } from "../../src/event/geo.ts";
import { isObject, type JsonObject, parseJson } from "../../src/event/record.ts";
import { groupsOf } from "../../src/query/found.ts";
import type { EventsQuery, GroupsQuery, Reading } from "../../src/query/query.ts";
import { anyFilter, anyRecord, manyRules, oddJson } from "../support/arbitraries.ts";
import { databaseOf, fixtures } from "../support/mmdb.ts";
import { readingOf } from "../support/plain-reading.ts";

const folder = mkdtempSync(join(tmpdir(), "trailhound-"));
after(() => rmSync(folder, { recursive: true }));

/** Made known to the oracle, too. */
const geo = [databaseOf("country.mmdb", fixtures["country.mmdb"])];
before(() => openGeo(geo));

const some = { minLength: 1, maxLength: 8 };

/** Records that a file of them is known by, with ids of their own so that an order can be compared. */
const records = fc.array(anyRecord, some).map((all) =>
  all.map(
    (record, index): JsonObject => ({
      ...record,
      eventVersion: "1.08",
      eventID: `00000000-0000-4000-8000-00000000000${index}`,
    }),
  ),
);

const filters = fc.oneof({ arbitrary: anyFilter, weight: 7 }, { arbitrary: manyRules, weight: 1 });

async function listed(reading: Reading, query: EventsQuery): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  const { events } = await reading.events(query);
  for await (const { record } of events) found.push(JSON.stringify(record));
  return found;
}

const ways = [
  { way: "scanning", smallInputBytes: 0, said: false },
  { way: "scanning for all of them", smallInputBytes: 0, said: true },
  { way: "indexing", smallInputBytes: Number.POSITIVE_INFINITY, said: false },
];

for (const { way, smallInputBytes, said } of ways) {
  describe(`the memory engine, ${way}, agrees with the oracle on`, () => {
    it("events and groups", async () => {
      let file = 0;
      const trial = async (
        all: readonly JsonObject[],
        filters: readonly EventsQuery["filter"][],
        choices: readonly number[],
      ) => {
        file += 1;
        const path = join(folder, `${way}-${file}`);
        let next = 0;
        const choose = () => choices[next++ % choices.length] ?? 0;
        const texts = all.map((record) => oddJson(record, choose));
        writeFileSync(path, `{"Records":[${texts.join()}]}`);
        // A number counts as it was written.
        const oracle = readingOf(texts.map(parseJson).filter(isObject));
        const options = { paths: [path], lateDeliveryMs: 0, threads: 1, index: false, geo };
        const questions = said
          ? filters.map((filter) => ({ kind: "events", filter }) as const)
          : [];
        const reading = memoryEngine({ ...options, smallInputBytes }).reading(questions);
        for (const filter of filters) {
          const query: EventsQuery = { kind: "events", filter };
          assert.deepEqual(await listed(reading, query), await listed(oracle, query));
          const groups: GroupsQuery = {
            kind: "groups",
            filter,
            by: [
              { kind: "field", field: "identity" },
              { kind: "field", field: "country" },
              { kind: "path", path: ["requestParameters"] },
            ],
          };
          const cut: GroupsQuery = { ...groups, pauseMs: 1000 * choose(), once: true };
          for (const query of [groups, cut]) {
            assert.deepEqual(await groupsOf(reading, query), await groupsOf(oracle, query));
          }
        }
        rmSync(path);
      };
      await fc.assert(
        fc.asyncProperty(records, fc.array(filters, some), fc.array(fc.nat(), some), trial),
        { numRuns: 150 },
      );
    });
  });
}

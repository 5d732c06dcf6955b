/**
 * The memory engine, both ways it works: everything indexed, and one question at a time over input
 * that counts as large.
 */

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import { memoryEngine } from "../../src/engines/memory/index.ts";
import { fieldNames } from "../../src/event/fields.ts";
import type { CloudTrailRecord } from "../../src/event/record.ts";
import { everything, type Filter } from "../../src/query/filter.ts";
import type { Engine, EventsQuery } from "../../src/query/query.ts";
import { arrayEngine } from "../support/array-engine.ts";
import { events, eventsCases, filterCases, groupsCases, histogramCases } from "./cases.ts";

const folder = mkdtempSync(join(tmpdir(), "trailhound-"));
after(() => rmSync(folder, { recursive: true }));

const shapes: readonly {
  readonly name: string;
  readonly write: (records: readonly CloudTrailRecord[]) => string | Uint8Array;
}[] = [
  { name: "lines", write: (records) => records.map((r) => JSON.stringify(r)).join("\n") },
  { name: "records", write: (records) => gzipSync(JSON.stringify({ Records: records })) },
  { name: "pretty", write: (records) => JSON.stringify({ Records: records }, null, 2) },
];

const ways = [
  { name: "indexed", smallInputBytes: Number.POSITIVE_INFINITY },
  { name: "scanned", smallInputBytes: 0 },
];

async function idsOf(engine: Engine, query: EventsQuery): Promise<readonly unknown[]> {
  const ids: unknown[] = [];
  const { events } = await engine.events(query);
  for await (const { record } of events) ids.push(record["eventID"]);
  return ids;
}

for (const shape of shapes) {
  const path = join(folder, shape.name);
  writeFileSync(path, shape.write(events));
  for (const { name: way, smallInputBytes } of ways) {
    const engine = memoryEngine({
      paths: [path],
      lateDeliveryMs: 0,
      threads: 1,
      index: false,
      smallInputBytes,
    });
    describe(`memory engine, ${shape.name}, ${way}`, () => {
      for (const { name, filter, ids } of filterCases) {
        it(name, async () => {
          assert.deepEqual(await idsOf(engine, { kind: "events", filter }), ids);
        });
      }
      for (const { name, query, total, ids } of eventsCases) {
        it(name, async () => {
          assert.deepEqual(await idsOf(engine, query), ids);
          assert.equal((await engine.events(query)).total, total);
        });
      }
      for (const { name, query, groups } of groupsCases) {
        it(name, async () => assert.deepEqual(await engine.groups(query), groups));
      }
      it("counts by more fields than fit into one number", async () => {
        const by = fieldNames.map((field) => ({ kind: "field", field }) as const);
        const query = { kind: "groups", filter: everything, by } as const;
        assert.deepEqual(await engine.groups(query), await arrayEngine(events).groups(query));
      });
      it("answers what it was told to expect before a survey, as ever", async () => {
        for (const { filter, ids } of filterCases) {
          engine.expect([filter]);
          await engine.survey();
          assert.deepEqual(await idsOf(engine, { kind: "events", filter }), ids);
        }
        engine.expect([]);
      });
      it("answers what it was told to expect, and what narrows that, as ever", async () => {
        const [first, second] = filterCases;
        assert.ok(first !== undefined && second !== undefined);
        engine.expect([first.filter, second.filter]);
        const narrowed: Filter = { kind: "every", filters: [second.filter, everything] };
        for (const [filter, ids] of [
          [second.filter, second.ids],
          [narrowed, second.ids],
          [first.filter, first.ids],
        ] as const) {
          assert.deepEqual(await idsOf(engine, { kind: "events", filter }), ids);
        }
        engine.expect([]);
      });
      it("counts what it was told to count as ever", async () => {
        const [first] = filterCases;
        assert.ok(first !== undefined);
        const by = [{ kind: "field", field: "outcome" }] as const;
        engine.expect([first.filter], { filter: everything, by });
        assert.deepEqual(await idsOf(engine, { kind: "events", filter: first.filter }), first.ids);
        const query = { kind: "groups", filter: everything, by } as const;
        assert.deepEqual(await engine.groups(query), await arrayEngine(events).groups(query));
        engine.expect([]);
      });
      for (const { name, query, buckets, undated } of histogramCases) {
        it(name, async () => assert.deepEqual(await engine.histogram(query), { buckets, undated }));
      }
    });
  }
}

/**
 * Every engine, held to the same cases: the plain one; the memory engine, both ways it works, which are
 * everything indexed and known questions over input that counts as large.
 */

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import { memoryEngine } from "../../src/engines/memory/index.ts";
import { eventsAt, plainEngine } from "../../src/engines/plain/index.ts";
import { fieldNames } from "../../src/event/fields.ts";
import type { CloudTrailRecord } from "../../src/event/record.ts";
import { everything, type Filter } from "../../src/query/filter.ts";
import { groupsOf } from "../../src/query/found.ts";
import type { Engine, EventsQuery, Question, Reading } from "../../src/query/query.ts";
import { readingOf } from "../support/plain-reading.ts";
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
  { way: "indexed", smallInputBytes: Number.POSITIVE_INFINITY },
  { way: "scanned", smallInputBytes: 0 },
];

const engines: readonly { readonly name: string; readonly make: () => Engine }[] = [
  { name: "plain engine", make: () => plainEngine(eventsAt("events.json", events)) },
  ...shapes.flatMap(({ name, write }) => {
    const path = join(folder, name);
    writeFileSync(path, write(events));
    return ways.map(({ way, smallInputBytes }) => ({
      name: `memory engine, ${name}, ${way}`,
      make: () =>
        memoryEngine({
          ...{ paths: [path], lateDeliveryMs: 0, threads: 1, index: false, smallInputBytes },
        }),
    }));
  }),
];

async function idsOf(reading: Reading, query: EventsQuery): Promise<readonly unknown[]> {
  const ids: unknown[] = [];
  const { events: found } = await reading.events(query);
  for await (const { record } of found) ids.push(record["eventID"]);
  return ids;
}

for (const { name: engineName, make } of engines) {
  const engine = make();
  const reading = engine.reading([]);
  describe(engineName, () => {
    for (const { name, filter, ids } of filterCases) {
      it(name, async () => {
        assert.deepEqual(await idsOf(reading, { kind: "events", filter }), ids);
      });
    }
    for (const { name, query, total, ids } of eventsCases) {
      it(name, async () => {
        assert.deepEqual(await idsOf(reading, query), ids);
        assert.equal((await reading.events(query)).total, total);
      });
    }
    for (const { name, query, groups } of groupsCases) {
      it(name, async () => assert.deepEqual(await groupsOf(reading, query), groups));
    }
    for (const { name, query, buckets, undated } of histogramCases) {
      it(name, async () => {
        const found = await reading.histogram(query);
        assert.deepEqual([found.buckets, found.undated], [buckets, undated]);
      });
    }
    it("counts by more fields than fit into one number", async () => {
      const by = fieldNames.map((field) => ({ kind: "field", field }) as const);
      const query = { kind: "groups", filter: everything, by } as const;
      assert.deepEqual(await groupsOf(reading, query), await groupsOf(readingOf(events), query));
    });
    it("tells one event from another by its id, in every reading", async () => {
      const listed = async () => {
        const { events: found } = await engine
          .reading([])
          .events({ kind: "events", filter: everything });
        const ids: string[] = [];
        for await (const { id } of found) ids.push(id);
        return ids;
      };
      const ids = await listed();
      assert.equal(new Set(ids).size, ids.length);
      assert.deepEqual(await listed(), ids);
    });
    it("answers every question of many said at once, and what narrows one", async () => {
      const said = filterCases.map(({ filter }): Question => ({ kind: "events", filter }));
      const counted = groupsCases.map(({ query }): Question => query);
      const all = make().reading([...said, ...counted, { kind: "survey" }, { kind: "more" }]);
      for (const { filter, ids } of filterCases) {
        const narrowed: Filter = { kind: "every", filters: [filter, everything] };
        assert.deepEqual(await idsOf(all, { kind: "events", filter }), ids);
        assert.deepEqual(await idsOf(all, { kind: "events", filter: narrowed }), ids);
      }
      for (const { query, groups } of groupsCases) {
        assert.deepEqual(await groupsOf(all, query), groups);
      }
      const { records } = (await all.survey()).coverage();
      assert.equal(records, events.length);
    });
    it("answers what was not said, in a reading of its own and in a further one", async () => {
      const [first, second] = filterCases;
      assert.ok(first !== undefined && second !== undefined);
      const one = make().reading([{ kind: "events", filter: first.filter }]);
      const query = { kind: "events", filter: second.filter } as const;
      assert.deepEqual(await idsOf(one, query), second.ids);
      assert.deepEqual(await idsOf(one.further([query]), query), second.ids);
      const by = [{ kind: "field", field: "outcome" }] as const;
      const count = { kind: "groups", filter: everything, by } as const;
      assert.deepEqual(await groupsOf(one, count), await groupsOf(readingOf(events), count));
    });
  });
}

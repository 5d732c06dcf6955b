/** A log of 2 kB, cut off behind every one of its bytes. */

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import { withMembers } from "../../src/input/archives/index.ts";
import { isMember, OpenArchives, openMember } from "../../src/input/archives/open.ts";
import { openFeed } from "../../src/input/containers/index.ts";
import { createKernel } from "../../src/kernel/wasm-kernel.ts";
import { zipOf } from "../support/archives.ts";
import { event } from "../support/events.ts";
import { feedOf, read } from "./reading.ts";

const folder = mkdtempSync(join(tmpdir(), "trailhound-"));
after(() => rmSync(folder, { recursive: true }));

const kernel = createKernel({ columns: [], time: [], id: [], tokens: [] });

const path = join(folder, "log");
const names = ["One", "Two", "Three"];
const records = names.map((eventName) => JSON.stringify(event({ eventName })));
const log = Buffer.from(`{"Records":[${records.join(",")}]}`);

/** How many records are whole in so much of the log. */
function wholeIn(length: number): number {
  let end = '{"Records":['.length;
  return records.filter((record) => {
    end += record.length + 1;
    return end - 1 <= length;
  }).length;
}

function isTold({ problems, notLogs }: Awaited<ReturnType<typeof read>>): boolean {
  return problems.length > 0 || notLogs.length > 0;
}

describe("of a log cut off behind any byte", () => {
  it("every whole record is read and the break is told", async () => {
    for (let end = 0; end < log.length; end += 1) {
      const reading = await read(feedOf(log.subarray(0, end)), { kernel });
      assert.deepEqual(reading.records, names.slice(0, wholeIn(end)), `${end}`);
      // The bracket and the brace at the end are not missed by anybody, but told.
      assert.ok(isTold(reading), `${end}`);
    }
  });

  it("the same holds for what its gzip gives up to there", async () => {
    const packed = gzipSync(log);
    for (let end = 0; end < packed.length; end += 1) {
      const bytes = packed.subarray(0, end);
      writeFileSync(path, bytes);
      const reading = await read(openFeed({ kind: "file", path, origin: path, bytes: end }), {
        kernel,
      });
      const sound = end < 18 ? 0 : soundIn(bytes);
      assert.deepEqual(reading.records, names.slice(0, wholeIn(sound)), `${end}`);
      assert.ok(isTold(reading), `${end}`);
    }
  });

  it("in a zip, every whole file before is read and the break is told", async () => {
    const files = names.map((name, index) => ({
      name: `${name}.json`,
      bytes: Buffer.from(records[index] ?? ""),
    }));
    const packed = zipOf(files);
    // Each file goes up to the next header, the last one up to the directory.
    const ends = [headerIn(packed, "PK\x03\x04", 1)];
    ends.push(
      headerIn(packed, "PK\x03\x04", (ends[0] ?? 0) + 1),
      headerIn(packed, "PK\x01\x02", 1),
    );
    for (let end = 4; end < packed.length; end += 1) {
      writeFileSync(path, packed.subarray(0, end));
      const found = { paths: [path], outsideWindow: 0, notFollowed: 0, unreadable: [] };
      const sources = [{ kind: "file", path, origin: path, bytes: end } as const];
      const { unreadable, sources: members } = await withMembers(
        { ...found, sources },
        { lateDeliveryMs: 0 },
      );
      const opened = new OpenArchives();
      const readings = [];
      for (const member of members) {
        assert.ok(isMember(member));
        readings.push(await read(await openMember(member, opened), { kernel }));
      }
      opened.close();
      const whole = ends.filter((at) => at <= end).length;
      assert.deepEqual(
        readings.flatMap((reading) => reading.records).slice(0, whole),
        names.slice(0, whole),
        `${end}`,
      );
      assert.ok(unreadable.length > 0 || readings.some(isTold), `${end}`);
    }
  });
});

function headerIn(packed: Buffer, mark: string, from: number): number {
  return packed.indexOf(mark, from, "latin1");
}

function soundIn(packed: Uint8Array): number {
  return gunzipSync(packed, { finishFlush: 2 }).length;
}

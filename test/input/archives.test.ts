import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import { memoryEngine } from "../../src/engines/memory/index.ts";
import type { CloudTrailRecord } from "../../src/event/record.ts";
import { everything } from "../../src/query/filter.ts";
import { type Entry, tarGzOf, tarOf, zipOf } from "../support/archives.ts";
import { event } from "../support/events.ts";

const folder = mkdtempSync(join(tmpdir(), "trailhound-"));
after(() => rmSync(folder, { recursive: true }));

interface Read {
  readonly ids: readonly unknown[];
  readonly origins: readonly string[];
  readonly problems: readonly string[];
  readonly files: number;
}

/** As a file of that name is read; a scan, as of much input, or an index. */
async function read(bytes: Uint8Array, name: string, isScan = false): Promise<Read> {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return readPath(path, isScan);
}

async function readPath(path: string, isScan = false): Promise<Read> {
  const options = { paths: [path], lateDeliveryMs: 0, index: false, threads: 1 };
  const engine = memoryEngine({ ...options, ...(isScan && { smallInputBytes: 0 }) });
  const query = { kind: "events", filter: everything } as const;
  const reading = engine.reading([query]);
  const { events } = await reading.events(query);
  const ids: unknown[] = [];
  const origins = new Set<string>();
  for await (const { record, source } of events) {
    ids.push(record["eventID"]);
    origins.add(source.origin.slice(path.length));
  }
  const { problems, files } = reading.coverage();
  return {
    ids,
    origins: [...origins].sort(),
    problems: problems.map(({ origin, reason }) => `${origin.slice(path.length)}: ${reason}`),
    files,
  };
}

function at(minute: number): CloudTrailRecord {
  return event({ eventTime: `2026-11-05T09:${String(minute).padStart(2, "0")}:00Z` });
}

const all = Array.from({ length: 6 }, (_, minute) => at(minute));
const ids = all.map(({ eventID }) => eventID);

function log(records: readonly CloudTrailRecord[]): Buffer {
  return Buffer.from(JSON.stringify({ Records: records }));
}

const plain: readonly Entry[] = [
  { name: "AWSLogs/a.json", bytes: log(all.slice(0, 2)) },
  { name: "AWSLogs/b.json.gz", bytes: gzipSync(log(all.slice(2, 4))) },
  {
    name: "c.ndjson",
    bytes: Buffer.from(
      `${all
        .slice(4)
        .map((one) => JSON.stringify(one))
        .join("\n")}\n`,
    ),
  },
];
const names = plain.map(({ name }) => `!${name}`).sort();

describe("archives", () => {
  const forms: readonly (readonly [form: string, name: string, bytes: Buffer])[] = [
    ["a zip, deflated", "logs.zip", zipOf(plain)],
    ["a zip, stored", "logs.zip", zipOf(plain, { method: "stored" })],
    ["a zip, written to a stream", "logs.zip", zipOf(plain, { isStreamed: true })],
    ["a zip with long sizes", "logs.zip", zipOf(plain, { isLong: true })],
    ["a zip whose name says nothing", "logs", zipOf(plain)],
    ["a zip with a comment", "logs.zip", withComment(zipOf(plain))],
    ["a tar", "logs.tar", tarOf(plain)],
    ["a tar with names in pax headers", "logs.tar", tarOf(plain, { longNames: "pax" })],
    ["a tar with names as GNU has them", "logs.tar", tarOf(plain, { longNames: "gnu" })],
    ["a packed tar", "logs.tar.gz", tarGzOf(plain)],
    ["a tar without an end", "logs.tar", tarOf(plain).subarray(0, -1024)],
  ];
  for (const [form, name, bytes] of forms) {
    for (const isScan of [false, true]) {
      it(`read as the files in them: ${form}${isScan ? ", scanned" : ""}`, async () => {
        assert.deepEqual(await read(bytes, name, isScan), {
          ids,
          origins: names,
          problems: [],
          files: 3,
        });
      });
    }
  }

  it("stand in a folder beside logs", async () => {
    const inside = join(folder, "beside");
    for (const [name, bytes] of [
      ["one.json", log(all.slice(0, 2))],
      ["deep/rest.zip", zipOf(plain.slice(1))],
    ] as const) {
      mkdirSync(dirname(join(inside, name)), { recursive: true });
      writeFileSync(join(inside, name), bytes);
    }
    const { ids: found, origins, problems } = await readPath(inside);
    assert.deepEqual(
      { found, origins, problems },
      {
        found: ids,
        origins: ["/deep/rest.zip!AWSLogs/b.json.gz", "/deep/rest.zip!c.ndjson", "/one.json"],
        problems: [],
      },
    );
  });

  it("keep files of one name apart", async () => {
    const twice = [0, 2].map((from) => ({ name: "a.json", bytes: log(all.slice(from, from + 2)) }));
    const { origins, ids: found } = await read(tarOf(twice), "twice.tar");
    assert.deepEqual([origins, found], [["!a.json", "!a.json (2)"], ids.slice(0, 4)]);
  });

  it("are not looked for in documents, nor in archives", async () => {
    const document = zipOf([{ name: "[Content_Types].xml", bytes: Buffer.from("<a/>") }]);
    const { problems } = await read(zipOf([{ name: "in.zip", bytes: zipOf(plain) }]), "out.zip");
    assert.deepEqual(problems, [
      "!in.zip: a zip archive, which is not read; unpack it first: unzip FILE -d FOLDER",
    ]);
    const { files } = await read(document, "report.docx");
    assert.equal(files, 0);
  });

  it("hold much more than they are long", async () => {
    const record = JSON.stringify(at(9));
    const long = Buffer.from(`${record}\n`.repeat(1000) + "\n".repeat(80 * 1024 * 1024));
    const { ids: found, problems } = await read(
      zipOf([{ name: "a.ndjson", bytes: long }]),
      "b.zip",
    );
    assert.deepEqual([found.length, problems], [1, []]);
  });

  const faults: readonly (readonly [string, Buffer, readonly unknown[], readonly string[]])[] = [
    [
      "an encrypted file",
      zipOf(plain.slice(0, 1), { isEncrypted: true }),
      [],
      ["!AWSLogs/a.json: is encrypted; unpack it first: unzip FILE -d FOLDER"],
    ],
    [
      "another compression",
      zipOf(plain.slice(0, 1), { method: "another" }),
      [],
      [
        "!AWSLogs/a.json: is packed in a way that is not read; unpack it first: unzip FILE -d FOLDER",
      ],
    ],
    [
      "a wrong checksum",
      zipOf(plain.slice(0, 1), { crc: 7 }),
      ids.slice(0, 2),
      ["!AWSLogs/a.json: the gzip data is damaged"],
    ],
    [
      "a tar header that does not add up",
      changed(tarOf(plain), 512 * 4 + 3),
      ids.slice(0, 2),
      [": the tar archive is damaged"],
    ],
  ];
  for (const [fault, bytes, found, problems] of faults) {
    it(`tell of ${fault}`, async () => {
      const seen = await read(bytes, "faulty");
      assert.deepEqual([seen.ids, seen.problems], [found, problems]);
    });
  }

  for (const [form, bytes] of [
    ["zip", zipOf(plain, { method: "stored" })],
    ["deflated zip", zipOf(plain)],
    ["tar", tarOf(plain.slice(0, 2))],
    ["packed tar", tarGzOf(plain)],
  ] as const) {
    it(`tell of a ${form} that was cut off, wherever it was`, async () => {
      const end = form === "tar" ? bytes.length - 1024 - 512 : bytes.length;
      let most = 0;
      for (let length = 1; length < end; length += 13) {
        const { ids: found, problems } = await read(bytes.subarray(0, length), `cut-${form}`);
        assert.ok(problems.length > 0, `nothing told of ${length} of ${bytes.length} bytes`);
        assert.deepEqual(found, ids.slice(0, found.length));
        assert.ok(found.length >= most, `fewer events in ${length} bytes than in less`);
        most = found.length;
      }
      assert.ok(most >= 2);
    });
  }
});

function withComment(zip: Buffer): Buffer {
  const commented = Buffer.concat([zip, Buffer.from("PK\x05\x06 is no end")]);
  commented.writeUInt16LE(commented.length - zip.length, zip.length - 2);
  return commented;
}

function changed(bytes: Buffer, at: number): Buffer {
  const other = Buffer.from(bytes);
  other[at] = (other[at] ?? 0) ^ 1;
  return other;
}

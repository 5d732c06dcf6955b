import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { crc32, deflateRawSync, gzipSync } from "node:zlib";
import { unpack } from "../../src/digests/unpacking.ts";

const folder = mkdtempSync(join(tmpdir(), "trailhound-unpacking-"));
after(() => rmSync(folder, { recursive: true }));

const text = `{"Records":[${'{"eventName":"DeleteBucket"},'.repeat(40)}]}`;
const packed = gzipSync(text);

/** With a header of the usual length and flags, and whatever they announce. */
function withHeader(flags: number, fields: Uint8Array): Buffer {
  const head = Buffer.from([0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, 3]);
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(text), 0);
  trailer.writeUInt32LE(text.length, 4);
  return Buffer.concat([head, fields, deflateRawSync(text), trailer]);
}

const changed = (at: number) =>
  Buffer.from(packed.map((byte, i) => (i === at ? byte ^ 0xff : byte)));
const extra = Buffer.concat([Buffer.from([3, 0]), Buffer.from("abc")]);

interface Case {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly ending: string;
  /** The text, unless it says otherwise. */
  readonly gives?: string | undefined;
  readonly limit?: number;
}

const cases: readonly Case[] = [
  { name: "a member", bytes: packed, ending: "whole" },
  { name: "plain text", bytes: Buffer.from(text), ending: "whole" },
  { name: "a header with a name", bytes: withHeader(8, Buffer.from("log\0")), ending: "whole" },
  {
    name: "a header with every field",
    bytes: withHeader(31 - 1, Buffer.concat([extra, Buffer.from("log\0says\0"), Buffer.alloc(2)])),
    ending: "whole",
  },
  {
    name: "zeros behind the member",
    bytes: Buffer.concat([packed, Buffer.alloc(9)]),
    ending: "followed",
  },
  {
    name: "one byte behind the member",
    bytes: Buffer.concat([packed, Buffer.from("x")]),
    ending: "followed",
  },
  { name: "a second member", bytes: Buffer.concat([packed, packed]), ending: "followed" },
  {
    name: "an empty member before it",
    bytes: Buffer.concat([gzipSync(""), packed]),
    ending: "followed",
    gives: "",
  },
  { name: "a wrong checksum", bytes: changed(packed.length - 6), ending: "damaged" },
  { name: "a wrong length", bytes: changed(packed.length - 1), ending: "damaged" },
  { name: "another method", bytes: changed(2), ending: "damaged", gives: "" },
  { name: "nothing at all", bytes: Buffer.alloc(0), ending: "cut off", gives: "" },
  { name: "half a header", bytes: packed.subarray(0, 7), ending: "cut off", gives: "" },
  {
    name: "a name without end",
    bytes: withHeader(8, Buffer.alloc(0)).subarray(0, 12),
    ending: "cut off",
    gives: "",
  },
  { name: "half the data", bytes: packed.subarray(0, 60), ending: "cut off", gives: undefined },
  { name: "no checksum", bytes: packed.subarray(0, -8), ending: "cut off" },
  { name: "half a checksum", bytes: packed.subarray(0, -3), ending: "cut off" },
  { name: "more than is wanted", bytes: packed, ending: "too long", limit: 100, gives: undefined },
  {
    name: "more plain text than is wanted",
    bytes: Buffer.from(text),
    ending: "too long",
    limit: 100,
    gives: undefined,
  },
  {
    name: "a bomb, of which little is unpacked",
    bytes: gzipSync(Buffer.alloc(200 * 1024 * 1024), { level: 9 }),
    ending: "too long",
    limit: 1024 * 1024,
    gives: undefined,
  },
];

async function unpacked(name: string, bytes: Uint8Array, limit = 1e9) {
  const path = join(folder, name.replaceAll(" ", "-"));
  writeFileSync(path, bytes);
  const pieces: Buffer[] = [];
  const { ending } = await unpack(path, {
    take: (piece) => pieces.push(Buffer.from(piece)),
    limit,
  });
  return { ending, gives: Buffer.concat(pieces) };
}

describe("the first member of a file", () => {
  for (const { name, bytes, ending, limit, ...wanted } of cases) {
    it(`is ${ending} with ${name}`, async () => {
      const found = await unpacked(name, bytes, limit);
      assert.equal(found.ending, ending);
      if (limit !== undefined) assert.ok(found.gives.length <= limit);
      const gives = "gives" in wanted ? wanted.gives : text;
      if (gives !== undefined) assert.equal(found.gives.toString(), gives);
    });
  }

  it("is never whole where the file was cut, wherever that was", async () => {
    for (let length = 1; length < packed.length; length += 1) {
      const { ending } = await unpacked("cut", packed.subarray(0, length));
      assert.equal(ending, "cut off", `at ${length}`);
    }
  });
});

import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import { RecordReader } from "../../src/input/read-again.ts";

const folder = mkdtempSync(join(tmpdir(), "trailhound-"));
after(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array) {
  const path = join(folder, name);
  writeFileSync(path, content);
  return { kind: "file", path, origin: path, bytes: content.length } as const;
}

/** Says at each of the places where it is. */
function ruler(length: number, places: readonly number[]): Buffer {
  const bytes = Buffer.alloc(length);
  for (const place of places) bytes.write(String(place).padStart(8, "0"), place);
  return bytes;
}

const places = [8, 0, 79_992, 16, 40_000];
const farPlaces = [8, 1_048_568, 1_048_576, 5_000_000, 4_999_992, 39_999_992, 0];
const small = ruler(80_000, places);
const large = ruler(40_000_000, farPlaces);

describe("RecordReader", () => {
  const files = [
    { name: "a plain file", source: file("plain", small), places, end: 80_000 },
    { name: "a gzip file", source: file("packed", gzipSync(small)), places, end: 80_000 },
    {
      // Stored, not compressed, so that the file itself is too large to be remembered.
      name: "a large gzip file",
      source: file("large", gzipSync(large, { level: 0 })),
      places: farPlaces,
      end: 40_000_000,
    },
  ];
  for (const { name, source, places, end } of files) {
    it(`reads at any place of ${name}, in whatever order`, async () => {
      const reader = new RecordReader();
      for (const place of places) {
        const bytes = await reader.read(source, { offset: place, length: 8 });
        assert.equal(Buffer.from(bytes).toString(), String(place).padStart(8, "0"));
      }
      reader.close();
    });

    it(`gives of ${name} nothing but the record to hold on to`, async () => {
      const reader = new RecordReader();
      const { buffer } = await reader.read(source, { offset: places[0] ?? 0, length: 8 });
      assert.equal(buffer.byteLength, 8);
      reader.close();
    });

    it(`gives less where ${name} has become shorter`, async () => {
      const reader = new RecordReader();
      assert.equal((await reader.read(source, { offset: end - 8, length: 100 })).length, 8);
      assert.equal((await reader.read(source, { offset: end + 8, length: 100 })).length, 0);
      reader.close();
    });
  }

  const canCount = existsSync("/proc/self/fd");

  it("has few files open at once, and none when closed", { skip: !canCount }, async () => {
    const open = () => readdirSync("/proc/self/fd").length;
    const before = open();
    const reader = new RecordReader();
    for (let i = 0; i < 100; i += 1) {
      const source = file(`many-${i}`, `${i}`);
      assert.equal(
        Buffer.from(await reader.read(source, { offset: 0, length: 3 })).toString(),
        `${i}`,
      );
      assert.ok(open() <= before + 17);
    }
    reader.close();
    assert.equal(open(), before);
  });

  it("throws what the system says of a file that is gone", async () => {
    const source = { kind: "file", path: join(folder, "gone"), origin: "gone", bytes: 1 } as const;
    await assert.rejects(new RecordReader().read(source, { offset: 0, length: 1 }), {
      code: "ENOENT",
    });
  });
});

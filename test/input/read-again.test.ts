import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
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

/** Says at each place where it is. */
function ruler(length: number): Buffer {
  return Buffer.from(
    Array.from({ length: length / 8 }, (_, i) => String(i * 8).padStart(8, "0")).join(""),
  );
}

const small = ruler(80_000);
/** Stored, not compressed, so that the file itself is too large to be remembered. */
const large = gzipSync(ruler(40_000_000), { level: 0 });

describe("RecordReader", () => {
  const places = [8, 0, 79_992, 16, 40_000];
  const files = [
    { name: "a plain file", source: file("plain", small), places },
    { name: "a gzip file", source: file("packed", gzipSync(small)), places },
    {
      name: "a large gzip file, in whatever order",
      source: file("large", large),
      places: [8, 1_048_568, 1_048_576, 5_000_000, 4_999_992, 39_999_992, 0],
    },
  ];
  for (const { name, source, places } of files) {
    it(`reads at any place of ${name}`, async () => {
      const reader = new RecordReader();
      for (const place of places) {
        const bytes = await reader.read(source, place, 8);
        assert.equal(Buffer.from(bytes).toString(), String(place).padStart(8, "0"));
      }
      reader.close();
    });

    it(`gives less where ${name} has become shorter`, async () => {
      const reader = new RecordReader();
      const last = places.length === 5 ? 79_992 : 39_999_992;
      assert.equal((await reader.read(source, last, 100)).length, 8);
      assert.equal((await reader.read(source, last + 100, 100)).length, 0);
      reader.close();
    });
  }

  it("has few files open at once, and none when closed", async () => {
    const open = () => readdirSync("/proc/self/fd").length;
    const before = open();
    const reader = new RecordReader();
    for (let i = 0; i < 100; i += 1) {
      const source = file(`many-${i}`, `${i}`);
      assert.equal(Buffer.from(await reader.read(source, 0, 3)).toString(), `${i}`);
      assert.ok(open() <= before + 17);
    }
    reader.close();
    assert.equal(open(), before);
  });

  it("throws what the system says of a file that is gone", async () => {
    const source = { kind: "file", path: join(folder, "gone"), origin: "gone", bytes: 1 } as const;
    await assert.rejects(new RecordReader().read(source, 0, 1), { code: "ENOENT" });
  });
});

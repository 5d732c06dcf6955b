import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { kernels, noColumns } from "./kernels.ts";

for (const { name, create } of kernels) {
  describe(`a dictionary of ${name}`, () => {
    it("counts codes from one and finds what it has", () => {
      const { tokens } = create(noColumns);
      assert.deepEqual(
        ["a", "", "b", "a", ""].map((text) => tokens.intern(Buffer.from(text))),
        [1, 2, 3, 1, 2],
      );
      assert.equal(tokens.size, 3);
      assert.equal(Buffer.from(tokens.bytes(3)).toString(), "b");
      assert.equal(tokens.bytes(2).length, 0);
    });

    it("tells bytes apart that are no UTF-8", () => {
      const { tokens } = create(noColumns);
      assert.notEqual(tokens.intern(Buffer.of(0xff)), tokens.intern(Buffer.of(0xfe)));
    });

    it("copies all entries, short and long", () => {
      const { tokens } = create(noColumns);
      const texts = Array.from({ length: 20_000 }, (_, index) => `entry ${index}`);
      texts.splice(70, 0, "x".repeat(200_000), "", "y".repeat(65_536), "z".repeat(1 << 20));
      for (const text of texts) tokens.intern(Buffer.from(text));
      const { arena, offsets } = tokens.snapshot();
      assert.equal(offsets.length, texts.length + 1);
      for (const [index, text] of texts.entries()) {
        const entry = arena.subarray(offsets[index], offsets[index + 1]);
        assert.equal(Buffer.from(entry).toString(), text);
        assert.equal(tokens.intern(entry), index + 1);
      }
      assert.equal(arena.length, offsets.at(-1));
    });

    it("copies nothing when it is empty", () => {
      const { arena, offsets } = create(noColumns).tokens.snapshot();
      assert.deepEqual([arena.length, [...offsets]], [0, [0]]);
    });
  });
}

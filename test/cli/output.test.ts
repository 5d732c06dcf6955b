import assert from "node:assert/strict";
import { Writable } from "node:stream";
import { describe, it } from "node:test";
import { ClosedPipe, outputTo } from "../../src/cli/output.ts";

/** A stream that keeps what it gets, or fails with the code. */
function stream(code?: string): { readonly stream: Writable; readonly written: Buffer[] } {
  const written: Buffer[] = [];
  const target = new Writable({
    write(chunk, _encoding, done) {
      written.push(chunk);
      done(code === undefined ? null : Object.assign(new Error(code), { code }));
    },
  });
  return { stream: target, written };
}

describe("output", () => {
  it("gathers small pieces into one write, text and bytes in order", async () => {
    const { stream: target, written } = stream();
    const output = outputTo(target);
    await output.write("a");
    await output.write(Buffer.from("ö"));
    await output.write("c");
    assert.equal(written.length, 0);
    await output.flush();
    assert.deepEqual(written.map(String), ["aöc"]);
  });

  it("does not wait for the end with much", async () => {
    const { stream: target, written } = stream();
    await outputTo(target).write("x".repeat(100_000));
    assert.equal(written.length, 1);
  });

  it("tells a closed pipe from other failures", async () => {
    const closed = outputTo(stream("EPIPE").stream);
    await closed.write("a");
    await assert.rejects(closed.flush(), ClosedPipe);
    const full = outputTo(stream("ENOSPC").stream);
    await full.write("a");
    await assert.rejects(full.flush(), { code: "ENOSPC" });
  });
});

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { describe, it } from "node:test";

describe("the kernel to use", () => {
  const program = `
    import { createKernel } from "./src/kernel/index.ts";
    const kernel = createKernel({ columns: [], time: [], id: [], tokens: [] });
    kernel.input(2, 0, 0).set(Buffer.from("{}"));
    console.log(kernel.split(0, 2, "values", true).count);
  `;
  const run = (...flags: string[]) => {
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [...flags, "--import", "tsx", "--input-type=module", "--eval", program],
      { encoding: "utf8" },
    );
    return stdout || stderr;
  };

  it("runs here", () => assert.equal(run(), "1\n"));
  it("runs where the processor has no SIMD", () => assert.equal(run("--no-enable-sse4-1"), "1\n"));
});

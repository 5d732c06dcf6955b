import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { describe, it } from "node:test";
import { createKernel } from "../../src/kernel/index.ts";
import { noColumns, split } from "./kernels.ts";

describe("the kernel to use", () => {
  it("works here", () => {
    assert.deepEqual(split(createKernel(noColumns), Buffer.from("{}"), "values", true).records, [
      "{}",
    ]);
  });

  it("works where the processor has no SIMD", () => {
    const program = `
      import { createKernel } from "./src/kernel/index.ts";
      const kernel = createKernel({ columns: [], time: [], id: [], tokens: [] });
      kernel.input(2, 0, 0).set(Buffer.from("{}"));
      process.stdout.write(String(kernel.split(0, 2, "values", true).count));
    `;
    const flags = ["--no-enable-sse4-1", "--import", "tsx", "--input-type=module"];
    const { stdout } = spawnSync(process.execPath, [...flags, "--eval", program]);
    assert.equal(stdout.toString(), "1");
  });
});

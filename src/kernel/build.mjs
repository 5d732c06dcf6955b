/**
 * Compiles `assembly/` to WebAssembly and writes it as base64 into `wasm-bytes.generated.ts`, so that
 * the bundle needs no file beside it.
 */

import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

const here = dirname(fileURLToPath(import.meta.url));
const outputs = new Map();
const { error, stderr } = await asc.main(
  [
    join("assembly", "index.ts"),
    ...["--baseDir", here],
    ...["--outFile", "kernel.wasm"],
    ...["--runtime", "stub"],
    ...["--enable", "simd"],
    ...["--maximumMemory", "65536"],
    "-O3",
    "--noAssert",
    "--converge",
  ],
  { writeFile: (name, contents) => outputs.set(name, contents) },
);
if (error) {
  process.stderr.write(stderr.toString());
  throw error;
}
const text = Buffer.from(outputs.get("kernel.wasm")).toString("base64");
writeFileSync(
  join(here, "wasm-bytes.generated.ts"),
  `// Written by build.mjs from assembly/.\nexport const wasmBytes =\n  "${text}";\n`,
);

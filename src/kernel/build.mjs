/**
 * Compiles the kernel (`assembly/`) and the inflater (`assembly/inflate/`) to WebAssembly, each a module
 * of its own, and writes them as base64 into `*.generated.ts`, so that the bundle needs no file beside it.
 */

import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

const here = dirname(fileURLToPath(import.meta.url));

/** Entry points of the modules, and what their bytes are called here. */
const modules = { "assembly/index.ts": "wasm-bytes", "assembly/inflate/index.ts": "inflate-bytes" };

for (const [entry, name] of Object.entries(modules)) {
  const outputs = new Map();
  const { error, stderr } = await asc.main(
    [
      join(...entry.split("/")),
      ...["--baseDir", here],
      ...["--outFile", "module.wasm"],
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
  const text = Buffer.from(outputs.get("module.wasm")).toString("base64");
  writeFileSync(
    join(here, `${name}.generated.ts`),
    `// Written by build.mjs from ${entry}.\nexport const wasmBytes =\n  "${text}";\n`,
  );
}

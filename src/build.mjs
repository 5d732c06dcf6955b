/**
 * Bundles `src/` into `dist/`: the program, whose heavy parts stay files of their own behind
 * `import()`, and the worker that its threads run.
 */

import { readdir, readFile, rm } from "node:fs/promises";
import { build } from "esbuild";

const { version } = JSON.parse(await readFile("package.json", "utf8"));

const { metafile } = await build({
  entryPoints: { main: "src/cli/main.ts", worker: "src/engines/memory/worker.ts" },
  outdir: "dist",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20",
  minifySyntax: true,
  legalComments: "none",
  metafile: true,
  define: { TRAILHOUND_VERSION: JSON.stringify(version) },
  // Some dependencies are CommonJS and ask for Node's own modules by `require`.
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
});

// Only what an earlier build left is removed, so that a program in use keeps finding its parts.
for (const file of await readdir("dist")) {
  if (!(`dist/${file}` in metafile.outputs)) await rm(`dist/${file}`, { recursive: true });
}

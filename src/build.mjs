/**
 * Bundles `src/` into `dist/`: the program, whose heavy parts stay files of their own behind
 * `import()`, and the worker that its threads run.
 */

import { cp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { build } from "esbuild";

const { version } = JSON.parse(await readFile("package.json", "utf8"));

const { metafile } = await build({
  entryPoints: {
    main: "src/cli/main.ts",
    worker: "src/engines/memory/worker.ts",
    "hash-worker": "src/digests/worker.ts",
  },
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

// The licences of what the bundle holds ask to be passed on with it.
const packages = new Set(
  Object.keys(metafile.inputs).flatMap(
    (file) => /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? [],
  ),
);
const notices = [];
for (const folder of [...packages].sort()) {
  const licence = (await readdir(folder)).find((file) => /^licen[cs]e/i.test(file));
  const text = licence === undefined ? "" : await readFile(`${folder}/${licence}`, "utf8");
  const { name, license } = JSON.parse(await readFile(`${folder}/package.json`, "utf8"));
  notices.push(`${name} (${license})\n\n${text.trim()}\n`);
}
await writeFile("dist/LICENSES.txt", notices.join("\n---\n\n"));

// Rules that come with the program are read when they are asked for.
await cp("src/rules/pack", "dist/pack", { recursive: true });

// Only what an earlier build left is removed, so that a program in use keeps finding its parts.
for (const file of await readdir("dist")) {
  if (!["LICENSES.txt", "pack"].includes(file) && !(`dist/${file}` in metafile.outputs))
    await rm(`dist/${file}`, { recursive: true });
}

/**
 * The map of `src/ARCHITECTURE.md`, held to: which folder may import which, and which one is the home
 * of each package.
 */

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, it } from "node:test";

const folders: Readonly<Record<string, readonly string[]>> = {
  event: [],
  kernel: [],
  query: ["event"],
  input: ["event", "kernel"],
  store: ["event", "kernel"],
  digests: ["event", "kernel", "query", "input"],
  render: ["event", "query"],
  resolve: ["event", "query"],
  words: ["event", "query", "resolve"],
  rules: ["event", "query"],
  verbs: ["event", "query", "resolve", "words", "rules"],
  engines: ["event", "kernel", "query", "input", "store", "digests"],
  cli: ["event", "query", "digests", "engines", "render", "resolve", "verbs"],
};

const homes: Readonly<Record<string, string>> = {
  commander: "cli",
  chalk: "render/colour.ts",
  "cli-table3": "render/table.ts",
  "date-fns": "event/time.ts",
  "@date-fns/tz": "event/time.ts",
  ndjson: "render/ndjson.ts",
  re2js: "query/pattern.ts",
  "mmdb-lib": "event/geo.ts",
  "csv-parse": "input/tables/table.ts",
  yaml: "rules/yaml.ts",
};

const root = "src";
const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter(
  (file) => file.endsWith(".ts") && !file.startsWith(join("kernel", "assembly")),
);

function importsOf(file: string): readonly string[] {
  const text = readFileSync(join(root, file), "utf8");
  const imports = /^import [^;]*?from "([^"]+)";|^import "([^"]+)";|\bimport\("([^"]+)"\)/gm;
  return [...text.matchAll(imports)].flatMap(
    (match) => match.slice(1).find((path) => path !== undefined) ?? [],
  );
}

describe("the architecture", () => {
  it("knows every folder", () => {
    const found = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    assert.deepEqual(found.map(({ name }) => name).sort(), Object.keys(folders).sort());
  });

  for (const file of files) {
    const [folder = ""] = file.split("/");
    it(`lets ${file} import only what its folder may`, () => {
      for (const path of importsOf(file).filter((path) => path.startsWith("."))) {
        const [target = ""] = relative(root, join(root, dirname(file), path)).split("/");
        const allowed = [folder, ...(folders[folder] ?? [])];
        assert.ok(allowed.includes(target), `${path} is in ${target}`);
      }
    });
    it(`finds the packages of ${file} at home there`, () => {
      for (const path of importsOf(file).filter((path) => !/^(\.|node:)/.test(path))) {
        const name = path.startsWith("@")
          ? path.split("/").slice(0, 2).join("/")
          : path.split("/")[0];
        const home = homes[name ?? ""];
        assert.ok(home !== undefined && file.startsWith(home), `${path} belongs to ${home}`);
      }
    });
  }
});

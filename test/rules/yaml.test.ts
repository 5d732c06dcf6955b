import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readYaml } from "../../src/rules/yaml.ts";

function mistakeOf(text: string): string {
  const { mistakes } = readYaml("rules.yaml", text);
  const [mistake] = mistakes;
  if (mistake === undefined) return "none";
  const { line, column } = mistake.place;
  return `${line}:${column} ${mistake.problem}`;
}

const refused: readonly (readonly [what: string, text: string, says: RegExp])[] = [
  ["a key that stands twice", "a: 1\nb: 2\na: 3\n", /^3:1 the key "a" stands twice/],
  ["a tag", "a: !js/function x\n", /^1:17 a tag \(!js\/function\)/],
  ["an alias to nothing", "a: *x\n", /^1:4 the alias \*x/],
  ["an alias to what holds it", "a: &x [*x]\n", /^1:8 the alias \*x/],
  ["what is no YAML", "a: [1,\n", /not YAML/],
  ["deep nesting", `a: ${"[".repeat(70)}${"]".repeat(70)}`, /nested more than 64 deep/],
  ["very deep nesting", "[".repeat(100_000), /./],
  ["a flood of values", `a: [${"1,".repeat(11_000)}]`, /more than the 10000 values/],
  ["a large file", `a: ${"x".repeat(1024 * 1024)}`, /larger than the 1 MB/],
  [
    "aliases that grow into a flood",
    ["a: &a [x,x,x,x,x,x,x,x,x]"]
      .concat(
        [..."bcdefg"].map((name, i) => `${name}: &${name} [${`*${"abcdefg"[i]},`.repeat(9)}]`),
      )
      .join("\n"),
    /more than the 10000 values/,
  ],
  ["<< with a text", "a:\n  <<: x\n", /^2:3 << brings in/],
];

describe("a file of rules", () => {
  for (const [what, text, says] of refused) {
    it(`is refused for ${what}`, () => assert.match(mistakeOf(text), says));
  }

  it("keeps scalars as they are written", () => {
    const { documents } = readYaml(
      "r",
      "a: 0123\nb: no\nc: 1_000\nd: 2026-11-05\ne: ~\nf: 'null'\n",
    );
    const [map] = documents;
    assert.ok(map?.kind === "map");
    const told = map.entries.map(({ value }) => (value.kind === "text" ? value.text : value.kind));
    assert.deepEqual(told, ["0123", "no", "1_000", "2026-11-05", "null", "null"]);
    assert.equal(map.entries[4]?.value.kind, "null");
  });

  it("takes in what << names, behind what stands there", () => {
    const text = "x: &x { a: 1, b: 2 }\ny: { <<: *x, b: 3 }\n";
    const [map] = readYaml("r", text).documents;
    assert.ok(map?.kind === "map");
    const value = map.entries[1]?.value;
    assert.ok(value?.kind === "map");
    const told = value.entries.map(({ key, value: own }) => [
      key.text,
      own.kind === "text" ? own.text : own.kind,
    ]);
    assert.deepEqual(told, [
      ["b", "3"],
      ["a", "1"],
    ]);
  });

  it("goes on with the next document", () => {
    const { documents, mistakes } = readYaml("r", "a: !t 1\n---\nb: 2\n");
    assert.equal(documents.length, 1);
    assert.equal(mistakes.length, 1);
  });
});

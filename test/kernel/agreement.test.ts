/**
 * The fast kernel against JSON.parse and against the plain kernel, on records nobody thought of.
 */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { KernelSpec } from "../../src/kernel/kernel.ts";
import { createPlainKernel } from "../../src/kernel/plain-kernel.ts";
import { createKernel } from "../../src/kernel/wasm-kernel.ts";
import { readRows, split } from "./kernels.ts";

const spec: KernelSpec = {
  columns: [
    { path: ["a"], kind: "dictionary" },
    { path: ["b", "a"], kind: "dictionary" },
    { path: ["b", "c", "eventName"], kind: "dictionary" },
    { path: ["requestParameters", "a"], kind: "dictionary" },
    { path: ["b"], kind: "presence" },
    { path: ["__proto__"], kind: "dictionary" },
  ],
  time: ["time"],
  id: ["id"],
  tokens: [["requestParameters"], ["c"]],
};

const keys = ["a", "b", "c", "d", "eventName", "requestParameters", "__proto__", "", "a b", "é"];
const text = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.constantFrom("", "\\", '"', "}{", "x".repeat(63), "x".repeat(64), "x".repeat(150)),
);
const number = fc.oneof(
  fc.integer(),
  fc.integer({ min: -1e15, max: 1e15 }).map((cents) => cents / 100),
);
const scalar = fc.oneof(text, number, fc.boolean(), fc.constant(null));
const { value } = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 4, withCrossShrink: true }, scalar, tie("list"), tie("object")),
  list: fc.array(tie("value"), { maxLength: 4 }),
  object: fc.dictionary(fc.constantFrom(...keys), tie("value"), {
    maxKeys: 6,
    noNullPrototype: true,
  }),
}));
const time = fc
  .integer({ min: -3e9, max: 5e9 })
  .map((seconds) => `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`);
const identifier = fc.oneof(fc.uuid(), fc.stringMatching(/^[ !#-[\]-~]{0,40}$/));

/** Key and value pairs at the record's top, in any order, each key once. */
const record = fc
  .tuple(
    fc.uniqueArray(fc.tuple(fc.constantFrom(...keys), value), { selector: ([key]) => key }),
    fc.option(time),
    fc.option(identifier),
  )
  .map(([pairs, time, id]) => [...pairs, ["time", time], ["id", id]] as [string, unknown][])
  .chain((pairs) => fc.shuffledSubarray(pairs));
const spaces = fc.constantFrom("", "", "", " ", "\t ", "\r ");

const recordText = fc
  .tuple(record, fc.array(spaces, { minLength: 8, maxLength: 8 }))
  .map(
    ([pairs, [a, b, c, d, e, f, g, h]]) =>
      `{${a}${pairs
        .map(([key, value]) => `${b}${JSON.stringify(key)}${c}:${d}${JSON.stringify(value)}${e}`)
        .join(`${f},${g}`)}${h}}`,
  );

type Json = { readonly [key: string]: Json } | readonly Json[] | string | number | boolean | null;

/** Whether the record is of the kind that a kernel may leave to its caller, though it is whole. */
function isOdd(record: Json): boolean {
  const onTheWay = [at(record, "b"), at(at(record, "b"), "c"), at(record, "requestParameters")];
  return (
    onTheWay.some((value) => Array.isArray(value) && value.length > 0) ||
    ["requestParameters", "c"].some((key) => hasOddNumber(at(record, key)))
  );
}

function at(value: Json, key: string): Json {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  return Object.hasOwn(value, key) ? ((value as { [key: string]: Json })[key] ?? null) : null;
}

/** Numbers beyond 15 digits and with exponents may be left. */
function hasOddNumber(value: Json): boolean {
  if (typeof value === "number") return !/^(?:0|-?(?!0\d|0$)[\d.]{1,16})$/.test(String(value));
  return typeof value === "object" && value !== null && Object.values(value).some(hasOddNumber);
}

const [fast, plain] = [createKernel(spec), createPlainKernel(spec)];

function readBoth(bytes: Uint8Array, layout: "lines" | "elements" | "values") {
  return [fast, plain].map((kernel) => {
    const found = split(kernel, bytes, layout, true);
    return { found, rows: readRows(kernel, spec) };
  });
}

describe("the kernels", () => {
  it("read the same from any record, and leave none without reason", () => {
    fc.assert(
      fc.property(fc.array(recordText, { maxLength: 4 }), (texts) => {
        const [ours, theirs] = readBoth(Buffer.from(texts.join("\n")), "lines");
        assert.deepEqual(ours?.found, theirs?.found);
        for (const [index, text] of texts.entries()) {
          const row = ours?.rows[index];
          if (row === undefined) assert.ok(isOdd(JSON.parse(text) as Json), text);
          else assert.deepEqual(row, theirs?.rows[index]);
        }
      }),
      { numRuns: 1500 },
    );
  });

  it("read the same from damaged records, where there is anything to read", () => {
    const damage = fc.record({
      at: fc.nat(1000),
      cut: fc.nat(3),
      put: fc.constantFrom("", '"', "\\", "{", "}", "[", "]", ",", ":", "\n", "\\u", "0", "\u0000"),
    });
    fc.assert(
      fc.property(
        fc.array(recordText, { minLength: 1, maxLength: 4 }),
        fc.array(damage, { minLength: 1, maxLength: 3 }),
        fc.constantFrom("lines", "elements", "values"),
        (texts, damages, layout) => {
          const whole = texts.join(layout === "elements" ? "," : "\n");
          const damaged = damages.reduce((text, { at, cut, put }) => {
            const from = at % text.length || 0;
            return text.slice(0, from) + put + text.slice(from + cut);
          }, whole);
          const [ours, theirs] = readBoth(Buffer.from(damaged), layout);
          assert.deepEqual(ours?.found, theirs?.found);
          for (const [index, row] of ours?.rows.entries() ?? []) {
            const reference = theirs?.rows[index];
            if (row !== undefined && reference !== undefined) assert.deepEqual(row, reference);
          }
        },
      ),
      { numRuns: 1500 },
    );
  });

  it("survive any bytes", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.constantFrom("lines", "elements", "values"),
        (bytes, layout) => {
          const [ours, theirs] = readBoth(bytes, layout);
          assert.deepEqual(ours?.found, theirs?.found);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

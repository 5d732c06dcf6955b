import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { Needle } from "../../src/kernel/kernel.ts";
import { kernels, noColumns, records, split } from "./kernels.ts";

/** The end of a key, and what its value begins with. */
type Keyed = readonly [key: string, ...values: readonly string[]];

function needleOf(written: string | Keyed): Needle {
  if (typeof written === "string") return { text: Buffer.from(written) };
  const [key, ...values] = written;
  return { text: Buffer.from(key), values: values.map((value) => Buffer.from(value)) };
}

interface Case {
  readonly name: string;
  readonly lines: readonly string[];
  readonly needles: readonly (string | Keyed)[];
  readonly kept: readonly string[];
}

const far = "x".repeat(200);

const cases: readonly Case[] = [
  {
    name: "keeps the records that hold the needle",
    lines: ['{"a":"one"}', '{"a":"two"}', '{"a":"someone"}'],
    needles: ["one"],
    kept: ['{"a":"one"}', '{"a":"someone"}'],
  },
  {
    name: "keeps nothing where nothing holds it",
    lines: ['{"a":"one"}', '{"a":"two"}'],
    needles: ["three"],
    kept: [],
  },
  {
    name: "minds no case of ASCII letters, in text or needle",
    lines: ['"DeleteBucket"', '"deletebucket"', '"DELETEBUCKET"', '"Delete Bucket"'],
    needles: ["dELETEbUCKET"],
    kept: ['"DeleteBucket"', '"deletebucket"', '"DELETEBUCKET"'],
  },
  {
    name: "takes signs for what they are",
    lines: ['"a@b"', '"a`b"', '"a[b"', '"a{b"'],
    needles: ["a`b", "a{B"],
    kept: ['"a`b"', '"a{b"'],
  },
  {
    name: "compares bytes beyond ASCII as they are",
    lines: ['"Ärger"', '"ärger"', '"ÄRGER"'],
    needles: ["Ärger"],
    kept: ['"Ärger"', '"ÄRGER"'],
  },
  {
    name: "keeps a record for any one of several needles, in order",
    lines: ["one", "two", "three", "four"],
    needles: ["our", "TWO"],
    kept: ["two", "four"],
  },
  {
    name: "keeps records with an escape that could hide the needle",
    lines: ['"d\\u0065lete"', '"x\\\\y\\n"', '"delete"', '"\\"'],
    needles: ["delete"],
    kept: ['"d\\u0065lete"', '"delete"'],
  },
  {
    name: "keeps only those with an escape when there is no needle",
    lines: ["a", "\\u", "b\\"],
    needles: [],
    kept: ["\\u"],
  },
  {
    name: "keeps all for the empty needle",
    lines: ["a", "b"],
    needles: ["z", ""],
    kept: ["a", "b"],
  },
  {
    name: "does not find what two records hold together",
    lines: ["on", "e", "one"],
    needles: ["n\ne", "one"],
    kept: ["one"],
  },
  {
    name: "finds single bytes and needles at the edges",
    lines: ["zebra", "a zebra!", "zzebra", far],
    needles: ["!", "zebra", `${far.slice(1)}x`],
    kept: ["zebra", "a zebra!", "zzebra", far],
  },
  {
    name: "keeps the records in which a key's value begins with one of several",
    lines: ['{"name":"DeleteBucket"}', '{"name":"ListBuckets"}', '{"x":"Delete","name":"Get"}'],
    needles: [['name"', "delete", "puts"]],
    kept: ['{"name":"DeleteBucket"}'],
  },
  {
    name: "looks at every such key, space around the colon or not",
    lines: [
      '{"name":"a","Name" \t:  "Puts"}',
      '{"name": "puts"}',
      '{"name" "puts"}',
      '["name","puts"]',
    ],
    needles: [['name"', "puts"]],
    kept: ['{"name":"a","Name" \t:  "Puts"}', '{"name": "puts"}'],
  },
  {
    name: "keeps records in which the key's value is no string, which may hold one",
    lines: ['{"name":["puts"]}', '{"name":null}', '{"name":', '{"name"', '{"name":"put'],
    needles: [['name"', "puts"]],
    kept: ['{"name":["puts"]}', '{"name":null}', '{"name":'],
  },
  {
    name: "finds long needles",
    lines: [`${far}a${far}`, `${far}b${far}`],
    needles: [`${far}A${far}`],
    kept: [`${far}a${far}`],
  },
];

for (const { name: kernelName, create } of kernels) {
  describe(`narrowing by ${kernelName}`, () => {
    for (const { name, lines, needles, kept } of cases) {
      it(name, () => {
        const kernel = create(noColumns);
        split(kernel, Buffer.from(lines.join("\n")), "lines", true);
        const count = kernel.narrow(needles.map(needleOf));
        assert.deepEqual(records(kernel), kept);
        assert.equal(count, kept.length);
      });
    }
  });
}

for (const { name: kernelName, create } of kernels) {
  it(`narrowing by ${kernelName} tells which needles a record may hold`, () => {
    const lines = ["one", "two, one", "none", "d\\u0065", "ten, One, ONE, two", '{"k":"four"}'];
    const kernel = create(noColumns);
    split(kernel, Buffer.from(lines.join("\n")), "lines", true);
    kernel.narrow([..."one two ten".split(" "), ['k"', "four"] as const].map(needleOf));
    assert.deepEqual(
      [...kernel.held].map((bits) => bits & 15),
      [1, 3, 1, 15, 7, 8],
    );
  });
}

describe("narrowing", () => {
  const letters = fc.constantFrom(...'aAbBcC-@`\\u": ', "é");
  const text = (maxLength: number) =>
    fc.array(letters, { minLength: 1, maxLength }).map((parts) => parts.join(""));
  const value = fc.array(letters, { minLength: 4, maxLength: 5 }).map((parts) => parts.join(""));
  const kernelPair = kernels.map(({ create }) => create(noColumns));

  it("is the same in both kernels", () => {
    fc.assert(
      fc.property(
        fc.array(text(150), { maxLength: 12 }),
        fc.array(fc.oneof(text(4), fc.tuple(text(2), value, value)), { maxLength: 11 }),
        (lines, needles) => {
          const [fast, plain] = kernelPair.map((kernel) => {
            split(kernel, Buffer.from(lines.join("\n")), "lines", true);
            kernel.narrow(needles.map(needleOf));
            const bits = (1 << Math.min(needles.length, 8)) - 1;
            return { records: records(kernel), held: [...kernel.held].map((own) => own & bits) };
          });
          assert.deepEqual(fast, plain);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { hashId } from "../../src/kernel/id-hash.ts";
import type { KernelSpec } from "../../src/kernel/kernel.ts";
import { kernels, type ReadRow, readRows, split } from "./kernels.ts";

const spec: KernelSpec = {
  columns: [
    { path: ["name"], kind: "dictionary" },
    { path: ["who", "arn"], kind: "dictionary" },
    { path: ["who", "session", "issuer"], kind: "dictionary" },
    { path: ["reply", "login"], kind: "dictionary" },
    { path: ["message"], kind: "presence" },
  ],
  time: ["time"],
  id: ["id"],
  tokens: [["request"], ["reply"], ["message"]],
};

const nothing: ReadRow = {
  time: Number.NaN,
  id: undefined,
  values: [undefined, undefined, undefined, undefined, false],
  tokens: new Set(),
};

const values = (...given: unknown[]) => ({
  values: nothing.values.map((absent, column) => given[column] ?? absent),
});
const tokens = (...given: string[]) => ({ tokens: new Set(given) });

/** Reads a record as both kernels must. */
function reads(name: string, record: string, expected: Partial<ReadRow>): void {
  for (const { name: kernelName, create } of kernels) {
    it(`${name} (${kernelName})`, () => {
      const kernel = create(spec);
      split(kernel, Buffer.from(`${record}\n{}`), "lines", true);
      assert.deepEqual(readRows(kernel, spec), [{ ...nothing, ...expected }, nothing]);
    });
  }
}

/** Leaves a record to the caller; the plain kernel may know better where `orReads` says what. */
function refuses(name: string, record: string, orReads?: Partial<ReadRow>): void {
  for (const { name: kernelName, create } of kernels) {
    it(`${name} (${kernelName})`, () => {
      const kernel = create(spec);
      split(kernel, Buffer.from(`${record}\n{"name":"next"}`), "lines", true);
      const [row, next] = readRows(kernel, spec);
      if (row !== undefined) assert.deepEqual(row, orReads && { ...nothing, ...orReads });
      if (kernelName === "the fast kernel") assert.equal(row, undefined);
      assert.deepEqual(next, { ...nothing, ...values("next") });
    });
  }
}

describe("extracting columns", () => {
  reads("takes strings", '{"name":"Get","who":{"arn":"a:b"}}', values("Get", "a:b"));
  reads("takes any other value", '{"name":[1,{"a":null}],"who":{"arn":-1.5e3}}', {
    ...values([1, { a: null }], -1500),
  });
  reads("takes false and zero and the empty string", '{"name":false,"who":{"arn":0}}', {
    ...values(false, 0),
  });
  reads("has nothing where the value is null", '{"name":null,"who":{"arn":null}}', {});
  reads("has nothing where the way ends early", '{"who":{"session":"none"}}', {});
  reads("has nothing behind null", '{"who":null}', {});
  reads("has nothing in an empty array", '{"who":[],"reply":[ ]}', {});
  reads("goes down", '{"who":{"session":{"issuer":"r"},"arn":"a"}}', values(undefined, "a", "r"));
  reads("does not take keys of other places", '{"arn":"x","session":{"issuer":"y"}}', {});
  reads(
    "crosses what nobody asked for",
    `{"a":{"name":"}"},"b":["name",{}],"c":"\\"","name":"n"}`,
    {
      ...values("n"),
    },
  );
  reads("keeps escapes in values", '{"name":"a\\u0041\\n\\"\\\\","who":{"arn":"\\ud83d\\ude00"}}', {
    ...values('aA\n"\\', "😀"),
  });
  reads("takes text beyond ASCII", '{"name":"Zoë 😀"}', values("Zoë 😀"));
  reads("minds no white space", ' { "name" :\t"n" ,\r "who" : { "arn" : "a" } } ', {
    ...values("n", "a"),
  });
  reads(
    "takes long strings",
    `{"name":"${"n".repeat(200)}","x":"${"x".repeat(99)}","who":{"arn":"${"a".repeat(64)}"}}`,
    values("n".repeat(200), "a".repeat(64)),
  );
  reads("knows a key in any order", '{"time":null,"who":{"arn":"a"},"id":null,"name":"n"}', {
    ...values("n", "a"),
  });
  reads("tells keys apart that look alike", '{"nam":"1","names":"2","nbme":"3","":"4"}', {});
  reads("says that text is present", '{"message":"x"}', {
    values: [...nothing.values.slice(0, 4), true],
    ...tokens("x"),
  });
  reads("does not say so of the empty string", '{"message":""}', tokens(""));
  reads("does not mind a prototype", '{"__proto__":{"name":"x"},"constructor":1}', {});

  it("gives equal texts one code", () => {
    for (const { create } of kernels) {
      const kernel = create(spec);
      split(kernel, Buffer.from('{"name":"a"}{"name":"b"}{"name":"a"}'), "values", true);
      assert.deepEqual([...(kernel.extract().codes[0] ?? [])], [1, 2, 1]);
    }
  });
});

describe("extracting times", () => {
  const at = (time: string) => ({ time: Date.parse(time) });
  for (const time of [
    "2024-05-06T07:08:09Z",
    "1970-01-01T00:00:00Z",
    "2024-02-29T23:59:59Z",
    "2000-02-29T00:00:00Z",
    "1969-12-31T23:59:59Z",
    "9999-12-31T23:59:59Z",
    "0000-01-01T00:00:00Z",
    "1900-03-01T12:00:00Z",
  ]) {
    reads(`reads ${time}`, `{"time":"${time}"}`, at(time));
  }
  for (const time of [
    '"2024-05-06T07:08:09.123Z"',
    '"2024-05-06T07:08:09+00:00"',
    '"2024-05-06 07:08:09Z"',
    '"2024-5-06T07:08:09Z"',
    '"2023-02-29T00:00:00Z"',
    '"1900-02-29T00:00:00Z"',
    '"2024-04-31T00:00:00Z"',
    '"2024-00-01T00:00:00Z"',
    '"2024-13-01T00:00:00Z"',
    '"2024-01-00T00:00:00Z"',
    '"2024-01-32T00:00:00Z"',
    '"2024-01-01T24:00:00Z"',
    '"2024-01-01T00:60:00Z"',
    '"2024-01-01T00:00:60Z"',
    '"20240106T070809Z"',
    '"yesterday"',
    '""',
    "1700000000",
    "true",
    "{}",
  ]) {
    refuses(`leaves ${time}`, `{"time":${time}}`);
  }
  refuses("leaves an escape", '{"time":"2024-01-01T00:00:0\\u0030Z"}', at("2024-01-01T00:00:00Z"));
});

describe("extracting identifiers", () => {
  const hashed = (id: string) => ({ id: [...hashId(Buffer.from(id))] });
  const guid = "0f1e2d3c-4B5A-6978-8796-a5b4c3d2e1f0";

  reads("takes a GUID as it is", `{"id":"${guid}"}`, {
    id: [0x3c2d1e0f, 0x78695a4b, 0xb4a59687, 0xf0e1d2c3].map((word) => word >>> 0),
  });
  reads("in either case", `{"id":"${guid.toUpperCase()}"}`, hashed(guid.toLowerCase()));
  reads("hashes what is none", '{"id":"event-1"}', hashed("event-1"));
  for (const id of [guid.replace("0f", "0g"), guid.replace("-", "_"), guid.slice(1), `${guid}0`]) {
    reads(`hashes ${id}`, `{"id":"${id}"}`, hashed(id));
  }
  reads("has none for the empty string", '{"id":""}', {});
  reads("has none for null", '{"id":null}', {});
  reads("has none for a number", '{"id":12}', {});
  refuses("leaves one with an escape", '{"id":"a\\u0062"}', hashed("ab"));
  refuses("leaves one beyond ASCII", '{"id":"é"}', hashed("é"));

  it("are four words that differ", () => {
    const ids = Array.from({ length: 2000 }, (_, index) => [...hashId(Buffer.from(`id-${index}`))]);
    for (const lane of [0, 1, 2, 3]) {
      assert.equal(new Set(ids.map((words) => words[lane])).size, ids.length);
    }
  });
});

describe("extracting tokens", () => {
  reads(
    "takes strings, numbers and the keys of what holds others",
    '{"request":{"a":"x","b":[1,"y",{"c":true,"d":null,"e":{}}],"f":[]},"z":"no"}',
    tokens("x", "b", "1", "y", "e", "f"),
  );
  reads("takes a root that is a string or number itself", '{"request":"x","reply":12}', {
    ...tokens("x", "12"),
  });
  reads("takes elements of a root", '{"request":["x",["y"]]}', tokens("x", "y"));
  reads("has none for true, false and null", '{"request":true,"reply":null}', {});
  reads("finds columns among tokens", '{"reply":{"login":"ok","more":{"login":"no"}}}', {
    ...values(undefined, undefined, undefined, "ok"),
    ...tokens("ok", "no", "more"),
  });
  reads("keeps escapes", '{"request":["a\\nb","\\u0041"]}', tokens("a\nb", "A"));
  for (const [written, read] of [
    ["0", "0"],
    ["-7", "-7"],
    ["0.5", "0.5"],
    ["-0.25", "-0.25"],
    ["60.0", "60"],
    ["2.50", "2.5"],
    ["0.0", "0"],
    ["100", "100"],
    ["123456789012345", "123456789012345"],
    ["0.000001", "0.000001"],
    ["12345678901234.5", "12345678901234.5"],
  ] as const) {
    reads(`takes ${written} as ${read}`, `{"request":[${written}]}`, tokens(read));
  }
  for (const [written, read] of [
    ["-0", "0"],
    ["-0.0", "0"],
    ["1e5", "100000"],
    ["1E-7", "1e-7"],
    ["0.0000001", "1e-7"],
    ["1234567890123456", "1234567890123456"],
    ["12345678901234567890", "12345678901234567000"],
    ["0.1234567890123456", "0.1234567890123456"],
  ] as const) {
    refuses(`leaves ${written}`, `{"request":[${written}]}`, tokens(read));
  }

  const many = Array.from({ length: 5000 }, (_, index) => `token ${index}`);
  reads("takes many", JSON.stringify({ request: many }), tokens(...many));
});

describe("extracting from odd records", () => {
  refuses("leaves a key met twice", '{"name":"a","name":"b"}', values("b"));
  refuses("leaves a key on the way met twice", '{"who":{"arn":"a"},"who":{}}', {});
  refuses("leaves a key met twice among tokens", '{"request":{"x":{"a":1,"b":2,"a":"3"}}}', {
    ...tokens("x", "2", "3"),
  });
  refuses("leaves an escape in a key", '{"n\\u0061me":"a"}', values("a"));
  refuses("leaves an escape in a key among tokens", '{"request":{"a\\"":["x"]}}', {
    ...tokens('a"', "x"),
  });
  refuses("leaves a key that differs in case only", '{"Name":"a"}');
  refuses("leaves one on the way", '{"who":{"ARN":"a"}}');
  refuses("leaves an array on the way", '{"who":[{"arn":"a"}]}');
  refuses("leaves an array on the way, under a token root", '{"reply":[{"login":"a"}]}');
  refuses("leaves what is no object", '["name"]');
  refuses("leaves what is no JSON", "name");
  refuses("leaves what nests too deep", `{"request":${"[".repeat(300)}${"]".repeat(300)}}`);

  const many = Array.from({ length: 700 }, (_, index) => `"token ${index}"`);
  refuses("leaves what breaks off behind many tokens", `{"request":[${many}}`);
  refuses("leaves a token that is no string among many", `{"request":["\\x",${many}],"id":"i"}`);
  refuses("leaves a key met twice before many tokens", `{"name":1,"name":2,"request":[${many}]}`, {
    ...values(2),
    ...tokens(...many.map((token) => JSON.parse(token) as string)),
  });

  for (const damaged of [
    "{",
    '{"name"',
    '{"name"}',
    '{"name":}',
    '{"name":"a"',
    '{"name":"a",}',
    '{"name":"a" "b":1}',
    '{"name":"a"}}',
    '{"name":"a"} {}',
    '{name:"a"}',
    '{"name":tru}',
    '{"name":nulls}',
    '{"name":01}',
    '{"name":1.}',
    '{"name":-}',
    '{"name":1e}',
    '{"name":+1}',
    '{"name":"a\tb"}',
    '{"name":"a\\xb"}',
    '{"name":"a\\u00g0"}',
    '{"name":{"a":}}',
    '{"name":{"a"}}',
    '{"name":[1,]}',
    '{"name":[1 2]}',
    '{"name":["\\x"]}',
    '{"request":["\\x"]}',
    '{"request":[,]}',
    '{"request":{"a":1,}}',
    '{"request":[1',
    '{"request":[tru]}',
    '{"request":"a',
    '{"x":"a',
    '{"x":{"a":[}',
    '{"name":"\\',
    '{"message":"',
  ]) {
    refuses(`leaves ${damaged}`, damaged);
  }
});

describe("extracting", () => {
  it("reads what was left by narrowing", () => {
    for (const { create } of kernels) {
      const kernel = create(spec);
      split(kernel, Buffer.from('{"name":"a"}\n{"name":"b"}\n{"name":"c"}'), "lines", true);
      kernel.narrow([{ text: Buffer.from('"C"') }, { text: Buffer.from('"a"') }]);
      assert.deepEqual(
        readRows(kernel, spec).map((row) => row?.values[0]),
        ["a", "c"],
      );
    }
  });

  it("goes on with its codes from block to block", () => {
    for (const { create } of kernels) {
      const kernel = create(spec);
      for (let block = 0; block < 30; block += 1) {
        const names = Array.from({ length: 300 }, (_, index) => `name ${block * 150 + index}`);
        const lines = names.map((name) => JSON.stringify({ name, request: [name, "same"] }));
        split(kernel, Buffer.from(lines.join("\n")), "lines", true);
        for (const [row, read] of readRows(kernel, spec).entries()) {
          assert.equal(read?.values[0], names[row]);
          assert.deepEqual(read?.tokens, new Set([names[row], "same"]));
        }
      }
      assert.equal(kernel.dictionaries[0]?.size, 29 * 150 + 300);
      assert.equal(kernel.tokens.size, 29 * 150 + 301);
    }
  });

  it("needs no paths", () => {
    for (const { create } of kernels) {
      const kernel = create({ columns: [], time: [], id: [], tokens: [] });
      split(kernel, Buffer.from('{"a":1}[]'), "values", true);
      const rows = kernel.extract();
      assert.deepEqual([...rows.flags], [2, 1]);
      assert.deepEqual([rows.times[0], rows.tokenStarts.length], [Number.NaN, 0]);
    }
  });
});

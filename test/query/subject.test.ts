import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fieldNames } from "../../src/event/fields.ts";
import { fieldNamed, subjectsNamed } from "../../src/query/subject.ts";
import { UserError } from "../../src/query/user-error.ts";

describe("fieldNamed", () => {
  it("knows every field by its name in any case", () => {
    for (const field of fieldNames) assert.equal(fieldNamed(field.toUpperCase()), field);
  });

  it("knows flags and nothing else", () => {
    assert.equal(fieldNamed("user-agent"), "userAgent");
    assert.equal(fieldNamed("--user-agent"), undefined);
    assert.equal(fieldNamed("requestParameters"), undefined);
    assert.equal(fieldNamed("toString"), undefined);
  });
});

describe("subjectsNamed", () => {
  it("reads names and paths", () => {
    assert.deepEqual(subjectsNamed("event, requestParameters.bucketName", "--by"), [
      { kind: "field", field: "eventName" },
      { kind: "path", path: ["requestParameters", "bucketName"] },
    ]);
  });

  for (const [list, problem] of [
    ["eventName,,user", /^--by: an empty name/],
    ["evntName", /^--by: there is no field "evntName"/],
  ] as const) {
    it(`refuses ${list}`, () => {
      assert.throws(
        () => subjectsNamed(list, "--by"),
        (error) => error instanceof UserError && problem.test(error.message),
      );
    });
  }
});

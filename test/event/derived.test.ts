import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { derivedValue, firstDecides } from "../../src/event/derived.ts";

const first = fc.oneof(
  fc.string({ minLength: 1 }),
  fc.constantFrom("AccessDenied", "Client.UnauthorizedOperation", "ThrottlingException", "Client."),
);
const telling = fc.constantFrom("Access Denied", "Failure", "Success", "You are not authorized to");
const others = fc.array(fc.option(fc.oneof(fc.string(), telling), { nil: undefined }), {
  maxLength: 6,
});

describe("derived values", () => {
  for (const type of firstDecides) {
    it(`${type}: where the first source has a text, the others count for nothing`, () => {
      fc.assert(
        fc.property(first, others, (text, more) => {
          assert.equal(derivedValue(type, [text, ...more]), derivedValue(type, [text]));
        }),
      );
    });
  }
});

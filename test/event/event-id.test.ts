import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isGuid, isGuidBeginning } from "../../src/event/event-id.ts";

const whole = "0a1b2c3d-4e5f-4071-8293-a4b5c6d7e8f9";

const beginnings = [
  "deadbeef",
  "DEADBEEF",
  "12345678",
  "0a1b2c3d-",
  "0a1b2c3d-4e5f",
  "0a1b2c3d-4e5f-",
  "11112222-3333",
  whole.slice(0, 35),
];
const others = [
  "",
  "0a1b2c3",
  "0a1b2c3d4",
  "0a1b2c3-d",
  "0a1b2c3d-4e5f4",
  "0a1b2c3d*",
  "0a1b2c3g",
  "111122223333",
  "1111-2222-3333",
  "AKIAEXAMPLE12345",
  "ASIAEXAMPLE57FBA4C58",
  "deadbeef.example",
  "face-book",
  whole,
  `${whole}0`,
];

describe("the ids of events", () => {
  for (const text of beginnings) {
    it(`begin with ${text}`, () => assert.equal(isGuidBeginning(text), true));
  }
  for (const text of others) {
    it(`do not begin with "${text}"`, () => assert.equal(isGuidBeginning(text), false));
  }
  it("are whole GUIDs", () => {
    assert.equal(isGuid(whole), true);
    assert.deepEqual(beginnings.filter(isGuid), []);
  });
});

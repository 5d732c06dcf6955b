import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { testsOf } from "../../src/query/filter.ts";
import { matches } from "../../src/query/matches.ts";
import { isAbout, outlookOf, remaining } from "../../src/query/outlook.ts";
import { anyFilter, anyRecord, manyRules } from "../support/arbitraries.ts";

describe("the outlook of a filter", () => {
  it("is right of every record that has these members in common", () => {
    let decided = 0;
    fc.assert(
      fc.property(anyRecord, fc.oneof(anyFilter, manyRules), (record, filter) => {
        const { eventName = null, eventSource = null } = record;
        const outlook = outlookOf(filter, { eventName, eventSource }, ["eventName", "eventSource"]);
        if (outlook === "open") return;
        decided += 1;
        assert.equal(outlook, matches(filter, record) ? "yes" : "no");
      }),
      { numRuns: 2000 },
    );
    assert.ok(decided > 100, `only ${decided} were decided`);
  });

  it("leaves to be asked what decides in its place", () => {
    const known = ["eventName", "eventSource"];
    fc.assert(
      fc.property(anyRecord, fc.oneof(anyFilter, manyRules), (record, filter) => {
        const { eventName = null, eventSource = null } = record;
        const left = remaining(filter, { eventName, eventSource }, known);
        assert.equal(matches(left, record), matches(filter, record));
        assert.ok(!testsOf(left).some((test) => isAbout(test, known)));
      }),
      { numRuns: 1000 },
    );
  });
});

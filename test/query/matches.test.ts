import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { matches } from "../../src/query/matches.ts";
import { preparePatterns } from "../../src/query/pattern.ts";
import { events, filterCases } from "../engines/cases.ts";

describe("a filter means, for each event alone:", () => {
  for (const { name, filter, ids } of filterCases) {
    it(name, async () => {
      await preparePatterns(filter);
      const matching = events.filter((event) => matches(filter, event));
      assert.deepEqual(
        matching.map(({ eventID }) => eventID),
        ids,
      );
    });
  }
});

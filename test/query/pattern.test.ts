import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { Filter } from "../../src/query/filter.ts";
import { fits, parsePattern, preparePatterns } from "../../src/query/pattern.ts";
import { UserError } from "../../src/query/user-error.ts";

interface Case {
  readonly pattern: string;
  readonly fits: readonly string[];
  readonly leaves: readonly string[];
}

const texts: readonly Case[] = [
  { pattern: "DeleteBucket", fits: ["deletebucket"], leaves: ["DeleteBuckets", "XDeleteBucket"] },
  { pattern: "Delete*", fits: ["Delete", "deleteTrail"], leaves: ["Undelete", "Delet"] },
  { pattern: "*Bucket", fits: ["Bucket", "DeleteBUCKET"], leaves: ["DeleteBucketPolicy"] },
  { pattern: "*not*found*", fits: ["NoSuchNotXFoundation"], leaves: ["foundnot"] },
  { pattern: "a*b*c", fits: ["abc", "aXbXbXc"], leaves: ["acb", "ab"] },
  { pattern: "**", fits: ["", "x"], leaves: [] },
  { pattern: "web-?", fits: ["web-1", "web-é", "web-🚀"], leaves: ["web-", "web-12"] },
  { pattern: "*??", fits: ["ab", "🚀🚀"], leaves: ["a", "🚀"] },
  { pattern: "", fits: [""], leaves: [" "] },
  { pattern: "\\*", fits: ["*"], leaves: ["x", "\\*"] },
  { pattern: "50\\?*", fits: ["50?", "50? off"], leaves: ["500"] },
  { pattern: "C:\\temp\\\\x", fits: ["c:\\temp\\x"], leaves: ["c:\\temp\\\\x"] },
  { pattern: "\\\\*", fits: ["\\", "\\server"], leaves: ["*"] },
  { pattern: "Zoë", fits: ["zoë"], leaves: ["ZOË"] },
  { pattern: "k", fits: ["K"], leaves: ["\u212a"] },
  { pattern: "[a-z].+", fits: ["[A-Z].+"], leaves: ["ab"] },
];

describe("a pattern", () => {
  for (const { pattern, fits: fitting, leaves } of texts) {
    it(JSON.stringify(pattern), () => {
      const test = fits(parsePattern(pattern));
      for (const text of fitting) assert.ok(test(text), `fits ${text}`);
      for (const text of leaves) assert.ok(!test(text), `leaves ${text}`);
    });
  }

  it("means by a glob what the same regular expression means", () => {
    const letters = fc.string({ unit: fc.constantFrom("a", "b", "B", "🚀"), maxLength: 10 });
    const globs = fc.string({ unit: fc.constantFrom("a", "b", "*", "?", "🚀"), maxLength: 8 });
    fc.assert(
      fc.property(globs, letters, (glob, text) => {
        const source = glob.replaceAll("?", ".").replaceAll("*", ".*");
        const expected = new RegExp(`^${source}$`, "su").test(text.toLowerCase());
        assert.equal(fits({ kind: "glob", glob })(text), expected);
      }),
      { numRuns: 500 },
    );
  });

  it("takes time in proportion to a hostile glob", () => {
    const test = fits(parsePattern(`${"*a".repeat(50)}*b`));
    assert.equal(test("a".repeat(20_000)), false);
  });
});

const regexes: readonly Case[] = [
  { pattern: "^delete(bucket|table)$", fits: ["DeleteTable"], leaves: ["DeleteTables"] },
  { pattern: "prod", fits: ["orders-PROD-1"], leaves: ["orders"] },
  { pattern: "(a+)+$", fits: ["aaa"], leaves: [`${"a".repeat(50_000)}b`] },
];

function searching(source: string): Filter {
  return {
    kind: "not",
    filter: {
      kind: "some",
      filters: [
        {
          kind: "text",
          subject: { kind: "field", field: "eventName" },
          pattern: { kind: "regex", source },
        },
      ],
    },
  };
}

describe("a regular expression", () => {
  for (const { pattern: source, fits: fitting, leaves } of regexes) {
    it(source, async () => {
      await preparePatterns(searching(source));
      const test = fits({ kind: "regex", source });
      for (const text of fitting) assert.ok(test(text), `fits ${text}`);
      for (const text of leaves) assert.ok(!test(text), `leaves ${text}`);
    });
  }

  for (const source of ["(", "a(?=b)", "(?<!x)y", "(a)\\1", "[z-a]", "a{5000}"]) {
    it(`is the user's mistake: ${source}`, async () => {
      await assert.rejects(preparePatterns(searching(source)), (error) => {
        assert.ok(error instanceof UserError);
        assert.ok(error.message.includes(`"${source}"`), error.message);
        return true;
      });
    });
  }

  it("of any kind is either prepared or the user's mistake", async () => {
    const sources = fc.string({
      unit: fc.constantFrom(..."ab(|)[]{},?*+\\^$.:<=!1dp-"),
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(sources, async (source) => {
        try {
          await preparePatterns(searching(source));
        } catch (error) {
          assert.ok(error instanceof UserError, String(error));
        }
      }),
      { numRuns: 500 },
    );
  });

  it("that was not prepared is our mistake", () => {
    assert.throws(() => fits({ kind: "regex", source: "never prepared" }), /not prepared/);
  });
});

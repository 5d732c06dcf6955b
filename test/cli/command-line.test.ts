import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { wordsOfLine } from "../../src/cli/command-line.ts";
import { UserError } from "../../src/query/user-error.ts";

const cases: readonly (readonly [line: string, ...words: readonly string[]])[] = [
  ["who deleted orders", "who", "deleted", "orders"],
  ["  search\t-e  DeleteBucket ", "search", "-e", "DeleteBucket"],
  ["search -e '!Get*' --where 'a = \"b c\"'", "search", "-e", "!Get*", "--where", 'a = "b c"'],
  ['search --where "a = \\"b\\\\c\\" $x"', "search", "--where", 'a = "b\\c" $x'],
  ["a\\ b \\'c", "a b", "'c"],
  ["--user=ci' 'build\"'s\"", "--user=ci build's"],
  ["'' \"\"", "", ""],
  [""],
];

describe("a line of questions", () => {
  for (const [line, ...words] of cases) {
    it(`reads ${line === "" ? "nothing" : line}`, () => {
      assert.deepEqual(wordsOfLine(line), words);
    });
  }

  for (const line of ["who deleted 'orders", 'search -e "a', "end\\"]) {
    it(`refuses ${line}`, () => {
      assert.throws(() => wordsOfLine(line), UserError);
    });
  }

  it("gives back any words that were quoted", () => {
    const quote = (word: string) => `'${word.replaceAll("'", "'\\''")}'`;
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary" })), (words) => {
        assert.deepEqual(wordsOfLine(words.map(quote).join(" ")), words);
      }),
    );
  });
});

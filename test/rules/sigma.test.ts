import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { matches } from "../../src/query/matches.ts";
import { preparePatterns } from "../../src/query/pattern.ts";
import { rulesIn } from "../../src/rules/load.ts";
import { conformance, refusals } from "./conformance.ts";

function ruleOf(detection: string, version = "2.1.0"): string {
  const lines = detection.replaceAll("\n", "\n  ");
  return (
    `title: t\nid: t\nsigma-version: ${version}\nlogsource: { product: aws, service: cloudtrail }\n` +
    `detection:\n  ${lines}\n---\nplaceholders: { admins: [maria, joe] }\n`
  );
}

describe("a Sigma rule", () => {
  for (const { construct, detection, version, event, matches: expected } of conformance) {
    const told = `${construct}: ${expected ? "finds" : "passes"} ${JSON.stringify(event)}`;
    it(told, async () => {
      const read = await rulesIn([{ file: "rule.yml", text: ruleOf(detection, version) }]);
      assert.deepEqual(read.mistakes, []);
      const [rule] = read.rules;
      assert.ok(rule?.test.kind === "events");
      await preparePatterns(rule.test.filter);
      assert.equal(matches(rule.test.filter, event), expected);
    });
  }

  for (const { construct, detection, says } of refusals) {
    it(`is refused for ${construct}`, async () => {
      const { rules, mistakes } = await rulesIn([{ file: "rule.yml", text: ruleOf(detection) }]);
      assert.equal(rules.length, 0);
      assert.equal(mistakes.length, 1);
      assert.ok(mistakes[0]?.problem.includes(says), mistakes[0]?.problem);
    });
  }
});

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { junit } from "../../src/render/junit.ts";
import { rendered } from "./answers.ts";
import { excepted, finding, many, reporting, rule } from "./reports.ts";

const sound = rule({ id: "roots-rest", title: "Root was used" });
const head = (counts: string) => [
  '<?xml version="1.0" encoding="UTF-8"?>',
  `<testsuites name="trailhound check" ${counts} time="0">`,
  `<testsuite name="trailhound check" ${counts} time="0">`,
];
const checked = [
  '<testcase classname="evidence" name="All rules could be read" time="0"/>',
  '<testcase classname="evidence" name="All exceptions could be read" time="0"/>',
  '<testcase classname="evidence" name="All logs could be read" time="0"/>',
  '<testcase classname="evidence" name="The logs cover what they have to" time="0"/>',
];
const tail = ["<system-out></system-out>", "</testsuite>", "</testsuites>", ""];

/** In how many cases each outcome is told, and what the head says of it. */
function countsIn(text: string) {
  const count = (pattern: RegExp) => [...text.matchAll(pattern)].length;
  return {
    tests: count(/<testcase /g),
    failures: count(/<failure /g),
    errors: count(/<error /g),
    skipped: count(/<skipped /g),
  };
}

describe("junit", () => {
  it("fails with a case for each finding, and passes rules that nobody broke", async () => {
    const one = finding();
    const text = await rendered(junit, reporting({ findings: [one], rules: [one.rule, sound] }));
    assert.deepEqual(text.split("\n"), [
      ...head('tests="6" failures="1" errors="0" skipped="0"'),
      ...checked,
      '<testcase classname="trail-stays" name="Logging was stopped: maria@example.com on org-trail" file="rules/trail.yaml" time="0">',
      '<failure message="maria@example.com called StopLogging on org-trail." type="high">maria@example.com called StopLogging on org-trail.',
      "level high, fingerprint 0123456789abcdef0123456789abcdef",
      "event e-1 in logs/a b.json.gz, byte 12</failure>",
      "</testcase>",
      '<testcase classname="roots-rest" name="Root was used" file="rules/trail.yaml" time="0"/>',
      ...tail,
    ]);
  });

  it("tells an error for what was not checked", async () => {
    const gaps = [
      { about: "logs", problem: "byte 7: not JSON", file: "logs/x.json" },
      { about: "logs", problem: "cannot be opened", file: "logs/y.json" },
    ] as const;
    const text = await rendered(junit, reporting({ gaps }));
    assert.deepEqual(text.split("\n"), [
      ...head('tests="4" failures="0" errors="1" skipped="0"'),
      ...checked.slice(0, 2),
      '<testcase classname="evidence" name="All logs could be read" time="0">',
      '<error message="logs/x.json: byte 7: not JSON (and 1 more)" type="unchecked">logs/x.json: byte 7: not JSON',
      "logs/y.json: cannot be opened</error>",
      "</testcase>",
      checked[3],
      ...tail,
    ]);
  });

  it("skips what is let pass, and findings that do not fail the check", async () => {
    const text = await rendered(
      junit,
      reporting({
        findings: [
          finding({ standing: { kind: "below", least: "critical" } }),
          finding({ standing: { kind: "known", file: "earlier.json" } }),
          finding({ standing: excepted }),
        ],
        gaps: [{ about: "logs", problem: "no record", allowedBy: "--allow-empty" }],
      }),
    );
    assert.deepEqual(
      [...text.matchAll(/<skipped message="([^"]*)"\/>/g)].map(([, message]) => message),
      [
        "let pass by --allow-empty: no record",
        "below critical: maria@example.com called StopLogging on org-trail.",
        "known from earlier.json: maria@example.com called StopLogging on org-trail.",
        "excepted by platform@example.com until 2026-12-31 (planned): maria@example.com called StopLogging on org-trail.",
      ],
    );
  });

  it("tells cases of one name apart by fingerprint", async () => {
    const findings = ["aaaaaaaa1", "bbbbbbbb2"].map((fingerprint) => finding({ fingerprint }));
    const text = await rendered(junit, reporting({ findings }));
    const names = [...text.matchAll(/ name="([^"]*org-trail[^"]*)"/g)].map(([, name]) => name);
    assert.deepEqual(names, [
      "Logging was stopped: maria@example.com on org-trail (aaaaaaaa)",
      "Logging was stopped: maria@example.com on org-trail (bbbbbbbb)",
    ]);
  });

  it("gives the 5,000 worst cases, and fails for the others as one", async () => {
    const findings = many(5002, (i) => finding({ target: `trail-${i}` }));
    const text = await rendered(junit, reporting({ findings }));
    assert.deepEqual(countsIn(text), { tests: 5005, failures: 5001, errors: 0, skipped: 0 });
    assert.match(text, /tests="5005" failures="5001"/);
    assert.match(text, /message="2 findings more, milder than those shown"/);
  });

  for (const [text, written] of [
    ["<b>&\"'", "&lt;b&gt;&amp;&quot;&apos;"],
    ["]]>", "]]&gt;"],
    ["\x00\x1b[2J\ufffe\uffff", "\\x00\\x1b[2J\ufffd\ufffd"],
    ["two\nlines", "two\\nlines"],
  ] as const) {
    it(`writes ${JSON.stringify(text)} as text`, async () => {
      const written_ = await rendered(junit, reporting({ findings: [finding({ target: text })] }));
      assert.ok(written_.includes(`on ${written}"`), written_);
    });
  }
});

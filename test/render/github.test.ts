import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { github } from "../../src/render/github.ts";
import { rendered } from "./answers.ts";
import { excepted, finding, many, reporting, rule } from "./reports.ts";

const low = rule({ level: "low" });
const below = { kind: "below", least: "high" } as const;

describe("github", () => {
  for (const { name, of, lines } of [
    {
      name: "annotates the rule with what fails the check",
      of: reporting({ findings: [finding({ rule: low })] }),
      lines: [
        "::error file=rules/trail.yaml,line=3,title=Logging was stopped (low)::maria@example.com called StopLogging on org-trail. Event e-1.",
      ],
    },
    {
      name: "warns and notes by level of what does not",
      of: reporting({
        findings: [
          finding({ rule: low, standing: below }),
          finding({ rule: rule({ level: "medium" }), standing: below }),
          finding({ standing: { kind: "known", file: "a.json" }, events: [] }),
          finding({ standing: excepted }),
        ],
      }),
      lines: [
        "::warning file=rules/trail.yaml,line=3,title=Logging was stopped (medium%2C below high)::maria@example.com called StopLogging on org-trail. Event e-1.",
        "::notice file=rules/trail.yaml,line=3,title=Logging was stopped (low%2C below high)::maria@example.com called StopLogging on org-trail. Event e-1.",
        "::notice file=rules/trail.yaml,line=3,title=Logging was stopped (high%2C known from a.json)::maria@example.com called StopLogging on org-trail.",
      ],
    },
    {
      name: "tells what was not checked, and what was let pass",
      of: reporting({
        gaps: [
          { about: "rules", problem: "no key", file: "rules.yaml", line: 2 },
          { about: "logs", problem: "no record", allowedBy: "--allow-empty" },
        ],
      }),
      lines: [
        "::error file=rules.yaml,line=2,title=Not checked::no key",
        "::warning title=Not checked%2C let pass by --allow-empty::no record",
      ],
    },
    {
      name: "writes nothing that the runner would take for another command",
      of: reporting({
        findings: [
          finding({
            rule: rule({ title: "a,b::c%0A::d" }),
            sentence: "100% of it\n::add-mask::x\r\n",
            events: [],
          }),
        ],
      }),
      lines: [
        "::error file=rules/trail.yaml,line=3,title=a%2Cb%3A%3Ac%250A%3A%3Ad (high)::100%25 of it\\n::add-mask::x\\r\\n",
      ],
    },
    { name: "says nothing where all is well", of: reporting({}), lines: [] },
  ]) {
    it(name, async () => {
      assert.deepEqual((await rendered(github, of)).split("\n").slice(0, -1), lines);
    });
  }

  for (const [count, commands, last] of [
    [10, 10, /title=Logging was stopped/],
    [11, 10, /^::error title=2 annotations more::11 findings\. /],
    [500, 10, /^::error title=491 annotations more::/],
  ] as const) {
    it(`shows ten of ${count}`, async () => {
      const findings = many(count, (i) => finding({ target: `trail-${i}` }));
      const of = reporting({ findings }, { sentences: ["11 findings."] });
      const lines = (await rendered(github, of)).trimEnd().split("\n");
      assert.equal(lines.length, commands);
      assert.match(lines.at(-1) ?? "", last);
    });
  }
});

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import schema from "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json" with { type: "json" };
import AjvDraft04 from "ajv-draft-04";
import addFormats from "ajv-formats";
import type { Answer } from "../../src/query/answer.ts";
import { sarif } from "../../src/render/sarif.ts";
import { rendered } from "./answers.ts";
import { excepted, finding, many, reporting, rule } from "./reports.ts";

const ajv = new AjvDraft04.default({ strict: false, unicodeRegExp: false });
addFormats.default(ajv);
const isValid = ajv.compile(schema);

/** The run in the document, which is held against the standard's schema. */
async function runOf(of: Answer) {
  const document = JSON.parse(await rendered(sarif, of));
  const [fault] = isValid(document) ? [] : (isValid.errors ?? []);
  assert.equal(fault, undefined);
  assert.equal(document.runs.length, 1);
  return document.runs[0];
}

const event = { eventID: "e-1", origin: "logs/a.json", offset: 0 };

describe("sarif", () => {
  it("gives a finding at its rule, with its fingerprint and its events", async () => {
    const { results, invocations, tool } = await runOf(reporting({ findings: [finding()] }));
    const [{ ruleId, ruleIndex, level, message, locations, relatedLocations, ...rest }] = results;
    assert.deepEqual(
      [ruleId, ruleIndex, level, message.text],
      ["trail-stays", 0, "error", "maria@example.com called StopLogging on org-trail."],
    );
    assert.deepEqual(locations, [
      {
        physicalLocation: {
          artifactLocation: { uri: "rules/trail.yaml" },
          region: { startLine: 3, startColumn: 5 },
        },
      },
    ]);
    assert.equal(relatedLocations[0].physicalLocation.artifactLocation.uri, "logs/a%20b.json.gz");
    assert.deepEqual(rest.partialFingerprints, {
      "trailhound/v1": "0123456789abcdef0123456789abcdef",
    });
    assert.equal(tool.driver.rules[0].id, "trail-stays");
    assert.equal(invocations[0].executionSuccessful, true);
  });

  for (const [level, name, severity] of [
    ["critical", "error", "9.5"],
    ["high", "error", "8.0"],
    ["medium", "warning", "5.5"],
    ["low", "note", "2.0"],
    ["informational", "note", undefined],
  ] as const) {
    it(`takes ${level} for ${name}`, async () => {
      const { results, tool } = await runOf(
        reporting({ findings: [finding({ rule: rule({ level }) })] }),
      );
      const [{ properties, defaultConfiguration }] = tool.driver.rules;
      assert.deepEqual(
        [results[0].level, defaultConfiguration.level, properties["security-severity"]],
        [name, name, severity],
      );
    });
  }

  it("is no success where something was not checked", async () => {
    const gaps = [
      { about: "logs", problem: "byte 7: not JSON", file: "logs/x.json" },
      { about: "rules", problem: "no key", file: "rules.yaml", line: 2 },
    ] as const;
    const { invocations } = await runOf(reporting({ gaps }));
    const [{ executionSuccessful, toolExecutionNotifications: notices }] = invocations;
    assert.equal(executionSuccessful, false);
    assert.deepEqual(
      notices.map(({ level, message }: { level: string; message: { text: string } }) => [
        level,
        message.text,
      ]),
      [
        ["error", "byte 7: not JSON"],
        ["error", "no key"],
      ],
    );
    assert.equal(notices[1].locations[0].physicalLocation.region.startLine, 2);
  });

  it("tells what was let pass, and is a success", async () => {
    const gap = { about: "logs", problem: "no record", allowedBy: "--allow-empty" } as const;
    const { invocations } = await runOf(reporting({ gaps: [gap] }));
    assert.equal(invocations[0].executionSuccessful, true);
    assert.equal(
      invocations[0].toolExecutionNotifications[0].message.text,
      "no record (let pass by --allow-empty)",
    );
  });

  it("tells new findings from known ones, and leaves out what is excepted", async () => {
    const known = finding({ standing: { kind: "known", file: "earlier.json" } });
    const findings = [finding(), known, finding({ standing: excepted })];
    const { results, invocations } = await runOf(reporting({ findings, baseline: "earlier.json" }));
    assert.deepEqual(
      results.map(({ baselineState }: { baselineState: string }) => baselineState),
      ["new", "unchanged"],
    );
    assert.equal(
      invocations[0].toolExecutionNotifications[0].message.text,
      "left out: 1 finding let pass by exceptions",
    );
  });

  it("gives the 5,000 worst results, and says how many it left out", async () => {
    const findings = many(5003, (i) => finding({ fingerprint: `${i}`, events: [event] }));
    const { results, invocations } = await runOf(reporting({ findings }));
    assert.equal(results.length, 5000);
    assert.equal(results[4999].partialFingerprints["trailhound/v1"], "4999");
    assert.match(
      invocations[0].toolExecutionNotifications[0].message.text,
      /^3 findings milder than these are left out/,
    );
  });

  it("keeps 100 of many events, and counts all", async () => {
    const events = many(1500, (i) => ({ ...event, eventID: `e-${i}` }));
    const { results } = await runOf(reporting({ findings: [finding({ count: 1500, events })] }));
    assert.equal(results[0].relatedLocations.length, 100);
    assert.equal(results[0].occurrenceCount, 1500);
    assert.equal(results[0].properties.note, "1,400 more events");
  });

  it("stays below 10 MB", async () => {
    const sentence = "x".repeat(40_000);
    const findings = many(1000, (i) => finding({ fingerprint: `${i}`, sentence }));
    const of = reporting({ findings });
    const { results, invocations } = await runOf(of);
    assert.ok(Buffer.byteLength(await rendered(sarif, of)) < 10_000_000);
    assert.ok(results.length > 200);
    assert.match(
      invocations[0].toolExecutionNotifications[0].message.text,
      new RegExp(`^${1000 - results.length} findings milder`),
    );
  });

  it("keeps 20 tags, of which the first makes the severity count", async () => {
    const tags = many(30, (i) => `attack.t${i}`);
    const { tool } = await runOf(reporting({ findings: [finding({ rule: rule({ tags }) })] }));
    const { properties } = tool.driver.rules[0];
    assert.equal(properties.tags.length, 20);
    assert.equal(properties.tags[0], "security");
  });

  for (const [text, written] of [
    ["a [link](http://198.51.100.7) here", "a \\[link\\](http://198.51.100.7) here"],
    ["bucket[1] (eu)", "bucket[1] (eu)"],
    ["{0} and {user}", "{{0}} and {user}"],
    ["\u202egnp", "<U+202E>gnp"],
  ] as const) {
    it(`makes no markup of ${JSON.stringify(text)}`, async () => {
      const { results } = await runOf(reporting({ findings: [finding({ sentence: text })] }));
      assert.equal(results[0].message.text, written);
    });
  }

  for (const [file, uri] of [
    ["./rules/a.yaml", "rules/a.yaml"],
    ["/srv/rules/a.yaml", "file:///srv/rules/a.yaml"],
    ["rules/100%/a#b?.yaml", "rules/100%25/a%23b%3F.yaml"],
    ["javascript:alert(1)", "javascript%3Aalert(1)"],
  ] as const) {
    it(`names ${file} as ${uri}`, async () => {
      const place = { file, line: 1, column: 1 };
      const { results } = await runOf(
        reporting({ findings: [finding({ rule: rule({ place }) })] }),
      );
      assert.equal(results[0].locations[0].physicalLocation.artifactLocation.uri, uri);
    });
  }

  it("links to what a rule refers to only if that is an address of the web", async () => {
    const references = ["javascript:alert(1)", "https://example.com/why"];
    const { tool } = await runOf(
      reporting({ findings: [finding({ rule: rule({ references }) })] }),
    );
    assert.equal(tool.driver.rules[0].helpUri, "https://example.com/why");
  });
});

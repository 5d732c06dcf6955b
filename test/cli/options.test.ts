import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Settings, settingsFrom } from "../../src/cli/options.ts";
import { parse } from "../../src/cli/program.ts";
import type { Filter } from "../../src/query/filter.ts";
import { UserError } from "../../src/query/user-error.ts";
import { verbs } from "../../src/verbs/index.ts";

const now = Date.parse("2026-11-05T12:00:00Z");

function settings(...flags: readonly string[]): Settings {
  const parsed = parse(["search", ...flags], { verbs, takesPaths: true });
  if (parsed.kind === "text") throw new UserError(parsed.text);
  return settingsFrom(parsed.values, now);
}

const isEvent = (glob: string): Filter => ({
  kind: "text",
  subject: { kind: "field", field: "eventName" },
  pattern: { kind: "glob", glob },
});

interface Case {
  readonly name: string;
  readonly flags: readonly string[];
  readonly comesTo: Partial<Settings>;
}

const cases: readonly Case[] = [
  { name: "shows a table in UTC", flags: [], comesTo: { format: "table", timeZone: "UTC" } },
  { name: "knows short formats", flags: ["--ndjson"], comesTo: { format: "ndjson" } },
  {
    name: "lets the long form win over the short",
    flags: ["--format", "csv", "--json"],
    comesTo: { format: "csv" },
  },
  {
    name: "takes repeated flags together, and ! as exclusion",
    flags: ["-e", "Get*", "--event", "List*", "-e", "!*Tags"],
    comesTo: {
      filter: {
        kind: "every",
        filters: [
          { kind: "some", filters: [isEvent("Get*"), isEvent("List*")] },
          { kind: "not", filter: isEvent("*Tags") },
        ],
      },
    },
  },
  {
    name: "counts --last back from now",
    flags: ["--last", "2h"],
    comesTo: { window: { from: now - 7_200_000 } },
  },
  {
    name: "takes a time that begins with a hyphen for a value",
    flags: ["--since", "-2h", "--until", "now"],
    comesTo: { window: { from: now - 7_200_000, until: now } },
  },
  {
    name: "begins days where the zone does",
    flags: ["--since", "today", "--tz", "Asia/Kolkata"],
    comesTo: {
      window: { from: Date.parse("2026-11-05T00:00:00+05:30") },
      timeZone: "Asia/Kolkata",
    },
  },
  {
    name: "lets tests set the clock",
    flags: ["--now", "2026-01-01T00:00:00Z", "--until", "now"],
    comesTo: { window: { until: Date.parse("2026-01-01T00:00:00Z") } },
  },
  {
    name: "takes fields by the names of their flags, and paths",
    flags: ["--fields", "event, requestParameters.bucketName", "--sort", "EVENTTIME", "--reverse"],
    comesTo: {
      fields: [
        { kind: "field", field: "eventName" },
        { kind: "path", path: ["requestParameters", "bucketName"] },
      ],
      sort: { kind: "field", field: "eventTime" },
      descending: true,
    },
  },
];

const refused: readonly (readonly [flags: readonly string[], message: RegExp])[] = [
  [["--since", "someday"], /^--since: "someday" is no time/],
  [["--last", "soon"], /^--last: "soon" is no duration/],
  [["--last", "2h", "--since", "today"], /cannot be used with/],
  [["--since", "2026-11-05", "--until", "2026-11-05"], /no event can match/],
  [["--tz", "Nowhere"], /^--tz: "Nowhere" is no time zone/],
  [["--limit", "-1"], /^--limit: "-1" is no whole number/],
  [["--threads", "0"], /^--threads: "0" is no whole number of at least 1/],
  [["--sort", "event,user"], /^--sort: takes one field/],
  [["--fields", "a,,b"], /^--fields: there is no field "a"/],
  [["--color", "sometimes"], /Allowed choices are auto, always, never/],
  [["--colour"], /unknown option '--colour' \(Did you mean --color\?\)/],
];

describe("the flags", () => {
  for (const { name, flags, comesTo } of cases) {
    it(name, () => {
      const all = settings(...flags);
      const named = Object.keys(comesTo) as (keyof Settings)[];
      assert.deepEqual(Object.fromEntries(named.map((key) => [key, all[key]])), comesTo);
    });
  }

  for (const [flags, message] of refused) {
    it(`refuse ${flags.join(" ")}`, () => {
      assert.throws(
        () => settings(...flags),
        (error) => {
          return (
            error instanceof UserError && message.test(error.message.replace(/^trailhound: /, ""))
          );
        },
      );
    });
  }
});

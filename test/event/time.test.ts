import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { Json } from "../../src/event/record.ts";
import {
  formatTime,
  isTimeZone,
  parseDuration,
  parseEventTime,
  parseMoment,
  startOf,
  startOfNext,
} from "../../src/event/time.ts";

/** A time as these tests write it. */
function utc(text: string): number {
  return new Date(text).getTime();
}

const eventTimes: readonly (readonly [value: Json | undefined, time: string | undefined])[] = [
  ["2026-11-05T09:14:03Z", "2026-11-05T09:14:03Z"],
  ["2024-02-29T23:59:59Z", "2024-02-29T23:59:59Z"],
  ["0050-01-01T00:00:00Z", "0050-01-01T00:00:00Z"],
  ["2026-11-05T09:14:03.25Z", "2026-11-05T09:14:03.250Z"],
  ["2026-11-05 09:14:03.123456789", "2026-11-05T09:14:03.123Z"],
  ["2026-11-05 09:14:03.000 UTC", "2026-11-05T09:14:03Z"],
  ["2026-11-05T09:14:03", "2026-11-05T09:14:03Z"],
  ["2026-11-05t09:14:03z", "2026-11-05T09:14:03Z"],
  ["2026-11-05T10:14:03+01:00", "2026-11-05T09:14:03Z"],
  ["2026-11-05T03:44:03,5-0530", "2026-11-05T09:14:03.500Z"],
  ["20261105T091403Z", "2026-11-05T09:14:03Z"],
  ["1970-01-01T00:00:01.005Z", "1970-01-01T00:00:01.005Z"],
  [1_793_870_043, "2026-11-05T09:14:03Z"],
  [1_793_870_043_500, "2026-11-05T09:14:03.500Z"],
  [1_793_870_043.25, "2026-11-05T09:14:03.250Z"],
  [0, "1970-01-01T00:00:00Z"],

  ["2026-02-29T00:00:00Z", undefined],
  ["2026-02-30T00:00:00.5Z", undefined],
  ["2026-13-01T00:00:00Z", undefined],
  ["2026-00-10T00:00:00Z", undefined],
  ["2026-11-05T24:00:00Z", undefined],
  ["2026-11-05T24:00:00.0Z", undefined],
  ["2026-11-05T09:60:00Z", undefined],
  ["2026-11-05T09:14:60Z", undefined],
  ["2026-11-05T09:14:03+24:00", undefined],
  ["2026-11-05T09:14:03 CET", undefined],
  ["Nov 5, 2026 9:14:03 AM", undefined],
  ["redacted", undefined],
  ["", undefined],
  [-1, undefined],
  [1e300, undefined],
  [Number.POSITIVE_INFINITY, undefined],
  [true, undefined],
  [null, undefined],
  [["2026-11-05T09:14:03Z"], undefined],
  [{ toString: 1 }, undefined],
  [undefined, undefined],
];

describe("parseEventTime", () => {
  for (const [value, time] of eventTimes) {
    it(`reads ${JSON.stringify(value)} as ${time ?? "no time"}`, () => {
      assert.equal(parseEventTime(value), time && utc(time));
    });
  }

  it("reads CloudTrail's own form like any other form of the same time", () => {
    const digits = (least: number, most: number) =>
      fc.integer({ min: least, max: most }).map((number) => String(number).padStart(2, "0"));
    const parts = fc.tuple(
      digits(0, 13),
      digits(0, 32),
      digits(0, 25),
      digits(0, 61),
      digits(0, 61),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1900, max: 2199 }), parts, (year, [m, d, h, min, s]) => {
        const text = `${year}-${m}-${d}T${h}:${min}:${s}`;
        assert.equal(parseEventTime(`${text}Z`), parseEventTime(`${text}.0Z`));
      }),
    );
  });
});

interface Moment {
  readonly text: string;
  readonly timeZone?: string;
  readonly time: string | undefined;
}

const now = utc("2026-11-05T09:14:03Z");

const moments: readonly Moment[] = [
  { text: "2026-11-01T08:00:00Z", time: "2026-11-01T08:00:00Z" },
  { text: "2026-11-01T08:00:00Z", timeZone: "Asia/Kolkata", time: "2026-11-01T08:00:00Z" },
  { text: "2026-11-01T08:00+02:00", time: "2026-11-01T06:00:00Z" },
  { text: "2026-11-01", time: "2026-11-01T00:00:00Z" },
  { text: "2026-11-01", timeZone: "Asia/Kolkata", time: "2026-10-31T18:30:00Z" },
  { text: "2026-11-01 08:00", timeZone: "America/New_York", time: "2026-11-01T13:00:00Z" },
  // New York: 01:00 to 02:00 comes twice on 2026-11-01, 02:00 to 03:00 not at all on 2026-03-08.
  { text: "2026-11-01T01:30", timeZone: "America/New_York", time: "2026-11-01T05:30:00Z" },
  { text: "2026-03-08T02:30", timeZone: "America/New_York", time: "2026-03-08T07:30:00Z" },
  { text: "2026-03-08T03:00", timeZone: "America/New_York", time: "2026-03-08T07:00:00Z" },
  // Samoa crossed the date line and had no 2011-12-30.
  { text: "2011-12-30", timeZone: "Pacific/Apia", time: "2011-12-30T10:00:00Z" },
  { text: "1793870043", time: "2026-11-05T09:14:03Z" },
  { text: "1793870043500", time: "2026-11-05T09:14:03.500Z" },
  { text: "now", time: "2026-11-05T09:14:03Z" },
  { text: "today", time: "2026-11-05T00:00:00Z" },
  { text: "today", timeZone: "America/Los_Angeles", time: "2026-11-05T08:00:00Z" },
  { text: "yesterday", time: "2026-11-04T00:00:00Z" },
  { text: "yesterday", timeZone: "Pacific/Kiritimati", time: "2026-11-03T10:00:00Z" },
  { text: "2h", time: "2026-11-05T07:14:03Z" },
  { text: "-2h", time: "2026-11-05T07:14:03Z" },
  { text: "90m", time: "2026-11-05T07:44:03Z" },
  { text: "7d", time: "2026-10-29T09:14:03Z" },

  { text: "", time: undefined },
  { text: "soon", time: undefined },
  { text: "--2h", time: undefined },
  { text: "2026-11-31", time: undefined },
  { text: "2026-11", time: undefined },
  { text: "09:14", time: undefined },
  { text: "12345", time: undefined },
  { text: "2026-11-01T08:00Europe/Berlin", time: undefined },
];

describe("parseMoment", () => {
  for (const { text, timeZone, time } of moments) {
    it(`reads "${text}"${timeZone ? ` in ${timeZone}` : ""} as ${time ?? "no time"}`, () => {
      assert.equal(parseMoment(text, { now, ...(timeZone && { timeZone }) }), time && utc(time));
    });
  }
});

const durations: readonly (readonly [text: string, ms: number | undefined])[] = [
  ["30s", 30_000],
  ["90m", 5_400_000],
  ["2h", 7_200_000],
  ["7d", 604_800_000],
  ["1w", 604_800_000],
  ["0h", 0],
  ["2", undefined],
  ["h", undefined],
  ["-2h", undefined],
  ["1.5h", undefined],
  ["2 h", undefined],
  ["2H", undefined],
  ["1h30m", undefined],
  ["40000d", undefined],
];

describe("parseDuration", () => {
  for (const [text, ms] of durations) {
    it(`reads "${text}" as ${ms ?? "no duration"}`, () => assert.equal(parseDuration(text), ms));
  }
});

const formats: readonly (readonly [time: string, timeZone: string, text: string])[] = [
  ["2026-11-05T09:14:03Z", "UTC", "2026-11-05T09:14:03Z"],
  ["2026-11-05T09:14:03.050Z", "UTC", "2026-11-05T09:14:03.050Z"],
  ["2026-11-05T09:14:03Z", "Europe/Berlin", "2026-11-05T10:14:03+01:00"],
  ["2026-11-05T09:14:03Z", "Europe/London", "2026-11-05T09:14:03+00:00"],
  ["2026-11-05T00:14:03.5Z", "America/St_Johns", "2026-11-04T20:44:03.500-03:30"],
];

describe("formatTime", () => {
  for (const [time, timeZone, text] of formats) {
    it(`writes ${time} in ${timeZone} as ${text}`, () => {
      assert.equal(formatTime(utc(time), timeZone), text);
    });
  }

  it("writes what parseMoment reads back", () => {
    const time = fc.integer({ min: utc("1975-01-01"), max: utc("2100-01-01") });
    fc.assert(
      fc.property(time, fc.constantFrom(...zones), (ms, timeZone) => {
        assert.equal(parseMoment(formatTime(ms, timeZone), { now }), ms);
      }),
    );
  });
});

describe("isTimeZone", () => {
  for (const zone of ["UTC", "Europe/Berlin", "Asia/Kolkata"]) {
    it(`knows ${zone}`, () => assert.equal(isTimeZone(zone), true));
  }
  for (const text of ["", "local", "Europe/Atlantis", "+05:30", "Z"]) {
    it(`does not know "${text}"`, () => assert.equal(isTimeZone(text), false));
  }
});

const zones = [
  "UTC",
  "Europe/Berlin",
  "America/New_York",
  "America/St_Johns",
  "America/Havana",
  "Asia/Kolkata",
  "Asia/Beirut",
  "Australia/Lord_Howe",
  "Pacific/Apia",
  "Antarctica/Troll",
];

const hour = 3_600_000;

interface DayCase {
  readonly timeZone: string;
  readonly day: string;
  readonly starts: string;
  readonly hours: number;
}

const days: readonly DayCase[] = [
  { timeZone: "UTC", day: "2026-11-05", starts: "2026-11-05T00:00:00Z", hours: 24 },
  { timeZone: "America/New_York", day: "2026-03-08", starts: "2026-03-08T05:00:00Z", hours: 23 },
  { timeZone: "America/New_York", day: "2026-11-01", starts: "2026-11-01T04:00:00Z", hours: 25 },
  {
    timeZone: "Australia/Lord_Howe",
    day: "2026-04-05",
    starts: "2026-04-04T13:00:00Z",
    hours: 24.5,
  },
  // Clocks in Beirut skip midnight itself, those in Havana strike it twice.
  { timeZone: "Asia/Beirut", day: "2026-03-29", starts: "2026-03-28T22:00:00Z", hours: 23 },
  { timeZone: "America/Havana", day: "2026-11-01", starts: "2026-11-01T04:00:00Z", hours: 25 },
];

describe("startOf", () => {
  for (const { timeZone, day, starts, hours } of days) {
    it(`begins ${day} in ${timeZone} at ${starts} and lasts ${hours} hours`, () => {
      const start = utc(starts);
      const next = start + hours * hour;
      assert.equal(startOf("day", start, timeZone), start);
      assert.equal(startOf("day", next - 1, timeZone), start);
      assert.equal(startOf("day", next, timeZone), next);
      assert.equal(startOfNext("day", start, timeZone), next);
    });
  }

  it("cuts time into stretches that startOfNext leads through, in any zone", () => {
    const units = fc.constantFrom("minute", "hour", "day");
    // Around the clock changes of 2026 in all of the zones.
    const change = fc.constantFrom(
      "2026-03-08",
      "2026-03-28",
      "2026-04-04",
      "2026-10-03",
      "2026-11-01",
    );
    const hours = fc.double({ min: -30, max: 54, noNaN: true });
    fc.assert(
      fc.property(
        units,
        change,
        hours,
        fc.constantFrom(...zones),
        (unit, date, after, timeZone) => {
          const time = Math.floor(utc(date) + after * hour);
          const start = startOf(unit, time, timeZone);
          const next = startOfNext(unit, start, timeZone);
          assert.ok(start <= time && time < next);
          assert.equal(startOf(unit, start, timeZone), start);
          assert.equal(startOf(unit, next - 1, timeZone), start);
          assert.equal(startOf(unit, next, timeZone), next);
        },
      ),
      { numRuns: 500 },
    );
  });
});

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { CloudTrailRecord } from "../../src/event/record.ts";
import { filterFromFlags } from "../../src/query/flags.ts";
import { profile } from "../../src/verbs/profile.ts";
import type { Scope } from "../../src/verbs/verb.ts";
import { assuming, bySession, home, signingIn, time } from "../resolve/credentials.ts";
import { at, byUser, calling, event, failing, from, to } from "../support/events.ts";
import { asked, shownValue } from "./asked.ts";

const deploy = { role: "Deploy", session: "ci", key: "ASIADEPLOY", began: "09:12:00" };
const later = { role: "Audit", session: "ci", key: "ASIAAUDIT", began: "09:15:00" };
const logs = [
  event(byUser("bob"), at(time("09:00:00")), to("s3"), calling("ListBuckets")),
  assuming(deploy, byUser("bob")),
  event(bySession(deploy), at(time("09:13:00")), calling("DeleteVpc"), failing("AccessDenied"), {
    readOnly: false,
  }),
  assuming(later, bySession(deploy)),
  event(bySession(later), at(time("09:16:00")), from("198.51.100.9"), { userAgent: "Boto3/1.35" }),
  event(byUser("eve"), at(time("09:20:00")), from("198.51.100.9")),
  event(byUser("zoe"), at(time("09:30:00")), from("192.0.2.1")),
];
const between = (from: string, to: string) =>
  `from 2026-11-05 at ${from} UTC to 2026-11-05 at ${to} UTC`;

interface Case {
  readonly name: string;
  readonly what: string;
  readonly logs?: readonly CloudTrailRecord[];
  readonly scope?: Partial<Scope>;
  readonly sentences: readonly string[];
  readonly sections: Readonly<Record<string, readonly (readonly unknown[])[]>>;
}

const ms = (clock: string) => Date.parse(time(clock));
const many = (count: number, part: (n: number) => CloudTrailRecord) =>
  Array.from({ length: count }, (_, n) => part(n));
const second = (n: number) =>
  time(`09:${String(Math.floor(n / 60)).padStart(2, "0")}:${String(n % 60).padStart(2, "0")}`);

const cases: readonly Case[] = [
  {
    name: "counts what an identity did itself and in sessions that it began, however deep",
    what: "bob",
    sentences: [
      `bob: 5 calls ${between("09:00:00", "09:16:00")}: 2 directly and 3 in sessions that it began.`,
      "1 write; 1 (20%) denied; none with MFA; none from the console.",
      "It went on as a role in 2 sessions.",
    ],
    sections: {
      callers: [
        ["Deploy, by bob (IAM user)", 2, 2, 1, ms("09:13:00"), ms("09:15:00")],
        ["bob", 2, 0, 0, ms("09:00:00"), ms("09:12:00")],
        ["Audit, by bob (IAM user)", 1, 1, 0, ms("09:16:00"), ms("09:16:00")],
      ],
      services: [
        ["ec2.amazonaws.com", 2, 2, 1, ms("09:13:00"), ms("09:16:00")],
        ["sts.amazonaws.com", 2, 1, 0, ms("09:12:00"), ms("09:15:00")],
        ["s3.amazonaws.com", 1, 0, 0, ms("09:00:00"), ms("09:00:00")],
      ],
      addresses: [
        ["203.0.113.7", 4, 2, 1, ms("09:00:00"), ms("09:15:00")],
        ["198.51.100.9", 1, 1, 0, ms("09:16:00"), ms("09:16:00")],
      ],
      clients: [
        ["AWS CLI 2.15", 4, 2, 1, ms("09:00:00"), ms("09:15:00")],
        ["Boto3 1.35", 1, 1, 0, ms("09:16:00"), ms("09:16:00")],
      ],
      begun: [
        ["Deploy", "AssumeRole", 1, 2, ms("09:12:00"), ms("09:12:00")],
        ["Audit", "AssumeRole", 1, 1, ms("09:15:00"), ms("09:15:00")],
      ],
      linked: [["eve", ["198.51.100.9"], 1, ms("09:20:00"), ms("09:20:00")]],
    },
  },
  {
    name: "tells of an address who came from there, and where else their keys were used",
    what: "198.51.100.0/24",
    sentences: [
      `198.51.100.0/24: 2 calls ${between("09:16:00", "09:20:00")}.`,
      "no writes; none denied; none with MFA; none from the console.",
    ],
    logs: [...logs, event(byUser("eve"), at(time("10:00:00")), from("192.0.2.7"))],
    sections: {
      callers: [
        ["Audit, by bob (IAM user)", 1, 0, ms("09:16:00"), ms("09:16:00")],
        ["eve", 1, 0, ms("09:20:00"), ms("09:20:00")],
      ],
      linked: [["192.0.2.7", ["AKIAEVE"], 1, ms("10:00:00"), ms("10:00:00")]],
    },
  },
  {
    name: "lets a filter narrow what counts",
    what: "bob",
    scope: { filter: filterFromFlags({ readOnly: false }) },
    sentences: [
      "bob: 1 call at 2026-11-05 at 09:13:00 UTC: 0 directly and 1 in sessions that it began.",
      "1 write; 1 (100%) denied; none with MFA; none from the console.",
      "It went on as a role in 2 sessions.",
    ],
    sections: { regions: [["us-east-1", 1, 1, 1, ms("09:13:00"), ms("09:13:00")]] },
  },
  {
    name: "tells of looking around and of denials in a row",
    what: "bob",
    logs: many(20, (n) =>
      event(byUser("bob"), calling(`Describe${n}`), at(second(2 * n)), failing("AccessDenied"), {
        readOnly: true,
      }),
    ),
    sentences: [
      `bob: 20 calls ${between("09:00:00", "09:00:38")}.`,
      "no writes; 20 (100%) denied; none with MFA; none from the console.",
      "20 different reads came for the first time within 38 s, from 2026-11-05 at 09:00:00 UTC, as " +
        "of somebody who looks around (told from 20 within 5 min).",
      "20 calls in a row were denied within 38 s, from 2026-11-05 at 09:00:00 UTC " +
        "(told from 20 with pauses of at most 1 min).",
    ],
    sections: { regions: [["us-east-1", 20, 0, 20, ms("09:00:00"), ms("09:00:38")]] },
  },
  {
    name: "tells of looking around slowly",
    what: "bob",
    logs: many(30, (n) => reading(n, `09:${String(n).padStart(2, "0")}:00`)),
    sentences: [
      `bob: 30 calls ${between("09:00:00", "09:29:00")}.`,
      "no writes; none denied; none with MFA; none from the console.",
      "30 different reads came for the first time within 29 min, from 2026-11-05 at 09:00:00 UTC, as " +
        "of somebody who looks around (told from 30 within 1 h).",
    ],
    sections: { regions: [["us-east-1", 30, 0, 0, ms("09:00:00"), ms("09:29:00")]] },
  },
  {
    name: "does not take a few dozen kinds over a day for looking around",
    what: "bob",
    logs: many(23, (n) => reading(n, `${String(n).padStart(2, "0")}:00:00`)),
    sentences: [
      `bob: 23 calls ${between("00:00:00", "22:00:00")}.`,
      "no writes; none denied; none with MFA; none from the console.",
    ],
    sections: { regions: [["us-east-1", 23, 0, 0, ms("00:00:00"), ms("22:00:00")]] },
  },
  {
    name: "accuses no scanner that reads the same again and again",
    what: "bob",
    logs: ["09", "13"].flatMap((hour) =>
      many(20, (n) => reading(n, `${hour}:00:${String(2 * n).padStart(2, "0")}`)),
    ),
    sentences: [
      `bob: 40 calls ${between("09:00:00", "13:00:38")}.`,
      "no writes; none denied; none with MFA; none from the console.",
      "20 different reads came for the first time within 38 s, from 2026-11-05 at 09:00:00 UTC, and 20 of " +
        "them again later, as of a scanner or an inventory (told from 20 within 5 min).",
    ],
    sections: { regions: [["us-east-1", 40, 0, 0, ms("09:00:00"), ms("13:00:38")]] },
  },
  {
    name: "tells of sign-ins that failed until one did not",
    what: "maria",
    logs: [
      ...many(5, (n) => ({
        ...signingIn("maria", `09:0${n}:00`),
        eventID: `failed-${n}`,
        responseElements: { ConsoleLogin: "Failure" },
      })),
      { ...signingIn("maria", "09:05:00"), eventID: "succeeded" },
    ],
    sentences: [
      `maria: 6 calls ${between("09:00:00", "09:05:00")}.`,
      "6 writes; none denied, 5 without success otherwise; 6 with MFA; none from the console.",
      "5 sign-ins failed within 4 min, from 2026-11-05 at 09:00:00 UTC, and one succeeded on " +
        "2026-11-05 at 09:05:00 UTC (told from 5 with pauses of at most 5 min).",
    ],
    sections: { services: [["signin.amazonaws.com", 6, 0, 0, ms("09:00:00"), ms("09:05:00")]] },
  },
  {
    name: "finds nothing of somebody who was not there",
    what: "nobody",
    sentences: ["No matching call was made by nobody, in these logs."],
    sections: {},
  },
];

/** A read of the n-th kind by bob. */
function reading(n: number, clock: string) {
  return event(byUser("bob"), calling(`Describe${n}`), at(`2026-11-05T${clock}Z`), {
    readOnly: true,
    eventID: `read-${n}-${clock}`,
  });
}

describe("profile", () => {
  for (const { name, what, logs: own = logs, scope = {}, sentences, sections } of cases) {
    it(name, async () => {
      const { answer, rows } = await asked(profile, own, { arguments: [what], ...scope });
      assert.deepEqual(answer.sentences, sentences);
      for (const [section, expected] of Object.entries(sections)) {
        assert.deepEqual(
          rows.get(section)?.map(({ cells }) => cells.map(shownValue)),
          expected,
        );
      }
      assert.equal(answer.found, Object.keys(sections).length > 0);
    });
  }

  it("gives as many rows as asked for, and says of how many", async () => {
    const { answer } = await asked(profile, logs, { arguments: [home], limit: 1 });
    assert.equal(answer.found, false);
    const { answer: limited } = await asked(profile, logs, { arguments: ["bob"], limit: 1 });
    assert.equal(limited.sections[1]?.title, "Services (1 of 3)");
  });
});

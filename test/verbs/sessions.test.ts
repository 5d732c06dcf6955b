import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { CloudTrailRecord } from "../../src/event/record.ts";
import { filterFromFlags } from "../../src/query/flags.ts";
import { sessions } from "../../src/verbs/sessions.ts";
import type { Scope } from "../../src/verbs/verb.ts";
import { assuming, bySession, byUserSession, signingIn, time } from "../resolve/credentials.ts";
import {
  at,
  byRoot,
  byService,
  byUser,
  calling,
  event,
  failing,
  from,
  to,
} from "../support/events.ts";
import { asked, shownValue } from "./asked.ts";

const deploy = { role: "Deploy", session: "ci", key: "ASIADEPLOY", began: "09:12:30" };
const write = { readOnly: false };
const put = (clock: string, ...parts: readonly CloudTrailRecord[]) =>
  event(byUser("bob"), to("s3"), calling("PutObject"), at(time(clock)), write, ...parts);
const instance = (key: string, address: string, clock = "07:00:00") =>
  event(
    bySession({ role: "web", session: "i-0123456789abcdef0", key, began: "06:00:00" }),
    from(address),
    at(time(clock)),
  );

const rds = bySession({
  role: "AWSServiceRoleForRDS",
  session: "rds",
  key: "ASIARDS",
});
/** Service-linked roles stand under a path of their own. */
const byServiceRole = JSON.parse(
  JSON.stringify(rds).replace("role/team/", "role/aws-service-role/rds.amazonaws.com/"),
);

interface Case {
  readonly name: string;
  readonly logs: readonly CloudTrailRecord[];
  readonly scope?: Partial<Scope>;
  readonly sentences: readonly string[];
  /** First, who, behind it, began with, events, failures, what, session. */
  readonly rows: readonly (readonly unknown[])[];
}

const shown = ["first", "who", "origin", "by", "events", "failures", "did", "session"];
const stretches = "A pause of more than 1 h begins a new stretch.";

const cases: readonly Case[] = [
  {
    name: "tells of a role's session who is behind it and what it did, writes first",
    logs: [
      assuming(deploy, byUser("bob")),
      event(bySession(deploy), at(time("09:13:00"))),
      event(
        bySession(deploy),
        calling("DeleteBucket"),
        at(time("09:14:00")),
        failing("AccessDenied"),
        write,
      ),
    ],
    sentences: ["1 session and 1 stretch of long-term keys in use, of 2 identities.", stretches],
    rows: [
      ["09:12:30", "bob", undefined, "long-term key", 1, 0, "assumed Deploy", "AKIABOB"],
      [
        "09:13:00",
        "Deploy / ci",
        "bob (IAM user)",
        "AssumeRole",
        2,
        1,
        "DeleteBucket; 1 read",
        "ASIADEPLOY",
      ],
    ],
  },
  {
    name: "cuts what a long-term key signed at pauses of more than an hour",
    logs: [put("09:00:00"), put("10:00:00"), put("11:00:01"), put("11:30:00")],
    sentences: ["2 stretches of long-term keys in use, of 1 identity.", stretches],
    rows: [
      ["09:00:00", "bob", undefined, "long-term key", 2, 0, "PutObject x2", "AKIABOB"],
      ["11:00:01", "bob", undefined, "long-term key", 2, 0, "PutObject x2", "AKIABOB"],
    ],
  },
  {
    name: "makes one session of the keys that the console takes for each page",
    logs: [
      signingIn("maria", "08:00:00"),
      event(byUserSession("maria", "08:00:00", "ASIAONE"), at(time("08:01:00"))),
      event(byUserSession("maria", "08:00:00", "ASIATWO"), at(time("11:01:00"))),
    ],
    sentences: ["1 session of 1 identity."],
    rows: [
      ["08:00:00", "maria", undefined, "ConsoleLogin", 3, 0, "ConsoleLogin; 2 reads", "ASIAONE"],
    ],
  },
  {
    name: "counts only events that the filter lets through, and links by all",
    logs: [
      assuming(deploy, byUser("bob")),
      event(bySession(deploy), at(time("09:13:00"))),
      event(bySession(deploy), calling("DeleteBucket"), at(time("09:14:00")), write),
    ],
    scope: { filter: filterFromFlags({ readOnly: false }) },
    sentences: ["1 session of 1 identity."],
    rows: [
      [
        "09:14:00",
        "Deploy / ci",
        "bob (IAM user)",
        "AssumeRole",
        1,
        0,
        "DeleteBucket",
        "ASIADEPLOY",
      ],
    ],
  },
  {
    name: "says which session's beginning is not there",
    logs: [event(bySession(deploy), at(time("09:13:00")))],
    sentences: ["1 session of 1 identity."],
    rows: [
      ["09:13:00", "Deploy / ci", "unknown", "not in these logs", 1, 0, "1 read", "ASIADEPLOY"],
    ],
  },
  {
    name: "counts services' own calls, unsigned calls and failed sign-ins apart",
    logs: [
      put("09:00:00"),
      event(byService("autoscaling")),
      event({ userIdentity: { type: "Root", invokedBy: "support.amazonaws.com" } }),
      event({ userIdentity: { type: "AWSAccount", accountId: "ANONYMOUS_PRINCIPAL" } }),
      event(
        byRoot(),
        to("signin"),
        calling("ConsoleLogin"),
        failing(undefined, "Failed authentication"),
      ),
      event(byServiceRole),
    ],
    sentences: [
      "1 stretch of long-term keys in use, of 1 identity.",
      stretches,
      "Not listed: 1 session of AWS services (--services lists them), 2 calls that services made " +
        "without credentials, 1 call that nobody signed and 1 sign-in that failed.",
    ],
    rows: [["09:00:00", "bob", undefined, "long-term key", 1, 0, "PutObject", "AKIABOB"]],
  },
  {
    name: "lists the sessions of services if there are no others",
    logs: [event(byServiceRole, at(time("09:00:00")))],
    sentences: ["1 session of 1 identity."],
    rows: [
      [
        "09:00:00",
        "RDS (service-linked role)",
        undefined,
        "not in these logs",
        1,
        0,
        "1 read",
        "ASIARDS",
      ],
    ],
  },
  {
    name: "puts those with most failures first if asked to",
    logs: [put("09:00:00"), event(byUser("eve"), at(time("09:30:00")), failing("AccessDenied"))],
    scope: { options: { order: "failures" }, limit: 1 },
    sentences: [
      "2 stretches of long-term keys in use, of 2 identities. The first is listed.",
      stretches,
    ],
    rows: [["09:30:00", "eve", undefined, "long-term key", 1, 1, "1 read", "AKIAEVE"]],
  },
  {
    name: "says that an instance's credentials were used from several addresses of one sort",
    logs: [instance("ASIAONE", "198.51.100.4"), instance("ASIAONE", "192.0.2.66", "07:30:00")],
    sentences: [
      "1 session of 1 identity.",
      "Credentials of i-0123456789abcdef0 were used from 192.0.2.66 (1) and 198.51.100.4 (1).",
    ],
    rows: [
      [
        "07:00:00",
        "web / i-0123456789abcdef0",
        "web / i-0123456789abcdef0 (by its session name)",
        "not in these logs",
        2,
        0,
        "2 reads",
        "ASIAONE",
      ],
    ],
  },
  {
    name: "takes one address for the internet and one for the network as no news",
    logs: [instance("ASIAONE", "198.51.100.4"), instance("ASIAONE", "10.0.3.7", "07:30:00")],
    sentences: ["1 session of 1 identity."],
    rows: [
      [
        "07:00:00",
        "web / i-0123456789abcdef0",
        "web / i-0123456789abcdef0 (by its session name)",
        "not in these logs",
        2,
        0,
        "2 reads",
        "ASIAONE",
      ],
    ],
  },
  {
    name: "finds nothing where nobody had a session",
    logs: [event(byService("autoscaling"))],
    sentences: ["No session made a matching call, in these logs."],
    rows: [],
  },
];

describe("sessions", () => {
  for (const { name, logs, scope = {}, sentences, rows } of cases) {
    it(name, async () => {
      const { answer, rows: read } = await asked(sessions, logs, scope);
      const [section] = answer.sections;
      const places = shown.map(
        (name) => section?.columns.findIndex((one) => one.name === name) ?? -1,
      );
      const found = read
        .get("sessions")
        ?.map(({ cells }) =>
          places.map((place) => shownValue(cells[place] ?? { text: undefined })),
        );
      assert.deepEqual(answer.sentences, sentences);
      assert.deepEqual(
        found,
        rows.map(([clock, ...rest]) => [Date.parse(time(String(clock))), ...rest]),
      );
      assert.equal(answer.found, rows.length > 0);
    });
  }

  it("survives records of any shape", async () => {
    const odd = [
      1,
      "x",
      null,
      [],
      {},
      { sessionContext: 7 },
      { sessionContext: { attributes: [[]] } },
    ];
    const logs = odd.map((userIdentity) => event({ userIdentity }, at(17), from(undefined)));
    assert.equal((await asked(sessions, logs)).answer.found, false);
  });
});

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { CloudTrailRecord, JsonObject } from "../../src/event/record.ts";
import { filterFromFlags } from "../../src/query/flags.ts";
import { show } from "../../src/verbs/show.ts";
import type { Scope } from "../../src/verbs/verb.ts";
import { assuming, bySession, byUserSession, signingIn, time } from "../resolve/credentials.ts";
import {
  at,
  byService,
  byUser,
  calling,
  event,
  failing,
  from,
  on,
  to,
  withId,
} from "../support/events.ts";
import { asked, shownValue } from "./asked.ts";

const chrome = { userAgent: "Mozilla/5.0 (X11; Linux x86_64) Chrome/130.0.0.0 Safari/537.36" };
const reading = { readOnly: true };
let keys = 0;
const page = (clock: string, service: string, call: string, ...parts: readonly JsonObject[]) => {
  keys += 1;
  const by = byUserSession("maria", "08:00:00", `ASIA${keys}`);
  return event(by, to(service), calling(call), at(time(clock)), chrome, reading, ...parts);
};
const admin = { role: "Admin", session: "maria", key: "ASIAADMIN", began: "09:10:00" };
const login: CloudTrailRecord = { ...signingIn("maria", "08:00:00"), ...chrome, eventID: "login" };

interface Case {
  readonly name: string;
  readonly logs: readonly CloudTrailRecord[];
  readonly what?: string;
  readonly scope?: Partial<Scope>;
  /** Who, did, what, events, outcome, note. */
  readonly rows: readonly (readonly unknown[])[];
}

const columns = ["who", "did", "what", "events", "outcome", "note"];

const cases: readonly Case[] = [
  {
    name: "folds the reads of a page, whatever services they ask",
    logs: [
      page("08:01:00", "ec2", "DescribeInstances"),
      page("08:01:01", "ec2", "DescribeVpcs"),
      page("08:01:01", "elasticloadbalancing", "DescribeLoadBalancers", failing("AccessDenied")),
      page("08:01:02", "ec2", "DescribeInstances"),
      page("08:02:00", "s3", "ListBuckets"),
    ],
    rows: [
      [
        "maria",
        "4 reads in the console: ec2 and elasticloadbalancing",
        "DescribeInstances x2, DescribeVpcs and DescribeLoadBalancers",
        4,
        "1 denied, 3 success",
        "within 2 s",
      ],
      ["maria", "s3:ListBuckets", undefined, 1, "success", undefined],
    ],
  },
  {
    name: "keeps what tells a secret apart from other reads",
    logs: [
      page("08:01:00", "secretsmanager", "ListSecrets"),
      page("08:01:01", "secretsmanager", "GetSecretValue", on({ secretId: "db" })),
      page("08:01:02", "secretsmanager", "GetSecretValue", on({ secretId: "api" })),
    ],
    rows: [
      ["maria", "secretsmanager:ListSecrets", undefined, 1, "success", undefined],
      ["maria", "secretsmanager:GetSecretValue", ["db", "api"], 2, "success", "within 1 s"],
    ],
  },
  {
    name: "folds the same call again and again, but not what came of it otherwise",
    logs: [
      page("08:01:00", "s3", "DeleteObject", { readOnly: false }),
      page("08:04:00", "s3", "DeleteObject", { readOnly: false }),
      page("08:04:01", "s3", "DeleteObject", { readOnly: false }, failing("AccessDenied")),
    ],
    rows: [
      ["maria", "s3:DeleteObject", undefined, 2, "success", "within 3 min"],
      ["maria", "s3:DeleteObject", undefined, 1, "denied (AccessDenied)", undefined],
    ],
  },
  {
    name: "folds a script's reads by service",
    logs: [
      page("08:01:00", "ec2", "DescribeInstances", { userAgent: "Boto3/1.35" }),
      page("08:01:01", "ec2", "DescribeVpcs", { userAgent: "Boto3/1.35" }),
      page("08:01:02", "iam", "ListUsers", { userAgent: "Boto3/1.35" }),
    ],
    rows: [
      ["maria", "2 reads: ec2", "DescribeInstances and DescribeVpcs", 2, "success", "within 1 s"],
      ["maria", "iam:ListUsers", undefined, 1, "success", undefined],
    ],
  },
  {
    name: "tells of pauses, new addresses and new clients",
    logs: [
      page("08:01:00", "ec2", "DescribeVpcs"),
      page("08:31:00", "ec2", "DescribeVpcs", from("192.0.2.66"), { userAgent: "aws-cli/2.15" }),
      page("08:32:00", "ec2", "DescribeTags"),
    ],
    rows: [
      ["maria", "ec2:DescribeVpcs", undefined, 1, "success", undefined],
      [
        "maria",
        "ec2:DescribeVpcs",
        undefined,
        1,
        "success",
        "after a pause of 30 min; from a new address; with a new client",
      ],
      ["maria", "ec2:DescribeTags", undefined, 1, "success", undefined],
    ],
  },
  {
    name: "goes on in the role that was assumed",
    logs: [
      login,
      assuming(admin, byUserSession("maria", "08:00:00", "ASIASWITCH"), chrome),
      event(
        bySession(admin),
        at(time("09:10:30")),
        calling("CreateUser"),
        on({ userName: "x" }),
        chrome,
      ),
    ],
    what: "login",
    scope: { options: { story: true } },
    rows: [
      ["maria", "signin:ConsoleLogin", undefined, 1, "success", undefined],
      [
        "maria",
        "sts:AssumeRole",
        "arn:aws:iam::111122223333:role/team/Admin",
        1,
        "success",
        "after a pause of 1 h 10 min; goes on as Admin / maria (ASIAADMIN)",
      ],
      ["Admin / maria", "ec2:CreateUser", "x", 1, "success", undefined],
    ],
  },
  {
    name: "stays with the session alone if asked to",
    logs: [
      login,
      assuming(admin, byUserSession("maria", "08:00:00", "ASIASWITCH"), chrome),
      event(bySession(admin), at(time("09:10:30")), calling("CreateUser"), chrome),
    ],
    what: "login",
    scope: { options: { story: true, alone: true }, filter: filterFromFlags({ readOnly: false }) },
    rows: [["maria", "signin:ConsoleLogin", undefined, 1, "success", undefined]],
  },
];

describe("show", () => {
  for (const { name, logs, what = "ASIA*", scope = {}, rows } of cases) {
    it(name, async () => {
      const { answer, rows: read } = await asked(show, logs, { arguments: [what], ...scope });
      const [section] = answer.sections;
      const places = columns.map((one) => section?.columns.findIndex((c) => c.name === one) ?? -1);
      const found = read
        .get("story")
        ?.map(({ cells }) =>
          places.map((place) => shownValue(cells[place] ?? { text: undefined })),
        );
      assert.deepEqual(found, rows);
    });
  }

  it("gives formats of whole records every event of a story", async () => {
    const logs = [page("08:01:00", "ec2", "DescribeVpcs"), page("08:01:01", "ec2", "DescribeTags")];
    const { answer } = await asked(show, logs, { arguments: ["ASIA*"] });
    assert.deepEqual(
      answer.sections[0]?.folded?.map(({ record }) => record),
      logs,
    );
  });

  it("counts the calls and tells who is behind them", async () => {
    const logs = [
      login,
      assuming(admin, byUserSession("maria", "08:00:00", "ASIASWITCH"), chrome),
      event(bySession(admin), at(time("09:10:30")), chrome, failing("AccessDenied")),
    ];
    const { answer } = await asked(show, logs, { arguments: ["login"], options: { story: true } });
    assert.deepEqual(answer.sentences, [
      "maria (IAM user, MFA) made 3 calls (1 write, 1 without success) from 2026-11-05 at 08:00:00 UTC to 2026-11-05 at 09:10:30 UTC.",
      "1 of the calls was made in the session that it went on as.",
    ]);
  });

  it("lists the sessions of a name that has several", async () => {
    const logs = [login, event(byUser("maria"), at(time("09:00:00")))];
    const { answer, rows } = await asked(show, logs, { arguments: ["maria"] });
    assert.deepEqual(answer.sentences, [
      "maria has 2 sessions in these logs, the latest first. Tell one by its event ID: " +
        "`trailhound show --story <eventID>`.",
    ]);
    assert.equal(rows.get("sessions")?.length, 2);
  });

  it("says so where there is no session to tell of", async () => {
    const logs = [event(byService("autoscaling"), withId("own"))];
    const { answer } = await asked(show, logs, { arguments: ["own"], options: { story: true } });
    assert.deepEqual(answer.sentences, [
      "autoscaling.amazonaws.com called without credentials, so the event is part of no session.",
    ]);
    assert.equal(answer.found, false);
  });

  it("refuses the bytes of a session", async () => {
    const logs = [event(byUser("maria"))];
    await assert.rejects(asked(show, logs, { arguments: ["maria"], options: { raw: true } }), {
      message: "--raw: maria is no event; --format records gives a session's records",
    });
  });
});

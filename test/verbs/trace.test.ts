import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { CloudTrailRecord } from "../../src/event/record.ts";
import { filterFromFlags } from "../../src/query/flags.ts";
import { trace } from "../../src/verbs/trace.ts";
import type { Scope } from "../../src/verbs/verb.ts";
import {
  assuming,
  byAccount,
  bySession,
  byUserSession,
  home,
  other,
  signingIn,
  time,
} from "../resolve/credentials.ts";
import {
  at,
  byUser,
  calling,
  event,
  failing,
  inAccount,
  on,
  to,
  withId,
} from "../support/events.ts";
import { asked, shownValue } from "./asked.ts";

const admin = { role: "OrgAdmin", session: "maria", key: "ASIAADMIN", began: "09:10:00" };
const deploy = { role: "Deploy", session: "ci", key: "ASIADEPLOY", began: "09:12:30" };
const deletion = event(
  bySession(deploy),
  to("s3"),
  calling("DeleteBucket"),
  at(time("09:14:00")),
  on({ bucketName: "orders" }),
  withId("deletion"),
);
const chain = [
  signingIn("maria", "09:00:00"),
  assuming(admin, byUserSession("maria", "09:00:00", "ASIACONSOLE1"), withId("admin")),
  assuming(deploy, bySession(admin), withId("deploy")),
  event(bySession(deploy), at(time("09:13:00")), withId("look")),
  deletion,
];

const mariaDeployed =
  "maria (IAM user, MFA) signed in to the console and assumed Deploy through OrgAdmin " +
  "on 2026-11-05 at 09:12:30 UTC from 203.0.113.7 with AWS CLI 2.15 " +
  `(AssumeRole, us-east-1, account ${home}), and then`;

interface Case {
  readonly name: string;
  readonly logs: readonly CloudTrailRecord[];
  readonly what: string;
  readonly scope?: Partial<Scope>;
  readonly sentences: readonly string[];
}

const cases: readonly Case[] = [
  {
    name: "tells the whole way to an event",
    logs: chain,
    what: "deletion",
    sentences: [
      `${mariaDeployed} called DeleteBucket on orders on 2026-11-05 at 09:14:00 UTC.`,
      "The session made 2 calls (1 write).",
    ],
  },
  {
    name: "tells what came of a key",
    logs: chain,
    what: "ASIADEPLOY",
    sentences: [
      `${mariaDeployed} made 2 calls (1 write) from 2026-11-05 at 09:13:00 UTC to 2026-11-05 at 09:14:00 UTC.`,
    ],
  },
  {
    name: "lets a filter narrow what came of it, and not the way there",
    logs: chain,
    what: `arn:aws:sts::${home}:assumed-role/Deploy/ci`,
    scope: { filter: filterFromFlags({ fields: { eventName: ["Terminate*"] } }) },
    sentences: [
      `${mariaDeployed} made 2 calls from 2026-11-05 at 09:13:00 UTC to 2026-11-05 at 09:14:00 UTC.`,
      "The session made no matching call, in these logs.",
    ],
  },
  {
    name: "goes on from the session that an event began",
    logs: chain,
    what: "admin",
    sentences: [
      "maria (IAM user, MFA) signed in to the console on 2026-11-05 at 09:00:00 UTC from " +
        `203.0.113.7 with AWS CLI 2.15 (ConsoleLogin, us-east-1, account ${home}), and then called ` +
        `AssumeRole on arn:aws:iam::${home}:role/team/OrgAdmin on 2026-11-05 at 09:10:00 UTC.`,
      "The session OrgAdmin / maria that it issued and the 1 that it led to made 3 calls (1 write).",
    ],
  },
  {
    name: "lists the sessions of a name that has several",
    logs: chain,
    what: "maria",
    sentences: ["maria has 2 sessions in these logs, the latest first. Trace one by its event ID."],
  },
  {
    name: "says that a call was tried, by whom directly",
    logs: [event(byUser("bob"), calling("StopLogging"), failing("AccessDenied"), withId("try"))],
    what: "try",
    sentences: [
      "bob (IAM user) tried StopLogging on 2026-11-05 at 09:14:03 UTC from 203.0.113.7 with " +
        `AWS CLI 2.15 (denied, AccessDenied, us-east-1, account ${home}).`,
      "The session made 1 call (1 write, 1 without success).",
    ],
  },
  {
    name: "says what nobody can know from logs that begin too late",
    logs: [deletion],
    what: "deletion",
    sentences: [
      "Somebody unknown behind Deploy / ci called DeleteBucket on orders on 2026-11-05 at " +
        `09:14:00 UTC from 203.0.113.7 with AWS CLI 2.15 (success, us-east-1, account ${home}).`,
      "The call that began the session on 2026-11-05 at 09:12:30 UTC is not in these logs, which " +
        `begin later; the logs of account ${home} should have it.`,
      "The session made 1 call (1 write).",
    ],
  },
  {
    name: "says whose logs would tell",
    logs: [
      assuming(deploy, byAccount(other, "AIDAMARIA"), inAccount(home), { sharedEventID: "s" }),
      deletion,
    ],
    what: "deletion",
    sentences: [
      `Somebody of account ${other} (AIDAMARIA) assumed Deploy on 2026-11-05 at 09:12:30 UTC from ` +
        `203.0.113.7 with AWS CLI 2.15 (AssumeRole, us-east-1, account ${home}), and then called ` +
        "DeleteBucket on orders on 2026-11-05 at 09:14:00 UTC.",
      `Who that was, only the logs of account ${other} can tell.`,
      "The session made 1 call (1 write).",
    ],
  },
  {
    name: "finds the caller of any call in the other account's copy of it",
    logs: [
      event(byAccount(other, "AIDAMARIA"), withId("ours"), { sharedEventID: "s" }),
      event(byUser("maria"), withId("theirs"), { sharedEventID: "s" }, inAccount(other)),
    ],
    what: "ours",
    sentences: [
      "maria (IAM user) called DescribeInstances on 2026-11-05 at 09:14:03 UTC from 203.0.113.7 " +
        `with AWS CLI 2.15 (success, us-east-1, account ${home}).`,
      "The session made 1 call (no writes).",
    ],
  },
  {
    name: "keeps two origins apart where nothing tells which",
    logs: [
      assuming(deploy, byUser("ana")),
      assuming({ ...deploy, key: "ASIATWO" }, byUser("joe")),
      event(bySession({ ...deploy, key: "ASIATHREE" }), calling("StopLogging"), withId("stop")),
    ],
    what: "stop",
    sentences: [
      "ana (IAM user) or joe (IAM user) assumed Deploy on 2026-11-05 at 09:12:30 UTC, and then " +
        "called StopLogging on 2026-11-05 at 09:14:03 UTC from 203.0.113.7 (us-east-1, account " +
        "111122223333).",
      "The logs cannot tell which: 2 calls in the same second issued such credentials.",
      "The session made 1 call (1 write).",
    ],
  },
  {
    name: "tells who created a key that nobody used",
    logs: [
      event(byUser("mallory"), to("iam"), calling("CreateAccessKey"), {
        responseElements: { accessKey: { accessKeyId: "AKIANEW", userName: "backup" } },
      }),
    ],
    what: "AKIANEW",
    sentences: [
      "backup (IAM user, key made by mallory) made no call that is in these logs.",
      "The access key AKIANEW was created by mallory on 2026-11-05 at 09:14:03 UTC.",
      "The session made no call, in these logs.",
    ],
  },
  {
    name: "finds nothing where there is nothing",
    logs: chain,
    what: "nobody",
    sentences: ["No event, key, session or identity is called nobody, in these logs."],
  },
];

describe("trace", () => {
  for (const { name, logs, what, scope, sentences } of cases) {
    it(name, async () => {
      const { answer } = await asked(trace, logs, { arguments: [what], ...scope });
      assert.deepEqual(answer.sentences, sentences);
      assert.equal(answer.found, what !== "nobody");
    });
  }

  it("shows the way with what ties each call to the next", async () => {
    const { rows } = await asked(trace, chain, { arguments: ["deletion"] });
    assert.deepEqual(
      rows.get("chain")?.map(({ cells }) => [1, 2, 6, 7, 8].map((at) => cells[at]?.text)),
      [
        [
          "maria",
          "signin:ConsoleLogin",
          chain[0]?.["eventID"],
          "same session and second",
          "certain",
        ],
        ["maria", "sts:AssumeRole", "admin", "issued the access key", "certain"],
        ["OrgAdmin / maria", "sts:AssumeRole", "deploy", "issued the access key", "certain"],
        ["Deploy / ci", "s3:DeleteBucket", "deletion", undefined, undefined],
      ],
    );
  });

  it("shows what came of it as a tree, cut at the limit", async () => {
    const scope = { arguments: ["admin"], limit: 1 };
    const { rows } = await asked(trace, chain, scope);
    assert.deepEqual(
      rows.get("forward")?.map(({ cells }) => cells.slice(0, 3).map(shownValue)),
      [
        ["OrgAdmin / maria (AssumeRole)", undefined, 1],
        ["└ AssumeRole", `arn:aws:iam::${home}:role/team/Deploy`, 1],
        ["└ Deploy / ci (AssumeRole)", undefined, 2],
        ["  └ DeleteBucket", "orders", 1],
        ["  └ and 1 more kind of call", undefined, 1],
      ],
    );
  });

  it("does not count a call to either of two sessions that it may be of", async () => {
    const logs = [
      assuming(deploy, byUser("ana"), withId("begun")),
      assuming({ ...deploy, key: "ASIATWO" }, byUser("joe")),
      event(bySession(deploy)),
      event(bySession({ ...deploy, key: "ASIATHREE" })),
    ];
    const { rows } = await asked(trace, logs, { arguments: ["begun"] });
    assert.deepEqual(
      rows.get("forward")?.map(({ cells }) => [cells[0], cells[2]].map((cell) => cell?.text)),
      [
        ["Deploy / ci (AssumeRole)", "1"],
        ["└ DescribeInstances", "1"],
        ["└ and calls of this session or another like it", "1"],
      ],
    );
  });

  it("gives programs the same", async () => {
    const { answer } = await asked(trace, chain.slice(2), { arguments: ["deletion"] });
    assert.deepEqual(answer.facts, {
      origins: [
        {
          name: "OrgAdmin / maria",
          arn: `arn:aws:sts::${home}:assumed-role/OrgAdmin/maria`,
          account: home,
          kind: "unknown",
          evidence: null,
          proven: false,
          missing: { account: home, when: time("09:10:00") },
        },
      ],
      hops: [
        {
          join: "key",
          certainty: "certain",
          calls: [{ eventID: "deploy", event: "AssumeRole", who: "OrgAdmin / maria" }],
        },
      ],
    });
  });
});

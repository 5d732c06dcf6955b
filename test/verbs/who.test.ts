import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { CloudTrailRecord, JsonObject } from "../../src/event/record.ts";
import { filterFromFlags } from "../../src/query/flags.ts";
import { UserError } from "../../src/query/user-error.ts";
import { who } from "../../src/verbs/who.ts";
import {
  at,
  byRole,
  byService,
  byUser,
  calling,
  event,
  failing,
  from,
  inRegion,
  on,
  to,
  withId,
} from "../support/events.ts";
import { asked } from "./asked.ts";

const bucket = on({ bucketName: "orders" });
const deletion = (...parts: readonly JsonObject[]) =>
  event(to("s3"), calling("DeleteBucket"), bucket, ...parts);
const noon = at("2026-11-05T12:00:00Z");
const later = at("2026-11-05T13:00:00Z");
const earlier = at("2026-11-05T11:00:00Z");

interface Case {
  readonly name: string;
  readonly deed?: string;
  readonly resource?: string;
  readonly events: readonly CloudTrailRecord[];
  readonly sentences: readonly string[];
  readonly found?: boolean;
  readonly hints?: readonly string[];
}

const aliceDeleted =
  "alice deleted orders on 2026-11-05 at 12:00:00 UTC from 203.0.113.7 with AWS CLI 2.15 " +
  "(DeleteBucket, us-east-1, account 111122223333).";

const cases: readonly Case[] = [
  {
    name: "names who, what, when, from where and with what",
    events: [deletion(noon)],
    sentences: [aliceDeleted],
  },
  {
    name: "answers with the newest and says how often",
    events: [deletion(byUser("bob"), earlier), deletion(noon)],
    sentences: [aliceDeleted, "That is the newest of 2 times that it was deleted."],
  },
  {
    name: "tells attempts before from attempts after",
    events: [
      deletion(byRole("Deploy", "ci"), earlier, failing("AccessDenied")),
      deletion(noon),
      deletion(byUser("bob"), later, failing("NoSuchBucket")),
    ],
    sentences: [
      aliceDeleted,
      "Before that, 1 attempt was denied, by Deploy / ci on 2026-11-05 at 11:00:00 UTC (AccessDenied).",
      "After that, 1 attempt failed, by bob on 2026-11-05 at 13:00:00 UTC (NoSuchBucket).",
    ],
  },
  {
    name: "lets one success in the same second win",
    events: [deletion(noon), deletion(byUser("bob"), noon, failing("NoSuchBucket"))],
    sentences: [
      aliceDeleted,
      "After that, 1 attempt failed, by bob on 2026-11-05 at 12:00:00 UTC (NoSuchBucket).",
    ],
  },
  {
    name: "finds nobody where all were denied, and finds the attempts",
    events: [
      deletion(byUser("bob"), earlier, failing("AccessDenied")),
      deletion(byUser("carol"), noon, failing("AccessDenied")),
    ],
    sentences: [
      "Nobody deleted orders, in these logs.",
      "2 attempts to delete it were denied, by carol and bob, the newest on 2026-11-05 at 12:00:00 UTC (AccessDenied).",
    ],
  },
  {
    name: "counts a dry run as an attempt",
    resource: "i-0123456789abcdef0",
    events: [
      event(
        calling("TerminateInstances"),
        on({ instancesSet: { items: [{ instanceId: "i-0123456789abcdef0" }] } }),
        failing("Client.DryRunOperation"),
        noon,
      ),
    ],
    sentences: [
      "Nobody deleted i-0123456789abcdef0, in these logs.",
      "1 attempt to delete it was a dry run that changed nothing, by alice on 2026-11-05 at 12:00:00 UTC (Client.DryRunOperation).",
    ],
  },
  {
    name: "keeps deletions of parts apart",
    events: [deletion(noon), event(to("s3"), calling("DeleteBucketPolicy"), bucket, earlier)],
    sentences: [aliceDeleted, "Parts of it were deleted too: bucket policy by alice."],
  },
  {
    name: "is not misled by a longer name",
    resource: "order",
    events: [deletion(noon)],
    sentences: ["Nobody deleted order, in these logs."],
    found: false,
    hints: ["Did you mean orders?"],
  },
  {
    name: "says when the resource was last seen",
    events: [event(to("s3"), calling("GetBucketAcl"), bucket, noon)],
    sentences: [
      "Nobody deleted orders, in these logs.",
      "It was last seen on 2026-11-05 at 12:00:00 UTC: GetBucketAcl by alice; 1 event mentions it.",
    ],
    found: false,
  },
  {
    name: "names what was meant by a pattern",
    resource: "ord*",
    events: [deletion(noon)],
    sentences: [aliceDeleted],
  },
  {
    name: "names the service that made the call for somebody",
    events: [
      deletion(noon, {
        userIdentity: {
          type: "IAMUser",
          userName: "alice",
          invokedBy: "cloudformation.amazonaws.com",
        },
        sourceIPAddress: "cloudformation.amazonaws.com",
        userAgent: "cloudformation.amazonaws.com",
      }),
    ],
    sentences: [
      "alice, through cloudformation.amazonaws.com, deleted orders on 2026-11-05 at 12:00:00 UTC with CloudFormation (DeleteBucket, us-east-1, account 111122223333).",
    ],
  },
  {
    name: "answers for an event that says next to nothing",
    events: [
      deletion({
        ...from(undefined),
        ...at("redacted"),
        userIdentity: null,
        userAgent: undefined,
        awsRegion: undefined,
        recipientAccountId: undefined,
      }),
    ],
    sentences: ["Somebody unknown deleted orders at a time the log does not tell (DeleteBucket)."],
  },
  {
    name: "takes the word for another deed",
    deed: "made",
    events: [event(to("s3"), calling("CreateBucket"), bucket, byService("backup"), noon)],
    sentences: [
      "backup.amazonaws.com created orders on 2026-11-05 at 12:00:00 UTC from backup.amazonaws.com with backup.amazonaws.com (CreateBucket, us-east-1, account 111122223333).",
    ],
  },
];

describe("who", () => {
  for (const { name, deed = "deleted", resource = "orders", events, ...expected } of cases) {
    it(name, async () => {
      const { answer } = await asked(who, events, { arguments: [deed, resource] });
      const { sentences, found, hints } = answer;
      assert.deepEqual({ sentences, found, hints }, { found: true, hints: [], ...expected });
    });
  }

  it("puts each call into its section, newest first, and marks the decisive one", async () => {
    const events = [
      deletion(withId("first"), earlier),
      deletion(withId("second"), noon),
      deletion(withId("denied"), failing("AccessDenied")),
      event(to("s3"), calling("DeleteBucketPolicy"), bucket, withId("policy")),
      event(
        calling("DeleteDBInstance"),
        withId("database"),
        on({
          dBInstanceIdentifier: "shop",
          finalDBSnapshotIdentifier: "orders",
        }),
      ),
    ];
    const { rows } = await asked(who, events, { arguments: ["deleted", "orders"] });
    const marks = Array.from(rows, ([section, all]) => [
      section,
      ...all.map(({ mark, cells }) => `${cells.at(-1)?.text} ${mark}`),
    ]);
    assert.deepEqual(marks, [
      ["events", "second decisive", "first succeeded"],
      ["attempts", "denied denied"],
      ["parts", "policy succeeded"],
      ["mentions", "database succeeded"],
      ["seen"],
    ]);
  });

  it("says for machines what the sentences say", async () => {
    const { answer } = await asked(who, [deletion(noon, withId("a"))], {
      arguments: ["terminated", "orders"],
    });
    assert.deepEqual(answer.facts, {
      deed: "deleted",
      resource: "orders",
      verdict: "done",
      times: 1,
      attempts: 0,
      parts: 0,
      mentions: 0,
      who: "alice",
      arn: "arn:aws:iam::111122223333:user/alice",
      when: "2026-11-05T12:00:00Z",
      from: "203.0.113.7",
      client: "AWS CLI 2.15",
      event: "DeleteBucket",
      region: "us-east-1",
      account: "111122223333",
      eventID: "a",
    });
  });

  it("looks only where the flags say, and says that they may hide the answer", async () => {
    const filter = filterFromFlags({ fields: { awsRegion: ["eu-west-1"] } });
    const { answer } = await asked(who, [deletion(inRegion("us-east-1"))], {
      arguments: ["deleted", "orders"],
      filter,
    });
    assert.equal(answer.found, false);
    assert.match(answer.hints.at(-1) ?? "", /^Other regions were left out/);
  });

  it("says that objects leave no trace without data events", async () => {
    const question = { arguments: ["deleted", "s3://orders/2026.csv"] };
    const without = await asked(who, [deletion()], question);
    assert.match(without.answer.hints.join(), /data events/);
    const data = event(to("s3"), calling("GetObject"), { eventCategory: "Data" });
    const having = await asked(who, [deletion(), data], question);
    assert.doesNotMatch(having.answer.hints.join(), /data events/);
  });

  it("names the deeds there are when asked for another", async () => {
    await assert.rejects(
      asked(who, [], { arguments: ["killed", "orders"] }),
      (error) => error instanceof UserError && /who deleted, created, changed/.test(error.message),
    );
  });
});

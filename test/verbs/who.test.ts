import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { CloudTrailRecord, JsonObject } from "../../src/event/record.ts";
import { filterFromFlags } from "../../src/query/flags.ts";
import { UserError } from "../../src/query/user-error.ts";
import { who } from "../../src/verbs/who.ts";
import { assuming, byAccount, bySession, home, other } from "../resolve/credentials.ts";
import {
  at,
  byRole,
  byService,
  byUser,
  calling,
  event,
  failing,
  from,
  inAccount,
  inRegion,
  on,
  to,
  withId,
} from "../support/events.ts";
import { asked } from "./asked.ts";

const bucket = on({ bucketName: "orders" });
const deletion = (...parts: readonly JsonObject[]) =>
  event(to("s3"), calling("DeleteBucket"), bucket, ...parts);
const deploy = { role: "Deploy", session: "ci", key: "ASIADEPLOY", began: "11:58:00" };
const noon = at("2026-11-05T12:00:00Z");
const later = at("2026-11-05T13:00:00Z");
const earlier = at("2026-11-05T11:00:00Z");

const terminating = (when: JsonObject, before: string, after: string) => {
  const instanceId = "i-0123456789abcdef0";
  const change = { instanceId, previousState: { name: before }, currentState: { name: after } };
  return event(
    calling("TerminateInstances"),
    on({ instancesSet: { items: [{ instanceId }] } }),
    { responseElements: { instancesSet: { items: [change] } } },
    when,
  );
};

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
    sentences: [aliceDeleted, "That is the newest of 2 such calls, by alice and bob."],
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
      "Before that, 1 attempt was denied, by Deploy / ci on 2026-11-05 at 11:00:00 UTC from 203.0.113.7 with AWS CLI 2.15 (DeleteBucket, AccessDenied).",
      "After that, 1 attempt failed, by bob on 2026-11-05 at 13:00:00 UTC from 203.0.113.7 with AWS CLI 2.15 (DeleteBucket, NoSuchBucket).",
    ],
  },
  {
    name: "lets one success in the same second win",
    events: [deletion(noon), deletion(byUser("bob"), noon, failing("NoSuchBucket"))],
    sentences: [
      aliceDeleted,
      "After that, 1 attempt failed, by bob on 2026-11-05 at 12:00:00 UTC from 203.0.113.7 with AWS CLI 2.15 (DeleteBucket, NoSuchBucket).",
    ],
  },
  {
    name: "names whoever is behind a role's session, and how they came to it",
    events: [
      deletion(noon, bySession(deploy), withId("done")),
      assuming(deploy, byUser("maria"), at("2026-11-05T11:58:00Z")),
    ],
    sentences: [
      "maria (IAM user), as Deploy / ci, deleted orders on 2026-11-05 at 12:00:00 UTC from 203.0.113.7 with AWS CLI 2.15 (DeleteBucket, us-east-1, account 111122223333).",
      "maria assumed Deploy on 2026-11-05 at 11:58:00 UTC from 203.0.113.7 with AWS CLI 2.15 (AssumeRole, us-east-1, account 111122223333).",
    ],
    hints: ["What else that session did: trailhound trace done"],
  },
  {
    name: "counts the attempts of somebody's sessions as that person's",
    events: [
      deletion(noon),
      deletion(earlier, bySession(deploy), failing("AccessDenied")),
      deletion(at("2026-11-05T11:00:01Z"), byUser("maria"), failing("AccessDenied")),
      assuming(deploy, byUser("maria"), at("2026-11-05T11:58:00Z")),
    ],
    sentences: [
      aliceDeleted,
      "Before that, 2 attempts were denied, by maria, the newest on 2026-11-05 at 11:00:01 UTC from 203.0.113.7 with AWS CLI 2.15 (DeleteBucket, AccessDenied).",
    ],
  },
  {
    name: "says that a session's name is a claim and where its beginning would be",
    events: [deletion(noon, bySession({ ...deploy, session: "joe@example.com" }), withId("done"))],
    sentences: [
      "Deploy / joe@example.com deleted orders on 2026-11-05 at 12:00:00 UTC from 203.0.113.7 with AWS CLI 2.15 (DeleteBucket, us-east-1, account 111122223333).",
      "Whoever began the session chose its name: a claim, no proof.",
      "The call that began the session on 2026-11-05 at 11:58:00 UTC is not in these logs, which begin later; the logs of account 111122223333 should have it.",
    ],
    hints: ["What else that session did: trailhound trace done"],
  },
  {
    name: "takes the copies that two accounts have of one call for one",
    events: [
      deletion(noon, { sharedEventID: "s" }),
      deletion(noon, inAccount(other), byAccount(home, "AIDAALICE"), { sharedEventID: "s" }),
    ],
    sentences: [aliceDeleted],
  },
  {
    name: "finds nobody where all were denied, and finds the attempts",
    events: [
      deletion(byUser("bob"), earlier, failing("AccessDenied")),
      deletion(byUser("carol"), noon, failing("AccessDenied")),
    ],
    sentences: [
      "Nobody deleted orders, in these logs.",
      "2 attempts to delete it were denied, by carol and bob; the newest by carol on 2026-11-05 at 12:00:00 UTC from 203.0.113.7 with AWS CLI 2.15 (DeleteBucket, AccessDenied, us-east-1, account 111122223333).",
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
      "1 attempt to delete it was a dry run that changed nothing, by alice on 2026-11-05 at 12:00:00 UTC from 203.0.113.7 with AWS CLI 2.15 (TerminateInstances, Client.DryRunOperation, us-east-1, account 111122223333).",
    ],
  },
  {
    name: "keeps deletions of parts apart",
    events: [deletion(noon), event(to("s3"), calling("DeleteBucketPolicy"), bucket, earlier)],
    sentences: [
      aliceDeleted,
      "Parts of it were deleted too: bucket policy by alice on 2026-11-05 at 11:00:00 UTC.",
    ],
  },
  {
    name: "tells deletions of parts that came to nothing",
    resource: "maria",
    events: [
      ...["DeleteLoginProfile", "DeleteUserPolicy", "RemoveUserFromGroup"].map((eventName) =>
        event(to("iam"), calling(eventName), on({ userName: "maria", groupName: "ops" }), noon),
      ),
      event(
        to("iam"),
        calling("DeleteAccessKey"),
        on({ userName: "maria" }),
        failing("AccessDenied"),
        later,
      ),
    ],
    sentences: [
      "Nobody deleted maria, in these logs.",
      "Parts of it were deleted: user policy and login profile by alice, the newest on 2026-11-05 at 12:00:00 UTC.",
      "It was taken out of the group ops by alice on 2026-11-05 at 12:00:00 UTC (RemoveUserFromGroup).",
      "On parts of it, 1 attempt was denied, by alice on 2026-11-05 at 13:00:00 UTC from 203.0.113.7 with AWS CLI 2.15 (DeleteAccessKey, AccessDenied, us-east-1, account 111122223333).",
    ],
  },
  {
    name: "counts what was done to a part, where that is done to the whole",
    deed: "changed",
    events: [
      event(to("s3"), calling("PutBucketPolicy"), bucket, noon),
      event(to("s3"), calling("PutBucketAcl"), bucket, failing("AccessDenied"), earlier),
    ],
    sentences: [
      "alice changed orders on 2026-11-05 at 12:00:00 UTC from 203.0.113.7 with AWS CLI 2.15 (PutBucketPolicy, us-east-1, account 111122223333).",
      "Before that, 1 attempt was denied, by alice on 2026-11-05 at 11:00:00 UTC from 203.0.113.7 with AWS CLI 2.15 (PutBucketAcl, AccessDenied).",
    ],
  },
  {
    name: "says what was attached",
    deed: "attached",
    resource: "maria",
    events: [
      event(
        to("iam"),
        calling("AttachUserPolicy"),
        on({ userName: "maria", policyArn: "arn:aws:iam::aws:policy/Admin" }),
        noon,
      ),
    ],
    sentences: [
      "alice attached maria on 2026-11-05 at 12:00:00 UTC from 203.0.113.7 with AWS CLI 2.15 (AttachUserPolicy on arn:aws:iam::aws:policy/Admin, us-east-1, account 111122223333).",
    ],
  },
  {
    name: "says that a deletion is still to come",
    resource: "prod/db",
    events: [
      event(
        to("secretsmanager"),
        calling("DeleteSecret"),
        on({ secretId: "prod/db", recoveryWindowInDays: 7 }),
        noon,
      ),
    ],
    sentences: [
      "alice scheduled the deletion of prod/db on 2026-11-05 at 12:00:00 UTC from 203.0.113.7 with AWS CLI 2.15 (DeleteSecret, us-east-1, account 111122223333).",
      "It is scheduled to be deleted on 2026-11-12 at 12:00:00 UTC; until then RestoreSecret saves it.",
    ],
  },
  {
    name: "knows the services whose ARNs are named otherwise",
    resource: "arn:aws:cloudwatch:us-east-1:111122223333:alarm:errors",
    events: [
      event(to("monitoring"), calling("DeleteAlarms"), on({ alarmNames: ["errors"] }), noon),
    ],
    sentences: [
      "alice deleted arn:aws:cloudwatch:us-east-1:111122223333:alarm:errors on 2026-11-05 at 12:00:00 UTC from 203.0.113.7 with AWS CLI 2.15 (DeleteAlarms, us-east-1, account 111122223333).",
    ],
  },
  {
    name: "takes the address of a bucket for the bucket",
    resource: "https://orders.s3.eu-west-1.amazonaws.com/",
    events: [
      deletion(noon),
      event(to("dynamodb"), calling("DeleteTable"), on({ tableName: "orders" })),
    ],
    sentences: [
      "alice deleted https://orders.s3.eu-west-1.amazonaws.com/ on 2026-11-05 at 12:00:00 UTC from 203.0.113.7 with AWS CLI 2.15 (DeleteBucket, us-east-1, account 111122223333).",
    ],
  },
  {
    name: "takes a queue's URL for the queue",
    resource: "https://sqs.us-east-1.amazonaws.com/111122223333/jobs",
    events: [
      event(
        to("sqs"),
        calling("DeleteQueue"),
        on({ queueUrl: "https://sqs.us-east-1.amazonaws.com/111122223333/jobs" }),
        noon,
      ),
    ],
    sentences: [
      "alice deleted https://sqs.us-east-1.amazonaws.com/111122223333/jobs on 2026-11-05 at 12:00:00 UTC from 203.0.113.7 with AWS CLI 2.15 (DeleteQueue, us-east-1, account 111122223333).",
    ],
  },
  {
    name: "names the account of a caller from another one",
    events: [deletion(noon, inAccount("444455556666"))],
    sentences: [
      "alice of account 111122223333 deleted orders on 2026-11-05 at 12:00:00 UTC from 203.0.113.7 with AWS CLI 2.15 (DeleteBucket, us-east-1, account 444455556666).",
    ],
  },
  {
    name: "is not misled by a longer name",
    resource: "order",
    events: [deletion(noon)],
    sentences: ["Nobody deleted order, in these logs: no event mentions it."],
    found: false,
    hints: ["Did you mean orders?"],
  },
  {
    name: "says when the resource was last mentioned",
    events: [event(to("s3"), calling("GetBucketAcl"), bucket, noon)],
    sentences: [
      "Nobody deleted orders, in these logs.",
      "Last mentioned on 2026-11-05 at 12:00:00 UTC: GetBucketAcl by alice; 1 event mentions it.",
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
      "alice, through cloudformation.amazonaws.com, deleted orders on 2026-11-05 at 12:00:00 UTC (DeleteBucket, us-east-1, account 111122223333).",
      "CloudFormation did it for alice; the call that told it to is not in these logs.",
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
    name: "says where it may have been among others",
    resource: "orders/2026/05.csv",
    events: [
      event(to("s3"), calling("DeleteObjects"), bucket, byUser("bob"), earlier),
      event(to("s3"), calling("DeleteObjects"), bucket, noon),
      event(to("s3"), calling("DeleteObjects"), bucket, later, failing("AccessDenied")),
    ],
    sentences: [
      "No call that deleted orders/2026/05.csv is in these logs.",
      "It may have been among what alice deleted in orders on 2026-11-05 at 12:00:00 UTC from 203.0.113.7 with AWS CLI 2.15 (DeleteObjects, us-east-1, account 111122223333), the newest of 2 such calls: the log does not say which.",
    ],
  },
  {
    name: "takes what a batch could not do for an attempt",
    resource: "v2",
    events: [
      event(
        to("ecr"),
        calling("BatchDeleteImage"),
        on({ repositoryName: "shop", imageIds: [{ imageTag: "v1" }, { imageTag: "v2" }] }),
        { responseElements: { failures: [{ imageId: { imageTag: "v2" }, failureCode: "X" }] } },
        noon,
      ),
    ],
    sentences: [
      "Nobody deleted v2, in these logs.",
      "1 attempt to delete it failed, by alice on 2026-11-05 at 12:00:00 UTC from 203.0.113.7 with AWS CLI 2.15 (BatchDeleteImage, X, us-east-1, account 111122223333).",
    ],
  },
  {
    name: "gives no credit to who terminates the dead",
    resource: "i-0123456789abcdef0",
    events: [
      terminating(noon, "running", "shutting-down"),
      terminating(later, "terminated", "terminated"),
    ],
    sentences: [
      "alice deleted i-0123456789abcdef0 on 2026-11-05 at 12:00:00 UTC from 203.0.113.7 with AWS CLI 2.15 (TerminateInstances, us-east-1, account 111122223333).",
      "1 call found it deleted already, by alice on 2026-11-05 at 13:00:00 UTC from 203.0.113.7 with AWS CLI 2.15 (TerminateInstances).",
    ],
  },
  {
    name: "takes the word for another deed",
    deed: "made",
    events: [event(to("s3"), calling("CreateBucket"), bucket, byService("backup"), noon)],
    sentences: [
      "backup.amazonaws.com created orders on 2026-11-05 at 12:00:00 UTC (CreateBucket, us-east-1, account 111122223333).",
      "AWS Backup did it, and no call in these logs told it to: perhaps an older plan did.",
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
      ["idle"],
      ["ends"],
      ["parts", "policy succeeded"],
      ["possible"],
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
      idle: 0,
      parts: 0,
      possible: 0,
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
      behind: {
        origins: [
          {
            name: "alice",
            arn: "arn:aws:iam::111122223333:user/alice",
            account: "111122223333",
            kind: "person",
            evidence: "IAM user",
            proven: true,
            missing: null,
          },
        ],
        hops: [],
      },
      fate: { kind: "deleted", decisive: "a", by: "alice", when: "2026-11-05T12:00:00Z" },
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

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { CloudTrailRecord } from "../../src/event/record.ts";
import { policy } from "../../src/verbs/policy.ts";
import { byRole, byRoot, byUser, calling, event, failing, on, to } from "../support/events.ts";
import { asked } from "./asked.ts";

interface Case {
  readonly name: string;
  readonly records: readonly CloudTrailRecord[];
  /** `Sid: actions: resources`. */
  readonly statements: readonly string[];
}

const table = on({ tableName: "orders" });
const get = (key: string) =>
  event(to("s3"), calling("GetObject"), on({ bucketName: "orders", key }));

const cases: readonly Case[] = [
  {
    name: "has one statement for the actions on the same resources, in order",
    records: [
      event(to("dynamodb"), calling("PutItem"), table),
      event(to("dynamodb"), calling("GetItem"), table),
      event(to("dynamodb"), calling("GetItem"), table),
      event(to("dynamodb"), calling("GetItem"), on({ tableName: "orders" })),
    ],
    statements: [
      "DynamodbTableOrders: dynamodb:GetItem dynamodb:PutItem: arn:aws:dynamodb:us-east-1:111122223333:table/orders",
    ],
  },
  {
    name: "has what succeeded by anyone else not in it, nor what did not succeed",
    records: [
      event(byUser("bob"), to("dynamodb"), calling("PutItem"), table),
      event(to("dynamodb"), calling("DeleteTable"), table, failing("AccessDenied")),
      event(to("dynamodb"), calling("UpdateTable"), table, failing("ResourceInUseException")),
    ],
    statements: [],
  },
  {
    name: "names buckets and the objects in them",
    records: [
      event(to("s3"), calling("ListObjectsV2"), on({ bucketName: "orders" })),
      get("a"),
      get("b"),
    ],
    statements: [
      "S3OrdersObjects: s3:GetObject: arn:aws:s3:::orders/*",
      "S3Orders: s3:ListBucket: arn:aws:s3:::orders",
    ],
  },
  {
    name: "takes * where the logs tell no resource",
    records: [event(calling("RunInstances"), on({})), event(calling("DescribeInstances"))],
    statements: ["Ec2OnAnything: ec2:DescribeInstances ec2:RunInstances: *"],
  },
  {
    name: "takes * for an action that was once on something untold",
    records: [
      event(to("dynamodb"), calling("GetItem"), table),
      event(to("dynamodb"), calling("GetItem"), on({})),
    ],
    statements: ["DynamodbOnAnything: dynamodb:GetItem: *"],
  },
  {
    name: "puts very many resources of a kind together",
    records: Array.from({ length: 60 }, (_, i) =>
      event(to("dynamodb"), calling("GetItem"), on({ tableName: `t${i}` })),
    ),
    statements: [
      "DynamodbTable: dynamodb:GetItem: arn:aws:dynamodb:us-east-1:111122223333:table/*",
    ],
  },
  {
    name: "keeps a wildcard of the log from being one of the policy",
    records: [event(to("dynamodb"), calling("GetItem"), on({ tableName: "*$?" }))],
    statements: [
      `DynamodbTable: dynamodb:GetItem: arn:aws:dynamodb:us-east-1:111122223333:table/\${*}\${$}\${?}`,
    ],
  },
  {
    name: "names statements for people, each otherwise",
    records: [
      event(to("sqs"), calling("CreateQueue"), on({ queueName: "a-b" })),
      event(to("sqs"), calling("GetQueueUrl"), on({ queueName: "a_b" })),
    ],
    statements: [
      "SqsAB: sqs:CreateQueue: arn:aws:sqs:us-east-1:111122223333:a-b",
      "SqsAB2: sqs:GetQueueUrl: arn:aws:sqs:us-east-1:111122223333:a_b",
    ],
  },
];

interface Facts {
  readonly document?: { readonly Statement: readonly Statement[] };
}
interface Statement {
  readonly Sid: string;
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
}

function written({ Sid, Action, Resource }: Statement): string {
  return [Sid, Action.join(" "), [Resource].flat().join(" ")].join(": ");
}

describe("policy", () => {
  for (const { name, records, statements } of cases) {
    it(name, async () => {
      const { answer } = await asked(policy, records, { arguments: ["alice"] });
      const { document }: Facts = answer.facts ?? {};
      assert.deepEqual(document?.Statement.map(written), statements);
      assert.equal(answer.found, statements.length > 0);
    });
  }

  const notes: readonly (readonly [
    note: RegExp,
    records: CloudTrailRecord | readonly CloudTrailRecord[],
  ])[] = [
    [/No data event is among the calls/, event()],
    [
      /made on its behalf.*cloudformation\.amazonaws\.com \(1\)/,
      through("cloudformation.amazonaws.com"),
    ],
    [
      /iam:PassRole, for arn:aws:iam::111122223333:role\/App\./,
      event(
        to("lambda"),
        calling("CreateFunction20150331"),
        on({ role: "arn:aws:iam::111122223333:role/App" }),
      ),
    ],
    [
      /iam:PassRole, for the role of instance profile App\./,
      event(calling("RunInstances"), on({ iamInstanceProfile: { name: "App" } })),
    ],
    [
      /No policy decides these: GetCallerIdentity\./,
      event(to("sts"), calling("GetCallerIdentity")),
    ],
    [/is not logged: ExecuteStatement\./, event(to("dynamodb"), calling("ExecuteStatement"))],
    [/should be narrowed by hand: ec2:RunInstances\./, event(calling("RunInstances"))],
    [/looks at all there are: ec2:DescribeInstances\./, event()],
    [/^No call of alice succeeded, in these logs: 1 was denied\./, event(failing("AccessDenied"))],
    [/1 dry run would have been allowed/, [event(), event(failing("Client.DryRunOperation"))]],
    [/^No call is by alice/, event(byUser("bob"))],
  ];
  for (const [note, records] of notes) {
    it(`notes ${note.source}`, async () => {
      const { answer } = await asked(policy, [records].flat(), { arguments: ["alice"] });
      assert.match(answer.sentences.join("\n"), new RegExp(note, "m"));
    });
  }

  function through(service: string): CloudTrailRecord {
    const { userIdentity } = event();
    return event({ userIdentity: { ...Object(userIdentity), invokedBy: service } });
  }

  it("says when a name is several identities", async () => {
    const records = [event(byUser("App")), event(byRole("App"))];
    const { answer } = await asked(policy, records, { arguments: ["App"] });
    assert.match(answer.sentences.join(), /App is 2 identities/);
  });

  it("says that root takes no policy", async () => {
    const { answer } = await asked(policy, [event(byRoot())], { arguments: ["*root"] });
    assert.match(answer.sentences.join(), /Root is among them/);
  });

  it("writes the document alone when asked for it", async () => {
    const { answer } = await asked(policy, [get("a")], {
      arguments: ["alice"],
      options: { document: true },
    });
    const { Statement } = JSON.parse(Buffer.from(answer.verbatim ?? []).toString());
    assert.equal(Statement.length, 1);
  });

  it("lists what was refused when asked for it", async () => {
    const refused = event(to("s3"), calling("DeleteBucket"), failing("AccessDenied"));
    const { rows } = await asked(policy, [refused, get("a")], {
      arguments: ["alice"],
      options: { withDenied: true },
    });
    assert.equal(rows.get("refused")?.[0]?.cells[0]?.text, "s3:DeleteBucket");
  });
});

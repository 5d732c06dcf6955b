import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Filter } from "../../src/query/filter.ts";
import { filterFromFlags } from "../../src/query/flags.ts";
import { possibleTerm, resourceNamed, resourceTerm } from "../../src/query/resource.ts";

function mentions(text: string): Filter {
  return { kind: "mentions", resource: { text, glob: /[*?]/.test(text) } };
}

/** An ARN, the fields that place what it names, and the names that calls give it. */
const arns: readonly (readonly [string, string, readonly string[]])[] = [
  [
    "arn:aws:dynamodb:eu-west-1:111122223333:table/orders",
    "service = dynamodb and region = eu-west-1 and account = 111122223333",
    ["orders"],
  ],
  ["arn:aws:s3:::orders", "service = s3", ["orders"]],
  ["arn:aws:s3:::orders/2026/11/*", "service = s3", ["orders", "2026/11/*"]],
  ["arn:aws:s3:::orders/*", "service = s3", ["orders"]],
  [
    "arn:aws:lambda:*:*:function:resize",
    "service = lambda and region = * and account = *",
    ["resize"],
  ],
  ["arn:aws:sqs:::queue", "service = sqs", ["queue"]],
  [
    "arn:aws:iam::111122223333:role/ops/Deploy",
    "service in (iam, sts) and account = 111122223333",
    ["Deploy"],
  ],
  ["arn:aws:cloudwatch:::alarm:errors", "service in (cloudwatch, monitoring)", ["errors"]],
  ["arn:aws:logs:::log-group:/aws/lambda/resize:*", "service = logs", ["/aws/lambda/resize"]],
  ["arn:aws:ecr:::repository/team/app", "service = ecr", ["team/app"]],
  ["arn:aws:ecs:::service/blue/web", "service = ecs", ["blue", "web"]],
  ["arn:aws:cloudformation:::stack/net/0a1b", "service = cloudformation", ["net"]],
  ["arn:aws:cloudformation:::stackset/net:0a1b", "service = cloudformation", ["net"]],
  [
    "arn:aws:eks:::nodegroup/blue/web/0a1b2c3d-0000-4000-8000-000000000000",
    "service = eks",
    ["blue", "web"],
  ],
  ["arn:aws:glue:::table/shop/orders", "service = glue", ["shop", "orders"]],
  ["arn:aws:logs:::log-group:shop:log-stream:web-1", "service = logs", ["shop", "web-1"]],
  ["arn:aws:apigateway:::/restapis/a1b2/stages/prod", "service = apigateway", ["a1b2", "prod"]],
  [
    "arn:aws:autoscaling:::autoScalingGroup:0a1b:autoScalingGroupName/web",
    "service = autoscaling",
    ["web"],
  ],
  ["arn:aws:wafv2:::regional/webacl/shop/0a1b", "service = wafv2", ["shop"]],
  ["arn:aws:mq:::broker:shop:b-1", "service in (mq, amazonmq)", ["b-1"]],
  ["arn:aws:secretsmanager:::secret:prod/db-AbC123", "service = secretsmanager", ["prod/db"]],
];

/** What stands for an ARN. */
const addresses: readonly (readonly [written: string, arn: string])[] = [
  ["s3://orders", "arn:aws:s3:::orders"],
  ["s3://orders/", "arn:aws:s3:::orders"],
  ["s3://orders/2026/11/*", "arn:aws:s3:::orders/2026/11/*"],
  ["s3://orders/folder/", "arn:aws:s3:::orders/folder/"],
  ["https://orders.s3.amazonaws.com", "arn:aws:s3:::orders"],
  ["https://orders.eu.s3.eu-west-1.amazonaws.com/a/b.csv", "arn:aws:s3:::orders.eu/a/b.csv"],
  ["https://orders.s3.dualstack.us-east-1.amazonaws.com/k", "arn:aws:s3:::orders/k"],
  ["http://orders.s3-website-us-east-1.amazonaws.com/k", "arn:aws:s3:::orders/k"],
  ["https://s3.cn-north-1.amazonaws.com.cn/orders/k", "arn:aws:s3:::orders/k"],
  ["https://s3-us-west-2.amazonaws.com/orders/", "arn:aws:s3:::orders"],
  ["https://orders.s3.amazonaws.com/two%20words?versionId=1#top", "arn:aws:s3:::orders/two words"],
  ["https://orders.s3.amazonaws.com/100%", "arn:aws:s3:::orders/100%"],
  ["/hostedzone/Z0EXAMPLE", "arn:aws:route53:::hostedzone/Z0EXAMPLE"],
  [
    "https://sqs.us-east-1.amazonaws.com/111122223333/jobs.fifo",
    "arn:aws:sqs:us-east-1:111122223333:jobs.fifo",
  ],
];

const asWritten: readonly string[] = [
  "orders",
  "arn:aws:s3:::orders/k",
  "https://example.com/orders",
  "https://s3.amazonaws.com/",
  "https://sqs.us-east-1.amazonaws.com/",
];

describe("a resource", () => {
  it("that is a name is what events mention", () => {
    assert.deepEqual(resourceTerm("orders-*"), mentions("orders-*"));
    assert.deepEqual(resourceTerm("what\\?"), {
      kind: "mentions",
      resource: { text: "what?", glob: false },
    });
  });

  for (const [arn, place, names] of arns) {
    it(`that is ${arn} is also known by its name`, () => {
      const placed = filterFromFlags({ where: [place] });
      const filters = placed.kind === "every" ? placed.filters : [placed];
      assert.deepEqual(resourceTerm(arn), {
        kind: "some",
        filters: [mentions(arn), { kind: "every", filters: [...filters, ...names.map(mentions)] }],
      });
    });
  }

  for (const arn of ["arn:aws:s3:::*", "arn:aws:s3", "arn:::::"]) {
    it(`that is ${arn} has no other name`, () => {
      assert.deepEqual(resourceTerm(arn), mentions(arn));
    });
  }

  for (const [written, arn] of addresses) {
    it(`that is ${written} is ${arn}`, () => {
      assert.deepEqual(resourceNamed(written), { text: arn, glob: arn.includes("*") });
    });
  }

  for (const written of asWritten) {
    it(`that is ${written} is what it says`, () => {
      assert.deepEqual(resourceNamed(written), { text: written, glob: false });
    });
  }

  const batch = (bucket: string): Filter => ({
    kind: "every",
    filters: [filterFromFlags({ fields: { eventName: ["DeleteObjects"] } }), mentions(bucket)],
  });
  for (const [written, expected] of [
    ["s3://orders/2026/05.csv", batch("orders")],
    ["arn:aws:s3:::orders/*", batch("orders")],
    ["orders/2026/05.csv", batch("orders")],
    ["orders", undefined],
    ["/prod/db", undefined],
    ["*/05.csv", undefined],
    ["arn:aws:iam::111122223333:role/web", undefined],
  ] as const) {
    it(`may be one of ${expected ? "" : "no "}deleted objects as ${written}`, () => {
      assert.deepEqual(possibleTerm(written), expected);
    });
  }

  it("is found as its ARN and as it was written", () => {
    const arn = resourceTerm("arn:aws:s3:::orders");
    assert.ok(arn.kind === "some");
    assert.deepEqual(resourceTerm("s3://orders"), {
      kind: "some",
      filters: [mentions("s3://orders"), ...arn.filters],
    });
  });
});

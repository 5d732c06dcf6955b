import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Filter } from "../../src/query/filter.ts";
import { filterFromFlags } from "../../src/query/flags.ts";
import { resourceNamed, resourceTerm } from "../../src/query/resource.ts";

function mentions(text: string): Filter {
  return { kind: "mentions", resource: { text, glob: /[*?]/.test(text) } };
}

const caseless =
  "rds, redshift, elasticache, es, opensearchservice, route53, route53domains, acm, ses";

/** Where the case of letters tells nothing apart. */
function anyCase(text: string, place = `service in (${caseless})`): Filter {
  const filters = [filterFromFlags({ where: [place] })];
  const resource = { text, glob: text.includes("*"), ignoreCase: true } as const;
  return { kind: "every", filters: [...filters, { kind: "mentions", resource }] };
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

/** What was written, and what it may be called in events, most likely first. */
const readings: readonly (readonly [written: string, readings: readonly string[]])[] = [
  ["s3://kit/a b.pdf", ["arn:aws:s3:::kit/a b.pdf"]],
  ["s3://kit/a+b.pdf", ["arn:aws:s3:::kit/a+b.pdf", "arn:aws:s3:::kit/a b.pdf"]],
  [
    "s3://kit/100%25+x.pdf",
    ["arn:aws:s3:::kit/100%25+x.pdf", "arn:aws:s3:::kit/100%+x.pdf", "arn:aws:s3:::kit/100% x.pdf"],
  ],
  ["s3://kit/100%.pdf", ["arn:aws:s3:::kit/100%.pdf"]],
  ["s3://kit/a+*", ["arn:aws:s3:::kit/a+*"]],
  ["in/a%252Fb", ["in/a%252Fb", "in/a%2Fb", "in/a/b"]],
  [
    "https://kit.s3.eu-west-1.amazonaws.com/in/a+b%2Bc.pdf",
    [
      "arn:aws:s3:::kit/in/a+b+c.pdf",
      "arn:aws:s3:::kit/in/a b+c.pdf",
      "arn:aws:s3:::kit/in/a+b%2Bc.pdf",
      "arn:aws:s3:::kit/in/a b c.pdf",
    ],
  ],
  [
    "https://us-east-1.console.aws.amazon.com/s3/object/kit?region=us-east-1&prefix=in/a%20b.pdf",
    ["arn:aws:s3:::kit/in/a b.pdf", "arn:aws:s3:::kit/in/a%20b.pdf"],
  ],
  [
    "https://s3.console.aws.amazon.com/s3/buckets/kit?region=us-east-1&tab=objects",
    ["arn:aws:s3:::kit"],
  ],
  [
    "https://eu-west-1.console.aws.amazon.com/ec2/home?region=eu-west-1#InstanceDetails:instanceId=i-0a1b2c3d4e5f60718",
    ["i-0a1b2c3d4e5f60718"],
  ],
  [
    "https://eu-west-1.console.aws.amazon.com/lambda/home?region=eu-west-1#/functions/resize?tab=code",
    ["resize"],
  ],
  [
    "https://us-east-1.console.aws.amazon.com/iam/home#/roles/details/Deploy?section=permissions",
    ["Deploy"],
  ],
  [
    "https://eu-west-1.console.aws.amazon.com/dynamodbv2/home?region=eu-west-1#table?name=Orders",
    ["Orders"],
  ],
  ["maria+test@example.com", ["maria+test@example.com"]],
  ["shop.example.com.", ["shop.example.com"]],
  ["\\052.example.com.", ["*.example.com"]],
  ["111122223333.dkr.ecr.us-east-1.amazonaws.com/shop/cart:v1", ["shop/cart:v1"]],
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
    assert.deepEqual(resourceTerm("orders-*"), {
      kind: "some",
      filters: [mentions("orders-*"), anyCase("orders-*")],
    });
    assert.deepEqual(resourceTerm("17\\?"), {
      kind: "mentions",
      resource: { text: "17?", glob: false },
    });
  });

  it("is a bucket in small letters, however it is written", () => {
    const bucket = [filterFromFlags({ where: ["service = s3"] }), mentions("site-assets")];
    assert.deepEqual(resourceTerm("Site-Assets"), {
      kind: "some",
      filters: [
        mentions("Site-Assets"),
        anyCase("Site-Assets"),
        { kind: "every", filters: bucket },
      ],
    });
    const term = resourceTerm("s3://Site-Assets/Main.json");
    assert.ok(term.kind === "some");
    assert.ok(
      term.filters.some(
        (one) =>
          one.kind === "mentions" && one.resource.text === "arn:aws:s3:::site-assets/Main.json",
      ),
    );
  });

  it("is looked for in any case where the user says so", () => {
    const resource = { text: "Orders", glob: false, ignoreCase: true } as const;
    assert.deepEqual(resourceTerm("Orders", { ignoreCase: true }), { kind: "mentions", resource });
  });

  for (const [written, expected] of readings) {
    it(`that is ${written} may be ${expected.join(" or ")}`, () => {
      const { pattern, others } = resourceNamed(written);
      assert.deepEqual(
        [pattern, ...others.map((other) => other.pattern)].map(({ text }) => text),
        expected,
      );
    });
  }

  it("that is an image is a repository and a tag or digest in calls to ECR", () => {
    const held = ["shop/cart", "v1.4"].map(mentions);
    assert.deepEqual(resourceTerm("shop/cart:v1.4"), {
      kind: "some",
      filters: [
        mentions("shop/cart:v1.4"),
        { kind: "every", filters: [filterFromFlags({ where: ["service = ecr"] }), ...held] },
      ],
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
      assert.deepEqual(resourceNamed(written).pattern, { text: arn, glob: arn.includes("*") });
    });
  }

  for (const written of asWritten) {
    it(`that is ${written} is what it says`, () => {
      assert.deepEqual(resourceNamed(written).pattern, { text: written, glob: false });
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
      assert.deepEqual(resourceNamed(written).possible, expected);
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

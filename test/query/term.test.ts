import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fieldNames } from "../../src/event/fields.ts";
import type { Filter } from "../../src/query/filter.ts";
import { filterFromFlags } from "../../src/query/flags.ts";
import { fieldNamed, resourceTerm } from "../../src/query/term.ts";

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
    "service = iam and account = 111122223333",
    ["Deploy"],
  ],
  ["arn:aws:logs:::log-group:/aws/lambda/resize:*", "service = logs", ["/aws/lambda/resize"]],
  ["arn:aws:ecr:::repository/team/app", "service = ecr", ["team/app"]],
  ["arn:aws:ecs:::service/blue/web", "service = ecs", ["blue", "web"]],
  ["arn:aws:cloudformation:::stack/net/0a1b", "service = cloudformation", ["net"]],
  ["arn:aws:secretsmanager:::secret:prod/db-AbC123", "service = secretsmanager", ["prod/db"]],
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
});

describe("fieldNamed", () => {
  it("knows every field by its name in any case", () => {
    for (const field of fieldNames) assert.equal(fieldNamed(field.toUpperCase()), field);
  });

  it("knows flags and nothing else", () => {
    assert.equal(fieldNamed("user-agent"), "userAgent");
    assert.equal(fieldNamed("--user-agent"), undefined);
    assert.equal(fieldNamed("requestParameters"), undefined);
    assert.equal(fieldNamed("toString"), undefined);
  });
});

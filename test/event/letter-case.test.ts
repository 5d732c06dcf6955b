import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { comparable, isCaseless } from "../../src/event/letter-case.ts";
import { naming } from "../../src/event/resource-names.ts";

/** Two texts, the service of the call, and whether they name one thing there. */
const cases: readonly (readonly [one: string, other: string, service: string, same: boolean])[] = [
  ["Orders", "orders", "dynamodb", false],
  ["Resize", "resize", "lambda", false],
  ["arn:aws:iam::111122223333:role/Ops/deploy", "role/ops/deploy", "iam", false],
  ["kit/Main.json", "kit/main.json", "s3", false],
  ["Kit/main.json", "kit/main.json", "s3", true],
  ["Kit", "kit", "s3", true],
  ["arn:aws:s3:::KIT/main.json", "arn:aws:s3:::kit/main.json", "s3", true],
  ["Ledger-DB", "ledger-db", "rds", true],
  ["Shop.Example.com", "shop.example.com.", "route53", true],
  ["Shop.Example.com", "shop.example.com", "dynamodb", false],
  ["I-0A1B2C3D4E5F60718", "i-0a1b2c3d4e5f60718", "ec2", true],
  ["Maria@Example.com", "maria@example.com", "cognito-idp", true],
  ["Web-1.US-East-1.elb.amazonaws.com", "web-1.us-east-1.elb.amazonaws.com", "route53", true],
];

describe("letters of another case", () => {
  for (const [one, other, service, same] of cases) {
    it(`are ${same ? "one thing" : "another"} in ${one} and ${other} of ${service}`, () => {
      assert.equal(naming([one], { service })(other), same);
    });
  }

  it("count for nothing where the user says so", () => {
    assert.ok(naming(["ORDERS"], { service: "dynamodb", ignoreCase: true })("orders"));
  });

  it("leave what a form does not tell as it is", () => {
    assert.equal(comparable("Main.json", "s3"), "Main.json");
    assert.ok(!isCaseless("Main.json"));
    assert.ok(!isCaseless("Data-Feed"));
    assert.ok(isCaseless("VOL-0A1B2C3D"));
  });
});

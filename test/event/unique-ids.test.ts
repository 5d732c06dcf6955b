import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { uniqueIdOf } from "../../src/event/unique-ids.ts";

const keyId = "1234abcd-12ab-34cd-56ef-1234567890ab";

const cases: readonly { readonly name: string; readonly id?: string }[] = [
  { name: keyId, id: keyId },
  { name: `arn:aws:kms:us-east-1:111122223333:key/${keyId}`, id: keyId },
  { name: `mrk-${keyId.replaceAll("-", "")}`, id: `mrk-${keyId.replaceAll("-", "")}` },
  {
    name: "arn:aws:ec2:us-east-1:111122223333:instance/i-0123456789abcdef0",
    id: "i-0123456789abcdef0",
  },
  { name: "arn:aws:ec2:us-east-1::image/ami-0123456789abcdef0", id: "ami-0123456789abcdef0" },
  // What a user names may be created again.
  { name: "arn:aws:iam::111122223333:user/maria" },
  { name: "arn:aws:dynamodb:us-east-1:111122223333:table/orders" },
  // A key of an object, and a stream below a group, look like whatever their writers like.
  { name: `arn:aws:s3:::exports/${keyId}` },
  { name: `arn:aws:logs:us-east-1:111122223333:log-group:app:log-stream:${keyId}` },
];

describe("an id that is given once", () => {
  for (const { name, id } of cases) {
    it(`${id === undefined ? "is none" : "is found"} in ${name}`, () =>
      assert.equal(uniqueIdOf(name), id));
  }
});

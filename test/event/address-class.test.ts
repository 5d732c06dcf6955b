import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { addressClassOf } from "../../src/event/address-class.ts";

type Row = readonly [sourceIPAddress: string | undefined, addressClass: string | undefined];

const rows: readonly Row[] = [
  [undefined, undefined],

  ["203.0.113.7", "public"],
  ["198.51.100.1", "public"],
  ["2001:db8::17", "public"],
  ["::ffff:203.0.113.7", "public"],
  ["172.15.255.255", "public"],
  ["172.32.0.0", "public"],
  ["100.128.0.0", "public"],

  ["10.1.2.3", "private"],
  ["::ffff:10.1.2.3", "private"],
  ["172.16.0.0", "private"],
  ["172.31.255.255", "private"],
  ["192.168.0.1", "private"],
  ["100.64.0.1", "private"],
  ["127.0.0.1", "private"],
  ["169.254.169.254", "private"],
  ["0.0.0.0", "reserved"],
  ["224.0.0.1", "private"],
  ["255.255.255.255", "reserved"],
  ["::1", "private"],
  ["fd00:ec2::254", "private"],
  ["fe80::1", "private"],

  ["ec2.amazonaws.com", "aws-service"],
  ["CloudFormation.AmazonAWS.com", "aws-service"],
  ["ec2.cn-north-1.amazonaws.com.cn", "aws-service"],
  ["console.aws.amazon.com", "aws-service"],

  ["AWS Internal", "aws-internal"],
  ["AWS Internal/3", "aws-internal"],
  ["aws-internal/3", "aws-internal"],

  ["", "invalid"],
  ["253.252.51.07", "invalid"],
  ["203.0.113.7:443", "invalid"],
  ["amazonaws.com", "invalid"],
  ["ec2.amazonaws.com.example.com", "invalid"],
  ["evilamazonaws.com", "invalid"],
  ["AWS Internally", "invalid"],
];

describe("the class of a source address", () => {
  for (const [address, addressClass] of rows) {
    it(`is ${addressClass} for ${JSON.stringify(address)}`, () => {
      assert.equal(addressClassOf(address, undefined), addressClass);
    });
  }

  for (const [address, addressClass] of [
    ["10.1.2.3", "vpc-endpoint"],
    // A network may use any range inside.
    ["203.0.113.7", "vpc-endpoint"],
    ["fd00::1", "vpc-endpoint"],
    ["cloudformation.amazonaws.com", "aws-service"],
    ["AWS Internal", "aws-internal"],
    ["253.252.51.07", "invalid"],
    [undefined, undefined],
  ] satisfies readonly Row[]) {
    it(`is ${addressClass} for ${JSON.stringify(address)} through a VPC endpoint`, () => {
      assert.equal(addressClassOf(address, "vpce-0123"), addressClass);
    });
  }
});

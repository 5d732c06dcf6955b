import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { namesAnswered } from "../../src/event/named-targets.ts";
import type { Json } from "../../src/event/record.ts";
import { calling, event, on, to } from "../support/events.ts";

interface Case {
  readonly call: string;
  readonly request: { readonly [key: string]: Json };
  readonly response: Json;
  readonly names: readonly string[];
}

const cases: readonly Case[] = [
  {
    call: "apigateway:CreateRestApi",
    request: { createRestApiInput: { name: "loyalty" } },
    response: { id: "z9y8x7w6v5", name: "loyalty" },
    names: ["z9y8x7w6v5"],
  },
  {
    call: "apigateway:CreateApi",
    request: { name: "loyalty" },
    response: { apiId: "k1l2m3n4o5", apiEndpoint: "https://k1l2m3n4o5.example.com" },
    names: ["k1l2m3n4o5", "https://k1l2m3n4o5.example.com"],
  },
  // Others may be called so.
  {
    call: "iam:CreatePolicyVersion",
    request: { policyArn: "arn:aws:iam::111122223333:policy/p" },
    response: { policyVersion: { versionId: "v2" } },
    names: [],
  },
  // An address is lent, and given to somebody else after that.
  {
    call: "ec2:AllocateAddress",
    request: { domain: "vpc" },
    response: { publicIp: "203.0.113.61", allocationId: "eipalloc-0123456789abcdef0" },
    names: ["eipalloc-0123456789abcdef0"],
  },
  // Nothing was created.
  {
    call: "apigateway:UpdateRestApi",
    request: { restApiId: "z9y8x7w6v5" },
    response: { id: "z9y8x7w6v5", name: "loyalty-2026" },
    names: [],
  },
  // What it is made of has names of its own.
  {
    call: "ec2:RunInstances",
    request: { iamInstanceProfile: { name: "batch-profile-1" } },
    response: {
      instancesSet: {
        items: [
          {
            instanceId: "i-0123456789abcdef0",
            iamInstanceProfile: { id: "AIPAEXAMPLEBATCH00001" },
          },
        ],
      },
    },
    names: ["i-0123456789abcdef0"],
  },
];

describe("names that a service answered", () => {
  for (const { call, request, response, names } of cases) {
    it(`to ${call} are ${names.join(", ") || "none"}`, () => {
      const [service = "", name = ""] = call.split(":");
      const record = event(to(service), calling(name), on(request), { responseElements: response });
      assert.deepEqual([...namesAnswered(record)], names);
    });
  }
});

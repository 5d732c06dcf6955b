import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isReadOnly } from "../../src/event/access.ts";
import type { Json } from "../../src/event/record.ts";

interface Case {
  readonly name: string;
  readonly readOnly?: Json;
  readonly eventName?: string;
  readonly reads: boolean | undefined;
}

const cases: readonly Case[] = [
  { name: "believes true", readOnly: true, eventName: "AssumeRole", reads: true },
  { name: "believes false", readOnly: false, eventName: "GetSigninToken", reads: false },
  { name: "believes the text true", readOnly: "true", eventName: "DeleteBucket", reads: true },
  { name: "believes the text False", readOnly: "False", eventName: "GetObject", reads: false },
  { name: "falls back to a reading verb", eventName: "DescribeInstances", reads: true },
  { name: "looks behind Batch", eventName: "BatchGetItem", reads: true },
  { name: "looks behind Admin", eventName: "AdminListDevices", reads: true },
  { name: "falls back to a writing verb", eventName: "PutObject", reads: false },
  { name: "takes whole words for verbs", eventName: "Getaway", reads: false },
  { name: "takes an unknown verb for a write", eventName: "ConsoleLogin", reads: false },
  { name: "does not believe anything else", readOnly: [1], eventName: "GetObject", reads: true },
  { name: "cannot tell without a name", reads: undefined },
];

describe("isReadOnly", () => {
  for (const { name, readOnly, eventName, reads } of cases) {
    it(name, () => assert.equal(isReadOnly(readOnly, eventName), reads));
  }
});

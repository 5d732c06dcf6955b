import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { mfaOf } from "../../src/event/mfa.ts";

interface Case {
  readonly name: string;
  readonly used?: string;
  readonly authenticated?: string;
  readonly mfa: "yes" | "no" | undefined;
}

const cases: readonly Case[] = [
  { name: "hears a sign-in say Yes", used: "Yes", mfa: "yes" },
  { name: "hears a sign-in say YES", used: "YES", mfa: "yes" },
  { name: "hears a sign-in say No", used: "No", mfa: "no" },
  { name: "hears a session say true", authenticated: "true", mfa: "yes" },
  { name: "hears a session say false", authenticated: "false", mfa: "no" },
  { name: "believes the sign-in first", used: "No", authenticated: "true", mfa: "no" },
  { name: "passes over what says nothing", used: "maybe", authenticated: "true", mfa: "yes" },
  { name: "has no answer for long-term keys", mfa: undefined },
];

describe("mfaOf", () => {
  for (const { name, used, authenticated, mfa } of cases) {
    it(name, () => assert.equal(mfaOf(used, authenticated), mfa));
  }
});

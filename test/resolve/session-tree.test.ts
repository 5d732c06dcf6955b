import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { CloudTrailRecord } from "../../src/event/record.ts";
import { begunAfter } from "../../src/resolve/session-tree.ts";
import { linkSessions } from "../../src/resolve/sessions.ts";
import { at, byUser, calling, event, to, withId } from "../support/events.ts";
import { assuming, bySession, found, time } from "./credentials.ts";

const one = { role: "One", session: "x", key: "ASIAONE", began: "09:00:00" };
const two = { role: "Two", session: "x", key: "ASIATWO", began: "09:01:00" };
const three = { role: "Three", session: "x", key: "ASIATHREE", began: "09:02:00" };
const making = (key: string, clock: string, ...parts: readonly CloudTrailRecord[]) =>
  event(to("iam"), calling("CreateAccessKey"), at(time(clock)), ...parts, {
    responseElements: { accessKey: { accessKeyId: key, userName: "svc" } },
  });

const cases: readonly [name: string, logs: readonly CloudTrailRecord[], ids: readonly string[]][] =
  [
    [
      "sessions of sessions, whatever the order of the logs",
      [
        assuming(three, bySession(two), withId("three")),
        assuming(two, bySession(one), withId("two")),
        assuming(one, byUser("bob"), withId("one")),
      ],
      ["one", "two", "three"],
    ],
    [
      "keys that were made, and what was begun with them",
      [
        assuming(one, byUser("bob"), withId("one")),
        making("AKIASVC", "09:00:30", bySession(one), withId("key")),
        assuming(two, { userIdentity: { type: "IAMUser", accessKeyId: "AKIASVC" } }, withId("two")),
      ],
      ["one", "key", "two"],
    ],
    [
      "nothing of others",
      [assuming(one, byUser("bob"), withId("one")), assuming(two, byUser("eve"), withId("two"))],
      ["one"],
    ],
    [
      "each once where sessions began each other",
      [assuming(one, bySession(two), withId("one")), assuming(two, bySession(one), withId("two"))],
      ["one", "two"],
    ],
  ];

describe("what calls began", () => {
  for (const [name, logs, ids] of cases) {
    it(`is ${name}`, () => {
      const sessions = linkSessions(found(logs));
      const starts = sessions.issues.filter(({ id }) => id === "one");
      assert.deepEqual(
        begunAfter(starts, sessions).map(({ id }) => id),
        ids,
      );
    });
  }
});

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { CloudTrailRecord } from "../../src/event/record.ts";
import { sessionTree } from "../../src/resolve/session-tree.ts";
import { linkSessions } from "../../src/resolve/sessions.ts";
import { byService, byUser, calling, event, inAccount, to, withId } from "../support/events.ts";
import {
  assuming,
  byAccount,
  bySession,
  byUserSession,
  found,
  home,
  other,
} from "./credentials.ts";

const deploy = { role: "Deploy", session: "ci", key: "ASIADEPLOY", began: "09:12:30" };
const second = Date.parse("2026-11-05T09:12:30Z") / 1000;
const deployArn = `arn:aws:sts::${home}:assumed-role/Deploy/ci`;

interface Case {
  readonly name: string;
  readonly logs: readonly CloudTrailRecord[];
  readonly call: CloudTrailRecord;
  readonly ids: readonly string[];
}

const cases: readonly Case[] = [
  {
    name: "goes by the call that began it",
    logs: [assuming(deploy, withId("a"))],
    call: event(bySession(deploy)),
    ids: ["a"],
  },
  {
    name: "is the same for all keys of a console session",
    logs: [],
    call: event(byUserSession("maria", "09:12:30", "ASIAONE")),
    ids: [`arn:aws:iam::${home}:user/maria ${second}`],
  },
  {
    name: "may be any of those that began alike",
    logs: [assuming(deploy, withId("a")), assuming({ ...deploy, key: "ASIATWO" }, withId("b"))],
    call: event(bySession({ ...deploy, key: "ASIATHREE" })),
    ids: [`${deployArn} ${second}`, "a", "b"],
  },
  {
    name: "is the long-term key",
    logs: [],
    call: event(byUser("maria")),
    ids: ["AKIAMARIA"],
  },
  {
    name: "is none for a service's own call",
    logs: [],
    call: event(byService("backup")),
    ids: [],
  },
];

describe("a session", () => {
  for (const { name, logs, call, ids } of cases) {
    it(name, () => {
      assert.deepEqual(linkSessions(found(logs)).idsOf(call), ids);
    });
  }
});

describe("linked sessions", () => {
  const shared = { sharedEventID: "s" };
  const theirs = event(byUser("maria"), shared, withId("theirs"), inAccount(other));
  const ours = event(byAccount(other, "AIDAMARIA"), shared, withId("ours"), inAccount(home));

  it("know the copy of any call that tells more", () => {
    assert.equal(linkSessions(found([ours, theirs])).fullest(ours), theirs);
    assert.equal(linkSessions(found([ours])).fullest(ours), ours);
  });

  it("put what two copies tell together", () => {
    const parts = [shared, withId("theirs"), inAccount(other)];
    const full = assuming(deploy, byUser("maria"), ...parts, { responseElements: {} });
    const issuing = assuming(deploy, byAccount(other, "AIDAMARIA"), shared, withId("ours"));
    const [issue] = linkSessions(found([issuing, full])).issues;
    assert.equal(issue?.event.record, full);
    assert.equal(issue?.issued.key, "ASIADEPLOY");
  });

  it("know who created a key, unless two calls did", () => {
    const creation = event(to("iam"), calling("CreateAccessKey"), withId("a"), {
      responseElements: { accessKey: { accessKeyId: "AKIANEW" } },
    });
    const once = linkSessions(found([creation]));
    const twice = linkSessions(found([creation, { ...creation, eventID: "b" }]));
    assert.equal(once.creationOf("AKIANEW")?.id, "a");
    assert.equal(twice.creationOf("AKIANEW"), undefined);
  });
});

describe("a tree of sessions", () => {
  const admin = { role: "Admin", session: "maria", key: "ASIAADMIN", began: "09:10:00" };
  const audit = { role: "Audit", session: "maria", key: "ASIAAUDIT", began: "09:11:00" };

  it("grows from a key through all sessions that it led to, in order of time", () => {
    const sessions = linkSessions(
      found([
        assuming(deploy, bySession(admin), withId("deploy")),
        assuming(audit, byUser("maria"), withId("audit")),
        assuming(admin, byUser("maria"), withId("admin")),
        assuming({ ...audit, key: "ASIABOB" }, byUser("bob"), withId("bob")),
      ]),
    );
    assert.deepEqual(
      sessionTree("AKIAMARIA", sessions).map(({ id, depth, children }) => [id, depth, children]),
      [
        ["AKIAMARIA", 0, ["admin", "audit"]],
        ["admin", 1, ["deploy"]],
        ["deploy", 2, []],
        ["audit", 1, []],
      ],
    );
  });

  it("takes in the keys that a session created", () => {
    const creation = event(bySession(admin), to("iam"), calling("CreateAccessKey"), {
      responseElements: { accessKey: { accessKeyId: "AKIANEW", userName: "backup" } },
    });
    const sessions = linkSessions(found([creation, assuming(admin, withId("admin"))]));
    assert.deepEqual(
      sessionTree("admin", sessions).map(({ id }) => id),
      ["admin", "AKIANEW"],
    );
  });

  it("doubts a session that more than one may have begun", () => {
    const sessions = linkSessions(
      found([
        assuming(admin, byUser("maria"), withId("a")),
        assuming({ ...admin, key: "ASIATWO" }, byUser("bob"), withId("b")),
        assuming(deploy, bySession({ ...admin, key: "ASIATHREE" }), withId("deploy")),
      ]),
    );
    for (const root of ["a", "b"]) {
      assert.deepEqual(
        sessionTree(root, sessions).map(({ id, isCertain }) => [id, isCertain]),
        [
          [root, true],
          ["deploy", false],
        ],
      );
    }
  });

  it("ends where sessions lead back", () => {
    const sessions = linkSessions(
      found([
        assuming(deploy, bySession(admin), withId("deploy")),
        assuming(admin, bySession(deploy), withId("admin")),
      ]),
    );
    assert.deepEqual(
      sessionTree("deploy", sessions).map(({ id }) => id),
      ["deploy", "admin"],
    );
  });
});

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { describeIdentity } from "../../src/event/identity.ts";
import { everything } from "../../src/query/filter.ts";
import { groupsByCaller } from "../../src/resolve/caller-groups.ts";
import { chainOf } from "../../src/resolve/chain.ts";
import { linkSessions } from "../../src/resolve/sessions.ts";
import { byRole, byRoot, byService, byUser, event } from "../support/events.ts";
import { readingOf } from "../support/plain-reading.ts";
import { assuming, byAccount, bySession, byUserSession, found, signingIn } from "./credentials.ts";

const role = { role: "Deploy", session: "ci", key: "ASIADEPLOY" };
const federated = {
  userIdentity: {
    type: "FederatedUser",
    arn: "arn:aws:sts::111122223333:federated-user/tool",
    sessionContext: { sessionIssuer: { type: "Root", arn: "arn:aws:iam::111122223333:root" } },
  },
};
const callers = {
  "a user": event(byUser("bob")),
  "the root user": event(byRoot()),
  "a role's session": event(bySession(role)),
  "a session of unknown beginning": event(byRole("Audit")),
  "a session of the console": event(byUserSession("maria", "08:00:00", "ASIACONSOLE")),
  "a service": event(byService("autoscaling")),
  "somebody of another account": event(byAccount("444455556666", "AIDAOTHER")),
  "a federated user": event(federated),
  nobody: event({ userIdentity: undefined }),
};

describe("a caller as groups tell of it", () => {
  const sessions = linkSessions(
    found([assuming(role, byUser("bob")), signingIn("maria", "08:00:00")]),
  );
  for (const [name, record] of Object.entries(callers)) {
    it(`is the same as in the record: ${name}`, async () => {
      const reading = readingOf([record]);
      const [group] = await groupsByCaller(reading, { kind: "groups", filter: everything, by: [] });
      assert.ok(group);
      const chain = chainOf(group.record, sessions);
      assert.deepEqual(sessions.idsOf(group.record), sessions.idsOf(record));
      assert.equal(describeIdentity(group.record).name, describeIdentity(record).name);
      assert.deepEqual(
        chain.origins.map(({ kind, identity }) => [kind, identity.name]),
        chainOf(record, sessions).origins.map(({ kind, identity }) => [kind, identity.name]),
      );
    });
  }

  it("is one even where a record names crowds", async () => {
    const crowd = Array.from({ length: 1000 }, (_, n) => ({
      type: `t${n}`,
      arn: `a${n}`,
      userName: `u${n}`,
    }));
    const reading = readingOf([event({ userIdentity: crowd })]);
    const groups = await groupsByCaller(reading, { kind: "groups", filter: everything, by: [] });
    assert.equal(groups.length, 1);
  });

  it("is one for calls with the same credentials, whatever else is asked", async () => {
    const reading = readingOf([
      event(byUser("bob")),
      event(byUser("bob"), { awsRegion: "eu-west-1" }),
    ]);
    const groups = await groupsByCaller(reading, {
      kind: "groups",
      filter: everything,
      by: [{ kind: "field", field: "awsRegion" }],
    });
    assert.deepEqual(groups.map(({ values }) => values).sort(), [["eu-west-1"], ["us-east-1"]]);
    assert.equal(groups[0]?.caller, groups[1]?.caller);
    assert.equal(groups[0]?.record, groups[1]?.record);
  });
});

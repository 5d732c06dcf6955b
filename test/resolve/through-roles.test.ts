import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { CloudTrailRecord } from "../../src/event/record.ts";
import { filterFromFlags } from "../../src/query/flags.ts";
import { matches } from "../../src/query/matches.ts";
import { chainOf } from "../../src/resolve/chain.ts";
import { allSessions } from "../../src/resolve/gather.ts";
import { namesUsers, throughRoles } from "../../src/resolve/through-roles.ts";
import { arrayEngine } from "../support/array-engine.ts";
import { byUser, calling, event, to } from "../support/events.ts";
import { assuming, bySession, byUserSession, signingIn } from "./credentials.ts";
import { names, storyRecord } from "./stories.ts";

const deploy = { role: "Deploy", session: "ci", key: "ASIADEPLOY", began: "09:12:30" };
const admin = { role: "Admin", session: "boss", key: "ASIAADMIN", began: "09:10:00" };

function isUser(...users: readonly string[]) {
  return filterFromFlags({ fields: { user: users } });
}

interface Case {
  readonly name: string;
  readonly logs: readonly CloudTrailRecord[];
  readonly users?: readonly string[];
  readonly call: CloudTrailRecord;
  readonly found: boolean;
}

const cases: readonly Case[] = [
  { name: "own calls", logs: [], call: event(byUser("maria")), found: true },
  {
    name: "calls in a role that the user assumed",
    logs: [assuming(deploy, byUser("maria"))],
    call: event(bySession(deploy)),
    found: true,
  },
  {
    name: "calls in a role assumed from a role",
    logs: [assuming(deploy, bySession(admin)), assuming(admin, byUser("maria"))],
    call: event(bySession(deploy)),
    found: true,
  },
  {
    name: "calls of the session with another key than the one issued",
    logs: [assuming(deploy, byUser("maria"))],
    call: event(bySession({ ...deploy, key: "ASIAOTHER" })),
    found: true,
  },
  {
    name: "no calls in a session of the same name that began at another time",
    logs: [assuming(deploy, byUser("maria"))],
    call: event(bySession({ ...deploy, key: "ASIAOTHER", began: "10:00:00" })),
    found: false,
  },
  {
    name: "no calls with the key of somebody else's session that began just alike",
    logs: [
      assuming(deploy, byUser("maria")),
      assuming({ ...deploy, key: "ASIAJOE" }, byUser("joe")),
    ],
    call: event(bySession({ ...deploy, key: "ASIAJOE" })),
    found: false,
  },
  {
    name: "no calls with a key that the user made for somebody else",
    logs: [
      event(to("iam"), calling("CreateAccessKey"), byUser("maria"), {
        responseElements: { accessKey: { accessKeyId: "AKIABACKUP", userName: "backup" } },
      }),
    ],
    call: event(byUser("backup")),
    found: false,
  },
  {
    name: "none of those calls when the user is excluded",
    logs: [assuming(deploy, byUser("maria"))],
    users: ["!maria"],
    call: event(bySession(deploy)),
    found: false,
  },
  {
    name: "calls of whoever is one of several users",
    logs: [assuming(deploy, byUser("maria"))],
    users: ["joe", "maria"],
    call: event(bySession(deploy)),
    found: true,
  },
  {
    name: "calls in a role assumed in the console",
    logs: [
      signingIn("maria", "08:00:00"),
      assuming(deploy, byUserSession("maria", "08:00:00", "ASIACONSOLE")),
    ],
    call: event(bySession({ ...deploy, key: "ASIASWITCHED" })),
    found: true,
  },
];

describe("a user in a filter, through roles, finds", () => {
  for (const { name, logs, users = ["maria"], call, found } of cases) {
    it(name, async () => {
      const filter = await throughRoles(arrayEngine([call, ...logs]), isUser(...users));
      assert.equal(matches(filter, call), found);
    });
  }

  it("what somebody is behind beyond doubt, and nothing that others are", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(storyRecord, { maxLength: 14 }),
        fc.constantFrom(...names),
        async (records, user) => {
          const engine = arrayEngine(records);
          const sessions = await allSessions(engine);
          const filter = await throughRoles(engine, isUser(user));
          for (const record of records) {
            const { origins } = chainOf(record, sessions);
            const people = origins.map(({ identity }) => identity.name);
            if (people.every((name) => name === user)) assert.ok(matches(filter, record));
            // Sessions may bear the user's name, whoever began them.
            if (!matches(isUser(user), record) && matches(filter, record)) {
              const callers = [...sessions.issues].filter(({ event }) =>
                matches(isUser(user), event.record),
              );
              assert.ok(callers.length > 0);
            }
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it("is asked for by any test of the user", () => {
    assert.ok(namesUsers(isUser("!maria")));
    assert.ok(!namesUsers(filterFromFlags({ fields: { eventName: ["DeleteBucket"] } })));
  });
});

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { CloudTrailRecord } from "../../src/event/record.ts";
import { everything, type Filter } from "../../src/query/filter.ts";
import { filterFromFlags } from "../../src/query/flags.ts";
import { matches } from "../../src/query/matches.ts";
import { beginnings } from "../../src/resolve/beginnings.ts";
import { issuingEvents } from "../../src/resolve/gather.ts";
import { credentialsUsedBy, issuedBy } from "../../src/resolve/issuers.ts";
import { linkSessions, type Sessions } from "../../src/resolve/sessions.ts";
import { namesUsers, throughRoles } from "../../src/resolve/through-roles.ts";
import { byRole, byService, byUser, calling, event, to } from "../support/events.ts";
import { readingOf } from "../support/plain-reading.ts";
import { assuming, bySession, byUserSession, signingIn } from "./credentials.ts";
import { names, storyRecord } from "./stories.ts";

const deploy = { role: "Deploy", session: "ci", key: "ASIADEPLOY", began: "09:12:30" };
const admin = { role: "Admin", session: "boss", key: "ASIAADMIN", began: "09:10:00" };

function isUser(...users: readonly string[]) {
  return filterFromFlags({ fields: { user: users } });
}

const forged = { ...deploy, session: "maria" };

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
    name: "no calls with a key nobody knows where somebody else's session began just alike",
    logs: [
      assuming(deploy, byUser("maria")),
      assuming({ ...deploy, key: "ASIAJOE" }, byUser("joe")),
    ],
    call: event(bySession({ ...deploy, key: "ASIAOTHER" })),
    found: false,
  },
  {
    name: "calls of the session with a key that somebody else got at another time",
    logs: [
      assuming(deploy, byUser("maria")),
      assuming({ ...admin, began: "09:00:00" }, byUser("maria")),
      assuming({ ...deploy, key: "ASIAJOE", began: "09:00:00" }, byUser("joe")),
    ],
    call: event(bySession({ ...deploy, key: "ASIAJOE" })),
    found: true,
  },
  {
    name: "no calls with a key of the user's under another name",
    logs: [assuming(deploy, byUser("maria"))],
    call: event(bySession({ ...deploy, session: "joe" })),
    found: false,
  },
  {
    name: "calls with a key that the user made for somebody else",
    logs: [
      event(to("iam"), calling("CreateAccessKey"), byUser("maria"), {
        responseElements: { accessKey: { accessKeyId: "AKIABACKUP", userName: "backup" } },
      }),
    ],
    call: event(byUser("backup")),
    found: true,
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

const claims: readonly Case[] = [
  {
    name: "no calls in a session that somebody else gave the user's name",
    logs: [assuming(forged, byUser("omar"))],
    call: event(bySession(forged)),
    found: false,
  },
  {
    name: "no calls in sessions that began in such a session",
    logs: [
      assuming(forged, byUser("omar")),
      assuming(admin, bySession(forged)),
      event(byUser("maria")),
    ],
    call: event(bySession(admin)),
    found: false,
  },
  {
    name: "calls in a session that the user gave the same name",
    logs: [assuming(forged, byUser("maria"))],
    call: event(bySession(forged)),
    found: true,
  },
  {
    name: "no calls in a session of the name where nobody knows who began it, and maria is somebody",
    logs: [event(byUser("maria"))],
    call: event(bySession(forged)),
    found: false,
  },
  {
    name: "calls in a session of the name where nobody else bears it and nobody knows who began it",
    logs: [],
    call: event(bySession(forged)),
    found: true,
  },
  {
    name: "calls in a session that a service gave the name",
    logs: [assuming(forged, byService("codebuild"))],
    call: event(bySession(forged)),
    found: true,
  },
  {
    name: "calls in a session that Identity Center gave the name, whatever others are called",
    logs: [assuming(forged, byUser("omar"))],
    call: event(byRole("AWSReservedSSO_Ops_0123456789abcdef", "maria")),
    found: true,
  },
  {
    name: "calls in a role called so, whoever uses it",
    logs: [event(byUser("maria")), assuming({ ...deploy, role: "maria" }, byUser("omar"))],
    call: event(bySession({ ...deploy, role: "maria" })),
    found: true,
  },
  {
    name: "calls in a session whose ARN was given",
    logs: [assuming(forged, byUser("omar"))],
    users: ["*:assumed-role/Deploy/maria"],
    call: event(bySession(forged)),
    found: true,
  },
];

/** The calls that the filter finds, and those in sessions that nobody but these can have begun. */
function ownIn(records: readonly CloudTrailRecord[], sessions: Sessions, isUser: Filter) {
  const own = new Set(records.filter((record) => matches(isUser, record)));
  for (let before = -1; before < own.size; ) {
    before = own.size;
    for (const record of records) {
      const issues = sessions.issuersOf(record)?.issues ?? [];
      if (issues.length > 0 && issues.every(({ event }) => own.has(event.record))) own.add(record);
    }
  }
  return own;
}

/** Nobody can begin the session that they call in, or one called just like it in that second. */
function beginsItself(record: CloudTrailRecord): boolean {
  const own = beginnings(credentialsUsedBy(record));
  return beginnings(issuedBy(record)?.issued ?? {}).some((begun) => own.includes(begun));
}

function testsIn(filter: Filter): number {
  if (filter.kind === "not") return testsIn(filter.filter);
  if (filter.kind !== "every" && filter.kind !== "some") return 1;
  return filter.filters.reduce((sum, part) => sum + testsIn(part), 0);
}

describe("a user in a filter, through roles, finds", () => {
  for (const { name, logs, users = ["maria"], call, found } of [...cases, ...claims]) {
    it(name, async () => {
      const { filter } = await throughRoles(readingOf([call, ...logs]), isUser(...users));
      assert.equal(matches(filter, call), found);
    });
  }

  it("all calls whose possible issuers were all the user's, and no other", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(storyRecord, { maxLength: 14 }),
        fc.constantFrom(...names),
        async (all, user) => {
          const records = all.filter((one) => !beginsItself(one));
          const reading = readingOf(records);
          const sessions = linkSessions(await issuingEvents(reading, everything));
          const { filter } = await throughRoles(reading, isUser(user), { claimed: true });
          const own = ownIn(records, sessions, isUser(user));
          const keys = sessions.issues.flatMap(({ issued: { key } }) => key ?? []);
          for (const record of records) {
            if (matches(filter, record)) assert.ok(own.has(record));
            // A key that two calls issued proves nothing.
            else if (new Set(keys).size === keys.length) assert.ok(!own.has(record));
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  it("as many sessions as there are with the same few tests", async () => {
    const sizes = [2, 400].map(async (count) => {
      const logs = Array.from({ length: count }, (_, at) =>
        assuming({ ...deploy, session: `ci-${at}`, key: `ASIA${at}` }, byUser("maria")),
      );
      return testsIn((await throughRoles(readingOf(logs), isUser("maria"))).filter);
    });
    const [few, many] = await Promise.all(sizes);
    assert.equal(many, few);
  });

  it("is asked for by any test of the user", () => {
    assert.ok(namesUsers(isUser("!maria")));
    assert.ok(!namesUsers(filterFromFlags({ fields: { eventName: ["DeleteBucket"] } })));
  });
});

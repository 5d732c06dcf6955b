import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { CloudTrailRecord, JsonObject } from "../../src/event/record.ts";
import { denied } from "../../src/verbs/denied.ts";
import type { Scope } from "../../src/verbs/verb.ts";
import { assuming, bySession } from "../resolve/credentials.ts";
import {
  at,
  byRole,
  byService,
  byUser,
  calling,
  event,
  failing,
  on,
  to,
  withId,
} from "../support/events.ts";
import { asked, shownValue } from "./asked.ts";

interface Case {
  readonly name: string;
  readonly records: readonly CloudTrailRecord[];
  readonly scope?: Partial<Scope>;
  readonly sentences?: readonly string[];
  /** Action, principal, resource, why, times and what was allowed later, as far as they matter. */
  readonly rows?: readonly (readonly unknown[])[];
}

const refused = failing("AccessDenied");
const bucket = (bucketName: string): JsonObject => ({ ...to("s3"), ...on({ bucketName }) });
const time = (clock: string) => at(`2026-11-05T${clock}Z`);
const deleting = (name: string) => event(calling("DeleteBucket"), bucket(name), refused);
const object = (key: string) =>
  event(calling("GetObject"), to("s3"), on({ bucketName: "orders", key }), refused);

/** One person in two roles; nobody knows who is behind the third. */
const support = { role: "Support", session: "one", key: "ASIASUPPORT" };
const repair = { role: "Repair", session: "two", key: "ASIAREPAIR", began: "09:05:00" };
const nightly = (session: string) => bySession({ role: "Nightly", session, key: `ASIA${session}` });

const cases: readonly Case[] = [
  {
    name: "counts for whoever is behind a role, and for the role where nobody knows who is",
    scope: { byHuman: true },
    records: [
      assuming(support, byUser("alice")),
      assuming(repair, byUser("alice")),
      event(deleting("orders"), bySession(support), time("09:01:00")),
      event(deleting("orders"), bySession(repair), time("09:06:00")),
      event(deleting("orders"), nightly("a"), time("09:07:00")),
      event(deleting("orders"), nightly("b"), time("09:08:00")),
    ],
    sentences: ["4 calls were denied: 2 principals, 1 action, 1 resource."],
    rows: [
      ["s3:DeleteBucket", "Nightly", "orders", "not told (AccessDenied)"],
      ["s3:DeleteBucket", "alice", "orders", "not told (AccessDenied)"],
    ],
  },
  {
    name: "counts the sessions of a role together, the commonest first",
    records: [
      event(byUser("alice"), calling("DeleteBucket"), bucket("orders"), refused),
      event(byRole("Deploy", "one"), calling("DeleteBucket"), bucket("orders"), refused),
      event(byRole("Deploy", "two"), calling("DeleteBucket"), bucket("orders"), refused),
    ],
    sentences: ["3 calls were denied: 2 principals, 1 action, 1 resource."],
    rows: [
      ["s3:DeleteBucket", "Deploy", "orders", "not told (AccessDenied)", 2],
      ["s3:DeleteBucket", "alice", "orders", "not told (AccessDenied)", 1],
    ],
  },
  {
    name: "tells the persons of Identity Center apart",
    records: ["ann@example.com", "bob@example.com"].map((person) =>
      event(
        byRole("AWSReservedSSO_Admin_0123456789abcdef", person),
        calling("GetUser"),
        to("iam"),
        refused,
      ),
    ),
    rows: [
      ["iam:GetUser", "ann@example.com (SSO Admin)"],
      ["iam:GetUser", "bob@example.com (SSO Admin)"],
    ],
  },
  {
    name: "puts many objects of a bucket in one row",
    records: [object("a"), object("b"), object("c")],
    rows: [["s3:GetObject", "alice", "orders/*", "not told (AccessDenied)", 3]],
  },
  {
    name: "names the one object of a bucket",
    records: [object("a")],
    rows: [["s3:GetObject", "alice", "orders/a", "not told (AccessDenied)", 1]],
  },
  {
    name: "takes only what was denied",
    records: [event(failing("NoSuchBucket")), event(), event(failing("Client.DryRunOperation"))],
    sentences: ["Nothing was denied, in these logs."],
    rows: [],
  },
  {
    name: "groups by one part, the rest as lists",
    records: [deleting("a"), deleting("b")],
    scope: { options: { by: "action" } },
    rows: [["s3:DeleteBucket", "alice", ["a", "b"], "not told (AccessDenied)", 2]],
  },
  {
    name: "says how many rows it leaves out",
    records: [deleting("a"), deleting("a"), deleting("b")],
    scope: { limit: 1 },
    sentences: ["3 calls were denied: 1 principal, 1 action, 2 resources.", "The commonest:"],
    rows: [["s3:DeleteBucket", "alice", "a"]],
  },
  {
    name: "tells what services did for themselves and what the console asked",
    records: [
      event(byService("config"), calling("PutObject"), bucket("logs"), refused),
      event(calling("ListUsers"), to("iam"), refused, { sessionCredentialFromConsole: "true" }),
      event(calling("DeleteUser"), to("iam"), refused, { sessionCredentialFromConsole: "true" }),
    ],
    sentences: [
      "3 calls were denied: 2 principals, 3 actions, 1 resource.",
      "1 of them was made by AWS services for themselves, by config.amazonaws.com (1): something they " +
        "were set up for does not work.",
      "1 of them was made by the console to show a page, which asks for whatever it could show, whether " +
        "or not anybody wanted it.",
    ],
  },
  {
    name: "tells what was allowed later, on the same resource, however it is written",
    records: [
      event(
        time("09:00:00"),
        calling("DeleteRole"),
        to("iam"),
        failing(
          "AccessDenied",
          "User: arn:aws:iam::111122223333:user/alice is not authorized to perform: iam:DeleteRole on resource: role App",
        ),
      ),
      event(time("08:00:00"), calling("DeleteRole"), to("iam"), on({ roleName: "App" })),
      event(time("10:00:00"), calling("DeleteRole"), to("iam"), on({ roleName: "Other" })),
      event(
        time("11:00:00"),
        byUser("bob"),
        calling("DeleteRole"),
        to("iam"),
        on({ roleName: "App" }),
      ),
      event(
        time("12:00:00"),
        calling("DeleteRole"),
        to("iam"),
        on({ roleName: "App" }),
        withId("x"),
      ),
    ],
    sentences: [
      "1 call was denied: 1 principal, 1 action, 1 resource.",
      "Denied first, allowed later: iam:DeleteRole on role App for alice, on 2026-11-05 at 12:00:00 UTC (x).",
    ],
    rows: [
      [
        ...["iam:DeleteRole", "alice", "role App", "not told (AccessDenied)", 1],
        Date.parse("2026-11-05T12:00:00Z"),
      ],
    ],
  },
  {
    name: "takes no success for the gain of another permission",
    records: [
      event(
        time("09:00:00"),
        calling("RunInstances"),
        failing(
          "Client.UnauthorizedOperation",
          "You are not authorized to perform this operation. User: arn:aws:iam::111122223333:user/alice is not authorized to perform: iam:PassRole on resource: *",
        ),
      ),
      event(time("10:00:00"), calling("RunInstances")),
    ],
    sentences: ["1 call was denied: 1 principal, 1 action, 1 resource."],
    rows: [["iam:PassRole", "alice", "*", "not told (Client.UnauthorizedOperation)", 1, undefined]],
  },
  {
    name: "survives records of any shape",
    records: [
      { errorCode: "AccessDenied" },
      { errorCode: "AccessDenied", errorMessage: ["x"], userIdentity: "x", eventName: { a: 1 } },
      { errorCode: "AccessDenied", eventTime: 7, resources: [null, { ARN: {} }] },
    ],
    sentences: ["3 calls were denied: 1 principal, 1 action, 0 resources."],
  },
];

describe("denied", () => {
  for (const { name, records, scope, sentences, rows } of cases) {
    it(name, async () => {
      const { answer, rows: read } = await asked(denied, records, scope);
      if (sentences !== undefined) assert.deepEqual(answer.sentences, sentences);
      if (rows === undefined) return;
      const values = read.get("denied")?.map(({ cells }) => cells.map(shownValue)) ?? [];
      const told = values.map(([action, principal, , resource, why, times, , , later]) => [
        ...[action, principal, resource, why, times, later],
      ]);
      assert.deepEqual(
        told.map((row, i) => row.slice(0, rows[i]?.length)),
        rows,
      );
    });
  }

  it("says where an encoded message is, and which were cut", async () => {
    const message = (text: string) => `Encoded authorization failure message: ${text}`;
    const { answer } = await asked(denied, [
      event(withId("x"), failing("Client.UnauthorizedOperation", message("abc"))),
      event(failing("Client.UnauthorizedOperation", message("abc..."))),
    ]);
    assert.match(
      answer.hints.join(),
      /^2 calls .* trailhound show x\. In 1 of them .* cut it short/,
    );
  });
});

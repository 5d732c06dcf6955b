import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { CloudTrailRecord } from "../../src/event/record.ts";
import { filterFromFlags } from "../../src/query/flags.ts";
import { whatIsNew } from "../../src/verbs/new.ts";
import type { Scope } from "../../src/verbs/verb.ts";
import { assuming, bySession } from "../resolve/credentials.ts";
import {
  at,
  byService,
  byUser,
  calling,
  event,
  failing,
  from,
  inRegion,
  to,
} from "../support/events.ts";
import { asked, shownValue } from "./asked.ts";

const on = (day: number, clock = "09:00:00") => `2026-11-${String(day).padStart(2, "0")}T${clock}Z`;
const usual = (day: number) => event(byUser("bob"), at(on(day)));
const bySso = (session: string) =>
  bySession({ role: "AWSReservedSSO_Ops_0123456789abcdef", session, key: `ASIA${session}` });

interface Case {
  readonly name: string;
  readonly logs: readonly CloudTrailRecord[];
  readonly baseline?: string;
  readonly scope?: Partial<Scope>;
  readonly by?: string;
  readonly headline: string;
  /** Who, new, what, events, denied, note, baseline. */
  readonly changes?: readonly (readonly unknown[])[];
  /** Who, events, calls, from. */
  readonly strangers?: readonly (readonly unknown[])[];
}

const all = "event,region,address,agent,role";
const did = (who: string, what: string) =>
  `${who} did something new from 2026-11-04 at 00:00:00 UTC on: ${what}.`;
const two = "2 calls in 1 d (thin)";
const deploy = { role: "Deploy", session: "ci", key: "ASIADEPLOY", began: "09:00:00" };

const cases: readonly Case[] = [
  {
    name: "tells of each sort what was not there before",
    logs: [
      usual(1),
      usual(2),
      event(
        byUser("bob"),
        at(on(4)),
        to("s3"),
        calling("PutBucketPolicy"),
        failing("AccessDenied"),
        {
          ...inRegion("eu-west-1"),
          ...from("192.0.2.66"),
          userAgent: "Boto3/1.35",
        },
      ),
    ],
    headline: did("1 identity", "1 call, 1 region, 1 address and 1 client"),
    changes: [
      ["bob", "call", "s3:PutBucketPolicy", 1, 1, "nobody's before", two],
      ["bob", "region", "eu-west-1", 1, 1, "nobody's before", two],
      ["bob", "address", "192.0.2.66", 1, 1, "nobody's before", two],
      ["bob", "client", "Boto3", 1, 1, "nobody's before", two],
    ],
  },
  {
    name: "counts for whoever is behind a role, and for the role where nobody knows who is",
    scope: { byHuman: true },
    logs: [
      usual(1),
      usual(2),
      event(bySession({ role: "Nightly", session: "run-1" }), at(on(2))),
      assuming(deploy, byUser("bob")),
      event(bySession(deploy), at(on(5, "09:10:00")), to("rds"), calling("StopDBInstance")),
      event(
        bySession({ role: "Nightly", session: "run-2" }),
        at(on(4)),
        to("s3"),
        calling("GetObject"),
      ),
    ],
    by: "event",
    headline: did("2 identities", "3 calls"),
    changes: [
      ["Nightly", "call", "s3:GetObject", 1, 0, "nobody's before", "1 call (thin)"],
      ["bob", "call", "sts:AssumeRole", 1, 0, "nobody's before", two],
      ["bob", "call", "rds:StopDBInstance", 1, 0, "nobody's before", two],
    ],
  },
  {
    name: "takes what others did before as new for this one only",
    logs: [
      usual(1),
      usual(2),
      event(byUser("eve"), at(on(1)), calling("RunInstances")),
      event(byUser("bob"), at(on(5)), calling("RunInstances")),
    ],
    headline: did("1 identity", "1 call"),
    changes: [["bob", "call", "ec2:RunInstances", 1, 0, undefined, two]],
  },
  {
    name: "takes no update of a client, no service's address and no neighbour for more than they are",
    logs: [
      usual(1),
      usual(2),
      event(byUser("bob"), at(on(4)), { userAgent: "aws-cli/2.99.0" }, from("203.0.113.99")),
      event(byUser("bob"), at(on(4)), from("cloudformation.amazonaws.com")),
    ],
    headline: did("1 identity", "1 address"),
    changes: [["bob", "address", "203.0.113.99", 1, 0, "in a known block", two]],
  },
  {
    name: "counts sessions of a role as the role, and those of Identity Center as the person",
    logs: [
      event(bySession({ role: "Deploy", session: "one", key: "ASIA1" }), at(on(1))),
      event(bySession({ role: "Deploy", session: "two", key: "ASIA2" }), at(on(4))),
      event(bySso("maria@example.com"), at(on(1))),
      event(bySso("nils@example.com"), at(on(4))),
    ],
    headline: "Nobody of the baseline did anything new from 2026-11-04 at 00:00:00 UTC on.",
    strangers: [["nils@example.com (SSO Ops)", 1, ["ec2:DescribeInstances"], ["203.0.113.7"]]],
  },
  {
    name: "tells of a role that was assumed for the first time",
    logs: [
      usual(1),
      usual(2),
      assuming({ role: "Admin", session: "bob", key: "ASIA3" }, byUser("bob"), at(on(4))),
    ],
    by: "role",
    headline: did("1 identity", "1 role"),
    changes: [["bob", "role", "Admin", 1, 0, "nobody's before", two]],
  },
  {
    name: "tells many of one sort in one row",
    logs: [
      usual(1),
      usual(2),
      ...[1, 2, 3, 4, 5, 6].map((n) => event(byUser("bob"), at(on(4)), calling(`Run${n}`))),
    ],
    by: "event",
    headline: did("1 identity", "6 calls"),
    changes: [
      [
        "bob",
        "6 calls",
        [1, 2, 3, 4, 5, 6].map((n) => `ec2:Run${n}`),
        6,
        0,
        "nobody's before",
        two,
      ],
    ],
  },
  {
    name: "leaves out what services call on their own account",
    logs: [
      usual(1),
      event(byService("autoscaling"), at(on(4))),
      event(bySession({ role: "AWSServiceRoleForRDS", session: "rds" }), at(on(4))),
      event(
        {
          userIdentity: {
            type: "Root",
            arn: "arn:aws:iam::111122223333:root",
            invokedBy: "support.amazonaws.com",
          },
        },
        at(on(4)),
      ),
    ],
    headline: "Nobody of the baseline did anything new from 2026-11-04 at 00:00:00 UTC on.",
  },
  {
    name: "begins where a range begins, and tells what --since lets through",
    logs: [
      event(byUser("bob"), at(on(1)), calling("RunInstances")),
      usual(2),
      event(byUser("bob"), at(on(3)), calling("DeleteVpc")),
      event(byUser("bob"), at(on(5)), calling("RunInstances")),
    ],
    baseline: "2026-11-02..2026-11-03",
    scope: { filter: filterFromFlags({ from: Date.parse(on(4)) }) },
    headline: "1 identity did something new from 2026-11-03 at 00:00:00 UTC on: 1 call.",
    changes: [["bob", "call", "ec2:RunInstances", 1, 0, "nobody's before", "1 call (thin)"]],
  },
  {
    name: "says so if there is no baseline at all",
    logs: [usual(5)],
    headline:
      "The logs hold no matching call of the baseline, which ends on 2026-11-04 at 00:00:00 UTC: " +
      "everything would be new.",
  },
];

describe("new", () => {
  for (const { name, logs, baseline = "2026-11-04", by = all, scope, headline, ...rest } of cases) {
    it(name, async () => {
      const options = { baseline, by };
      const { answer, rows } = await asked(whatIsNew, logs, { options, ...scope });
      const { changes = [], strangers = [] } = rest;
      const without = (section: string, times: number) =>
        (rows.get(section) ?? []).map(({ cells }) => cells.slice(times).map(shownValue));
      assert.equal(answer.sentences[0], headline);
      assert.deepEqual(without("changes", 2), changes);
      assert.deepEqual(
        without("strangers", 2).map(([who, n, calls, places]) => [
          who,
          n,
          [calls].flat(),
          [places].flat(),
        ]),
        strangers,
      );
      assert.equal(answer.found, changes.length + strangers.length > 0);
    });
  }

  it("says how much there is to compare with", async () => {
    const { answer } = await asked(
      whatIsNew,
      [usual(1), event(byUser("bob"), at(on(4)), calling("RunInstances"))],
      {
        options: { baseline: "2026-11-04", by: all },
      },
    );
    assert.deepEqual(answer.sentences.slice(1), [
      "The baseline holds 1 call of 1 identity from 2026-11-01 at 09:00:00 UTC on.",
      "It is thin for 1 of those with something new (fewer than 100 calls, or within less than 3 d): " +
        "what is new may just be rare.",
    ]);
  });

  for (const [options, message] of [
    [{ by: all }, "--baseline: say up to when all is known: 7d, 2026-11-01, or A..B"],
    [{ by: all, baseline: "2026-11-04..2026-11-03" }, "--baseline: ends before it begins"],
    [
      { by: all, baseline: "soon" },
      '--baseline: "soon" is no time and no two; give 2026-11-01, 7d or 2026-10-01..2026-11-01',
    ],
    [{ by: "mood", baseline: "7d" }, `--by: "mood" is none of event, region, address, agent, role`],
  ] as const) {
    it(`refuses ${JSON.stringify(options)}`, async () => {
      await assert.rejects(asked(whatIsNew, [], { options }), { message });
    });
  }
});

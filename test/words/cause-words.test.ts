import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { JsonObject } from "../../src/event/record.ts";
import type { FoundEvent } from "../../src/query/query.ts";
import type { Cause, Started } from "../../src/resolve/causes.ts";
import { causeFacts, causeSentences, serviceName } from "../../src/words/cause-words.ts";
import { found, time } from "../resolve/credentials.ts";
import {
  at,
  byRole,
  byService,
  byUser,
  calling,
  event,
  on,
  to,
  withId,
} from "../support/events.ts";

function one(...parts: readonly JsonObject[]): FoundEvent {
  const [only] = found([event(...parts)]);
  assert.ok(only);
  return only;
}

const stack = (stackName: string, clock: string, by = byUser("maria")) =>
  one(to("cloudformation"), calling("DeleteStack"), at(time(clock)), on({ stackName }), by);
const orders = stack("orders", "09:14:00");
const act = one(calling("DeleteVolume"), byUser("maria"));
const started: Started = {
  kind: "started",
  service: "cloudformation.amazonaws.com",
  starters: [orders],
  link: "session",
  certainty: "certain",
};

interface Case {
  readonly name: string;
  readonly event?: FoundEvent;
  readonly cause: Cause;
  readonly sentences: readonly string[];
}

const cases: readonly Case[] = [
  {
    name: "name the call, the caller and the tie",
    cause: started,
    sentences: [
      "CloudFormation did it for DeleteStack on orders, called by maria on 2026-11-05 at 09:14:00 UTC (same session).",
    ],
  },
  {
    name: "say what is only likely",
    cause: { ...started, link: "role", certainty: "likely" },
    sentences: [
      "CloudFormation did it for DeleteStack on orders, called by maria on 2026-11-05 at 09:14:00 UTC (likely, it was to act in that role).",
    ],
  },
  {
    name: "name all candidates, and their caller once if it is one",
    cause: {
      ...started,
      starters: [orders, stack("billing", "09:14:05")],
      certainty: "one of several",
    },
    sentences: [
      "CloudFormation did it for one of 2 calls by maria that the logs cannot tell apart (same session): DeleteStack on orders on 2026-11-05 at 09:14:00 UTC or DeleteStack on billing on 2026-11-05 at 09:14:05 UTC.",
    ],
  },
  {
    name: "name the callers of candidates where these differ",
    cause: {
      ...started,
      starters: [orders, stack("billing", "09:14:05", byUser("bob"))],
      link: "time",
      certainty: "one of several",
    },
    sentences: [
      "CloudFormation did it for one of 2 calls that the logs cannot tell apart (by the time alone): DeleteStack on orders, called by maria on 2026-11-05 at 09:14:00 UTC or DeleteStack on billing, called by bob on 2026-11-05 at 09:14:05 UTC.",
    ],
  },
  {
    name: "give a stack's name for its ARN",
    cause: {
      ...started,
      starters: [
        stack("arn:aws:cloudformation:us-east-1:111122223333:stack/orders/0a1b", "09:14:00"),
      ],
    },
    sentences: [
      "CloudFormation did it for DeleteStack on orders, called by maria on 2026-11-05 at 09:14:00 UTC (same session).",
    ],
  },
  {
    name: "go up step by step, to the call that nobody saw",
    cause: { ...started, cause: { kind: "unknown", service: "codepipeline.amazonaws.com" } },
    sentences: [
      "CloudFormation did it for DeleteStack on orders, called by maria on 2026-11-05 at 09:14:00 UTC (same session).",
      "CodePipeline did that DeleteStack, and no call in these logs told it to: perhaps a change of the source did.",
    ],
  },
  {
    name: "say for whom a service acted whose call is missing",
    event: one(byRole("Deploy", "ci"), {
      userIdentity: { type: "IAMUser", userName: "bob", invokedBy: "glue.amazonaws.com" },
    }),
    cause: { kind: "unknown", service: "glue.amazonaws.com" },
    sentences: [
      "glue.amazonaws.com did it for bob; the call that told it to is not in these logs.",
    ],
  },
  {
    name: "say that nobody did it",
    event: one(calling("BidEvictedEvent"), byService("ec2")),
    cause: { kind: "nobody", service: "ec2.amazonaws.com" },
    sentences: ["No person called it: EC2 took the spot instance back."],
  },
  {
    name: "say of other events by services that these only tell",
    event: one(calling("RotationSucceeded"), byService("secretsmanager")),
    cause: { kind: "nobody", service: "secretsmanager.amazonaws.com" },
    sentences: ["No person called it: Secrets Manager tells what it did by itself."],
  },
];

describe("sentences about a cause", () => {
  for (const { name, cause, sentences, event: told = act } of cases) {
    it(name, () => assert.deepEqual(causeSentences(told, cause, "UTC"), sentences));
  }

  it("come as facts for programs", () => {
    const starter = one(to("cloudformation"), calling("DeleteStack"), withId("delete"));
    const cause = { kind: "unknown", service: "codepipeline.amazonaws.com" } as const;
    assert.deepEqual(causeFacts({ ...started, starters: [starter], cause }), {
      kind: "started",
      service: "cloudformation.amazonaws.com",
      tie: "session",
      certainty: "certain",
      calls: [{ eventID: "delete", event: "DeleteStack", who: "alice", what: [] }],
      cause,
    });
  });

  it("call services by their names", () => {
    assert.equal(
      serviceName("ecs.application-autoscaling.amazonaws.com"),
      "Application Auto Scaling",
    );
    assert.equal(serviceName("autoscaling.amazonaws.com.cn"), "Auto Scaling");
    assert.equal(serviceName("new.amazonaws.com"), "new.amazonaws.com");
  });
});

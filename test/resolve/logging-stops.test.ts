import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { CloudTrailRecord, Json } from "../../src/event/record.ts";
import { everything } from "../../src/query/filter.ts";
import { LoggingStops } from "../../src/resolve/logging-stops.ts";
import { at, calling, event, failing, inAccount, withId } from "../support/events.ts";
import { readingOf } from "../support/plain-reading.ts";

const arn = "arn:aws:cloudtrail:us-east-1:111122223333:trail/org-trail";

interface Case {
  readonly name: string;
  readonly events: readonly CloudTrailRecord[];
  /** Trail, when it stopped, when it started again. */
  readonly stops: readonly (readonly [string, string, string?])[];
}

function call(
  eventName: string,
  time: string,
  name: Json,
  ...parts: readonly CloudTrailRecord[]
): CloudTrailRecord {
  return event(
    { eventSource: "cloudtrail.amazonaws.com", requestParameters: { name } },
    calling(eventName),
    at(`2026-11-05T${time}Z`),
    withId(`${eventName}-${time}`),
    ...parts,
  );
}

const cases: readonly Case[] = [
  {
    name: "pair a stop with the start that ended it, whether by name or ARN",
    events: [call("StopLogging", "09:00:00", arn), call("StartLogging", "10:00:00", "org-trail")],
    stops: [["org-trail", "09:00:00", "10:00:00"]],
  },
  {
    name: "leave one open that nobody started again",
    events: [call("StartLogging", "08:00:00", arn), call("StopLogging", "09:00:00", arn)],
    stops: [["org-trail", "09:00:00"]],
  },
  {
    name: "begin with the first stop of several, also when the trail is deleted then",
    events: [
      call("StopLogging", "09:00:00", arn),
      call("StopLogging", "09:30:00", arn),
      call("DeleteTrail", "09:40:00", arn),
      call("StartLogging", "10:00:00", arn),
      call("StopLogging", "11:00:00", arn),
    ],
    stops: [
      ["org-trail", "09:00:00", "10:00:00"],
      ["org-trail", "11:00:00"],
    ],
  },
  {
    name: "pass over what was denied or failed",
    events: [
      call("StopLogging", "09:00:00", arn, failing("AccessDenied")),
      call("StopLogging", "09:30:00", arn),
      call("StartLogging", "10:00:00", arn, failing("TrailNotFoundException")),
    ],
    stops: [["org-trail", "09:30:00"]],
  },
  {
    name: "keep trails of one name in other regions and accounts apart",
    events: [
      call("StopLogging", "09:00:00", "org-trail"),
      call("StartLogging", "09:10:00", "org-trail", inAccount("444455556666")),
      call("StartLogging", "09:20:00", "org-trail", { awsRegion: "eu-west-1" }),
      call("StartLogging", "09:30:00", arn.replace("org-trail", "other")),
    ],
    stops: [["org-trail", "09:00:00"]],
  },
  {
    name: "take only CloudTrail's calls, on a trail that they name",
    events: [
      call("StopLogging", "09:00:00", arn, { eventSource: "ec2.amazonaws.com" }),
      call("StopLogging", "09:10:00", { not: "a name" }),
      call("StopLogging", "09:20:00", ""),
      event(calling("DescribeTrails")),
    ],
    stops: [],
  },
];

function telling(eventName: string, time: string, parameters: Json): CloudTrailRecord {
  return call(eventName, time, "org-trail", { requestParameters: parameters });
}

const stop = call("StopLogging", "09:00:00", "org-trail");
const name = "org-trail";
const reaches: readonly {
  readonly name: string;
  readonly events: readonly CloudTrailRecord[];
  readonly reach: { readonly allRegions: boolean; readonly allAccounts: boolean } | undefined;
}[] = [
  {
    name: "know no reach of a trail that is older than the logs",
    events: [stop],
    reach: undefined,
  },
  {
    name: "take a new trail for one of its region where it says nothing else",
    events: [telling("CreateTrail", "07:00:00", { name }), stop],
    reach: { allRegions: false, allAccounts: false },
  },
  {
    name: "learn from an update, which leaves alone what it does not say",
    events: [
      telling("CreateTrail", "07:00:00", { name, isOrganizationTrail: true }),
      telling("UpdateTrail", "08:00:00", { name, isMultiRegionTrail: true }),
      telling("UpdateTrail", "08:30:00", { name, enableLogFileValidation: true }),
      stop,
    ],
    reach: { allRegions: true, allAccounts: true },
  },
];

describe("stretches without logging", () => {
  for (const { name, events, stops } of cases) {
    it(name, async () => {
      const found = new LoggingStops();
      const reply = await readingOf(events).events({ kind: "events", filter: everything });
      for await (const one of reply.events) found.add(one);
      assert.deepEqual(
        found
          .all()
          .map(({ trail, stopped, started }) => [
            trail,
            ...[stopped, started].flatMap((one) =>
              one === undefined ? [] : String(one.record["eventTime"]).slice(11, 19),
            ),
          ]),
        stops,
      );
    });
  }

  for (const { name, events, reach } of reaches) {
    it(name, async () => {
      const found = new LoggingStops();
      const reply = await readingOf(events).events({ kind: "events", filter: everything });
      for await (const one of reply.events) found.add(one);
      assert.deepEqual(
        found.all().map((stop) => stop.reach),
        [reach],
      );
    });
  }
});

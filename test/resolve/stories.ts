/**
 * Random small stories of people who assume roles, out of order and with keys and seconds that clash.
 */

import fc from "fast-check";
import type { CloudTrailRecord } from "../../src/event/record.ts";
import { byUser, event } from "../support/events.ts";
import { assuming, bySession, byUserSession, signingIn, time } from "./credentials.ts";

export const names = ["maria", "joe", "ana"];
const roles = ["Deploy", "Admin", "Audit"];
const clocks = ["09:00:00", "09:00:01", "09:30:00"];

const session = fc.record({
  role: fc.constantFrom(...roles),
  session: fc.constantFrom(...names),
  key: fc.constantFrom("ASIA1", "ASIA2", "ASIA3", "ASIA4"),
  began: fc.constantFrom(...clocks),
});
const caller = fc.oneof(
  fc.constantFrom(...names).map((name) => byUser(name)),
  session.map((one) => bySession(one)),
  fc
    .tuple(fc.constantFrom(...names), fc.constantFrom(...clocks))
    .map(([name, clock]) => byUserSession(name, clock, "ASIACONSOLE")),
);
export const storyRecord: fc.Arbitrary<CloudTrailRecord> = fc.oneof(
  caller.map((by) => event(by)),
  fc.tuple(session, caller).map(([begun, by]) => assuming(begun, by)),
  fc
    .tuple(fc.constantFrom(...names), fc.constantFrom(...clocks))
    .map(([name, clock]) => signingIn(name, clock)),
  fc.constantFrom(...names).map((name) =>
    event({
      eventSource: "iam.amazonaws.com",
      eventName: "CreateAccessKey",
      eventTime: time("08:00:00"),
      ...byUser("root-like"),
      responseElements: {
        accessKey: { accessKeyId: `AKIA${name.toUpperCase()}`, userName: name },
      },
    }),
  ),
);

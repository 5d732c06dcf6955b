/**
 * What happened from Wednesday to Friday, in order. `fixtures/incident.md` tells it in prose.
 */

import { colleaguesRepair, groupShrinks, lastTraces } from "./afterwards.ts";
import { doorsAreOpened } from "./evening.ts";
import { loggingIsStarted, loggingIsStopped, tableIsDeleted } from "./night.ts";
import { type Blind, ordinaryDays } from "./ordinary-days.ts";
import { central } from "./things.ts";
import { Trail } from "./trail.ts";
import { agentCleansUp, stagingIsDeleted } from "./wednesday.ts";

/** The trail of a region wrote no file for a day; the trail of another was off for a night. */
const blind: readonly Blind[] = [
  { region: "us-east-1", from: "Tue 00:00:00", until: "Wed 00:00:00" },
  { region: central, from: "Wed 21:40:00", until: "Thu 06:10:00" },
];

export function incident(): Trail {
  const trail = new Trail();
  ordinaryDays(trail, blind);
  agentCleansUp(trail);
  stagingIsDeleted(trail);
  doorsAreOpened(trail);
  loggingIsStopped(trail);
  tableIsDeleted(trail);
  loggingIsStarted(trail);
  colleaguesRepair(trail);
  groupShrinks(trail);
  lastTraces(trail);
  return trail;
}

/**
 * The story of a resource, gathered: what came of it whatever the question asked for, under all names
 * that the logs tie to it.
 */

import { switches } from "../event/effect-table.ts";
import { deedOf } from "../event/verb-classes.ts";
import { every, fitting, some } from "../query/build.ts";
import type { Filter, ResourcePattern } from "../query/filter.ts";
import { eventsOf } from "../query/found.ts";
import type { Reading } from "../query/query.ts";
import { type Naming, namingCalls, namingOf } from "./aliases.ts";
import { type Story, storyOf } from "./life.ts";
import { standingsOf } from "./standing.ts";

export interface Gathered extends Naming {
  readonly story: Story;
}

/** Of the events that mention a resource, asked for as `text`, those that `storyBehind` asks for. */
export function storyTerm(mention: Filter, text: string): Filter {
  return every([mention, some([mayTurn, namingCalls(text)])]);
}

/**
 * `term` is a `storyTerm`: a reading for which that one was said reads nothing twice, unless another
 * name leads to more.
 */
export async function storyBehind(
  reading: Reading,
  resource: ResourcePattern,
  term: Filter,
): Promise<Gathered> {
  const naming = await namingOf(reading, resource, term);
  const events = await eventsOf(reading, { filter: every([naming.term, mayTurn]) });
  return { ...naming, story: storyOf(events, standingsOf(resource, naming.aliases)) };
}

const turning = ["deleted", "created", "stopped", "weakened", "started", "restored"];

/** Calls that may create, end, hide, weaken, save or rename something. */
const mayTurn = some(
  [
    ...new Set([
      ...turning.flatMap((word) => deedOf(word)?.eventNames ?? []),
      ...switches.flatMap(({ on }) => on?.names ?? []),
      ...["CopyObject", "PutRolePolicy", "PutUserPolicy", "PutGroupPolicy", "PutDashboard"],
      ...["PutCompositeAlarm", "PutConfigRule", "Modify*", "Update*"],
    ]),
  ].map((glob) => fitting("eventName", glob)),
);

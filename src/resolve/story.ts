/**
 * The story of a resource, gathered: what came of it whatever the question asked for, under all names
 * that the logs link to it.
 */

import { switches } from "../event/effect-table.ts";
import { settingEvents } from "../event/settings.ts";
import { deedOf } from "../event/verb-classes.ts";
import { every, fitting, some } from "../query/build.ts";
import type { Filter } from "../query/filter.ts";
import { eventsOf } from "../query/found.ts";
import type { Reading } from "../query/query.ts";
import type { Resource } from "../query/resource.ts";
import { type Naming, namingCalls, namingOf } from "./aliases.ts";
import { type Story, storyOf } from "./life.ts";
import { standingsOf } from "./standing.ts";

export interface Gathered extends Naming {
  readonly story: Story;
}

const storyTerms = new WeakMap<Resource, Filter>();

/** Of the events that mention the resource, those that `storyBehind` asks for. */
export function storyTerm(about: Resource): Filter {
  const { term, written } = about;
  const known = storyTerms.get(about) ?? every([term, some([mayTurn, namingCalls(written)])]);
  storyTerms.set(about, known);
  return known;
}

/** An engine that was told to expect its `storyTerm` reads nothing twice, unless another name leads to more. */
export async function storyBehind(reading: Reading, about: Resource): Promise<Gathered> {
  const resource = about.pattern;
  const naming = await namingOf(reading, resource, storyTerm(about));
  const events = await eventsOf(reading, { filter: every([naming.term, mayTurn]) });
  return { ...naming, story: storyOf(events, standingsOf(resource, naming.aliases)) };
}

const turning = ["deleted", "created", "stopped", "weakened", "started", "restored"];

/** Calls that may create, end, hide, weaken, save or rename something. */
export const mayTurn = some(
  [
    ...new Set([
      ...turning.flatMap((word) => deedOf(word)?.eventNames ?? []),
      ...switches.flatMap(({ on }) => on?.names ?? []),
      ...settingEvents,
      ...["CopyObject", "PutRolePolicy", "PutUserPolicy", "PutGroupPolicy", "PutDashboard"],
      ...["PutCompositeAlarm", "PutConfigRule", "Modify*", "Update*"],
    ]),
  ].map((glob) => fitting("eventName", glob)),
);

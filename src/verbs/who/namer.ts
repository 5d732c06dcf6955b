/**
 * By what names the answer of `trailhound who` calls the people in it.
 */

import type { FoundEvent } from "../../query/query.ts";
import { nameBehind } from "../../words/caller-behind.ts";
import { doerOf } from "../../words/cause-words.ts";
import type { NameOf } from "../../words/event-words.ts";
import { namesakes } from "../../words/namesakes.ts";
import type { Question } from "./question.ts";

/** The service's own doing before the person behind the credentials. */
export function namer({ way }: Question): NameOf {
  return (event) => doerOf(event.record) ?? nameBehind(way.people(event));
}

/** Each once, in the order of the events; those of one name told apart. */
export function namesOf(events: readonly FoundEvent[], question: Question): readonly string[] {
  const nameOf = namer(question);
  const people = events.map((event) => {
    const { origins } = question.way.people(event).chain;
    return {
      name: nameOf(event),
      key: origins.map(({ identity }) => identity.key).join(" or "),
      account: origins[0]?.identity.account,
    };
  });
  return [...new Set(people.map(namesakes(people)))];
}

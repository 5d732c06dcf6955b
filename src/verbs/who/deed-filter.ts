/**
 * Deeds as filters: which calls amount to "deleted", "created" and so on.
 */

import { deletesInside } from "../../event/item-deeds.ts";
import { type Deed, deedOf, deeds } from "../../event/verb-classes.ts";
import { every, fitting, mentioning, not, some } from "../../query/build.ts";
import type { Filter } from "../../query/filter.ts";
import { UserError } from "../../query/user-error.ts";

export function deedNamed(word: string): Deed {
  const deed = deedOf(word);
  if (deed !== undefined) return deed;
  const words = deeds.map(({ words: [usual] }) => usual).join(", ");
  throw new UserError(`there is no question "who ${word}"; ask who ${words}`);
}

/** Calls of the deed, whatever they were about and however they ended. */
export function deedFilter({ infinitive, eventNames, except, sometimes }: Deed): Filter {
  const always = some(eventNames.map(isCalled));
  return some([
    except.length === 0 ? always : every([always, not(some(except.map(isCalled)))]),
    ...sometimes.map(({ eventName, path, value }) =>
      every([isCalled(eventName), fitting({ kind: "path", path }, value)]),
    ),
    ...(infinitive === "delete" ? deletesInside : []).map(({ eventName, key }) =>
      every([isCalled(eventName), mentioning(key)]),
    ),
  ]);
}

function isCalled(eventName: string): Filter {
  return fitting("eventName", eventName);
}

/**
 * Deeds as filters: which calls amount to "deleted", "created" and so on.
 */

import { deletesInside } from "../event/item-deeds.ts";
import { type Deed, deedOf, deeds } from "../event/verb-classes.ts";
import type { Filter, Subject } from "../query/filter.ts";
import { parsePattern } from "../query/pattern.ts";
import { UserError } from "../query/user-error.ts";

export function deedNamed(word: string): Deed {
  const deed = deedOf(word);
  if (deed !== undefined) return deed;
  const words = deeds.map(({ words: [usual] }) => usual).join(", ");
  throw new UserError(`there is no question "who ${word}"; ask who ${words}`);
}

/** Calls of the deed, whatever they were about and however they ended. */
export function deedFilter({ infinitive, eventNames, except, sometimes }: Deed): Filter {
  const always: Filter = some(eventNames.map(isCalled));
  return some([
    except.length === 0 ? always : every([always, not(some(except.map(isCalled)))]),
    ...sometimes.map(({ eventName, path, value }) =>
      every([isCalled(eventName), text({ kind: "path", path }, value)]),
    ),
    ...(infinitive === "delete" ? deletesInside : []).map(({ eventName, key }) =>
      every([isCalled(eventName), { kind: "mentions", resource: { text: key, glob: false } }]),
    ),
  ]);
}

function isCalled(eventName: string): Filter {
  return text({ kind: "field", field: "eventName" }, eventName);
}

function text(subject: Subject, value: string): Filter {
  return { kind: "text", subject, pattern: parsePattern(value) };
}

function some(filters: readonly Filter[]): Filter {
  return { kind: "some", filters };
}

function every(filters: readonly Filter[]): Filter {
  return { kind: "every", filters };
}

function not(filter: Filter): Filter {
  return { kind: "not", filter };
}

/**
 * Which questions are about all records, and which about calls alone.
 */

import { laneFields, otherLanes } from "../event/lane.ts";
import { type Filter, type Subject, type Test, testsOf } from "./filter.ts";
import { fits } from "./pattern.ts";

interface Asked {
  readonly filter: Filter;
  /** What events are counted by. */
  readonly by?: readonly Subject[];
  readonly anyLane?: true;
}

/** Whoever looks at the lane of a record, or at what only some other lane has, means records of all lanes. */
export function takesAnyLane({ filter, by = [], anyLane }: Asked): boolean {
  return anyLane === true || by.some(tellsLane) || testsOf(filter).some(looksAtLane);
}

const ownKeys = otherLanes.flatMap(({ keys }) => keys);
const ownTypes = otherLanes.flatMap(({ types }) => types);

function tellsLane(subject: Subject): boolean {
  const name = subject.kind === "field" ? subject.field : subject.path[0];
  return [...laneFields, ...ownKeys].some((one) => one === name);
}

/** Most types are kinds of calls. */
function looksAtLane(test: Test): boolean {
  switch (test.kind) {
    case "text":
      return nameOf(test.subject) === "eventType"
        ? ownTypes.some(fits(test.pattern))
        : tellsLane(test.subject);
    case "address":
    case "compare":
    case "exists":
      return nameOf(test.subject) !== "eventType" && tellsLane(test.subject);
    case "pairs":
    case "same":
      return test.subjects.some(tellsLane);
    case "items":
      return tellsLane({ kind: "path", path: test.path });
    case "time":
    case "mentions":
    case "anywhere":
      return false;
  }
}

function nameOf(subject: Subject): string | undefined {
  return subject.kind === "field" ? subject.field : subject.path[0];
}

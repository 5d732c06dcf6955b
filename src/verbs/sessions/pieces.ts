/**
 * The calls of sessions, counted by caller in pieces that have what a line tells of them in common.
 */

import type { FieldName } from "../../event/fields.ts";
import { timeOf } from "../../event/time.ts";
import { valuesOf } from "../../event/values.ts";
import { equals, every, exists, field, not } from "../../query/build.ts";
import type { Filter } from "../../query/filter.ts";
import { matches } from "../../query/matches.ts";
import { type Reading, sketchOf } from "../../query/query.ts";
import { type CallerGroup, groupsByCaller } from "../../resolve/caller-groups.ts";
import { issuingFilter } from "../../resolve/issuers.ts";
import type { Sessions } from "../../resolve/sessions.ts";

/** Of a long-term key: a pause longer than this begins a new line. */
export const pauseMs = 3_600_000;

/** Calls that begin a session and are made in none. */
export const opening = every([
  issuingFilter,
  not(exists("accessKeyId")),
  not(exists("sessionStart")),
]);

const isWrite = equals("readOnly", "false");

/**
 * Some of a session's calls: `calls` from one address with one outcome, `clients` with one user agent,
 * `writes` of one name. Each call is in one piece of the first two kinds.
 */
export interface Piece extends CallerGroup {
  readonly kind: "calls" | "clients" | "writes";
}

const counting: readonly {
  readonly kind: Piece["kind"];
  readonly by: readonly FieldName[];
  readonly only?: Filter;
}[] = [
  { kind: "calls", by: ["sourceIPAddress", "readOnly", "outcome"] },
  { kind: "clients", by: ["userAgent"] },
  { kind: "writes", by: ["eventName"], only: isWrite },
];

/** The calls that fit, in pieces of each kind. */
export async function counted(reading: Reading, filter: Filter): Promise<readonly Piece[]> {
  const pieces: Piece[] = [];
  for (const { kind, by, only } of counting) {
    const all = only === undefined ? [filter] : [filter, only];
    const query = { kind: "groups", by: by.map(field) } as const;
    // Only what has no beginning is cut: there are many more pieces then.
    const timed = { ...query, filter: every([...all, exists("sessionStart")]) };
    const untimed = { ...query, filter: every([...all, not(exists("sessionStart"))]), pauseMs };
    for (const one of [timed, untimed]) {
      for (const group of await groupsByCaller(reading, one)) pieces.push({ ...group, kind });
    }
  }
  return pieces;
}

/** Sign-ins that began a session belong to it, though they were made before it. */
export function signIns(sessions: Sessions, filter: Filter): readonly Piece[] {
  const made = sessions.issues.filter(({ event, used, issued }) => {
    const isWitness = used.arn === issued.arn && issued.arn !== undefined;
    // Few calls are sign-ins, so that few records are read.
    return isWitness && matches(opening, sketchOf(event)) && matches(filter, event.record);
  });
  return made.flatMap(({ id, event: { record } }) => {
    const time = timeOf(record);
    const piece = {
      ...{ caller: id, record, count: 1 },
      ...(time === undefined ? {} : { first: time, last: time }),
    };
    return counting.map(({ kind, by }) => ({
      ...piece,
      kind,
      values: by.map((name) => valuesOf(name, record)[0]),
    }));
  });
}

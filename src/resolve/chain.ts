/**
 * The chain behind a call: back from the session that made it, through the calls that issued
 * credentials, to where it begins or the logs end.
 *
 * Where the logs cannot tell which of several calls issued the credentials, all of them are followed,
 * and only if they lead to the same origin is that origin the answer.
 */

import type { CloudTrailRecord } from "../event/record.ts";
import { sketchOf } from "../query/query.ts";
import { issuedTo } from "./issuers.ts";
import { type Caller, type Origin, originOf, proofIn } from "./origin.ts";
import type { Issue, Join, Sessions } from "./sessions.ts";

export interface Hop {
  readonly join: Join;
  readonly certainty: "certain" | "likely" | "one of several";
  /** The calls that may have issued the credentials, in order of time. */
  readonly issues: readonly Issue[];
}

export interface Chain {
  /** From the call back: the last credentials first. */
  readonly hops: readonly Hop[];
  /** At least one; several if the logs cannot tell which. */
  readonly origins: readonly Origin[];
}

export function chainOf(record: CloudTrailRecord, sessions: Sessions): Chain {
  const hops: Hop[] = [];
  const origins = new Map<string, Origin>();
  /** At which step: whatever leads to an earlier one leads in a circle. */
  const reached = new Map<Issue, number>();
  let callers: readonly Caller[] = [{ record: sessions.fullest(record) }];
  for (let step = 0; callers.length > 0; step++) {
    const next: Caller[] = [];
    const issues: Issue[] = [];
    const joins = new Set<Join>();
    for (const caller of callers) {
      const proof = proofIn(caller.record) ?? caller.proof;
      const link = sessions.issuersOf(caller.record);
      const ahead = link?.issues.filter((issue) => (reached.get(issue) ?? step) === step) ?? [];
      if (link === undefined || ahead.length === 0) {
        const origin = originOf({ ...caller, proof }, sessions);
        origins.set(keyOf(origin), origin);
        continue;
      }
      joins.add(link.join);
      for (const issue of ahead.filter((one) => !reached.has(one))) {
        reached.set(issue, step);
        issues.push(issue);
        next.push({ record: issuedTo(sketchOf(issue.event)), session: caller.record, proof });
      }
    }
    const join = weakestFirst.find((kind) => joins.has(kind));
    if (join !== undefined) hops.push({ join, certainty: certaintyOf(join, issues), issues });
    callers = next;
  }
  return { hops, origins: [...origins.values()] };
}

const weakestFirst: readonly Join[] = ["assignment", "session", "key"];

function certaintyOf(join: Join, issues: readonly Issue[]): Hop["certainty"] {
  if (issues.length > 1) return "one of several";
  return join === "assignment" ? "likely" : "certain";
}

function keyOf({ kind, identity: { arn, name, account } }: Origin): string {
  return JSON.stringify([kind, arn ?? name, account]);
}

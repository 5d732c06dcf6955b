/**
 * The chain behind a call: back from the session that made it, through the calls that issued
 * credentials, to where it begins or the logs end.
 *
 * Where the logs cannot tell which of several calls issued the credentials, all of them are followed,
 * and only if they lead to the same origin is that origin the answer.
 */

import type { CloudTrailRecord } from "../event/record.ts";
import { identityCenterKey } from "../event/role-session.ts";
import { sketchOf } from "../query/query.ts";
import type { Issuance } from "./issuances.ts";
import { issuedTo } from "./issuers.ts";
import {
  type Caller,
  type Chain,
  type Hop,
  isProven,
  type Origin,
  originOf,
  proofIn,
} from "./origin.ts";
import type { SessionLink, Sessions } from "./sessions.ts";
import type { UserNames } from "./user-names.ts";

export type { Chain, Hop } from "./origin.ts";

export function chainOf(record: CloudTrailRecord, sessions: Sessions): Chain {
  return chainBut(record, sessions, new Set());
}

/** Without makers that were looked at already: two users may have made each other's keys. */
function chainBut(
  record: CloudTrailRecord,
  sessions: Sessions,
  makings: ReadonlySet<Issuance>,
): Chain {
  const hops: Hop[] = [];
  const origins = new Map<string, Origin>();
  /** At which step: whatever leads to an earlier one leads in a circle. */
  const reached = new Map<Issuance, number>();
  let callers: readonly Caller[] = [{ record: sessions.fullest(record) }];
  for (let step = 0; callers.length > 0; step++) {
    const next: Caller[] = [];
    const issues: Issuance[] = [];
    const links = new Set<SessionLink>();
    for (const caller of callers) {
      const proof = proofIn(caller.record) ?? caller.proof;
      const issuers = sessions.issuersOf(caller.record);
      const ahead = issuers?.issues.filter((issue) => (reached.get(issue) ?? step) === step) ?? [];
      if (issuers === undefined || ahead.length === 0) {
        const origin = originOf({ ...caller, proof }, sessions);
        origins.set(originKey(origin), origin);
        continue;
      }
      links.add(issuers.link);
      for (const issue of ahead.filter((one) => !reached.has(one))) {
        reached.set(issue, step);
        issues.push(issue);
        next.push({ record: issuedTo(sketchOf(issue.event)), session: caller.record, proof });
      }
    }
    const link = weakestFirst.find((kind) => links.has(kind));
    if (link !== undefined) hops.push({ link, certainty: certaintyOf(link, issues), issues });
    callers = next;
  }
  const made = ({ made: making, ...origin }: Origin): Origin => {
    if (making === undefined || makings.has(making)) return origin;
    const by = issuedTo(making.event.record);
    const maker = chainBut(by, sessions, new Set([...makings, making]));
    return { ...origin, made: making, maker };
  };
  return {
    hops,
    origins: [...origins.values()].map((origin) => named(made(origin), sessions.userNames())),
  };
}

/** Where a record knows a user of Identity Center by the id alone, another may know the name. */
export function named(origin: Origin, names: UserNames): Origin {
  const { evidence, identity } = origin;
  if (evidence !== "Identity Center" || identity.session !== undefined) return origin;
  const name = names.get(identity.name) ?? names.get(identity.key.split("#").at(-1) ?? "");
  if (name === undefined) return origin;
  return { ...origin, identity: { ...identity, name, key: identityCenterKey(name) } };
}

/** Whoever is behind: for a user whose key or password somebody else made, that is the maker. */
export function peopleBehind({ origins }: Chain): readonly Origin[] {
  return origins.flatMap((origin) => {
    const { maker } = origin;
    const isKnown = maker?.origins.every(
      (one) => isProven(one) && (one.kind === "person" || one.kind === "root"),
    );
    return maker !== undefined && isKnown ? peopleBehind(maker) : [origin];
  });
}

const weakestFirst: readonly SessionLink[] = ["assignment", "session", "key", "sign-in"];

function certaintyOf(link: SessionLink, issues: readonly Issuance[]): Hop["certainty"] {
  if (issues.length > 1) return "one of several";
  return link === "assignment" ? "likely" : "certain";
}

function originKey({ kind, identity: { arn, name, account } }: Origin): string {
  return JSON.stringify([kind, arn ?? name, account]);
}

/**
 * Whose calls those of a name are: what a session is called is the claim of whoever began it.
 *
 * A session that bears a name counts for whoever it names where Identity Center or a service gave it
 * that name, and where whoever began it is called so themselves (see `throughRoles`). Where the logs know
 * that somebody else began it, or where they know somebody of that name and not who began it, the calls
 * are claimed and no more.
 */

import { addTo } from "../event/add-to.ts";
import { describeIdentity } from "../event/identity.ts";
import type { CloudTrailRecord } from "../event/record.ts";
import { valuesOf } from "../event/values.ts";
import { anyOf, every, exists, field, not, path, some } from "../query/build.ts";
import type { Filter, TextTest } from "../query/filter.ts";
import { matches } from "../query/matches.ts";
import type { Reading } from "../query/query.ts";
import { joinedSpan, type Span } from "../query/span.ts";
import { type CallerGroup, groupsByCaller } from "./caller-groups.ts";
import { chainOf } from "./chain.ts";
import { sessionsBehind } from "./gather.ts";
import { credentialsUsedBy } from "./issuers.ts";
import { isProven, type Origin } from "./origin.ts";

/** Somebody whose sessions only bear the name. */
export interface Claimant {
  /** Who began the sessions; undefined where the logs do not tell. */
  readonly origins: readonly Origin[] | undefined;
  readonly calls: number;
  readonly span: Span;
}

export interface Claims {
  /** The calls that only claim the name. */
  readonly filter: Filter;
  readonly claimants: readonly Claimant[];
}

/** The calls of sessions that bear the name and do not otherwise tell of it. */
export function bearingOnly(test: TextTest): Filter {
  return every([on("session", test), not(on("bearer", test))]);
}

function on(name: "session" | "bearer", { pattern }: TextTest): Filter {
  return { kind: "text", subject: field(name), pattern };
}

/** Undefined where nobody claims the name. */
export async function claimsOf(reading: Reading, test: TextTest): Promise<Claims | undefined> {
  // Whoever writes a session's ARN, id or role beside its name means that very session.
  if (test.pattern.kind !== "regex" && /[:/]/.test(textOf(test))) return undefined;
  const query = { kind: "groups", filter: bearingOnly(test), by: [] } as const;
  const bearers = await groupsByCaller(reading, query);
  const isClaim = ({ record }: CallerGroup) => describeIdentity(record).isClaim;
  // Another account knows a session of Identity Center by its id alone.
  const idOf = ({ record }: CallerGroup) => credentialsUsedBy(record).principalId ?? "";
  const given = new Set(bearers.filter((one) => !isClaim(one)).map(idOf));
  const callers = bearers.filter((one) => isClaim(one) && !given.has(idOf(one)));
  if (callers.length === 0) return undefined;
  const judged = await judge(reading, callers, test);
  const known = judged.filter(({ whose }) => whose === "another's");
  const unknown = judged.filter(({ whose }) => whose === "unknown");
  const isBorne = unknown.length > 0 && (await hasBearer(reading, judged, test));
  const claimed = isBorne ? [...known, ...unknown] : known;
  if (claimed.length === 0) return undefined;
  return {
    filter: madeBy(claimed.map(({ caller }) => caller.record)),
    claimants: claimantsIn(claimed),
  };
}

/** Who somebody is meant to be, without the calls that only claim the name. */
export function provenBy(wanted: Filter, claims: Claims | undefined): Filter {
  return claims === undefined ? wanted : every([wanted, not(claims.filter)]);
}

function textOf({ pattern }: TextTest): string {
  return pattern.kind === "equals" ? pattern.text : pattern.kind === "glob" ? pattern.glob : "";
}

interface Judged {
  readonly caller: CallerGroup;
  readonly origins: readonly Origin[];
  /** `given`: AWS or the service that began the session named it. */
  readonly whose: "their own" | "given" | "another's" | "unknown";
}

async function judge(
  reading: Reading,
  callers: readonly CallerGroup[],
  test: TextTest,
): Promise<readonly Judged[]> {
  const events = callers.map(({ record }, place) => ({
    id: `caller ${place}`,
    record,
    source: { origin: "", offset: place, bytes: noBytes },
  }));
  const sessions = await sessionsBehind(reading, events);
  return callers.map((caller): Judged => {
    const { origins } = chainOf(caller.record, sessions);
    if (!origins.every(isProven)) return { caller, origins, whose: "unknown" };
    if (origins.every((origin) => isCalled(origin, test))) {
      return { caller, origins, whose: "their own" };
    }
    const isGiven = origins.every(({ kind }) => kind === "service" || kind === "workload");
    return { caller, origins, whose: isGiven ? "given" : "another's" };
  });
}

const noBytes = new Uint8Array();

function isCalled({ identity, evidence }: Origin, test: TextTest): boolean {
  const { name, arn, session = "" } = identity;
  // A person of Identity Center is called as the sessions of its roles are.
  const userName = evidence === "Identity Center" && session !== "" ? session : name;
  return matches(on("bearer", test), {
    userIdentity: { userName, ...(arn !== undefined && { arn }) },
  });
}

/** Somebody to whom the name belongs, whatever sessions are called. */
async function hasBearer(
  reading: Reading,
  judged: readonly Judged[],
  test: TextTest,
): Promise<boolean> {
  if (judged.some(({ whose }) => whose === "their own")) return true;
  const { pattern } = test;
  // A role of the name is no person, whom a session may be mistaken for.
  const isPerson = not(anyOf("identityType", ["AssumedRole"]));
  const isOfCenter = every([
    on("session", test),
    { kind: "text", subject: field("role"), pattern: center },
  ]);
  const { total } = await reading.events({
    kind: "events",
    limit: 0,
    filter: some([
      every([on("bearer", test), isPerson]),
      { kind: "text", subject: path("userIdentity.sessionContext.sourceIdentity"), pattern },
      isOfCenter,
    ]),
  });
  return total > 0;
}

const center = { kind: "glob", glob: "AWSReservedSSO_*" } as const;

/** Calls signed with the very credentials of these. */
function madeBy(records: readonly CloudTrailRecord[]): Filter {
  const keyed: (readonly [string, string])[] = [];
  const dated: (readonly [string, string])[] = [];
  const bare: string[] = [];
  for (const record of records) {
    const [arn = ""] = valuesOf("user", record);
    const [key] = valuesOf("accessKeyId", record);
    const [start] = valuesOf("sessionStart", record);
    if (key !== undefined) keyed.push([key, arn]);
    else if (start !== undefined) dated.push([arn, start]);
    else bare.push(arn);
  }
  const [user, accessKeyId, sessionStart] = [
    field("user"),
    field("accessKeyId"),
    field("sessionStart"),
  ];
  return some([
    { kind: "pairs", subjects: [accessKeyId, user], pairs: keyed },
    every([
      not(exists("accessKeyId")),
      { kind: "pairs", subjects: [user, sessionStart], pairs: dated },
    ]),
    every([not(exists("accessKeyId")), not(exists("sessionStart")), anyOf("user", bare)]),
  ]);
}

function claimantsIn(claimed: readonly Judged[]): readonly Claimant[] {
  const byWhom = new Map<string, Judged[]>();
  for (const one of claimed) {
    const keys = one.origins.map(({ identity }) => identity.key).join(" or ");
    addTo(byWhom, one.whose === "unknown" ? "" : keys, one);
  }
  return Array.from(byWhom, ([key, [first, ...more]]): Claimant => {
    const groups = first === undefined ? [] : [first, ...more].map(({ caller }) => caller);
    return {
      origins: key === "" ? undefined : first?.origins,
      calls: groups.reduce((sum, { count }) => sum + count, 0),
      span: groups.reduce<Span>((span, { first, last }) => joinedSpan(span, { first, last }), {}),
    };
  }).sort((a, b) => b.calls - a.calls);
}

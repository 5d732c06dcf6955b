/**
 * What an identity used: for each IAM action the resources, how often and when, with what a policy
 * made of it cannot show.
 */

import { permissionFor } from "../../event/iam-actions.ts";
import { type Outcome, outcomeOf } from "../../event/outcome.ts";
import { type CloudTrailRecord, isObject, valuesAt } from "../../event/record.ts";
import { resourceArnsFor } from "../../event/resource-arns.ts";
import { timeOf } from "../../event/time.ts";
import { valuesOf } from "../../event/values.ts";
import type { FoundEvent } from "../../query/query.ts";
import type { Span } from "../../query/span.ts";
import type { Human, Humans } from "../../words/humans.ts";

/** How many resources with the same beginning are told apart; more become one pattern. */
const mostAlike = 50;
/** How many beginnings. */
const mostBeginnings = 50;

export interface Grant {
  readonly action: string;
  /** Undefined: on everything. */
  readonly resources: readonly string[] | undefined;
  /** Why on everything; or that resources were put together. */
  readonly basis: "named" | "widened" | "all" | "unknown";
  readonly calls: number;
  readonly first?: number;
  readonly last?: number;
}

/** All that was used, and all that was seen beside it. */
export interface Usage {
  readonly grants: readonly Grant[];
  /** The same of each of those who are behind the calls; empty where nobody asks for them. */
  readonly byHuman: readonly GrantsOf[];
  readonly counts: Readonly<Record<Outcome, number>>;
  readonly span: Span;
  readonly regions: readonly string[];
  readonly identities: readonly string[];
  readonly hasRoot: boolean;
  readonly hasDataEvents: boolean;
  /** Calls that a service made on its behalf, by service. */
  readonly through: ReadonlyMap<string, number>;
  /** Roles that were handed to services, which takes iam:PassRole and leaves no event. */
  readonly passed: readonly string[];
  /** Events that need no permission, and those of which the permission is unclear, by name. */
  readonly without: ReadonlyMap<string, number>;
  readonly unclear: ReadonlyMap<string, number>;
}

interface GrantsOf {
  readonly human: Human;
  readonly grants: readonly Grant[];
}

export async function usageIn(events: AsyncIterable<FoundEvent>, humans?: Humans): Promise<Usage> {
  const grants = new Map<string, Collected>();
  const byHuman = new Map<string, { human: Human; grants: Map<string, Collected> }>();
  const counts = { success: 0, denied: 0, failed: 0, "dry-run": 0 };
  const seen = { regions: new Set<string>(), identities: new Set<string>() };
  const through = new Map<string, number>();
  const passed = new Set<string>();
  const without = new Map<string, number>();
  const unclear = new Map<string, number>();
  const span: { first?: number; last?: number } = {};
  let hasRoot = false;
  let hasDataEvents = false;
  for await (const { record } of events) {
    const outcome = outcomeOf(record);
    for (const identity of valuesOf("identity", record)) seen.identities.add(identity);
    counts[outcome] += 1;
    if (outcome !== "success") continue;
    const time = timeOf(record);
    if (time !== undefined) {
      span.first ??= time;
      span.last = time;
    }
    for (const region of valuesOf("awsRegion", record)) seen.regions.add(region);
    for (const service of valuesOf("invokedBy", record)) count(through, service);
    hasRoot ||= valuesOf("identityType", record)[0] === "Root";
    hasDataEvents ||= valuesOf("eventCategory", record)[0] === "Data";
    const { actions, basis } = permissionFor(record);
    const [eventName = "a call without a name"] = valuesOf("eventName", record);
    if (basis === "none") count(without, eventName);
    if (basis === "unclear") count(unclear, eventName);
    for (const action of actions) collect(grants, action, record, time);
    const human = humans?.(record);
    if (human !== undefined) {
      const own = byHuman.get(human.key) ?? { human, grants: new Map<string, Collected>() };
      byHuman.set(human.key, own);
      for (const action of actions) collect(own.grants, action, record, time);
    }
    if (passed.size < mostAlike) for (const role of rolesPassed(record)) passed.add(role);
  }
  return {
    grants: [...grants.values()].map(granted),
    byHuman: Array.from(byHuman.values(), ({ human, grants: own }) => ({
      human,
      grants: [...own.values()].map(granted),
    })),
    counts,
    span,
    regions: [...seen.regions].sort(),
    identities: [...seen.identities].sort(),
    ...{ hasRoot, hasDataEvents, through, without, unclear },
    passed: [...passed].sort(),
  };
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** A grant while it is collected. */
interface Collected {
  readonly action: string;
  /** By what they begin with; undefined for all that begin so. */
  readonly arns: Map<string, Set<string> | undefined>;
  basis: Grant["basis"];
  calls: number;
  first?: number;
  last?: number;
}

function collect(
  grants: Map<string, Collected>,
  action: string,
  record: CloudTrailRecord,
  time: number | undefined,
): void {
  const grant: Collected = grants.get(action) ?? {
    action,
    arns: new Map(),
    basis: "named",
    calls: 0,
  };
  grants.set(action, grant);
  grant.calls += 1;
  if (time !== undefined) {
    grant.first ??= time;
    grant.last = time;
  }
  // Once allowed on everything, what else it is allowed on makes no difference.
  if (grant.basis === "all" || grant.basis === "unknown") return;
  const { arns, basis } = resourceArnsFor(record, action);
  if (basis !== "named") grant.basis = basis;
  for (const arn of arns) addArn(grant, arn);
}

function addArn(grant: Collected, arn: string): void {
  const beginning = arn.slice(0, Math.max(arn.lastIndexOf("/"), arn.lastIndexOf(":")) + 1);
  const known = grant.arns.has(beginning);
  const alike = known ? grant.arns.get(beginning) : new Set<string>();
  if (alike === undefined) return;
  if (!known) grant.arns.set(beginning, alike);
  alike.add(arn);
  if (alike.size > mostAlike) {
    grant.arns.set(beginning, undefined);
    grant.basis = "widened";
  }
  if (grant.arns.size > mostBeginnings) {
    grant.arns.clear();
    grant.basis = "unknown";
  }
}

function granted({ action, arns, basis, calls, first, last }: Collected): Grant {
  const resources = [...arns].flatMap(([beginning, alike]) =>
    alike === undefined ? [`${beginning}*`] : [...alike],
  );
  return {
    ...{ action, basis, calls },
    resources: basis === "all" || basis === "unknown" ? undefined : resources.sort(),
    ...(first !== undefined && { first }),
    ...(last !== undefined && { last }),
  };
}

/** Calls whose parameters name roles without handing them to anybody. */
const noPassing = /^(?:iam|sts|sso|eks-auth|rolesanywhere)\./;

function rolesPassed(record: CloudTrailRecord): readonly string[] {
  const { requestParameters } = record;
  if (!isObject(requestParameters)) return [];
  if (noPassing.test(valuesOf("eventSource", record)[0] ?? "")) return [];
  const roles = Object.keys(requestParameters)
    .filter((key) => /role/i.test(key))
    .flatMap((key) => valuesAt(requestParameters, [key]));
  const profiles = ["arn", "name"].flatMap((key) =>
    valuesAt(requestParameters, ["iamInstanceProfile", key]).map(
      (name) => `the role of instance profile ${String(name)}`,
    ),
  );
  return [
    ...roles.filter((role) => typeof role === "string" && /^arn:[^:]*:iam::\d*:role\//.test(role)),
    ...profiles,
  ].map(String);
}

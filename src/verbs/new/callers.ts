/**
 * Whose habits are told: identities, the sessions of a role together, or whoever is behind them.
 */

import { describeIdentity } from "../../event/identity.ts";
import type { CloudTrailRecord } from "../../event/record.ts";
import { valuesOf } from "../../event/values.ts";
import { every, exists, field, fitting, not, path, some } from "../../query/build.ts";
import type { Filter, Subject } from "../../query/filter.ts";
import { matches } from "../../query/matches.ts";
import type { Group } from "../../query/query.ts";
import { callerOf, callerSubjects } from "../../resolve/caller-groups.ts";
import { recordSignedWith } from "../../resolve/issuers.ts";
import { type Human, type Humans, knownBehind } from "../../words/humans.ts";
import { namesakes } from "../../words/namesakes.ts";

interface Tier {
  readonly only: Filter;
  /** What its callers are told by. */
  readonly by: readonly Subject[];
  /** Whose the events with those values are. */
  whoOf(values: Group["values"]): string | undefined;
}

export interface Callers {
  readonly tiers: readonly Tier[];
  /** Undefined for services. */
  whoIn(record: CloudTrailRecord): string | undefined;
  /** For reading. */
  nameOf(who: string): string;
}

/** Those of Identity Center's roles are named by it after the person. */
const ofPerson = fitting("role", "AWSReservedSSO_*");
const ofAccount = fitting("identityType", "AWSAccount");
/** What services call on their own account says root of some calls, and has no key. */
const ofService = some([
  fitting("identityType", "AWSService"),
  fitting("role", "AWSServiceRoleFor*"),
  every([fitting("identityType", "Root"), exists("invokedBy"), not(exists("accessKeyId"))]),
]);

/** All that the filters of the tiers look at. */
const tierSubjects = (["role", "identityType", "invokedBy", "accessKeyId"] as const).map(field);

function tier(only: Filter, who: Subject): Tier {
  return { only, by: [who], whoOf: ([value]) => value };
}

/** By their ARN where they have one; a role, whatever its sessions call themselves. */
export const identities: Callers = {
  tiers: [
    tier(ofPerson, path("userIdentity.arn")),
    tier(ofAccount, path("userIdentity.accountId")),
    tier(every([not(ofPerson), not(ofAccount), not(ofService)]), field("identity")),
  ],
  whoIn(record) {
    if (matches(ofService, record)) return undefined;
    if (matches(ofPerson, record)) return describeIdentity(record).arn;
    return matches(ofAccount, record)
      ? describeIdentity(record).account
      : valuesOf("identity", record)[0];
  },
  nameOf(who) {
    if (/^\d{12}$/.test(who)) return `account ${who}`;
    return who.startsWith("arn:") ? describeIdentity(recordSignedWith({ arn: who })).name : who;
  },
};

const humanSubjects: readonly Subject[] = [...callerSubjects, field("recipientAccountId")];

/** Whoever is known to be behind the calls, or else the role. */
export function peopleOf(humans: Humans): Callers {
  const known = new Map<string, Human>();
  let names: ((human: Human) => string) | undefined;
  const callerKey = (record: CloudTrailRecord) => {
    const human = knownBehind(humans, record);
    if (human === undefined) return identities.whoIn(record);
    known.set(human.key, human);
    names = undefined;
    return human.key;
  };
  return {
    tiers: [
      {
        only: not(ofService),
        by: humanSubjects,
        whoOf: (values) =>
          callerKey({ ...callerOf(values), recipientAccountId: values[callerSubjects.length] }),
      },
    ],
    whoIn: (record) => (matches(ofService, record) ? undefined : callerKey(record)),
    nameOf(who) {
      const human = known.get(who);
      names ??= namesakes(known.values());
      return human === undefined ? identities.nameOf(who) : names(human);
    },
  };
}

export function callerSubjectsOf(byHuman: boolean): readonly Subject[] {
  const by = byHuman ? humanSubjects : identities.tiers.flatMap((one) => one.by);
  return [...by, ...tierSubjects];
}

/**
 * `--by-human`: whoever is behind a session in place of the session.
 */

import { describeIdentity } from "../event/identity.ts";
import { type CloudTrailRecord, isObject, textsAt } from "../event/record.ts";
import type { Question, Reading } from "../query/query.ts";
import { chainOf, named, peopleBehind } from "../resolve/chain.ts";
import { allSessions, linkQuestions } from "../resolve/gather.ts";
import { credentialsUsedBy, permissionSetOf } from "../resolve/issuers.ts";
import type { Origin } from "../resolve/origin.ts";
import { namesOfUserIds, userIdsQuestion } from "../resolve/persons.ts";
import { promptedQuestions, promptersIn } from "../resolve/prompted.ts";
import type { Sessions } from "../resolve/sessions.ts";
import type { UserNames } from "../resolve/user-names.ts";
import { listed } from "./sentences.ts";

/** Whoever is behind a call; several, if the logs cannot tell which. */
export interface Human {
  /** The same for the same people. */
  readonly key: string;
  /** `maria@example.com`, `maria or joe`. */
  readonly name: string;
  /** Where those of that key belong. */
  readonly account: string | undefined;
}

/** What `humansOf` asks, where it is asked. */
export function humanQuestions(byHuman: boolean): readonly Question[] {
  return byHuman ? [...linkQuestions, ...promptedQuestions, userIdsQuestion] : [];
}

/** Who is behind the calls of the logs. */
export type Humans = (record: CloudTrailRecord) => Human;

export async function humansOf(reading: Reading): Promise<Humans> {
  const humans = humansIn(await allSessions(reading), await namesOfUserIds(reading));
  const prompters = await promptersIn(reading);
  return (record) => {
    const [id = ""] = textsAt(record, "eventID");
    return humans(prompters.get(id)?.record ?? record);
  };
}

function humansIn(sessions: Sessions, names: UserNames): Humans {
  const known = new Map<string, Human>();
  const numbers = new Map<object, number>();
  const numberOf = (link: object) => {
    const number = numbers.get(link) ?? numbers.size;
    numbers.set(link, number);
    return number;
  };
  return (record) => {
    // A caller from another account is known by the copy that the call has there.
    const { userIdentity = null, sharedEventID = null } = record;
    const { key: signedWith, ...used } = credentialsUsedBy(record);
    // Whoever shares all candidates but the key has the same people behind.
    const link = sessions.issuersOf(record);
    const isShared = link !== undefined && link.issues.length > 1 && isObject(userIdentity);
    const told = isShared ? { ...userIdentity, accessKeyId: null } : userIdentity;
    const issuers = isShared ? numberOf(link) : signedWith;
    const key = JSON.stringify([told, sharedEventID, used, issuers]);
    const human = known.get(key) ?? humanBehind(record, sessions, names);
    known.set(key, human);
    return human;
  };
}

/**
 * Whoever is behind a call, where that is known to be more than a session of a role: undefined lets the
 * sessions of the role count together.
 */
export function knownBehind(humans: Humans, record: CloudTrailRecord): Human | undefined {
  const { key, role } = describeIdentity(record);
  const human = humans(record);
  const isSession = role !== undefined && permissionSetOf(role) === undefined;
  return isSession && human.key === key ? undefined : human;
}

export function humanBehind(
  record: CloudTrailRecord,
  sessions: Sessions,
  userNames: UserNames = new Map(),
): Human {
  const origins = peopleBehind(chainOf(record, sessions)).map((origin) => named(origin, userNames));
  const names = origins.map(humanName);
  return {
    key: origins.map(({ identity }) => identity.key).join(" or "),
    name: listed(names, 3, "or"),
    account: origins[0]?.identity.account,
  };
}

/** A person of Identity Center is the same in whichever role. */
export function humanName({ evidence, identity: { name, session } }: Origin): string {
  return evidence === "Identity Center" ? (session ?? name) : name;
}

/**
 * From an engine to linked sessions: which calls that issue credentials have to be read for a question.
 *
 * Who is behind a few events takes a few look-ups: a session carries the second in which it began, and
 * the call that began it is among those of that second. Who is behind everything takes them all.
 */

import { type CloudTrailRecord, textsAt } from "../event/record.ts";
import { timeOf } from "../event/time.ts";
import { anyOf, during, equals, every, fitting, mentioning, some } from "../query/build.ts";
import type { Filter } from "../query/filter.ts";
import {
  type Engine,
  type FoundEvent,
  type Question,
  type Reading,
  type SketchedEvent,
  sketchOf,
} from "../query/query.ts";
import { momentMs } from "./beginnings.ts";
import { startersFilter } from "./cascades.ts";
import { credentialsUsedBy, isLongTerm, issuedBy, issuedTo, issuingFilter } from "./issuers.ts";
import { issuingSketches, linkPaths } from "./link-paths.ts";
import { type ReadCall, readCall } from "./session-reads.ts";
import { linkRead, linkSessions, type Sessions } from "./sessions.ts";

/** What `allSessions` asks. */
export const sessionsQuestion: Question = { kind: "sketches", ...issuingSketches };
/** The same of whoever will ask for a few of these calls, as `issuingEvents` does. */
export const issuingQuestion: Question = { ...sessionsQuestion };
const createdKey = ["responseElements", "accessKey", "accessKeyId"] as const;
const sessionKey = ["responseElements", "credentials", "accessKeyId"] as const;
const credential = ["additionalEventData", "identitycenter:CredentialId"] as const;
const mintedSignIn = ["additionalEventData", "signInSessionArn"] as const;

const startersQuestion: Question = { kind: "events", filter: startersFilter };
/** What has to be at hand for telling who is behind a few events, through sessions and through services. */
export const behindQuestions: readonly Question[] = [
  {
    kind: "candidates",
    filter: issuingFilter,
    by: [createdKey, sessionKey, credential, mintedSignIn].map((path) => ({ kind: "path", path })),
  },
  startersQuestion,
];
/** The same of all events. */
export const linkQuestions: readonly Question[] = [sessionsQuestion, startersQuestion];

/** Whether all sessions will be asked for. */
export function asksAllSessions(questions: readonly Question[]): boolean {
  return questions.includes(sessionsQuestion);
}

const known = new WeakMap<Engine, Promise<Sessions>>();

/** Every call that issued credentials, linked; gathered once for each engine. */
export function allSessions(reading: Reading): Promise<Sessions> {
  const sessions = known.get(reading.engine) ?? linkedOnce(reading);
  known.set(reading.engine, sessions);
  return sessions;
}

async function linkedOnce(reading: Reading): Promise<Sessions> {
  const { events } = await reading.sketches({ kind: "sketches", ...issuingSketches });
  const reads: ReadCall[] = [];
  for (const event of events) {
    const read = readCall(event);
    if (read.issued !== undefined) reads.push(read);
  }
  return linkRead(reads);
}

/** Chains are followed as far as this; longer ones are made up. */
export const mostSteps = 20;

/**
 * The calls that issued the credentials of these events, those that issued the credentials of these
 * calls, and so on, linked: enough for `chainOf` of any of the events. Copies that two accounts have of
 * one call are taken for such if both are among the events.
 */
export async function sessionsBehind(
  reading: Reading,
  events: readonly FoundEvent[],
): Promise<Sessions> {
  const gathered = new Map<string, FoundEvent>();
  const asked = new Set<string>();
  let ahead: readonly CloudTrailRecord[] = events.map(({ record }) => record);
  for (let step = 0; step < mostSteps; step++) {
    const hints = new Map(
      ahead.flatMap(beginningsOf).map((hint) => [JSON.stringify(hint), hint] as const),
    );
    const fresh = [...hints].filter(([key]) => !asked.has(key));
    if (fresh.length === 0) break;
    for (const [key] of fresh) asked.add(key);
    const hinted = some(fresh.map(([, hint]) => hint));
    const found = await issuingEvents(reading, every([issuingFilter, hinted]));
    const news = found.filter((event) => !gathered.has(event.id));
    for (const event of news) gathered.set(event.id, event);
    ahead = news.map((event) => issuedTo(sketchOf(event)));
  }
  for (const event of events) gathered.set(event.id, event);
  return linkSessions(gathered.values());
}

/** Of the events that match, those that issued credentials. */
export async function issuingEvents(
  reading: Reading,
  filter: Filter,
): Promise<readonly SketchedEvent[]> {
  const { events } = await reading.sketches({ kind: "sketches", filter, paths: linkPaths });
  return events.filter(({ sketch }) => issuedBy(sketch) !== undefined);
}

/**
 * Where the calls are that may have issued what this one was signed with. Copies that two accounts have
 * of an issuing call bear the same time, so that one's look-up finds the other.
 */
function beginningsOf(record: CloudTrailRecord): readonly Filter[] {
  const { key, created, signIn } = credentialsUsedBy(record);
  const hints: Filter[] = [];
  if (signIn !== undefined) hints.push(granting(signIn));
  if (created !== undefined) hints.push(around(created));
  if (key !== undefined && (created === undefined || isLongTerm(key))) hints.push(...issuing(key));
  const [type] = textsAt(record, "userIdentity.type");
  const time = timeOf(record);
  const [userName] = textsAt(record, "userIdentity.userName");
  if (type === "IAMUser" && key === undefined && userName !== undefined)
    hints.push(settingPassword(userName));
  // Its own copy in the caller's account knows who that was.
  if (type === "AWSAccount" && time !== undefined) hints.push(around(time));
  return hints;
}

function around(time: number): Filter {
  const second = Math.floor(time / 1000) * 1000;
  return during({ from: second - momentMs, until: second + 1000 + momentMs });
}

/** The call that let an agent or a command line act in that sign-in. */
function granting(signIn: string): Filter {
  return every([
    fitting("eventName", "CreateOAuth2Token*"),
    fitting({ kind: "path", path: mintedSignIn }, signIn),
  ]);
}

function settingPassword(userName: string): Filter {
  return every([
    anyOf("eventName", ["CreateLoginProfile", "UpdateLoginProfile", "ChangePassword"]),
    some([mentioning(userName), equals("user", userName)]),
  ]);
}

/** The calls that may have made any of the keys. */
export function makingKeys(keys: readonly string[]): Filter {
  return every([
    anyOf("eventName", ["CreateAccessKey", "CreateBucketAccessKey"]),
    some(keys.map(mentioning)),
  ]);
}

/** For credentials that do not tell when they were issued. */
function issuing(key: string): readonly Filter[] {
  if (isLongTerm(key)) return [issued("iam.amazonaws.com", "CreateAccessKey", createdKey, key)];
  return [
    issued("sts.amazonaws.com", "*", sessionKey, key),
    issued("sso*.amazonaws.com", "*", credential, key),
  ];
}

/** Cheap tests first narrow what has to be read for the path. */
function issued(source: string, name: string, path: readonly string[], key: string): Filter {
  return every([
    fitting("eventSource", source),
    fitting("eventName", name),
    // An index knows what is mentioned, if not at which path.
    ...(path[0] === "responseElements" ? [mentioning(key)] : []),
    fitting({ kind: "path", path }, key),
  ]);
}

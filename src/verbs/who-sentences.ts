/**
 * The answer of `trailhound who` in words, and the same for machines.
 */

import { describeIdentity } from "../event/identity.ts";
import { type Outcome, outcomeOf } from "../event/outcome.ts";
import type { CloudTrailRecord } from "../event/record.ts";
import { partNoun, primaryTargets } from "../event/targets.ts";
import { formatTime } from "../event/time.ts";
import { valuesOf } from "../event/values.ts";
import type { Deed } from "../event/verb-classes.ts";
import type { Answer } from "../query/answer.ts";
import type { ResourcePattern } from "../query/filter.ts";
import type { FoundEvent } from "../query/query.ts";
import { callOf, clientOf, onDay, timeOf, whoOf } from "./event-words.ts";
import { counted, grouped, listed } from "./sentences.ts";

export interface Question {
  readonly deed: Deed;
  readonly resource: ResourcePattern;
  readonly timeZone: string;
}

/** Calls of the deed by what they did to the resource; newest first. */
export interface Findings {
  readonly successes: readonly FoundEvent[];
  /** Calls on the resource itself that were denied, failed or were dry runs. */
  readonly attempts: readonly FoundEvent[];
  /** Calls on something that belongs to the resource, however they ended. */
  readonly parts: readonly FoundEvent[];
  /** Calls on something else that name the resource. */
  readonly mentions: readonly FoundEvent[];
}

/** All events that mention the resource, whatever they did. */
export interface Seen {
  readonly total: number;
  readonly newest?: FoundEvent;
}

type Facts = NonNullable<Answer["facts"]>;
type Verdict = "done" | "attempted" | "none";

export function verdictOf({ successes, attempts }: Findings): Verdict {
  if (successes.length > 0) return "done";
  return attempts.length > 0 ? "attempted" : "none";
}

export function sentencesFor(
  question: Question,
  findings: Findings,
  seen: Seen,
): readonly string[] {
  const { deed, resource, timeZone } = question;
  const [done] = deed.words;
  const [decisive] = findings.successes;
  const sentences =
    decisive === undefined
      ? [`Nobody ${done} ${resource.text}, in these logs.`]
      : decisiveSentences(question, decisive, findings.successes.length);
  sentences.push(...attemptSentences(question, findings.attempts, decisive));
  const parts = findings.parts.filter(({ record }) => outcomeOf(record) === "success");
  if (parts.length > 0) {
    const calls = parts.map(
      ({ record }) => `${partNoun(record) ?? callOf(record)} by ${whoOf(record)}`,
    );
    sentences.push(`Parts of it were ${done}${decisive ? " too" : ""}: ${listed(calls)}.`);
  }
  if (seen.newest !== undefined) {
    const { record } = seen.newest;
    sentences.push(
      `It was last seen${onDay(record, timeZone)}: ${callOf(record)} by ${whoOf(record)}; ` +
        `${counted(seen.total, "event mentions", "events mention")} it.`,
    );
  }
  return sentences;
}

/** Who and when are missing when nobody did it. */
export function factsOf({ deed, resource }: Question, findings: Findings): Facts {
  const { successes, attempts, parts, mentions } = findings;
  const [decisive] = successes;
  return {
    deed: deed.words[0],
    resource: resource.text,
    verdict: verdictOf(findings),
    times: successes.length,
    attempts: attempts.length,
    parts: parts.length,
    mentions: mentions.length,
    ...(decisive === undefined ? {} : decisiveFacts(decisive.record)),
  };
}

function decisiveFacts(record: CloudTrailRecord): Facts {
  const { name, arn } = describeIdentity(record);
  const time = timeOf(record);
  return {
    who: name,
    arn: arn ?? null,
    when: time === undefined ? null : formatTime(time, "UTC"),
    from: valuesOf("sourceIPAddress", record)[0] ?? null,
    client: clientOf(record) ?? null,
    event: callOf(record),
    region: valuesOf("awsRegion", record)[0] ?? null,
    account: valuesOf("recipientAccountId", record)[0] ?? null,
    eventID: valuesOf("eventID", record)[0] ?? null,
  };
}

function decisiveSentences(
  { deed, resource, timeZone }: Question,
  { record }: FoundEvent,
  times: number,
): string[] {
  const [done] = deed.words;
  const targets = resource.glob ? listed(primaryTargets(record)) : "";
  const [address] = valuesOf("sourceIPAddress", record);
  const client = clientOf(record);
  const [account] = valuesOf("recipientAccountId", record);
  const where = [
    callOf(record),
    ...valuesOf("awsRegion", record),
    ...(account === undefined ? [] : [`account ${account}`]),
  ];
  const { name, via } = describeIdentity(record);
  const answer =
    `${name === "unknown" ? "Somebody unknown" : name}${via === undefined ? "" : `, through ${via},`} ${done} ` +
    `${targets === "" ? resource.text : targets}${onDay(record, timeZone)}` +
    `${address === undefined || address === via ? "" : ` from ${address}`}` +
    `${client === undefined || client === via ? "" : ` with ${client}`} (${where.join(", ")}).`;
  if (times === 1) return [answer];
  const often = resource.glob ? "such calls" : `times that it was ${done}`;
  return [answer, `That is the newest of ${grouped(times)} ${often}.`];
}

const ended: Readonly<Record<Exclude<Outcome, "success">, readonly [one: string, many: string]>> = {
  denied: ["was denied", "were denied"],
  failed: ["failed", "failed"],
  "dry-run": ["was a dry run that changed nothing", "were dry runs that changed nothing"],
};

/** Those that the answer made pointless stand apart from those that came before it. */
function attemptSentences(
  question: Question,
  attempts: readonly FoundEvent[],
  decisive: FoundEvent | undefined,
): readonly string[] {
  const since = decisive && timeOf(decisive.record);
  const isLater = ({ record }: FoundEvent) =>
    since !== undefined && (timeOf(record) ?? Number.NEGATIVE_INFINITY) >= since;
  const spans: readonly (readonly [string, readonly FoundEvent[]])[] = decisive
    ? [
        ["Before that, ", attempts.filter((attempt) => !isLater(attempt))],
        ["After that, ", attempts.filter(isLater)],
      ]
    : [["", attempts]];
  return spans.flatMap(([when, all]) =>
    (["denied", "failed", "dry-run"] as const).flatMap((outcome) => {
      const some = all.filter(({ record }) => outcomeOf(record) === outcome);
      return some.length === 0 ? [] : [attemptSentence(question, some, when, ended[outcome])];
    }),
  );
}

function attemptSentence(
  { deed, timeZone }: Question,
  attempts: readonly FoundEvent[],
  when: string,
  [one, many]: readonly [string, string],
): string {
  const names = listed(attempts.map(({ record }) => whoOf(record)));
  const newest = attempts[0]?.record ?? {};
  const [code] = valuesOf("errorCode", newest);
  const what = when === "" ? ` to ${deed.infinitive} it` : "";
  return (
    `${when}${counted(attempts.length, "attempt")}${what} ` +
    `${attempts.length === 1 ? one : many}, by ${names}` +
    `${attempts.length === 1 ? "" : ", the newest"}${onDay(newest, timeZone)}` +
    `${code === undefined ? "" : ` (${code})`}.`
  );
}

/**
 * The answer of `trailhound who` for machines.
 */

import { describeIdentity } from "../../event/identity.ts";
import type { CloudTrailRecord } from "../../event/record.ts";
import { givenAccess } from "../../event/sharing.ts";
import { formatTime, timeOf } from "../../event/time.ts";
import { valuesOf } from "../../event/values.ts";
import type { Answer } from "../../query/answer.ts";
import type { FoundEvent } from "../../query/query.ts";
import type { Change } from "../../resolve/changes.ts";
import { agentFacts } from "../../words/agent-words.ts";
import { aliasFacts } from "../../words/alias-words.ts";
import { causeFacts } from "../../words/cause-words.ts";
import { chainFacts } from "../../words/chain-words.ts";
import { changeFacts } from "../../words/change-words.ts";
import { doorFacts } from "../../words/door-words.ts";
import { callOf, clientOf } from "../../words/event-words.ts";
import type { Way } from "./chain-and-cause.ts";
import { type Fate, fateFacts } from "./fate.ts";
import type { Findings } from "./findings.ts";
import type { Question } from "./question.ts";

type Facts = NonNullable<Answer["facts"]>;

type Reach = "done" | "attempted" | "none";

export function howFar({ successes, attempts }: Findings): Reach {
  if (successes.length > 0) return "done";
  return attempts.length > 0 ? "attempted" : "none";
}

/** Who and when are missing when nobody did it. */
export function factsOf(
  { deed, asked, aliases, way, doors, set }: Question,
  findings: Findings,
  fate: Fate | undefined,
): Facts {
  const { successes, attempts, idle, parts, possible, mentions } = findings;
  const [decisive] = successes;
  return {
    deed: deed.words[0],
    resource: asked,
    verdict: howFar(findings),
    times: successes.length,
    attempts: attempts.length,
    idle: idle.length,
    parts: parts.length,
    possible: possible.length,
    mentions: mentions.length,
    ...(decisive === undefined ? {} : decisiveFacts(decisive.record)),
    ...(decisive === undefined || deed.infinitive !== "share"
      ? {}
      : {
          sharedWith: givenAccess(decisive.record) ?? null,
          ...(doors.length === 0 ? {} : { doors: doorFacts(doors) }),
        }),
    ...changesIn(decisive && set.get(decisive.id)),
    ...(decisive === undefined ? {} : { behind: chainFacts(way.people(decisive).chain) }),
    ...agentIn(way, decisive),
    ...(way.cause === undefined ? {} : { cause: causeFacts(way.cause) }),
    ...(fate === undefined ? {} : fateFacts(fate)),
    ...(aliases.length === 0 ? {} : { aliases: aliases.map(aliasFacts) }),
  };
}

function changesIn(changes: readonly Change[] = []): Facts {
  return changes.length === 0 ? {} : { changes: changeFacts(changes) };
}

function agentIn({ people }: Way, decisive: FoundEvent | undefined): Facts {
  const agent = decisive && people(decisive).agent;
  return agent === undefined ? {} : { agent: agentFacts(agent) };
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

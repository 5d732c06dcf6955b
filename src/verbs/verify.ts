/**
 * `trailhound verify`: whether a copy of a trail's files is what CloudTrail delivered, by the digests beside
 * them; with the findings and words of `aws cloudtrail validate-logs`, offline.
 */

import type { Verdict } from "../query/answer.ts";
import type { Integrity } from "../query/integrity.ts";
import { UserError } from "../query/user-error.ts";
import { flag, text } from "./options.ts";
import type { Scope } from "./verb.ts";
import { verb } from "./verb.ts";
import { sectionsOf } from "./verify/sections.ts";
import { hintsFor, sentencesOf, talliesOf } from "./verify/words.ts";

const options = {
  since: text("--since <time>", "only digests that end from then on"),
  until: text("--until <time>", "only digests that end up to then, and the hour after"),
  verbose: flag("--verbose", "list what is valid, too"),
};

export const verify = verb({
  name: "verify",
  summary: "validate logs by the digests that CloudTrail delivered with them",
  details:
    "Each digest lists the logs of an hour with their hashes and is signed; its signature stands in the " +
    "digest after it. So a copy of the bucket with CloudTrail's public keys is proven offline, but for " +
    "the newest digest, whose signature is in the metadata of its S3 object: --head-object gives it.",
  options,
  takes: [],
  readsLogs: true,
  judgesFiles: true,
  reach: "everything",
  statuses: [
    "all is valid",
    "something is not: changed, missing or added",
    "not all could be judged, and nothing is known to be wrong",
  ],
  examples: [
    { command: "verify --public-keys keys.json", says: "what was changed, removed or added" },
    {
      command: "verify --public-keys keys.json --head-object head.json --verbose --csv",
      says: "every file, as aws cloudtrail validate-logs --verbose has it",
    },
  ],
  questions: () => [],
  async run(reading, scope) {
    const { since, until, verbose } = scope.options;
    const integrity = await reading.integrity({
      from: timeOf("--since", since, scope),
      until: timeOf("--until", until, scope),
    });
    const verdict = verdictOn(integrity);
    return {
      found: verdict === "good",
      verdict,
      sentences: sentencesOf(integrity, verdict, scope.timeZone),
      facts: { verdict, ...talliesOf(integrity) },
      sections: sectionsOf(integrity, verbose),
      hints: hintsFor(integrity),
    };
  },
});

function timeOf(name: string, given: string | undefined, scope: Scope): number | undefined {
  if (given === undefined) return undefined;
  const time = scope.moment(given);
  if (time === undefined) throw new UserError(`${name}: "${given}" is no time`);
  return time;
}

function verdictOn({ files, problems }: Integrity): Verdict {
  if (files.some(({ standing }) => standing === "invalid")) return "bad";
  const isJudged = files.length > 0 && files.every(({ standing }) => standing === "valid");
  return isJudged && problems.length === 0 ? "good" : "unknown";
}

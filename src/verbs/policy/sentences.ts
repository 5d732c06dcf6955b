/**
 * What `trailhound policy` says of the policy: what it rests on, and what logs cannot show.
 */

import { counted, grouped, listed, period } from "../../words/sentences.ts";
import type { PolicyDocument } from "./document.ts";
import type { Grant, Usage } from "./grants.ts";

/** What IAM takes for a managed policy, white space not counted. */
const longestPolicy = 6144;

export interface Asked {
  readonly asked: string;
  readonly timeZone: string;
  /** What was refused is listed. */
  readonly isListed: boolean;
}

export function policySentences(
  { asked, timeZone, isListed }: Asked,
  usage: Usage,
  document: PolicyDocument,
): readonly string[] {
  if (usage.counts.success === 0) return [nothingUsed(asked, usage)];
  return [
    headline(asked, usage, timeZone),
    ...sentence(usage.identities.length > 1, severalWords(asked, usage)),
    ...sentence(usage.hasRoot, "Root is among them, which may do everything and takes no policy."),
    ...wideWords(usage.grants),
    ...tooLong(document),
    ...missingWords(usage, isListed),
  ];
}

function nothingUsed(asked: string, { identities, counts }: Usage): string {
  if (identities.length === 0) return `No call is by ${asked}, in these logs.`;
  const endings = [
    ...sentence(counts.denied > 0, counted(counts.denied, "was denied", "were denied")),
    ...sentence(counts.failed > 0, counted(counts.failed, "failed", "failed")),
    ...sentence(
      counts["dry-run"] > 0,
      counted(counts["dry-run"], "was a dry run", "were dry runs"),
    ),
  ];
  return `No call of ${asked} succeeded, in these logs: ${listed(endings)}.`;
}

function sentence(isTrue: boolean, text: string): readonly string[] {
  return isTrue ? [text] : [];
}

function headline(asked: string, usage: Usage, timeZone: string): string {
  const { grants, counts, span, regions } = usage;
  const services = new Set(grants.map(({ action }) => action.split(":", 1)[0]));
  const what =
    grants.length === 0
      ? "nothing that takes a permission"
      : `${counted(grants.length, "action")} of ${counted(services.size, "service")}`;
  return (
    `${asked} used ${what}, in ${counted(counts.success, "call")}${period(span, timeZone)} in ` +
    `${listed(regions)}. What it did not do in that time, this policy does not allow.`
  );
}

function severalWords(asked: string, { identities }: Usage): string {
  return (
    `${asked} is ${counted(identities.length, "identity", "identities")}: ${listed(identities)}. ` +
    "The policy holds what any of them did; give an ARN for one of them."
  );
}

function wideWords(grants: readonly Grant[]): readonly string[] {
  const actions = (wanted: Grant["basis"]) =>
    grants.filter(({ basis }) => basis === wanted).map(({ action }) => action);
  const unknown = actions("unknown");
  const widened = actions("widened");
  const all = actions("all");
  return [
    ...sentence(
      unknown.length > 0,
      `* stands for resources that the logs do not tell, and should be narrowed by hand: ${listed(unknown, 6)}.`,
    ),
    ...sentence(
      widened.length > 0,
      `Many resources were put together as one pattern: ${listed(widened, 6)}.`,
    ),
    ...sentence(
      all.length > 0,
      `* is right for what takes no resource or looks at all there are: ${listed(all, 6)}.`,
    ),
  ];
}

function tooLong(document: PolicyDocument): readonly string[] {
  const { length } = JSON.stringify(document);
  return sentence(
    length > longestPolicy,
    `At ${grouped(length)} characters it is too long for one managed policy, which may have ` +
      `${grouped(longestPolicy)}.`,
  );
}

function missingWords(usage: Usage, isListed: boolean): readonly string[] {
  const { counts, hasDataEvents, through, passed, without, unclear } = usage;
  const { denied, failed, "dry-run": dryRuns } = counts;
  const services = [...through].map(([service, count]) => `${service} (${grouped(count)})`);
  const names = (counts: ReadonlyMap<string, number>) => listed([...counts.keys()], 6);
  return [
    ...sentence(
      !hasDataEvents,
      "No data event is among the calls: what it did with objects, items, messages and functions " +
        "shows only if the trail logs that.",
    ),
    ...sentence(
      passed.length > 0,
      `Not in the policy, because it leaves no event: iam:PassRole, for ${listed(passed)}.`,
    ),
    ...sentence(
      services.length > 0,
      `In the policy are calls that services made on its behalf, which it needs a permission for: ` +
        `${listed(services)}.`,
    ),
    ...sentence(unclear.size > 0, `Which permission these took is not logged: ${names(unclear)}.`),
    ...sentence(without.size > 0, `No policy decides these: ${names(without)}.`),
    ...sentence(
      denied > 0,
      `${counted(denied, "call was", "calls were")} refused and ${denied === 1 ? "is" : "are"} not in ` +
        `the policy${isListed ? "" : "; --with-denied lists what was asked for"}.`,
    ),
    ...sentence(
      failed > 0,
      `${counted(failed, "call")} failed for other reasons and ${failed === 1 ? "is" : "are"} not in it ` +
        "either.",
    ),
    ...sentence(
      dryRuns > 0,
      `${counted(dryRuns, "dry run")} would have been allowed and ${dryRuns === 1 ? "is" : "are"} not in it.`,
    ),
  ];
}

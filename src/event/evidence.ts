/**
 * What one record says about the things its event acts on: which names, from which place, in which role.
 *
 * `DeleteBucket`, `DeleteBucketPolicy` and `PutBucketLogging` may all name the bucket `orders`: only
 * the first deletes it. The event's noun tells: a parameter called after all of it, or after its end,
 * names the target (`bucketName` of DeleteBucket, `policyName` of DeleteRolePolicy); one called after
 * its beginning names the whole of which a part is acted on (`roleName` there). `target-paths.ts` has
 * the events of which this is not true.
 *
 * Names only: how a resource stands to them is `targets.ts`.
 */

import { foldCase } from "./fold-case.ts";
import { nameTagAskedFor, nameTagIn } from "./name-tags.ts";
import { fromMessage, fromResources } from "./names-elsewhere.ts";
import { besideIn, byNouns } from "./noun-names.ts";
import type { Operation } from "./operation.ts";
import { namesAt, rootsAt, thingsAt } from "./path-names.ts";
import { type CloudTrailRecord, isObject, valuesAt } from "./record.ts";
import { ownNames } from "./resource-names.ts";
import type { Evidence } from "./thing.ts";

/** The tag `Name` that the service is to give what the call creates; at most one. */
export function tagAskedFor(record: CloudTrailRecord, operation: Operation): readonly string[] {
  const { requestParameters } = record;
  if (!operation.creates || !isObject(requestParameters)) return [];
  if (operation.service !== "ec2") {
    const tag = nameTagIn(requestParameters);
    return tag === undefined ? [] : [tag];
  }
  const wrapped = operation.wrappers.flatMap((key) => valuesAt(requestParameters, [key]));
  return [requestParameters, ...wrapped.filter(isObject)]
    .flatMap((parameters) => nameTagAskedFor(parameters, operation.noun) ?? [])
    .slice(0, 1);
}

const places = [
  ...["requestParameters", "responseElements", "serviceEventDetails", "additionalEventData"],
] as const;

/** Best first: what was asked for names things as whoever asked knows them. */
export function* evidenceIn(record: CloudTrailRecord, operation: Operation): Iterable<Evidence> {
  let asked: Evidence | undefined;
  for (const place of places) {
    const named = byNouns(record[place], operation, place === "responseElements");
    const beside = place === "requestParameters" ? besideIn(record[place], operation) : [];
    const all = { targets: named.targets, wholes: [...named.wholes, ...beside] };
    const told = place === "responseElements" ? actedOn(all, asked, operation) : all;
    asked ??= told;
    const row = operation.rows.get(place);
    if (row === undefined) yield isAnswered(place, operation) ? { ...told, targets: [] } : told;
    else {
      const roots = rootsAt(record, place, operation);
      yield {
        targets: row.target === undefined ? told.targets : thingsAt(roots, row.target),
        wholes: row.whole?.flatMap((path) => namesAt(roots, path)) ?? told.wholes,
        ...(row.apart === undefined ? {} : { apart: row.apart }),
      };
    }
  }
  yield fromResources(record, operation);
  yield fromMessage(record, operation);
  if (operation.rows.get("requestParameters")?.elseCaller)
    yield { targets: [], wholes: namesAt([record], "userIdentity.userName") };
}

/**
 * An answer may list what was there beside what was asked for: all instances of a load balancer. Where it
 * names that again, the others are only listed.
 */
function actedOn(
  { targets, wholes }: Evidence,
  asked: Evidence | undefined,
  { creates, attaches }: Operation,
): Evidence {
  if (creates || asked === undefined) return { targets, wholes };
  const known = new Set(
    [...asked.targets.flatMap(({ names }) => names), ...asked.wholes]
      .flatMap(ownNames)
      .map(foldCase),
  );
  const isAsked = (name: string) => ownNames(name).some((own) => known.has(foldCase(own)));
  const again = targets.filter(({ names }) => names.some(isAsked));
  const heldAgain = wholes.filter(isAsked);
  const isTold = heldAgain.length > 0 || (attaches && asked.wholes.length > 1);
  return { targets: again.length > 0 ? again : targets, wholes: isTold ? heldAgain : wholes };
}

/** Where nouns do not tell the target among the parameters, they do not tell it in the answer either. */
function isAnswered(place: string, { rows }: Operation): boolean {
  return (
    place !== "requestParameters" && [...rows.values()].some(({ target }) => target !== undefined)
  );
}

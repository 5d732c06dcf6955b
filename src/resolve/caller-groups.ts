/**
 * Events counted by who made them: the credentials of each call, which an engine has in columns, and
 * from these a record that `chainOf`, `idsOf` and `describeIdentity` read like that of a call.
 *
 * What only the record itself tells is left out: the credential of a sign-in to Identity Center, the
 * name typed there.
 */

import type { CloudTrailRecord } from "../event/record.ts";
import { field } from "../query/build.ts";
import type { Subject } from "../query/filter.ts";
import { groupsOf } from "../query/found.ts";
import type { Group, GroupsQuery, Reading } from "../query/query.ts";

/** Calls with the same credentials. */
export interface CallerGroup extends Group {
  /** Equal for the same credentials, whatever the query. */
  readonly caller: string;
  /** The caller as a record; the same object for the same credentials within a reply. */
  readonly record: CloudTrailRecord;
}

const issuer = "userIdentity.sessionContext.sessionIssuer.arn";

const paths = [
  "userIdentity.type",
  "userIdentity.accessKeyId",
  "userIdentity.arn",
  "userIdentity.principalId",
  "userIdentity.userName",
  "userIdentity.accountId",
  "userIdentity.invokedBy",
  "userIdentity.onBehalfOf.userId",
  "userIdentity.sessionContext.sourceIdentity",
  "userIdentity.sessionContext.ec2RoleDelivery",
  "userIdentity.sessionContext.attributes.creationDate",
  "userIdentity.sessionContext.attributes.mfaAuthenticated",
  issuer,
] as const;

// Made of the paths themselves, so that each of them has a place.
const places = Object.fromEntries(paths.map((path, at) => [path, at])) as Record<
  (typeof paths)[number],
  number
>;

/** What a caller is told by. */
export const callerSubjects: readonly Subject[] = [
  ...paths.map((path): Subject => ({ kind: "path", path: path.split(".") })),
  field("signInSession"),
];

/** `values` are those of `by`; the groups are smaller than without callers, and in no certain order. */
export async function groupsByCaller(
  reading: Reading,
  query: GroupsQuery,
): Promise<readonly CallerGroup[]> {
  const by = [...callerSubjects, ...query.by];
  const groups = await groupsOf(reading, { ...query, by, once: true });
  const records = new Map<string, CloudTrailRecord>();
  return groups.map((group) => {
    const told = group.values.slice(0, callerSubjects.length);
    const caller = JSON.stringify(told);
    const record = records.get(caller) ?? callerOf(told);
    records.set(caller, record);
    return { ...group, caller, record, values: group.values.slice(callerSubjects.length) };
  });
}

/** As much of the records of a group as its first values, those of `callerSubjects`, tell. */
export function callerOf(values: Group["values"]): CloudTrailRecord {
  const text = (path: (typeof paths)[number]) => values[places[path]];
  const issuerArn = text(issuer);
  return {
    userIdentity: present({
      type: text("userIdentity.type"),
      accessKeyId: text("userIdentity.accessKeyId"),
      arn: text("userIdentity.arn"),
      principalId: text("userIdentity.principalId"),
      userName: text("userIdentity.userName"),
      accountId: text("userIdentity.accountId"),
      invokedBy: text("userIdentity.invokedBy"),
      onBehalfOf: present({ userId: text("userIdentity.onBehalfOf.userId") }),
      sessionContext: present({
        sourceIdentity: text("userIdentity.sessionContext.sourceIdentity"),
        ec2RoleDelivery: text("userIdentity.sessionContext.ec2RoleDelivery"),
        signInSessionArn: values[paths.length],
        attributes: present({
          creationDate: text("userIdentity.sessionContext.attributes.creationDate"),
          mfaAuthenticated: text("userIdentity.sessionContext.attributes.mfaAuthenticated"),
        }),
        sessionIssuer: present({
          arn: issuerArn,
          type: issuerArn?.endsWith(":root") ? "Root" : undefined,
        }),
      }),
    }),
  };
}

function present(object: CloudTrailRecord): CloudTrailRecord {
  const known: Record<string, CloudTrailRecord[string]> = {};
  for (const key in object) if (object[key] !== undefined) known[key] = object[key];
  return known;
}

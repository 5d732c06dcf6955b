/**
 * One person of Identity Center under all their names: the id of the user, the name that signs in, the
 * name that sessions of its roles bear. Only records that say two of them of the same person join them.
 */

import type { CloudTrailRecord } from "../event/record.ts";
import { isOfIdentityCenter } from "../event/role-session.ts";
import { timeOf } from "../event/time.ts";
import { during, equals, every, field, fitting, path, some } from "../query/build.ts";
import type { Filter, TextTest } from "../query/filter.ts";
import type { GroupsQuery, Reading } from "../query/query.ts";
import { momentMs } from "./beginnings.ts";
import { issuingEvents, sessionsBehind } from "./gather.ts";
import { issuingFilter } from "./issuers.ts";
import { type NamedId, type UserNames, userNames } from "./user-names.ts";

const userId = path("userIdentity.onBehalfOf.userId");
const signInName = path("additionalEventData.UserName");
const session = field("session");
const issuer = path("userIdentity.sessionContext.sessionIssuer.arn");

/** Only AWS puts roles there; one that is merely called so proves nothing. */
const ofCenter = fitting(issuer, "*:role/aws-reserved/sso.amazonaws.com/*");

const toldOfUsers = [userId, signInName, session, issuer];

/** What `namesOfUserIds` asks. */
export const userIdsQuestion: GroupsQuery = {
  kind: "groups",
  filter: every([
    { kind: "exists", subject: userId },
    { kind: "exists", subject: issuer },
  ]),
  by: toldOfUsers,
};

/** The records that tell of a person of that name by another name, too. */
export function personFilter({ pattern }: TextTest): Filter {
  const on = (subject: TextTest["subject"]): Filter => ({ kind: "text", subject, pattern });
  return some([on(userId), on(signInName), every([ofCenter, on(session)])]);
}

/** The calls under the person's other names; undefined where the logs tell of none. */
export async function otherNames(reading: Reading, test: TextTest): Promise<Filter | undefined> {
  if (test.pattern.kind !== "equals") return undefined;
  const asked = test.pattern.text.toLowerCase();
  const ids = new Set<string>();
  for (const { values } of await namesIn(reading, personFilter(test)))
    if (values[0]) ids.add(values[0]);
  const [known = test.pattern.text] = ids;
  const linked = await linkedNames(reading, known);
  for (const [userId] of linked) ids.add(userId);
  // What several people are called is nobody's name alone.
  const [id, ...others] = ids;
  if (id === undefined || others.length > 0) return undefined;
  const names = new Set<string>(linked.map(([, name]) => name));
  for (const { values } of await namesIn(reading, equals(userId, id))) {
    const [, bySignIn, bySession, by = ""] = values;
    if (bySignIn !== undefined) names.add(bySignIn);
    if (bySession !== undefined && isOfIdentityCenter(by)) names.add(bySession);
  }
  const more = [...names].filter((name) => name.toLowerCase() !== asked);
  if (more.length === 0 && id.toLowerCase() === asked) return undefined;
  return some([
    equals(userId, id),
    ...[...names].flatMap((name) => [
      equals(signInName, name),
      every([ofCenter, equals(session, name)]),
      every([equals("identityType", "SAMLUser"), equals(path("userIdentity.userName"), name)]),
    ]),
  ]);
}

/** As told by the calls with which the sessions began, where the sessions themselves have no id. */
async function linkedNames(reading: Reading, asked: string): Promise<readonly NamedId[]> {
  const grants = await issuingEvents(reading, every([issuingFilter, equals(userId, asked)]));
  const moments = grants.flatMap(({ sketch }) => momentOf(sketch));
  const isSignIn = every([issuingFilter, equals("identityType", "SAMLUser")]);
  const named = equals(path("userIdentity.userName"), asked);
  const signIns = await issuingEvents(reading, every([isSignIn, some([named, ...moments])]));
  if (signIns.length === 0) return [];
  const sessions = await sessionsBehind(reading, [...grants, ...signIns]);
  return [...sessions.userNames()].filter((both) =>
    both.some((text) => text.toLowerCase() === asked.toLowerCase()),
  );
}

function momentOf(record: CloudTrailRecord): readonly Filter[] {
  const time = timeOf(record);
  return time === undefined ? [] : [during({ from: time - momentMs, until: time + momentMs + 1 })];
}

/** Users by their ids, as records that have both tell. */
export async function namesOfUserIds(reading: Reading): Promise<UserNames> {
  const { groups } = await reading.groups(userIdsQuestion);
  return userNames(
    groups.flatMap(({ values: [id, , name, issuer] }): readonly NamedId[] =>
      id !== undefined && name !== undefined && isOfIdentityCenter(issuer ?? "")
        ? [[id, name]]
        : [],
    ),
  );
}

async function namesIn(reading: Reading, filter: Filter) {
  return (await reading.groups({ kind: "groups", filter, by: toldOfUsers })).groups;
}

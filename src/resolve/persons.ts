/**
 * One person of Identity Center under all their names: the id of the user, the name that signs in, the
 * name that sessions of its roles bear. Only records that say two of them of the same person join them.
 */

import { equals, every, field, fitting, path, some } from "../query/build.ts";
import type { Filter, TextTest } from "../query/filter.ts";
import type { Reading } from "../query/query.ts";

const userId = path("userIdentity.onBehalfOf.userId");
const signInName = path("additionalEventData.UserName");
const session = field("session");

/** Only AWS puts roles there; one that is merely called so proves nothing. */
const ofCenter = fitting(
  path("userIdentity.sessionContext.sessionIssuer.arn"),
  "*:role/aws-reserved/sso.amazonaws.com/*",
);

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
  // What several people are called is nobody's name alone.
  const [id, ...others] = ids;
  if (id === undefined || others.length > 0) return undefined;
  const names = new Set<string>();
  for (const { values } of await namesIn(reading, equals(userId, id))) {
    const [, bySignIn, bySession, issuer = ""] = values;
    if (bySignIn !== undefined) names.add(bySignIn);
    if (bySession !== undefined && /\/aws-reserved\/sso\.amazonaws\.com\//.test(issuer))
      names.add(bySession);
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

async function namesIn(reading: Reading, filter: Filter) {
  const issuer = path("userIdentity.sessionContext.sessionIssuer.arn");
  const by = [userId, signInName, session, issuer];
  return (await reading.groups({ kind: "groups", filter, by })).groups;
}

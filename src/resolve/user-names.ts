/**
 * Users of Identity Center: which name belongs to which id of a user.
 *
 * Its own events have the id, those of the roles that it gives out have the name. A session that has both
 * joins them, and so does the sign-in to a role by SAML that one event of Identity Center began.
 */

import { describeIdentity } from "../event/identity.ts";
import { type CloudTrailRecord, textsAt } from "../event/record.ts";
import { isOfIdentityCenter } from "../event/role-session.ts";

/** An id of a user with a name that a record says, or two linked ones do, that user bears. */
export type NamedId = readonly [userId: string, name: string];

/** The name by the id; those left out whose name several ids bear, or whose id bears several names. */
export type UserNames = ReadonlyMap<string, string>;

export function userNames(pairs: Iterable<NamedId>): UserNames {
  const names = new Map<string, string>();
  const ids = new Map<string, string>();
  const doubtful = new Set<string>();
  for (const [id, name] of pairs) {
    const folded = name.toLowerCase();
    const known = names.get(id);
    if (known === undefined) names.set(id, name);
    else if (known.toLowerCase() !== folded) doubtful.add(id);
    const bearer = ids.get(folded) ?? id;
    ids.set(folded, bearer);
    if (bearer !== id) doubtful.add(bearer).add(id);
  }
  for (const id of doubtful) names.delete(id);
  return names;
}

/** The id and the name of whoever began the call's session, where the record has both. */
export function namedIdIn(record: CloudTrailRecord): NamedId | undefined {
  const [id] = textsAt(record, "userIdentity.onBehalfOf.userId");
  const [issuer = ""] = textsAt(record, "userIdentity.sessionContext.sessionIssuer.arn");
  const { session } = describeIdentity(record);
  return id !== undefined && session !== undefined && isOfIdentityCenter(issuer)
    ? [id, session]
    : undefined;
}

/** The name in the call by which Identity Center began a session of its role; `grant` is what began it. */
export function namedIdOf(signIn: CloudTrailRecord, grant: CloudTrailRecord): NamedId | undefined {
  const [id] = textsAt(grant, "userIdentity.onBehalfOf.userId");
  const { key, name } = describeIdentity(signIn);
  return id !== undefined && key.startsWith("identity-center:") ? [id, name] : undefined;
}

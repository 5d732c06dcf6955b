/**
 * Users of an application, whom an identity pool of Cognito gives credentials: AWS knows the id of an
 * identity and nobody behind it.
 */

import type { Described } from "./identity.ts";
import type { ReadPath } from "./workload.ts";

const source = "cognito-identity.amazonaws.com";

/** What an identity may call for itself. Its administrators name identities in other calls. */
export const ownCalls: readonly string[] = [
  ...["GetCredentialsForIdentity", "GetOpenIdToken", "GetId"],
];

/** Undefined for every other caller. */
export function appUser(read: ReadPath): Described | undefined {
  if (read("eventSource") !== source || !ownCalls.includes(read("eventName") ?? ""))
    return undefined;
  const id = read("requestParameters.identityId") ?? read("responseElements.identityId");
  if (id === undefined) return undefined;
  return { name: `Cognito identity ${id}`, key: `cognito:${id}`, kind: "unknown", isClaim: false };
}

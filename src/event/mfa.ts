/**
 * Whether multi-factor authentication stood behind a call: at a sign-in its own answer, on any other
 * call that of the session. Long-term keys have no session and so no answer; for federated sessions
 * AWS says no, whatever the identity provider asked for.
 */

/** From the values of the two sources of the field `mfa`, in their order. */
export function mfaOf(
  mfaUsed: string | undefined,
  mfaAuthenticated: string | undefined,
): "yes" | "no" | undefined {
  return answers.get(mfaUsed?.toLowerCase()) ?? answers.get(mfaAuthenticated?.toLowerCase());
}

/** Sign-ins say Yes, YES and No, sessions "true" and "false". */
const answers: ReadonlyMap<string | undefined, "yes" | "no"> = new Map([
  ["yes", "yes"],
  ["true", "yes"],
  ["no", "no"],
  ["false", "no"],
]);

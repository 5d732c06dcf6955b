/**
 * The sign-in that a session comes from, by the ARN that the session's calls bear. One console session
 * may be several sign-ins: whoever clicks, and each agent that they let act.
 */

/** The call that lets an agent or a command line act bears the ARN of the sign-in that it makes. */
export function signInOf(arn: string | undefined, eventName: string | undefined) {
  return eventName !== undefined && grant.test(eventName) ? undefined : arn;
}

const grant = /^CreateOAuth2Token/;

/**
 * By what means a call was made: in the console, with the CLI, an SDK, a tool that builds what a
 * template says, by a service or by an agent that somebody let act.
 *
 * What AWS writes outranks what a client says of itself.
 */

import { type Means, meansOfClient } from "./client.ts";

export { means } from "./client.ts";

/** From the first text of each source of the field, in their order. */
export function viaOf([
  userAgent,
  eventType,
  eventSource,
  invokedBy,
  identityType,
  isFromConsole,
]: readonly (string | undefined)[]): Means | undefined {
  if (eventType === "AwsMcpEvent" || [eventSource, invokedBy].some(isMcp)) return "agent";
  if (isSignIn.test(eventType ?? "")) return "console";
  const client = meansOfClient(userAgent);
  // A stack acts with the rights of whoever deploys it, and its client says no more than the service.
  if (invokedBy === "cloudformation.amazonaws.com") return "iac";
  const isByService = invokedBy !== undefined && invokedBy !== "signin.amazonaws.com";
  if (isByService || identityType === "AWSService" || eventType === "AwsServiceEvent") {
    // The console's own parts call so, in the session of whoever clicks.
    return isInternal.test(invokedBy ?? "") && isFromConsole === "true" ? "console" : "service";
  }
  // A shell in the console uses the console's credentials.
  if (client !== undefined) return client;
  if (isFromConsole === "true") return "console";
  return serviceHost.test(userAgent?.trim() ?? "") ? "service" : undefined;
}

const isSignIn = /^AwsConsole(?:SignIn|Action)$/;
const isInternal = /^AWS Internal/i;
const serviceHost = /^[a-z0-9.-]+\.amazonaws\.com(?:\.cn)?$/;

/** The server that AWS runs for agents; its name once had the region in it. */
function isMcp(service: string | undefined): boolean {
  return service?.startsWith("aws-mcp.") === true;
}

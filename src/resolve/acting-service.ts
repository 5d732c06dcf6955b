/**
 * Which service made a call, as the call shows it, and how it came to make it.
 */

import { parseAddress } from "../event/address.ts";
import { describeIdentity } from "../event/identity.ts";
import { type CloudTrailRecord, textsAt } from "../event/record.ts";
import { isMcp } from "../event/via.ts";
import { type Cascade, cascades, plain } from "./cascades.ts";

/** A service that made a call. */
export interface ActingService {
  /** `cloudformation.amazonaws.com`. */
  readonly host: string;
  readonly cascade: Cascade | undefined;
  /**
   * `caller`: it called with what its caller may do, and the record names that caller. `own`: in a
   * session or by an identity of its own. `event`: it called nobody; it tells what it did.
   */
  readonly as: "caller" | "own" | "event";
}

const byHost = new Map(
  cascades.flatMap((row) => row.hosts.map((host) => [host, row] as const)).reverse(),
);

const bySession = new Map(
  cascades.flatMap((row) => row.sessions.map((session) => [session, row] as const)),
);

/** The service that made the call; undefined for a call that somebody made directly. */
export function actingService(record: CloudTrailRecord): ActingService | undefined {
  const [source] = textsAt(record, "eventSource");
  if (textsAt(record, "eventType").includes("AwsServiceEvent")) {
    // Somebody signing in is an event of the service that let them in, too.
    if (source === undefined || cameFromOutside(record)) return undefined;
    const host = plain(source);
    return { host, cascade: byHost.get(host), as: "event" };
  }
  const host = hostIn(record);
  if (host === undefined) return undefined;
  const { session = "", kind } = describeIdentity(record);
  const named = bySession.get(session);
  const cascade = byHost.get(host) ?? named;
  const isRole = textsAt(record, "userIdentity.type").includes("AssumedRole");
  const isOwn =
    kind === "service" ||
    kind === "account" ||
    named !== undefined ||
    (isRole && cascade?.takesRole === true);
  return { host, cascade, as: isOwn ? "own" : "caller" };
}

function cameFromOutside(record: CloudTrailRecord): boolean {
  const [address = ""] = textsAt(record, "sourceIPAddress");
  return parseAddress(address) !== undefined;
}

const linkedRole = /:role\/aws-service-role\/([^/]+)\//;

/**
 * From what only AWS can write: a session's name is of the caller's choosing, and counts only where
 * the call did not come from an address.
 */
function hostIn(record: CloudTrailRecord): string | undefined {
  const [invokedBy] = textsAt(record, "userIdentity.invokedBy");
  // The console's sign-in service is how a person called; of agents, `agents.ts` tells.
  if (isMcp(invokedBy)) return undefined;
  if (invokedBy !== undefined && isService(invokedBy) && !/^signin\./.test(invokedBy)) {
    return plain(invokedBy);
  }
  const [issuer = ""] = textsAt(record, "userIdentity.sessionContext.sessionIssuer.arn");
  const linked = linkedRole.exec(issuer)?.[1];
  if (linked !== undefined) return plain(linked);
  const [address = ""] = textsAt(record, "sourceIPAddress");
  if (isService(address) && !/^signin\./.test(address)) return plain(address);
  const { session = "" } = describeIdentity(record);
  return address === "AWS Internal" ? bySession.get(session)?.hosts[0] : undefined;
}

function isService(host: string): boolean {
  return /^[a-z][a-z\d.-]*\.amazonaws\.com(?:\.cn)?$/.test(host);
}

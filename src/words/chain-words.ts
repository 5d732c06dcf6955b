/**
 * A chain in words: who it was, how they came by the credentials, and what the logs do not tell.
 */

import { describeIdentity } from "../event/identity.ts";
import { type CloudTrailRecord, textsAt } from "../event/record.ts";
import { formatTime } from "../event/time.ts";
import { valuesOf } from "../event/values.ts";
import type { Answer } from "../query/answer.ts";
import type { Span } from "../query/span.ts";
import type { Chain, Hop } from "../resolve/chain.ts";
import type { Issuance } from "../resolve/issuances.ts";
import { issuedTo, permissionSetOf, recordSignedWith } from "../resolve/issuers.ts";
import { isProven, type MissingCall, type Origin } from "../resolve/origin.ts";
import { callOf, circumstances, onDay, whoOf } from "./event-words.ts";
import { grouped, listed, moment } from "./sentences.ts";

/** `maria (IAM user, MFA)`, `maria (IAM user) or bob (IAM user)`. */
export function originWords({ hops, origins }: Chain, record: CloudTrailRecord): string {
  const records = [
    record,
    ...hops.flatMap(({ issues }) => issues.map(({ event }) => event.record)),
  ];
  const usedMfa = records.some((one) => valuesOf("mfa", one).includes("yes"));
  return listed(
    origins.map((origin) => {
      const { name } = origin.identity;
      if (origin.evidence === undefined && origin.kind === "unknown") {
        return name === "unknown" ? "somebody unknown" : `somebody unknown behind ${name}`;
      }
      if (origin.kind === "outside") return `somebody of ${name}`;
      const isPerson = origin.kind === "person" || origin.kind === "root";
      const told = [
        ...evidenceWords(origin),
        ...(usedMfa && isPerson ? ["MFA"] : []),
        ...makerWords(origin),
      ];
      return `${name}${told.length === 0 ? "" : ` (${told.join(", ")})`}`;
    }),
    3,
    "or",
  );
}

/** `key made by maria through Ops and Deploy`; none where the logs do not know who that was. */
function makerWords({ made, maker }: Origin): readonly string[] {
  if (made === undefined || maker === undefined || !maker.origins.every(isProven)) return [];
  return [`${made.begins === "key" ? "key made" : "password set"} by ${byMaker(maker)}`];
}

function byMaker({ hops, origins }: Chain): string {
  const roles = hops.map(rolesIn).filter((words) => words !== "");
  const through = roles.length === 0 ? "" : ` through ${listed(roles.reverse(), 5)}`;
  const names = origins.map(({ evidence, identity: { name, session } }) =>
    evidence === "Identity Center" ? (session ?? name) : name,
  );
  return `${listed(names, 3, "or")}${through}`;
}

function evidenceWords({ evidence, kind, identity }: Origin): readonly string[] {
  switch (evidence) {
    case undefined:
    case "root user":
      return [];
    case "Identity Center":
      // The session of its role says so already.
      return identity.session === undefined ? [evidence] : [];
    case "Cognito":
      // The name says so already.
      return [];
    case "AWS service":
      if (kind === "workload" && identity.via !== undefined) return [identity.via];
      // The name says so already.
      return /\.amazonaws\.com|\(service-linked role\)$/.test(identity.name) ? [] : [evidence];
    case "session name":
      return ["by its session name"];
    default:
      return [evidence];
  }
}

/**
 * `signed in to the console and assumed Deploy through OrgAdmin on ... from ... with ...`: undefined
 * where the call was signed with the origin's own credentials.
 */
export function routeWords(chain: Chain, timeZone: string): string | undefined {
  const taken = hopsTaken(chain).toReversed();
  const roles = taken.map(rolesIn);
  const last = roles.findLastIndex((role) => role !== "");
  const through = roles.slice(0, Math.max(last, 0)).filter((role) => role !== "");
  const by = through.length === 0 ? "" : ` through ${listed(through, 5)}`;
  const acts = taken.flatMap(({ issues }, at) => [
    ...issues.slice(0, 1).flatMap(actWords),
    ...(at === last ? [`assumed ${roles[at]}${by}`] : []),
  ]);
  const [newest] = taken.at(-1)?.issues ?? [];
  if (newest === undefined || acts.length === 0) return undefined;
  const { record } = newest.event;
  const how =
    routeEnd(chain) === undefined ? onDay(record, timeZone) : circumstances(record, timeZone);
  return `${listed(acts, 5)}${how}`;
}

/** The call whose circumstances the words of the route tell: candidates have only the time in common. */
export function routeEnd(chain: Chain): CloudTrailRecord | undefined {
  const [newest, ...others] = hopsTaken(chain)[0]?.issues ?? [];
  return others.length === 0 ? newest?.event.record : undefined;
}

/**
 * Where to read on about all that one beginning led to: from a session that others lead to, and only if
 * the logs know that beginning.
 */
export function rootHints(chain: Chain): readonly string[] {
  const taken = hopsTaken(chain);
  const [oldest, ...others] = taken.length < 2 ? [] : (taken.at(-1)?.issues ?? []);
  if (oldest === undefined || others.length > 0) return [];
  const { record } = oldest.event;
  const [eventID] = valuesOf("eventID", record);
  const call = callOf(record);
  const beginning = call === "ConsoleLogin" ? "sign-in" : call;
  return eventID === undefined
    ? []
    : [`All that came of that ${beginning}: trailhound trace ${eventID}`];
}

/** What runs in a service is given its role, and begins with that. */
function hopsTaken({ hops, origins }: Chain): readonly Hop[] {
  return origins[0]?.kind === "workload" ? hops.filter((hop) => !isGiven(hop)) : hops;
}

function isGiven({ issues }: Hop): boolean {
  return issues.some(({ event }) => describeIdentity(event.record).kind === "service");
}

function actWords({ event: { record }, issued, asks }: Issuance): readonly string[] {
  if (asks) return ["asked for credentials"];
  switch (callOf(record)) {
    case "ConsoleLogin":
      return ["signed in to the console"];
    case "GetSessionToken":
      return ["took a session token"];
    case "GetFederationToken":
      return [`took a federation token for ${sessionName(issued)}`];
    case "AssumeRoot":
      return [`became root of account ${issued.principalId ?? "unknown"}`];
    case "CreateOAuth2Token":
    case "CreateOAuth2TokenWithIAM":
      return [isCommandLine(record) ? "logged in with aws login" : "let an agent act"];
    case "Authenticate":
    case "CreateToken":
    case "CreateTokenWithIAM":
      return ["signed in to Identity Center"];
    default:
      return [];
  }
}

/** The CLI has one client of its own; each agent registers one. */
function isCommandLine(record: CloudTrailRecord): boolean {
  const [client = ""] = textsAt(record, "requestParameters.client_id");
  return /:devtools\/|oauth2\/public-client\//.test(client);
}

/** Without their sessions, and Identity Center's roles by their permission set. */
function rolesIn({ issues }: Hop): string {
  const roles = issues.flatMap(({ issued }) => {
    const { role } = describeIdentity(recordSignedWith(issued));
    const permissionSet = permissionSetOf(role ?? "");
    return permissionSet === undefined ? (role ?? []) : `${permissionSet} (Identity Center)`;
  });
  return listed(roles, 3, "or");
}

/** What the credentials made of whoever got them. Who acts in a sign-in, the `issuing` call alone may tell. */
export function sessionName(issued: Issuance["issued"], issuing?: CloudTrailRecord): string {
  const { name } = describeIdentity(recordSignedWith(issued));
  if (name !== "unknown") return name;
  const signedIn = issued.signIn && issuing && describeIdentity(issuing).name;
  return issued.assignment ?? signedIn ?? issued.key ?? name;
}

/**
 * What whoever reads the answer must know about what it does not tell. `span` is that of the logs,
 * empty if it is not known.
 */
export function gapWords(
  { hops, origins }: Chain,
  { span, timeZone }: { readonly span: Span; readonly timeZone: string },
): readonly string[] {
  const words: string[] = [];
  const [origin] = origins;
  if (origins.length > 1) {
    const several = hops.find(({ certainty }) => certainty === "one of several");
    words.push(
      `The logs cannot tell which: ${grouped(several?.issues.length ?? 0)} calls in the same second issued ` +
        "such credentials.",
    );
  }
  if (origin === undefined || origins.length > 1) return words;
  if (origin.evidence === "session name") {
    words.push("Whoever began the session chose its name: a claim, no proof.");
  }
  if (origin.missing !== undefined) {
    const session = hops.length === 0 ? "the session" : "the first of these sessions";
    words.push(missingWords(origin.missing, session, span, timeZone));
  }
  const { made, maker } = origin;
  if (made !== undefined) {
    const { event, issued } = made;
    const what =
      made.begins === "key"
        ? `The access key ${issued.key} was created`
        : `The password of ${issued.userName} was set`;
    const isKnown = maker?.origins.every(isProven) === true;
    const whom = isKnown ? byMaker(maker) : whoOf(event.record);
    words.push(`${what} by ${whom}${onDay(event.record, timeZone)}.`);
  }
  return words;
}

function missingWords(
  { account, created }: MissingCall,
  session: string,
  span: Span,
  timeZone: string,
): string {
  const whose =
    account === undefined ? "the account that manages the organization" : `account ${account}`;
  if (created === undefined) return `Who that was, only the logs of ${whose} can tell.`;
  const isBefore = span.first !== undefined && created < span.first;
  return (
    `The call that began ${session} on ${moment(created, timeZone)} is not in these logs` +
    `${isBefore ? ", which begin later" : ""}; the logs of ${whose} should have it.`
  );
}

/** The same for machines, hops oldest first. */
export function chainFacts({ hops, origins }: Chain): NonNullable<Answer["facts"]> {
  return {
    origins: origins.map((origin) => ({
      name: origin.identity.name,
      arn: origin.identity.arn ?? null,
      account: origin.identity.account ?? null,
      kind: origin.kind,
      evidence: origin.evidence ?? null,
      proven: isProven(origin),
      ...(origin.made !== undefined && { made: madeFacts(origin) }),
      missing: origin.missing === undefined ? null : missingFacts(origin.missing),
    })),
    hops: hops.toReversed().map(({ link, certainty, issues }) => ({
      join: link,
      certainty,
      calls: issues.map(({ id, event: { record } }) => ({
        eventID: id,
        event: callOf(record),
        who: describeIdentity(issuedTo(record)).name,
      })),
    })),
  };
}

function madeFacts({ made, maker }: Origin) {
  return {
    eventID: made?.id ?? null,
    event: made ? callOf(made.event.record) : null,
    by: maker?.origins.map(({ identity }) => identity.name) ?? [],
  };
}

function missingFacts({ account, created }: MissingCall) {
  const when = created === undefined ? null : formatTime(created, "UTC");
  return { account: account ?? null, when };
}

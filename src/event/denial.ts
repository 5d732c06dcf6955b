/**
 * Why a call was denied, as far as its record tells: the permission that was missing, on what, and
 * which kind of policy stood in the way.
 *
 * Services put that into a sentence, in a dozen forms. The sentence holds names of the caller's
 * choosing, so it is read from its fixed beginning, and its reason from the last place where one may
 * begin. What the sentence leaves out is taken from the event itself.
 */

import { iamActionsOf, iamPrefixOf } from "./iam-actions.ts";
import { outcomeOf } from "./outcome.ts";
import { type CloudTrailRecord, textsAt } from "./record.ts";
import { primaryTargets } from "./targets.ts";
import { withoutVersion } from "./verb-classes.ts";

/** What decided, as messages call it; the last two are no policies, and deny all the same. */
const policyTypes = [
  "identity-based",
  "resource-based",
  "service control",
  "resource control",
  "session",
  "permissions boundary",
  "VPC endpoint",
  "role trust",
  "S3 Block Public Access",
  "cross-account pass role",
] as const;
type PolicyType = (typeof policyTypes)[number];

export interface Denial {
  /** As the message names the caller: an ARN, or `anonymous`. */
  readonly principal?: string;
  /** The permission that was missing, which need not be the one the event is called after. */
  readonly action?: string;
  /** `*` where the permission was asked for on everything. */
  readonly resource?: string;
  readonly policyType?: PolicyType;
  /** True if a policy says no, false if none says yes, undefined if the record does not tell. */
  readonly explicit?: boolean;
  readonly policyArn?: string;
  /** There is an encoded message, which only AWS can decode; CloudTrail cuts long ones, for good. */
  readonly encoded?: "whole" | "cut";
}

/** Undefined for a call that was not denied. */
export function denialOf(record: CloudTrailRecord): Denial | undefined {
  if (outcomeOf(record) !== "denied") return undefined;
  const [message = ""] = textsAt(record, "errorMessage");
  const encodedAt = message.lastIndexOf(encodedMark);
  const plain = encodedAt < 0 ? message : message.slice(0, encodedAt);
  const { action, resource, ...told } = sentenceIn(plain.replace(preamble, "").trim());
  const asked = actionNamed(action, record) ?? actionOfEvent(record);
  const on = resource || resourceOfEvent(record);
  return {
    ...(textsAt(record, "errorCode")[0] === "VpceAccessDenied" && endpointDenial),
    ...told,
    ...(asked !== undefined && { action: asked }),
    ...(on !== undefined && { resource: on }),
    ...(encodedAt >= 0 && { encoded: message.endsWith("...") ? "cut" : "whole" }),
  };
}

const encodedMark = "Encoded authorization failure message:";
/** EC2 says the general thing first. */
const preamble = /^You are not authorized to perform this operation\. ?/i;
const endpointDenial = { policyType: "VPC endpoint" } as const;

/** One form of message: its beginning, with groups for what it names. */
interface Form {
  readonly pattern: RegExp;
  read(groups: readonly (string | undefined)[]): Denial;
}

const forms: readonly Form[] = [
  {
    pattern: /^(?:User: (\S+) is )?not authorized to perform:? (\S+)(.*)$/is,
    read: ([principal, action = "", rest = ""]) => ({
      ...(principal !== undefined && { principal }),
      action,
      ...resourceAndReason(rest),
    }),
  },
  {
    pattern: /^Principal \[?([^\s\]]+)\]? is not allowed to execute \[?([^\s\]]+)\]?(.*)$/is,
    read: ([principal = "", action = "", rest = ""]) => ({
      principal,
      action,
      ...resourceAndReason(rest),
    }),
  },
  {
    pattern: /^Access to the resource (\S+) is denied/i,
    read: ([resource = ""]) => ({ resource: unquoted(resource) }),
  },
  {
    pattern: /^Not authorized to access resource:? (\S+)/i,
    read: ([resource = ""]) => ({ resource: unquoted(resource) }),
  },
  {
    pattern: /^Cross-account pass role is not allowed/i,
    read: () => ({ action: "iam:PassRole", policyType: "cross-account pass role" }),
  },
  {
    pattern: /^The request was denied due to a VPC endpoint policy/i,
    read: () => endpointDenial,
  },
];

function sentenceIn(message: string): Denial {
  for (const { pattern, read } of forms) {
    const [whole, ...groups] = pattern.exec(message) ?? [];
    if (whole !== undefined) return read(groups);
  }
  return {};
}

const deniedBy = " with an explicit deny";
const reasonMarks = [" because no ", " because the ", " because public ", deniedBy] as const;

/**
 * Of what follows the action. A name may hold any of the marks, so the last one is the reason's; and
 * in front of the end of a quotation none is.
 */
function resourceAndReason(rest: string): Denial {
  const quotedTo = rest.startsWith(quotation) ? rest.lastIndexOf('"') : -1;
  const at = Math.max(...reasonMarks.map((mark) => rest.lastIndexOf(mark)));
  const reasonAt = at > quotedTo ? at : rest.length;
  const resource = resourceIn(rest.slice(0, reasonAt));
  return { ...(resource !== "" && { resource }), ...reasonIn(rest.slice(reasonAt)) };
}

const quotation = ' on resource: "';

/** IAM names its own things by kind and name: `user maria`, `policy ARN version v2`. */
function resourceIn(text: string): string {
  const [, resource = ""] = /^ on (?:the )?resource: ?(.*)$/is.exec(text) ?? [];
  const name = unquoted(resource.trim());
  // The kind alone: the call named nobody.
  if (/^(?:user|role|group|policy|instance profile|access key)$/.test(name)) return "";
  return /^policy (arn:\S+)/.exec(name)?.[1] ?? name;
}

function unquoted(text: string): string {
  const inside = text.startsWith('"') ? text.slice(1).replace(/"$/, "") : text;
  // Three dots are a cut.
  return /[^.]\.$/.test(inside) ? inside.slice(0, -1) : inside;
}

function reasonIn(reason: string): Denial {
  if (reason.startsWith(deniedBy)) {
    const [, type = "", policyArn] = explicitReason.exec(reason) ?? [];
    return {
      ...typeNamed(type),
      explicit: true,
      ...(policyArn !== undefined && { policyArn: policyArn.replace(/\.$/, "") }),
    };
  }
  if (reason.startsWith(" because public ")) {
    return /block public access/i.test(reason)
      ? { policyType: "S3 Block Public Access", explicit: true }
      : {};
  }
  const [, type] = implicitReason.exec(reason) ?? [];
  return type === undefined ? {} : { ...typeNamed(type), explicit: false };
}

const explicitReason =
  /^ with an explicit deny in (?:an?|the) ([a-z0-9 -]{1,40})(?:: ?(arn:\S+))?/i;
const implicitReason =
  /^ because (?:no|the) ([a-z0-9 -]{1,40}?) (?:allows|grants|does not allow)(?= |$)/i;

function typeNamed(text: string): Pick<Denial, "policyType"> {
  const words = text.toLowerCase().replace(/ polic(?:y|ies).*$/, "");
  // One message speaks of a "sessions policy".
  const name = words === "sessions" ? "session" : words;
  const policyType = policyTypes.find((type) => type.toLowerCase() === name);
  return policyType === undefined ? {} : { policyType };
}

/** Some services write their prefix in capitals, and some leave it out. */
function actionNamed(text: string | undefined, record: CloudTrailRecord): string | undefined {
  const [, prefix, name] = /^\[?(?:([a-z0-9-]+):)?([a-z0-9*]+)\]?[.,;]?$/i.exec(text ?? "") ?? [];
  if (name === undefined) return undefined;
  const service = prefix?.toLowerCase() ?? iamPrefixOf(record);
  return service === undefined ? name : `${service}:${name}`;
}

/** A call that needs no permission may be denied all the same: its session was, for one. */
function actionOfEvent(record: CloudTrailRecord): string | undefined {
  const actions = iamActionsOf(record);
  if (actions.length > 0) return actions.join(" or ");
  const [eventName] = textsAt(record, "eventName");
  if (eventName === undefined) return undefined;
  return [iamPrefixOf(record), withoutVersion(eventName)].filter(Boolean).join(":");
}

const mostTargets = 3;

function resourceOfEvent(record: CloudTrailRecord): string | undefined {
  const targets = primaryTargets(record);
  if (targets.length === 0) return undefined;
  const more = targets.length - mostTargets;
  return targets.slice(0, mostTargets).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

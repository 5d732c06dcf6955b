/**
 * The IAM actions that a call needs permission for: `s3:ListBucket` for ListObjectsV2.
 *
 * Mostly the event's service and name; `iam-action-names.ts` has what is otherwise. Whether IAM knows
 * an action of that name is not checked, as no list of all actions is at hand. What else a call may
 * need, such as iam:PassRole, leaves no trace in its record and is not told here.
 */

import {
  gatewayExceptions,
  gatewayMethods,
  iamActionNames,
  iamPrefixes,
  partiQlActions,
  portalEvents,
  transactionActions,
  versionedActions,
} from "./iam-action-names.ts";
import { namesFor } from "./names.ts";
import { type CloudTrailRecord, textsAt, valuesAt } from "./record.ts";
import { withoutVersion, wordsOf } from "./verb-classes.ts";

export interface Permission {
  readonly actions: readonly string[];
  /**
   * `listed`: known to be these. `named`: the event's own name, as nearly always. `none`: no policy
   * decides such a call. `unclear`: some action is needed, and the record does not tell which.
   */
  readonly basis: "listed" | "named" | "none" | "unclear";
}

const none: Permission = { actions: [], basis: "none" };
const unclear: Permission = { actions: [], basis: "unclear" };

export function iamActionsOf(record: CloudTrailRecord): readonly string[] {
  return permissionFor(record).actions;
}

/** `s3` of `s3:GetObject`; undefined for a record without eventSource. */
export function iamPrefixOf(record: CloudTrailRecord): string | undefined {
  const [source] = textsAt(record, "eventSource");
  const service = namesFor("service", source ?? "").at(-1);
  if (!service) return undefined;
  if (service.startsWith("chime-sdk-")) return "chime";
  return rowOf(iamPrefixes, service) ?? service;
}

export function permissionFor(record: CloudTrailRecord): Permission {
  const prefix = iamPrefixOf(record);
  const [name] = textsAt(record, "eventName");
  if (prefix === undefined || name === undefined) return unclear;
  if (isNoCall(record, prefix, name)) return none;
  const eventName = withoutVersion(name);
  const { actions, basis } = inService(record, prefix, eventName);
  return { actions: actions.map((action) => `${prefix}:${action}`), basis };
}

const callTypes = /^(?:AwsApiCall|AwsConsoleAction|AwsVpceEvent)$/;

/** What services do of themselves, sign-ins and the access portal: nothing a policy could allow. */
function isNoCall(record: CloudTrailRecord, prefix: string, eventName: string): boolean {
  const [type = "AwsApiCall"] = textsAt(record, "eventType");
  if (!callTypes.test(type)) return true;
  if (prefix === "signin") return !/OAuth2/.test(eventName);
  const [caller = ""] = textsAt(record, "userIdentity.type");
  return (
    prefix === "sso" &&
    portalEvents.includes(eventName) &&
    /^(?:IdentityCenterUser|Unknown|)$/.test(caller)
  );
}

/** Actions still without their prefix. */
function inService(record: CloudTrailRecord, prefix: string, eventName: string): Permission {
  switch (prefix) {
    case "apigateway":
      return listed([gatewayMethod(eventName)]);
    case "budgets":
      return listed([budgetAction(eventName)]);
    case "dynamodb":
      return (
        ofStatements(record, eventName) ??
        ofTransaction(record, eventName) ??
        ordinary(prefix, eventName)
      );
    case "s3":
      return ofObjects(record, ordinary(prefix, eventName));
    default:
      return ordinary(prefix, eventName);
  }
}

function ordinary(prefix: string, eventName: string): Permission {
  const actions = rowOf(iamActionNames[prefix] ?? {}, eventName);
  if (actions === undefined) return { actions: [eventName], basis: "named" };
  return actions.length === 0 ? none : { actions, basis: "listed" };
}

function listed(actions: readonly (string | undefined)[]): Permission {
  const known = [...new Set(actions)].filter((action) => action !== undefined);
  return known.length === 0 ? unclear : { actions: known, basis: "listed" };
}

function gatewayMethod(eventName: string): string | undefined {
  return rowOf(gatewayExceptions, eventName) ?? rowOf(gatewayMethods, wordsOf(eventName).verb);
}

/** Only what acts on budgets by itself has actions of its own. */
function budgetAction(eventName: string): string {
  if (/BudgetAction|Resource$/.test(eventName)) return eventName;
  return /^(?:Describe|View|Get|List)/.test(eventName) ? "ViewBudget" : "ModifyBudget";
}

function ofStatements(record: CloudTrailRecord, eventName: string): Permission | undefined {
  if (!/^(?:BatchExecuteStatement|ExecuteStatement|ExecuteTransaction)$/.test(eventName)) {
    return undefined;
  }
  const paths = [["statement"], ["statements", "statement"], ["transactStatements", "statement"]];
  const statements = paths.flatMap((path) => valuesAt(record, ["requestParameters", ...path]));
  return listed(
    statements.map((statement) => {
      const [, verb = ""] =
        (typeof statement === "string" && /^\s*([a-z]+)/i.exec(statement)) || [];
      return rowOf(partiQlActions, verb.toLowerCase());
    }),
  );
}

function ofTransaction(record: CloudTrailRecord, eventName: string): Permission | undefined {
  if (eventName !== "TransactWriteItems") return undefined;
  const kinds = Object.keys(transactionActions).filter(
    (kind) => valuesAt(record, ["requestParameters", "transactItems", kind]).length > 0,
  );
  return listed(kinds.map((kind) => transactionActions[kind]));
}

/** A version, an ACL or tags that come with an object ask for more than the object does. */
function ofObjects(record: CloudTrailRecord, { actions, basis }: Permission): Permission {
  const isGiven = (key: string) => valuesAt(record, ["requestParameters", key]).length > 0;
  const needed = isGiven("versionId")
    ? actions.map((action) => rowOf(versionedActions, action) ?? action)
    : actions;
  const more = needed.includes("PutObject")
    ? [
        ...(isGiven("x-amz-acl") ? ["PutObjectAcl"] : []),
        ...(isGiven("x-amz-tagging") ? ["PutObjectTagging"] : []),
      ]
    : [];
  return { actions: [...needed, ...more], basis };
}

/** An event may be called `constructor`. */
function rowOf<T>(rows: { readonly [key: string]: T }, key: string): T | undefined {
  return Object.hasOwn(rows, key) ? rows[key] : undefined;
}

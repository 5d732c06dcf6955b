/**
 * Builders for stories about credentials: calls that issue them, calls signed with them.
 */

import { eventsAt } from "../../src/engines/plain/index.ts";
import type { CloudTrailRecord, JsonObject } from "../../src/event/record.ts";
import type { FoundEvent } from "../../src/query/query.ts";
import { at, calling, event, on, to } from "../support/events.ts";

export const home = "111122223333";
export const other = "444455556666";

/** `time("09:12:30")`. */
export function time(clock: string): string {
  return `2026-11-05T${clock}Z`;
}

export interface RoleSession {
  readonly role: string;
  readonly session: string;
  readonly key?: string;
  /** When it began: `09:12:30`. */
  readonly began?: string;
  readonly account?: string;
}

/** Made in a session of the role. */
export function bySession(
  { role, session, key, began = "09:00:00", account = home }: RoleSession,
  more: JsonObject = {},
): JsonObject {
  return {
    userIdentity: {
      type: "AssumedRole",
      principalId: roleId({ role, session }),
      arn: sessionArn({ role, session, account }),
      accountId: account,
      ...(key === undefined ? {} : { accessKeyId: key }),
      sessionContext: {
        sessionIssuer: {
          type: "Role",
          principalId: `AROA${role.toUpperCase()}`,
          arn: `arn:aws:iam::${account}:role/${pathOf(role)}${role}`,
          accountId: account,
          userName: role,
        },
        attributes: { creationDate: time(began), mfaAuthenticated: "false" },
        ...more,
      },
    },
  };
}

function pathOf(role: string): string {
  return role.startsWith("AWSReservedSSO_") ? "aws-reserved/sso.amazonaws.com/" : "team/";
}

/** Made by a user in a session of the console, or one of GetSessionToken. */
export function byUserSession(name: string, began: string, key: string, more: JsonObject = {}) {
  return {
    userIdentity: {
      type: "IAMUser",
      principalId: `AIDA${name.toUpperCase()}`,
      arn: `arn:aws:iam::${home}:user/${name}`,
      accountId: home,
      accessKeyId: key,
      userName: name,
      sessionContext: { attributes: { creationDate: time(began), mfaAuthenticated: "true" } },
      ...more,
    },
  };
}

/** The role's account knows of a caller from elsewhere no more than this. */
export function byAccount(accountId: string, principalId: string): JsonObject {
  return { userIdentity: { type: "AWSAccount", accountId, principalId } };
}

/** A successful AssumeRole, which begins the session. */
export function assuming(begun: RoleSession, ...parts: readonly JsonObject[]): CloudTrailRecord {
  const { role, session, key, began = "09:00:00", account = home } = begun;
  return event(
    to("sts"),
    calling("AssumeRole"),
    at(time(began)),
    on({ roleArn: `arn:aws:iam::${account}:role/team/${role}`, roleSessionName: session }),
    {
      readOnly: true,
      responseElements: {
        ...(key === undefined ? {} : { credentials: { accessKeyId: key } }),
        assumedRoleUser: { assumedRoleId: roleId(begun), arn: sessionArn(begun) },
      },
    },
    ...parts,
  );
}

export function signingIn(name: string, clock: string): CloudTrailRecord {
  return event(to("signin"), calling("ConsoleLogin"), at(time(clock)), {
    userIdentity: {
      type: "IAMUser",
      principalId: `AIDA${name.toUpperCase()}`,
      arn: `arn:aws:iam::${home}:user/${name}`,
      accountId: home,
      userName: name,
    },
    responseElements: { ConsoleLogin: "Success" },
    additionalEventData: { MFAUsed: "Yes" },
  });
}

export function found(records: readonly CloudTrailRecord[]): readonly FoundEvent[] {
  return eventsAt("events.json", records);
}

function roleId({ role, session }: Pick<RoleSession, "role" | "session">): string {
  return `AROA${role.toUpperCase()}:${session}`;
}

function sessionArn({ role, session, account = home }: RoleSession): string {
  return `arn:aws:sts::${account}:assumed-role/${role}/${session}`;
}

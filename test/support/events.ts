/**
 * Builders of records: `event(...)` fills in what a case is not about, its parts tell the story. A part
 * is a piece of a record, so a plain object will do where no builder has a name for it.
 */

import type { CloudTrailRecord, Json, JsonObject } from "../../src/event/record.ts";

type Part = JsonObject;

const home = "111122223333";

/** Later parts win; what is undefined in the end is left out. */
export function event(...parts: readonly Part[]): CloudTrailRecord {
  const fields = new Map([ordinary(), ...parts].flatMap((part) => Object.entries(part)));
  return Object.fromEntries([...fields].filter(([, value]) => value !== undefined));
}

let events = 0;

/** A successful read by a user, with an eventID of its own so that no event repeats another. */
function ordinary(): CloudTrailRecord {
  events += 1;
  return {
    eventVersion: "1.08",
    ...byUser("alice"),
    eventTime: "2026-11-05T09:14:03Z",
    eventSource: "ec2.amazonaws.com",
    eventName: "DescribeInstances",
    awsRegion: "us-east-1",
    sourceIPAddress: "203.0.113.7",
    userAgent: "aws-cli/2.15.30",
    requestParameters: null,
    responseElements: null,
    eventID: `00000000-0000-4000-8000-${String(events).padStart(12, "0")}`,
    eventType: "AwsApiCall",
    eventCategory: "Management",
    recipientAccountId: home,
  };
}

export function byUser(name: string): Part {
  const id = name.toUpperCase();
  return {
    userIdentity: {
      type: "IAMUser",
      principalId: `AIDA${id}`,
      arn: `arn:aws:iam::${home}:user/${name}`,
      accountId: home,
      accessKeyId: `AKIA${id}`,
      userName: name,
    },
  };
}

function pathOf(role: string): string {
  return role.startsWith("AWSReservedSSO_") ? "aws-reserved/sso.amazonaws.com/" : "";
}

export function byRole(name: string, session = "session"): Part {
  const id = name.toUpperCase();
  return {
    userIdentity: {
      type: "AssumedRole",
      principalId: `AROA${id}:${session}`,
      arn: `arn:aws:sts::${home}:assumed-role/${name}/${session}`,
      accountId: home,
      accessKeyId: `ASIA${id}`,
      sessionContext: {
        sessionIssuer: {
          type: "Role",
          principalId: `AROA${id}`,
          arn: `arn:aws:iam::${home}:role/${pathOf(name)}${name}`,
          accountId: home,
          userName: name,
        },
        attributes: { creationDate: "2026-11-05T09:00:00Z", mfaAuthenticated: "false" },
      },
    },
  };
}

export function byRoot(): Part {
  const arn = `arn:aws:iam::${home}:root`;
  return { userIdentity: { type: "Root", principalId: home, arn, accountId: home } };
}

/** `byService("autoscaling")`. */
export function byService(service: string): Part {
  const invokedBy = `${service}.amazonaws.com`;
  return {
    userIdentity: { type: "AWSService", invokedBy },
    sourceIPAddress: invokedBy,
    userAgent: invokedBy,
  };
}

export function calling(eventName: string): Part {
  return { eventName };
}

/** `to("s3")`. */
export function to(service: string): Part {
  return { eventSource: `${service}.amazonaws.com` };
}

export function from(sourceIPAddress: string | undefined): Part {
  return { sourceIPAddress };
}

export function at(eventTime: Json | undefined): Part {
  return { eventTime };
}

export function on(requestParameters: Json): Part {
  return { requestParameters };
}

export function failing(errorCode: string | undefined, errorMessage?: string): Part {
  return { errorCode, errorMessage };
}

export function inRegion(awsRegion: string): Part {
  return { awsRegion };
}

/** The account whose trail got the event. */
export function inAccount(recipientAccountId: string): Part {
  return { recipientAccountId };
}

export function withId(eventID: string | undefined): Part {
  return { eventID };
}

/**
 * One CloudTrail record as JSON text, its keys in the order in which AWS writes them.
 *
 * Text is put together by hand, which is several times faster than JSON.stringify. So every part
 * named `...Json` is JSON already, and every other text holds nothing that JSON would escape.
 */

import type { Random } from "./random.ts";

/** Who calls, and from where. Constant for a session, so its JSON is written once. */
export interface Caller {
  readonly kind: "workload" | "person" | "pipeline" | "service";
  readonly identityJson: string;
  /** What the field `identity` of the catalogue gives: the role's ARN for a role's session. */
  readonly identity: string;
  /** As error messages name the caller. */
  readonly arn: string;
  readonly account: string;
  /** The access key of the session that made the call, or for which a service made it. */
  readonly session?: string;
  /** An IAM user's name. */
  readonly user?: string;
  readonly address: string;
  readonly agent: string;
  /** The agent names the command line's subcommand at its end. */
  readonly namesCommand?: boolean;
  readonly tlsVersion?: "TLSv1.2" | "TLSv1.3";
  readonly viaConsole?: boolean;
  readonly vpcEndpoint?: string;
}

/** What is called, and how it ended. */
export interface Call {
  readonly service: string;
  readonly name: string;
  readonly readOnly: boolean;
  readonly requestJson: string;
  readonly responseJson?: string;
  readonly additionalJson?: string;
  readonly resourcesJson?: string;
  readonly error?: CallError;
  /** The access key that the response holds. */
  readonly issues?: string;
  /** Data events have their own category, and no console marks. */
  readonly data?: boolean;
  readonly type?: "AwsApiCall" | "AwsConsoleSignIn";
}

export interface CallError {
  /** Sign-ins that fail have a message only. */
  readonly code?: string;
  readonly message: string;
}

export interface Place {
  readonly account: string;
  readonly region: string;
}

/** An event about to be written. */
export interface Draft {
  readonly call: Call;
  readonly caller: Caller;
  readonly place: Place;
  /** Epoch milliseconds, whole seconds. */
  readonly time: number;
  readonly eventID: string;
}

export function isoTime(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}

export function recordText({ call, caller, place, time, eventID }: Draft, random: Random): string {
  const { error, data = false } = call;
  const signIn = call.type === "AwsConsoleSignIn";
  const agent = caller.namesCommand ? `${caller.agent}${commandOf(call)}]` : caller.agent;
  const errorJson = error
    ? `${error.code === undefined ? "" : `"errorCode":"${error.code}",`}"errorMessage":"${error.message}",`
    : "";
  const response = error && !signIn ? "null" : (call.responseJson ?? "null");
  const requestID = data && call.service === "s3" ? random.upper(16) : random.uuid();
  return (
    `{"eventVersion":"${signIn ? "1.08" : "1.11"}","userIdentity":${caller.identityJson},` +
    `"eventTime":"${isoTime(time)}","eventSource":"${call.service}.amazonaws.com",` +
    `"eventName":"${call.name}","awsRegion":"${place.region}",` +
    `"sourceIPAddress":"${caller.address}","userAgent":"${agent}",${errorJson}` +
    `"requestParameters":${call.requestJson},"responseElements":${response},` +
    `${call.additionalJson === undefined ? "" : `"additionalEventData":${call.additionalJson},`}` +
    `${signIn ? "" : `"requestID":"${requestID}",`}"eventID":"${eventID}",` +
    `"readOnly":${call.readOnly},` +
    `${call.resourcesJson === undefined ? "" : `"resources":${call.resourcesJson},`}` +
    `"eventType":"${call.type ?? "AwsApiCall"}","managementEvent":${!data},` +
    `"recipientAccountId":"${place.account}",` +
    `${caller.vpcEndpoint === undefined ? "" : `"vpcEndpointId":"${caller.vpcEndpoint}","vpcEndpointAccountId":"${place.account}",`}` +
    `"eventCategory":"${data ? "Data" : "Management"}"` +
    `${tlsText(caller, call, place)}` +
    `${caller.viaConsole && !data && !signIn ? ',"sessionCredentialFromConsole":"true"' : ""}}`
  );
}

function tlsText({ tlsVersion }: Caller, { service }: Call, { region }: Place): string {
  if (tlsVersion === undefined) return "";
  const suite = tlsVersion === "TLSv1.3" ? "TLS_AES_128_GCM_SHA256" : "ECDHE-RSA-AES128-GCM-SHA256";
  return `,"tlsDetails":{"tlsVersion":"${tlsVersion}","cipherSuite":"${suite}","clientProvidedHostHeader":"${service}.${region}.amazonaws.com"}`;
}

const commands = new Map<string, string>();

/** `ec2.describe-instances` for DescribeInstances. */
function commandOf({ service, name }: Call): string {
  const key = `${service}.${name}`;
  let command = commands.get(key);
  if (command === undefined) {
    command = `${service}.${name.replace(/(?<=[a-z])(?=[A-Z])/g, "-").toLowerCase()}`;
    commands.set(key, command);
  }
  return command;
}

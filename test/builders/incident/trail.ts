/**
 * Records as a trail delivers them: fills in what a call is not about, and puts the records into the
 * files that the trail of their account and region would have written.
 *
 * Nothing here is random. An id is a hash of what it belongs to, so that a call added to the story
 * leaves the ids of all others alone.
 */

import { createHash } from "node:crypto";
import type { CloudTrailRecord, Json, JsonObject } from "../../../src/event/record.ts";

/** Who calls, from where and with what. */
export interface Caller {
  readonly userIdentity: JsonObject;
  /** The caller's account, whose trail gets the calls unless they say otherwise. */
  readonly account: string;
  readonly sourceIPAddress: string;
  readonly userAgent: string;
  /** What stands beside `userIdentity` in every record of such calls. */
  readonly also?: JsonObject;
  /** The console and services mint a key for each request. */
  readonly newKeyEachCall?: true;
}

export interface Call {
  readonly asks?: Json;
  readonly answers?: Json;
  readonly fails?: readonly [errorCode: string, errorMessage: string];
  readonly region?: string;
  readonly account?: string;
  /** Fields of the record; they win over all others. */
  readonly also?: JsonObject;
}

interface Entry {
  readonly record: CloudTrailRecord;
  readonly account: string;
  readonly region: string;
  readonly time: number;
}

const days = { Mon: 12, Tue: 13, Wed: 14, Thu: 15, Fri: 16 } as const;

/** `Wed 09:14:05` of the week of the incident, in UTC. */
export function timeOf(at: string): string {
  const [day = "", time = ""] = at.split(" ");
  if (!(day in days)) throw new Error(`${at}: which day is it?`);
  return `2026-10-${days[day as keyof typeof days]}T${time}Z`;
}

/** `timeOf`, as answers of older services have it: `Oct 14, 2026, 7:41:12 PM`. */
export function wordedTimeOf(at: string, hoursLater = 0): string {
  const date = new Date(Date.parse(timeOf(at)) + hoursLater * 3_600_000);
  const clock = date.toLocaleTimeString("en-US", { timeZone: "UTC" }).replace(/\s/g, " ");
  return `Oct ${date.getUTCDate()}, 2026, ${clock}`;
}

function hashOf(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

/** A UUID that belongs to the text. */
export function uuidOf(text: string): string {
  const hex = hashOf(text).toString("hex");
  const variant = "89ab"[hashOf(text).readUInt8(20) % 4];
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}

/** The request ids of S3 are sixteen capitals and digits. */
function requestIdOf(service: string, text: string): string {
  const hash = `request ${text}`;
  return service === "s3" ? hashOf(hash).toString("hex").slice(0, 16).toUpperCase() : uuidOf(hash);
}

/** `ASIAEXAMPLE…`, twenty characters as a key of STS has. */
export function temporaryKeyOf(text: string): string {
  return `ASIAEXAMPLE${hashOf(text).toString("hex").slice(0, 9).toUpperCase()}`;
}

const globalServices = new Set(["iam", "organizations"]);
const reading = /^(Get|List|Describe|Head|Lookup|BatchGet|AssumeRole)/;

export class Trail {
  readonly #entries: Entry[] = [];
  readonly #ids = new Set<string>();

  /** `add(tomas, "Wed 11:03:20", "cloudformation:DeleteStack", { asks })`; answers the record. */
  add(by: Caller, at: string, operation: string, call: Call = {}): CloudTrailRecord {
    const [service = "", eventName = ""] = operation.split(":");
    const region = call.region ?? (globalServices.has(service) ? "us-east-1" : "eu-west-1");
    const account = call.account ?? by.account;
    const eventTime = timeOf(at);
    const own = JSON.stringify([account, region, eventTime, operation, call.asks, call.also]);
    const eventID = uuidOf(own);
    if (this.#ids.has(eventID)) throw new Error(`${at} ${operation} is told twice`);
    this.#ids.add(eventID);
    const key = by.newKeyEachCall ? { accessKeyId: temporaryKeyOf(own) } : {};
    const isDirect =
      /^[\d.]+$/.test(by.sourceIPAddress) && !("sessionCredentialFromConsole" in (by.also ?? {}));
    const [errorCode, errorMessage] = call.fails ?? [];
    const record: CloudTrailRecord = {
      eventVersion: "1.11",
      userIdentity: { ...by.userIdentity, ...key },
      eventTime,
      eventSource: `${service}.amazonaws.com`,
      eventName,
      awsRegion: region,
      sourceIPAddress: by.sourceIPAddress,
      userAgent: by.userAgent,
      ...(errorCode === undefined ? {} : { errorCode, errorMessage: errorMessage ?? "" }),
      requestParameters: call.asks ?? null,
      responseElements: call.answers ?? null,
      requestID: requestIdOf(service, own),
      eventID,
      readOnly: reading.test(eventName),
      eventType: "AwsApiCall",
      managementEvent: true,
      recipientAccountId: account,
      eventCategory: "Management",
      ...(isDirect ? { tlsDetails: tlsOf(service, region) } : {}),
      ...by.also,
      ...call.also,
    };
    this.#entries.push({ record, account, region, time: Date.parse(eventTime) });
    return record;
  }

  /** A trail may deliver a record again, in a file of its own. */
  deliverAgain(record: CloudTrailRecord, at: string): void {
    const entry = this.#entries.find((one) => one.record === record);
    if (entry === undefined) throw new Error("there is no such record");
    this.#entries.push({ ...entry, time: Date.parse(timeOf(at)) });
  }

  /** What each file holds, by its path; in order of path. */
  files(): ReadonlyMap<string, readonly CloudTrailRecord[]> {
    const files = new Map<string, CloudTrailRecord[]>();
    const open = new Map<string, { readonly path: string; readonly until: number }>();
    for (const entry of this.#entries.toSorted((a, b) => a.time - b.time)) {
      const trail = `${entry.account}/CloudTrail/${entry.region}`;
      let file = open.get(trail);
      if (file === undefined || entry.time >= file.until) {
        file = { path: pathOf(entry), until: entry.time + deliveryMs };
        open.set(trail, file);
      }
      files.set(file.path, [...(files.get(file.path) ?? []), entry.record]);
    }
    return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}

/** What comes within ten minutes is in one file, which arrives five minutes later. */
const deliveryMs = 10 * 60_000;

function pathOf({ account, region, time }: Entry): string {
  const delivered = new Date(time + deliveryMs + 5 * 60_000).toISOString();
  const [date = "", clock = ""] = delivered.split("T");
  const random = hashOf(`${account} ${region} ${time}`).toString("base64url").replace(/[-_]/g, "");
  const stamp = `${date.replaceAll("-", "")}T${clock.slice(0, 5).replace(":", "")}Z`;
  const name = `${account}_CloudTrail_${region}_${stamp}_${random.slice(0, 16)}`;
  // The platform account's files were unpacked by whoever copied them.
  const suffix = account === "555566667777" ? "json" : "json.gz";
  return `AWSLogs/${account}/CloudTrail/${region}/${date.replaceAll("-", "/")}/${name}.${suffix}`;
}

function tlsOf(service: string, region: string): JsonObject {
  return {
    tlsVersion: "TLSv1.3",
    cipherSuite: "TLS_AES_128_GCM_SHA256",
    clientProvidedHostHeader: globalServices.has(service)
      ? `${service}.amazonaws.com`
      : `${service}.${region}.amazonaws.com`,
  };
}

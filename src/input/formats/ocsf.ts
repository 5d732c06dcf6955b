/**
 * CloudTrail events in the fields of the Open Cybersecurity Schema Framework, as Security Lake keeps
 * them (1.0 to 1.5; classes Account Change 3001, Authentication 3002, API Activity 6003), mapped back.
 * (OCSF's published mappings for CloudTrail, and Security Lake's.)
 *
 * What has no field of its own there stands under `unmapped`, by its path with dots. Where the event as
 * it was logged is kept as well (`raw_data`), it is the truth.
 */

import { isObject, type Json, type JsonObject } from "../../event/record.ts";
import { type Assembled, nothing, put, type Translated, textOf } from "../tables/assemble.ts";
import { eventKeysAmong } from "./event-keys.ts";
import type { Format } from "./format.ts";
import type { Opening } from "./opening.ts";
import { keyAt, namesOf } from "./wrapping.ts";

const what = "an OCSF event";

export const ocsf: Format = {
  name: "OCSF",
  recognise(opening) {
    const names = namesOf(opening);
    if (!names.has("class_uid") || !names.has("metadata")) return undefined;
    if (!isOfCloudTrail(opening)) return { kind: "not a log", what, isUsual: true };
    return {
      kind: "translated",
      what,
      translate: (document) => (isObject(document) ? [eventOf(document)] : []),
    };
  },
};

function isOfCloudTrail(opening: Opening): boolean {
  const key = keyAt(["metadata", "product", "name"], opening);
  if (key?.valueEnd === undefined) return false;
  const name = Buffer.from(opening.bytes.subarray(key.valueAt, key.valueEnd)).toString();
  return /^"(?:AWS )?CloudTrail"$/i.test(name);
}

/** Of which OCSF field each field of an event is made; the first that is there counts. */
const texts: readonly (readonly [field: string, ...from: readonly string[]])[] = [
  ["eventVersion", "metadata.product.version"],
  ["eventSource", "api.service.name"],
  ["eventName", "api.operation"],
  ["awsRegion", "cloud.region"],
  ["sourceIPAddress", "src_endpoint.ip", "src_endpoint.domain"],
  ["userAgent", "http_request.user_agent"],
  ["errorCode", "api.response.error"],
  ["errorMessage", "api.response.message", "api.response.error_message"],
  ["requestID", "api.request.uid"],
  ["eventID", "metadata.uid"],
  ["eventType", "metadata.event_code"],
  ["apiVersion", "api.version"],
  ["vpcEndpointId", "src_endpoint.uid", "src_endpoint.vpc_uid"],
  ["userIdentity.type", "actor.user.type"],
  ["userIdentity.accountId", "actor.user.account.uid", "actor.user.account_uid"],
  ["userIdentity.invokedBy", "actor.invoked_by"],
  ["userIdentity.sessionContext.sessionIssuer.arn", "actor.session.issuer"],
  ["additionalEventData.LoginTo", "dst_endpoint.svc_name"],
  ["tlsDetails.tlsVersion", "tls.version"],
  ["tlsDetails.cipherSuite", "tls.cipher"],
  ["tlsDetails.clientProvidedHostHeader", "tls.sni"],
];

/** Users of Identity Center have other fields for the same things. */
const userFields = { name: "userName", credential: "accessKeyId" };
const centerUserFields = { name: "userName", credential: "credentialId" };

const categories = new Set(["Management", "Data", "NetworkActivity", "Insight"]);
const isPartly =
  "an OCSF event without unmapped fields and the data of the request: it is known in part";
const isNone = "an OCSF event made of a CloudTrail event, without its operation";

function eventOf(document: JsonObject): Translated {
  const raw = rawEvent(document["raw_data"]);
  if (raw !== undefined) return { text: raw, lacks: [] };
  const read = (path: string) => textAt(document, path);
  if (read("api.operation") === undefined) return { text: undefined, lacks: [isNone] };
  const record = nothing();
  for (const [field, ...from] of texts) {
    const value = from.map(read).find((text) => text !== undefined);
    if (value !== undefined) put(record, field.split("."), value);
  }
  putTime(record, ["eventTime"], document, "time");
  putTime(
    record,
    ["userIdentity", "sessionContext", "attributes", "creationDate"],
    document,
    "actor.session.created_time",
  );
  putIdentity(record, read);
  const request = putData(record, "requestParameters", document, "api.request.data");
  const response = putData(record, "responseElements", document, "api.response.data");
  putUnmapped(record, document["unmapped"]);
  putResources(record, document["resources"]);
  putRest(record, read);
  const isKnown = request || response || document["unmapped"] !== undefined;
  return { text: textOf(record), lacks: isKnown ? [] : [isPartly] };
}

function rawEvent(raw: Json | undefined): string | undefined {
  const value = typeof raw === "string" ? jsonIn(raw) : raw;
  if (!isObject(value) || eventKeysAmong(Object.keys(value)) < 2) return undefined;
  return typeof raw === "string" ? raw : JSON.stringify(raw);
}

function putIdentity(record: Assembled, read: (path: string) => string | undefined): void {
  const put1 = (field: string, value: string | undefined) => {
    if (value !== undefined) put(record, ["userIdentity", ...field.split(".")], value);
  };
  const isOfCenter = read("actor.user.type") === "IdentityCenterUser";
  const { name, credential } = isOfCenter ? centerUserFields : userFields;
  // Before 1.1 the ARN was the `uuid`, and `uid` the principal.
  const ids = ["uid", "uuid", "uid_alt"].map((key) => read(`actor.user.${key}`));
  put1(
    "arn",
    ids.find((id) => id?.startsWith("arn:")),
  );
  const principal = ids.find((id) => id !== undefined && !id.startsWith("arn:"));
  put1(isOfCenter ? "onBehalfOf.userId" : "principalId", principal);
  put1(name, read("actor.user.name"));
  put1(credential, read("actor.user.credential_uid"));
  put1("onBehalfOf.identityStoreArn", read("actor.idp.uid"));
  put1(
    "sessionContext.attributes.mfaAuthenticated",
    read("actor.session.is_mfa") ?? read("actor.session.mfa"),
  );
  const isRole = read("actor.user.type") === "AssumedRole";
  const provider = "sessionContext.webIdFederationData.federatedProvider";
  put1(isRole ? provider : "identityProvider", read("actor.idp.name"));
}

function putTime(
  record: Assembled,
  field: readonly string[],
  document: JsonObject,
  path: string,
): void {
  const ms = valueAt(document, path);
  const written = textAt(document, `${path}_dt`);
  const time = typeof ms === "number" ? ms : Date.parse(written ?? "");
  // Beyond that JavaScript knows no dates.
  if (Math.abs(time) <= 8.64e15) {
    put(record, field, new Date(time).toISOString().replace(".000Z", "Z"));
  }
}

/** A text of JSON, or the value itself. */
function putData(record: Assembled, field: string, document: JsonObject, path: string): boolean {
  const data = valueAt(document, path);
  if (data === undefined || data === "" || data === null) return false;
  const value = typeof data === "string" ? jsonIn(data) : data;
  put(record, [field], value ?? data);
  return true;
}

/** Fields that are texts in JSON and are none in an event. */
const flags = new Set(["readOnly", "managementEvent"]);
const lists = new Set(["resources"]);

function putUnmapped(record: Assembled, unmapped: Json | undefined): void {
  const fields = typeof unmapped === "string" ? jsonIn(unmapped) : unmapped;
  for (const [key, value] of entriesOf(fields)) {
    if (value === "" || value === null) continue;
    const path = key.split(".");
    if (flags.has(key)) put(record, path, value === true || value === "true");
    else if (lists.has(key) && typeof value === "string") put(record, path, jsonIn(value) ?? value);
    else put(record, path, value);
  }
}

/** A map, or a list of its keys and values, as tables of Parquet are exported. */
function entriesOf(fields: Json | undefined): readonly (readonly [string, Json])[] {
  if (Array.isArray(fields)) {
    return fields.flatMap((entry) =>
      isObject(entry) && typeof entry["key"] === "string"
        ? [[entry["key"], entry["value"] ?? null] as const]
        : [],
    );
  }
  return isObject(fields) ? Object.entries(fields).map(([key, value]) => [key, value ?? null]) : [];
}

function putResources(record: Assembled, resources: Json | undefined): void {
  if (!Array.isArray(resources) || resources.length === 0) return;
  const list = resources.filter(isObject).map((resource) => {
    const found: Assembled = {};
    const owner = textAt(resource, "owner.account.uid") ?? textAt(resource, "account_uid");
    const parts = [
      ["ARN", textAt(resource, "uid")],
      ["accountId", owner],
      ["type", textAt(resource, "type")],
    ] as const;
    for (const [name, value] of parts) if (value !== undefined) found[name] = value;
    return found;
  });
  put(record, ["resources"], list);
}

/** Behind `unmapped`, which may have kept them as they were. */
function putRest(record: Assembled, read: (path: string) => string | undefined): void {
  const category = read("metadata.product.feature.name");
  if (category !== undefined && categories.has(category)) put(record, ["eventCategory"], category);
  const recipient = read("cloud.account.uid") ?? read("cloud.account_uid");
  if (recipient !== undefined) put(record, ["recipientAccountId"], recipient);
  const mfa = read("is_mfa") ?? read("mfa");
  if (read("api.operation") === "ConsoleLogin" && mfa !== undefined) {
    put(record, ["additionalEventData", "MFAUsed"], mfa === "true" ? "Yes" : "No");
  }
}

function valueAt(document: JsonObject, path: string): Json | undefined {
  let value: Json | undefined = document;
  for (const key of path.split(".")) {
    if (!isObject(value) || !Object.hasOwn(value, key)) return undefined;
    value = value[key];
  }
  return value;
}

/** `''` is what the mapping wrote for nothing at first. */
function textAt(document: JsonObject, path: string): string | undefined {
  const value = valueAt(document, path);
  if (typeof value === "boolean" || typeof value === "number") return `${value}`;
  return typeof value === "string" && value !== "" && value !== "''" ? value : undefined;
}

function jsonIn(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

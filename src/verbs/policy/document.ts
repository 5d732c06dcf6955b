/**
 * An IAM policy document of what was used: one statement for the actions of a service that were used on
 * the same resources.
 */

import { addTo } from "../../event/add-to.ts";
import type { Grant } from "./grants.ts";

interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: "*" | readonly string[];
}

export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
}

/** The same grants give the same document, whatever their order. */
export function policyDocument(grants: readonly Grant[]): PolicyDocument {
  const alike = new Map<string, Grant[]>();
  for (const grant of [...grants].sort(byAction)) {
    addTo(alike, JSON.stringify([serviceOf(grant), grant.resources ?? "*"]), grant);
  }
  const sids = new Set<string>();
  const statements = [...alike.values()].map((group): Statement => {
    const [{ resources } = { resources: undefined }] = group;
    return {
      Sid: unique(sids, sidFor(serviceOf(group[0]), resources)),
      Effect: "Allow",
      Action: group.map(({ action }) => action),
      Resource: resources ?? "*",
    };
  });
  return { Version: "2012-10-17", Statement: statements };
}

function byAction({ action: one }: Grant, { action: other }: Grant): number {
  return one < other ? -1 : 1;
}

function serviceOf(grant: Grant | undefined): string {
  return grant?.action.split(":", 1)[0] ?? "";
}

const longestSid = 60;

/** Letters and digits are all that IAM takes: `S3OrdersArchiveObjects`. */
function sidFor(service: string, resources: readonly string[] | undefined): string {
  const [first] = resources ?? [];
  if (first === undefined) return `${inCapitals(service)}OnAnything`;
  const name = first.split(":").slice(5).join(":");
  const isInside = service === "s3" && name.endsWith("/*");
  const words = inCapitals(`${service} ${name.replaceAll("*", "")}`).slice(0, longestSid);
  return `${words}${isInside ? "Objects" : ""}`;
}

function inCapitals(text: string): string {
  return (text.match(/[A-Za-z0-9]+/g) ?? [])
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}

function unique(taken: Set<string>, sid: string): string {
  let name = sid;
  for (let n = 2; taken.has(name); n++) name = `${sid}${n}`;
  taken.add(name);
  return name;
}

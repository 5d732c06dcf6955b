/**
 * Things named outside the parameters and the answer: in the list of resources, in the message of an
 * error.
 */

import { namesIn } from "./name-values.ts";
import type { Operation } from "./operation.ts";
import { type CloudTrailRecord, isObject, valuesAt } from "./record.ts";
import { type Role, roleOfKinds } from "./roles.ts";
import { alone, type Evidence } from "./thing.ts";
import { kindOf, kindsInArn } from "./thing-kinds.ts";

/** One that has no role by its kind counts only where it stands alone. */
export function fromResources(record: CloudTrailRecord, operation: Operation): Evidence {
  const resources = valuesAt(record, ["resources"]).filter(isObject);
  const found = { target: [] as string[], whole: [] as string[] };
  for (const resource of resources) {
    const [type] = valuesAt(resource, ["type"]);
    for (const arn of valuesAt(resource, ["ARN"]).flatMap(namesIn)) {
      const kinds =
        typeof type === "string" ? [kindOf(type.split("::").at(-1) ?? "")] : kindsInArn(arn);
      const role = roleOfKinds(kinds, operation);
      if (role) found[role].push(arn);
      else if (resources.length === 1) {
        found[kinds.length === 0 || operation.noun === "" ? "target" : "whole"].push(arn);
      }
    }
  }
  return { targets: found.target.map(alone), wholes: found.whole };
}

/** `... is not authorized to perform: iam:DeleteUser on resource: user maria because ...` */
const onResource =
  / on resource: "?(?:(user|group|role|policy|instance profile)(?= ))? ?((?!because |with )[^\s"]*)/;

/** A call that was denied or missed its target often names it nowhere else. */
export function fromMessage(record: CloudTrailRecord, operation: Operation): Evidence {
  const [message] = valuesAt(record, ["errorMessage"]);
  if (typeof message !== "string") return { targets: [], wholes: [] };
  const [isDenial, type, text = ""] = onResource.exec(message) ?? [];
  const said = isDenial === undefined ? onlyArnIn(message) : text;
  // Permission may be asked on all things of a kind, or on a role for the thing to have.
  const [name] = /[*]|\/$/.test(said) || isPassedRole(message) ? [] : namesIn(said);
  const kinds = type === undefined ? kindsInArn(said) : [kindOf(type)];
  const role = roleOfKinds(kinds, operation) ?? supposedRole(record, operation);
  return {
    targets: name !== undefined && role === "target" ? [alone(name)] : [],
    wholes: name !== undefined && role === "whole" ? [name] : [],
  };
}

/** `Key 'arn:aws:kms:...' does not exist`; a denial would name who was denied. */
function onlyArnIn(message: string): string {
  const arns = /\b(?:User:|Principal) /.test(message)
    ? []
    : (message.match(/\barn:[\w:/+=,.@-]*\w/g) ?? []);
  const [arn = "", ...others] = new Set(arns);
  return others.length === 0 ? arn : "";
}

function isPassedRole(message: string): boolean {
  return message.includes(" iam:PassRole ");
}

/** Of what permission was asked on, where its kind does not tell. */
function supposedRole(record: CloudTrailRecord, { creates }: Operation): Role | undefined {
  if (isObject(record["requestParameters"])) return undefined;
  // CreateDBSnapshot asks for permission on the instance.
  return creates ? "whole" : "target";
}

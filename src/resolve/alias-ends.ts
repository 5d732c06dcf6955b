/**
 * When a name stops being a resource's: an alias is given to another key, a tag put on something else.
 */

import { nameOf } from "../event/effect.ts";
import { type NamedTarget, namedTargets } from "../event/named-targets.ts";
import { type CloudTrailRecord, isObject, valuesAt } from "../event/record.ts";
import { imageIn, naming } from "../event/resource-names.ts";
import { bearing } from "../event/targets.ts";
import { timeOf } from "../event/time.ts";
import { isIamArn, isKmsAlias, isTaggedId } from "../event/unique-ids.ts";
import type { Alias } from "./alias-evidence.ts";

/** The last moment of the name, if the event takes it from what is asked for as `text`. */
export function endOf(alias: Alias, text: string, record: CloudTrailRecord): number | undefined {
  const time = timeOf(record);
  if (time === undefined || !isMoved(alias, text, record)) return undefined;
  // What bears the name next is not it.
  return isIamArn(alias.name) && isCreation(record) ? time - 1 : time;
}

/** Whether the event takes the name from it, or the other way round. */
function isMoved(alias: Alias, text: string, record: CloudTrailRecord): boolean {
  if (alias.until !== undefined || alias.evidence.record === record) return false;
  switch (alias.link) {
    case "KMS alias":
      return nameOf(record) === "UpdateAlias" && parts(namedTargets(record), alias.name, text);
    case "tag Name":
      return retags(record, alias.name, text);
    case "id":
      if (isIamArn(alias.name)) {
        return isCreation(record)
          ? isGivenOn(namedTargets(record), alias.name, text)
          : isDeletion(record) && bearing(record, { text: alias.name, glob: false }) === "target";
      }
      // The tag of an image moves on to whatever is pushed under it next.
      return nameOf(record) === "PutImage" && isGivenOn(namedTargets(record), text, alias.name);
    case "new name":
    case "old name":
    case "name":
      return false;
  }
}

function isCreation(record: CloudTrailRecord): boolean {
  return nameOf(record).startsWith("Create");
}

function isDeletion(record: CloudTrailRecord): boolean {
  return nameOf(record).startsWith("Delete");
}

/** Whether one of the names is used without the other. */
function parts(targets: readonly NamedTarget[], one: string, other: string): boolean {
  const [alias, key] = isKmsAlias(one) ? [one, other] : [other, one];
  return isGivenOn(targets, alias, key);
}

function isGivenOn(targets: readonly NamedTarget[], name: string, bearer: string): boolean {
  const isAlias = naming([name, imageIn(name)?.version ?? name]);
  const isKey = naming([bearer]);
  const own = targets.filter(({ names }) => names.some(isAlias));
  return own.length > 0 && !own.some(({ names }) => names.some(isKey));
}

/** Whether the call gives another tag `Name` to the thing with this id, or takes it off. */
function retags(record: CloudTrailRecord, one: string, other: string): boolean {
  const [id, tag] = isTaggedId(one) ? [one, other] : [other, one];
  const called = nameOf(record);
  if (called !== "CreateTags" && called !== "DeleteTags") return false;
  const ids = valuesAt(record, ["requestParameters", "resourcesSet", "items", "resourceId"]);
  const tags = valuesAt(record, ["requestParameters", "tagSet", "items"]).filter(
    (item) => isObject(item) && valuesAt(item, ["key"]).includes("Name"),
  );
  const isSame = tags.some((item) => isObject(item) && valuesAt(item, ["value"]).includes(tag));
  return ids.includes(id) && tags.length > 0 && (called === "DeleteTags" || !isSame);
}

/**
 * Whether a call amounts to a deed, where its name leaves that open: PutEventSelectors weakens a trail or
 * does not, and DeleteObject brings an object back if what it deletes is the marker.
 */

import { effectOf, nameOf, serviceOf } from "./effect.ts";
import { switches } from "./effect-table.ts";
import { outcomeOf } from "./outcome.ts";
import { type CloudTrailRecord, isObject } from "./record.ts";
import { isWeakest, settingEvents, settingsIn } from "./settings.ts";
import { givenAccess } from "./sharing.ts";
import type { Deed } from "./verb-classes.ts";

/** True for every call of which the name tells all; of these, only calls that the deed names are asked. */
export function amountsTo({ infinitive }: Deed, record: CloudTrailRecord): boolean {
  const { requestParameters } = record;
  // A denied call is often logged without parameters: it may have been one.
  if (!isObject(requestParameters) && outcomeOf(record) !== "success") return true;
  const { kind } = effectOf(record);
  switch (infinitive) {
    case "delete":
      return kind !== "shown" && kind !== "saved" && kind !== "none";
    case "restore":
      return nameOf(record) !== "DeleteObject" || kind === "shown";
    case "stop":
      return kind === "hidden" || kind === "weakened" || !isSwitched(record);
    case "weaken":
      return kind === "hidden" || kind === "weakened" || weakens(record) || !isSet(record);
    case "start":
      return kind === "shown" || kind === "strengthened" || !isSwitched(record);
    case "share":
      return kind !== "strengthened" && givenAccess(record)?.length !== 0;
    default:
      return true;
  }
}

/** It sets something to the value that protects least. */
function weakens(record: CloudTrailRecord): boolean {
  return settingsIn(record).some(({ setting, after }) => isWeakest(setting, after));
}

/** What it does is for its parameters to say. */
function isSet(record: CloudTrailRecord): boolean {
  return isSwitched(record) || settingEvents.includes(nameOf(record));
}

function isSwitched(record: CloudTrailRecord): boolean {
  const name = nameOf(record);
  const service = serviceOf(record);
  return switches.some(
    (row) => row.service === service && [...row.off.names, ...(row.on?.names ?? [])].includes(name),
  );
}

/**
 * Things named by keys whose words are those of the event's name, where the table of target paths has no
 * row.
 */

import { foldCase } from "./fold-case.ts";
import { nameTagIn } from "./name-tags.ts";
import { namesIn, namesUnder, unwrapped } from "./name-values.ts";
import type { Operation } from "./operation.ts";
import { withPairs } from "./path-names.ts";
import { isObject, type Json, type JsonObject } from "./record.ts";
import { roleOfKey } from "./roles.ts";
import { otherNames } from "./target-paths.ts";
import { alone, type Evidence, type Thing } from "./thing.ts";
import { kindOf, stemOf } from "./thing-kinds.ts";

/** How deep below the parameters a name may stand; what is deeper describes, and does not name. */
const depth = 4;

/** What a place names, sorted as it is read. */
interface Named {
  readonly targets: Thing[];
  /** Under keys like `name` and `arn`: the targets, if nothing else is. */
  readonly unnamed: Thing[];
  readonly wholes: string[];
}

/** What the words of keys tell, below the parameters or the answer. */
export function byNouns(
  parameters: Json | undefined,
  operation: Operation,
  answers: boolean,
): Evidence {
  const found: Named = { targets: [], unnamed: [], wholes: [] };
  let level: readonly JsonObject[] = isObject(parameters) ? withPairs(parameters) : [];
  for (let i = 0; i < depth && level.length > 0; i++) {
    const next: JsonObject[] = [];
    for (const object of level) {
      // The `arn` beside `userName` is the user's; among the parameters `name` may be anything's.
      readNames(object, operation, found, i > 0 || (answers && operation.creates));
      for (const [key, value = null] of Object.entries(object)) {
        if (!leadsOn(foldCase(key), operation)) continue;
        for (const inner of unwrapped(value)) if (isObject(inner)) next.push(inner);
      }
    }
    level = next;
  }
  const { targets, unnamed, wholes } = found;
  return { targets: targets.length > 0 ? targets : unnamed, wholes };
}

/** Names that stand alone in one object are names of one thing; each in a list has its own. */
function readNames(object: JsonObject, operation: Operation, found: Named, unites: boolean): void {
  const own: string[] = [];
  const unnamed: string[] = [];
  for (const [key, value = null] of Object.entries(object)) {
    const role = roleOfKey(key, operation);
    if (role === undefined) continue;
    for (const name of unwrapped(value).flatMap(namesIn)) {
      if (role === "whole") found.wholes.push(name);
      else if (typeof value !== "object") (role === "target" ? own : unnamed).push(name);
      else (role === "target" ? found.targets : found.unnamed).push(alone(name));
    }
  }
  const tag = operation.service === "ec2" ? nameTagIn(object) : undefined;
  const reached = unites && operation.creates ? placesReached(object) : [];
  const named = (names: readonly string[]): Thing => ({
    names,
    ...(tag !== undefined && { tag }),
    ...(reached.length > 0 && { reached }),
  });
  if (own.length + unnamed.length > 0) {
    (own.length > 0 ? own : unnamed).push(...alsoNames(object, operation));
  }
  if (own.length > 0) {
    found.targets.push(named(unites ? [...own, ...unnamed] : own));
  }
  if (unnamed.length > 0) found.unnamed.push(named(unnamed));
}

/** `dNSName`, `apiEndpoint`, `domainName`, `publicIp` of what a call created. */
function placesReached(object: JsonObject): readonly string[] {
  return Object.entries(object).flatMap(([key, value]) =>
    typeof value === "string" && placeKeys.test(key) ? namesIn(value) : [],
  );
}

const placeKeys =
  /(?:endpoint|endpoint(?:url|address)|dnsname|domainname|publicip|hostname|ipaddress)$/i;

/** Other keys beside a name of a thing under which a service tells another one. */
function alsoNames(object: JsonObject, { service, noun }: Operation): readonly string[] {
  const rows = otherNames.filter((row) => row.service === service && row.noun === noun);
  return rows.flatMap(({ keys }) => keys.flatMap((key) => namesUnder(object, key)));
}

/** Who asks to delete one thing names, beside it, what it is in, and little else. */
export function besideIn(parameters: Json | undefined, operation: Operation): readonly string[] {
  if (!operation.deletes || !isObject(parameters)) return [];
  return Object.entries(parameters).flatMap(([key, value = null]) => {
    const isHolder = typeof value !== "object" && stemOf(key) && !noHolders.test(foldCase(key));
    return isHolder && roleOfKey(key, operation) === undefined ? namesIn(value) : [];
  });
}

/** What else a deletion may give the name or id of: `finalDBSnapshotIdentifier`, `roleARN`. */
const noHolders =
  /^(?:final|if|client|request|registry|catalog)|account|role|snapshot|version|kmskey|token/;

/**
 * Whether what stands under the key may describe the thing itself: `instancesSet`, `keyMetadata`. The
 * `iamInstanceProfile` of an instance is another thing.
 */
function leadsOn(key: string, { wrappers, noun }: Operation): boolean {
  if (wrappers.includes(key)) return true;
  if (noun === "" || key === "") return false;
  if (noun.endsWith(key)) return true;
  for (let word = key, before = ""; word !== before; word = word.replace(shells, "")) {
    if (kindOf(word).endsWith(noun)) return true;
    before = word;
  }
  return false;
}

/** What services put behind the name of what they describe. */
const shells =
  /(?<=.)(?:set|list|ids?|metadata|descriptions?|inputs?|outputs?|info(?:rmation)?|details?|summary|config(?:uration)?|requests?|responses?|results?|spec(?:ification)?s?|data|properties|attributes?|entry|entries|status)$/;

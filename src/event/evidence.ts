/**
 * What one record says about the things its event acts on: which names, from which place, in which role.
 *
 * `DeleteBucket`, `DeleteBucketPolicy` and `PutBucketLogging` may all name the bucket `orders`: only
 * the first deletes it. The event's noun tells: a parameter called after all of it, or after its end,
 * names the target (`bucketName` of DeleteBucket, `policyName` of DeleteRolePolicy); one called after
 * its beginning names the whole of which a part is acted on (`roleName` there). `target-paths.ts` has
 * the events of which this is not true.
 *
 * Names only: how a resource stands to them is `targets.ts`.
 */

import { addTo } from "./add-to.ts";
import { foldCase } from "./fold-case.ts";
import type { ResourcePattern } from "./mention.ts";
import { nameTagAskedFor, nameTagIn } from "./name-tags.ts";
import { type CloudTrailRecord, isObject, type Json, type JsonObject, valuesAt } from "./record.ts";
import { arnParts, bareNames, naming, ownNames } from "./resource-names.ts";
import { arnTypes, otherNames, type TargetPaths, targetPaths } from "./target-paths.ts";
import { classOf, withoutVersion, wordsOf } from "./verb-classes.ts";

type Role = "target" | "whole";

/** What one place in the record calls one thing. */
export interface Thing {
  readonly names: readonly string[];
  /** Its tag `Name`, which others may have too. */
  readonly tag?: string;
  /** Where it is reached, as the service answers it: a host, an endpoint, an address. */
  readonly reached?: readonly string[];
}

/** What one place in the record names, by role. */
export interface Evidence {
  readonly targets: readonly Thing[];
  readonly wholes: readonly string[];
  /** These are other things than those that were named before. */
  readonly apart?: true;
}

/** What an event is about, as its name tells, and its row in the table if it has one. */
export interface Subject {
  readonly service: string;
  /** Event name without API version. */
  readonly event: string;
  /** `securitygroup` of CreateSecurityGroup; "" when the event name is its verb alone. */
  readonly noun: string;
  /** The same in words: `security group`. */
  readonly kind: string | undefined;
  /** `group` of AddUserToGroup. */
  readonly other: string;
  /** The event makes or parts a tie: neither end of it is the target. */
  readonly ties: boolean;
  /** The event brings something into being, so what exists already is not its target. */
  readonly creates: boolean;
  /** The event is called Delete. */
  readonly deletes: boolean;
  /** Keys that hold nothing but the parameters or the result. */
  readonly wrappers: readonly string[];
  /** At most one for each place. */
  readonly rows: ReadonlyMap<string, TargetPaths>;
  /** Kinds of thing that the row's paths name; "" where a key is `name` or the like. */
  readonly rowKinds: { readonly target: readonly string[]; readonly whole: readonly string[] };
}

function eventNameOf(record: CloudTrailRecord): string {
  const name = record["eventName"];
  return typeof name === "string" ? withoutVersion(name) : "";
}

const tyingVerbs = /^(?:Add|Remove|Attach|Detach|Associate|Disassociate|Register|Deregister)$/;
const preposition = /^(?:(.+?)(?:From|To|With|In|On|For|By)|From|To)([A-Z].*)$/;

export function subjectOf(record: CloudTrailRecord): Subject {
  const eventName = eventNameOf(record);
  const eventSource = record["eventSource"];
  const [service = ""] = typeof eventSource === "string" ? eventSource.split(".", 1) : [];
  const { verb, noun } = wordsOf(eventName);
  const [found, one = found === undefined ? noun : "", other = ""] = preposition.exec(noun) ?? [];
  // ScheduleKeyDeletion is about a key.
  const thing = one.replace(/(?<=.)Deletion$/, "");
  const creates = classOf(eventName) === "create";
  const ties = other !== "" && tyingVerbs.test(verb);
  const rows = rowsOf(service, eventName);
  return {
    service,
    event: eventName,
    noun: kindOf(thing),
    kind: [...rows.values()].find(({ kind }) => kind !== undefined)?.kind ?? inWords(thing),
    // What something is restored or copied from is not changed by it.
    other: creates && !ties ? "" : kindOf(other),
    ties,
    creates,
    deletes: verb === "Delete",
    wrappers: [`${eventName}Request`, `${eventName}Response`].map(foldCase),
    rows,
    rowKinds: {
      target: [...rows.values()].flatMap(({ target }) => kindsIn(target)),
      whole: [...rows.values()].flatMap(({ whole }) => kindsIn(whole)),
    },
  };
}

/** The tag `Name` that the service is to give what the call creates; at most one. */
export function tagAskedFor(record: CloudTrailRecord, subject: Subject): readonly string[] {
  const { requestParameters } = record;
  if (!subject.creates || !isObject(requestParameters)) return [];
  if (subject.service !== "ec2") {
    const tag = nameTagIn(requestParameters);
    return tag === undefined ? [] : [tag];
  }
  const wrapped = subject.wrappers.flatMap((key) => valuesAt(requestParameters, [key]));
  return [requestParameters, ...wrapped.filter(isObject)]
    .flatMap((parameters) => nameTagAskedFor(parameters, subject.noun) ?? [])
    .slice(0, 1);
}

/** What kind of thing the event acts on, in words: `bucket policy`, `DB instance`. */
export function partNoun(record: CloudTrailRecord): string | undefined {
  return inWords(wordsOf(eventNameOf(record)).noun.replace(/(?<=.)Delet(?:e|ion)$/, ""));
}

function inWords(noun: string): string | undefined {
  return singular(noun)
    .match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g)
    ?.map((word) => (/^[A-Z]+$/.test(word) ? word : foldCase(word)))
    .join(" ");
}

/** Whether a name in this event is that of what the pattern names. */
export function namedBy(
  { text, glob, ignoreCase }: ResourcePattern,
  subject: Subject,
): (name: string) => boolean {
  const names = bareNames(text, subject.service);
  // With its kind before it a name is unmistakable: `alias/orders` for a key.
  const typed = arnParts.exec(text)?.[2];
  const bare = isOfOtherKind(text, subject) ? names.filter((name) => name === typed) : names;
  return naming([text, ...bare], { service: subject.service, glob, ignoreCase });
}

/** The ARN of a role does not name the user of the same name. */
function isOfOtherKind(arn: string, subject: Subject): boolean {
  const kinds = kindsInArn(arn);
  if (kinds.length === 0 || roleOfKinds(kinds, subject) !== undefined) return false;
  const { target, whole } = subject.rowKinds;
  return ![...target, ...whole].some(
    (kind) => /^(?:resource)?$/.test(kind) || kinds.includes(kind),
  );
}

/** The first in the table of each place; those of a service are few. */
function rowsOf(service: string, eventName: string): ReadonlyMap<string, TargetPaths> {
  const rows = new Map<string, TargetPaths>();
  for (const row of rowsOfService.get(service) ?? []) {
    const place = row.under ?? "requestParameters";
    if (!rows.has(place) && row.events.some((glob) => fitsEnds(glob, eventName))) {
      rows.set(place, row);
    }
  }
  return rows;
}

const rowsOfService = new Map<string, TargetPaths[]>();
for (const row of targetPaths) addTo(rowsOfService, row.service, row);

function fitsEnds(glob: string, name: string): boolean {
  if (glob.startsWith("*")) return name.endsWith(glob.slice(1));
  return glob.endsWith("*") ? name.startsWith(glob.slice(0, -1)) : name === glob;
}

/** A word for a kind of thing, comparable: `DBInstances`, `db-instance` and `dBInstance` are one. */
function kindOf(word: string): string {
  return singular(foldCase(word.replace(/[-_ ]/g, "")));
}

function singular(word: string): string {
  if (word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  return word.replace(/(?<=ss|ias|x|ch|sh)es$|(?<=[^aisu])s$/, "");
}

const places = [
  ...["requestParameters", "responseElements", "serviceEventDetails", "additionalEventData"],
] as const;

/** Best first: what was asked for names things as whoever asked knows them. */
export function* evidenceIn(record: CloudTrailRecord, subject: Subject): Iterable<Evidence> {
  let asked: Evidence | undefined;
  for (const place of places) {
    const named = byNouns(record[place], subject, place === "responseElements");
    const beside = place === "requestParameters" ? besideIn(record[place], subject) : [];
    const all = { targets: named.targets, wholes: [...named.wholes, ...beside] };
    const told = place === "responseElements" ? actedOn(all, asked, subject) : all;
    asked ??= told;
    const row = subject.rows.get(place);
    if (row === undefined) yield isAnswered(place, subject) ? { ...told, targets: [] } : told;
    else {
      const roots = rootsAt(record, place, subject);
      yield {
        targets: row.target === undefined ? told.targets : thingsAt(roots, row.target),
        wholes: row.whole?.flatMap((path) => namesAt(roots, path)) ?? told.wholes,
        ...(row.apart === undefined ? {} : { apart: row.apart }),
      };
    }
  }
  yield fromResources(record, subject);
  yield fromMessage(record, subject);
  if (subject.rows.get("requestParameters")?.elseCaller)
    yield { targets: [], wholes: namesAt([record], "userIdentity.userName") };
}

/**
 * An answer may list what was there beside what was asked for: all instances of a load balancer. Where it
 * names that again, the others are only listed.
 */
function actedOn(
  { targets, wholes }: Evidence,
  asked: Evidence | undefined,
  { creates, ties }: Subject,
): Evidence {
  if (creates || asked === undefined) return { targets, wholes };
  const known = new Set(
    [...asked.targets.flatMap(({ names }) => names), ...asked.wholes]
      .flatMap(ownNames)
      .map(foldCase),
  );
  const isAsked = (name: string) => ownNames(name).some((own) => known.has(foldCase(own)));
  const again = targets.filter(({ names }) => names.some(isAsked));
  const heldAgain = wholes.filter(isAsked);
  const isTold = heldAgain.length > 0 || (ties && asked.wholes.length > 1);
  return { targets: again.length > 0 ? again : targets, wholes: isTold ? heldAgain : wholes };
}

/** Where nouns do not tell the target among the parameters, they do not tell it in the answer either. */
function isAnswered(place: string, { rows }: Subject): boolean {
  return (
    place !== "requestParameters" && [...rows.values()].some(({ target }) => target !== undefined)
  );
}

/** The parameters, and what newer EC2 calls wrap them in. */
function rootsAt(
  record: CloudTrailRecord,
  place: string,
  { wrappers }: Subject,
): readonly JsonObject[] {
  const parameters = valuesAt(record, [place]).filter(isObject).flatMap(withPairs);
  const inside = wrappers.flatMap((key) => parameters.flatMap((outer) => valuesAt(outer, [key])));
  return [...parameters, ...inside.filter(isObject)];
}

/** Parameters that hold others as pairs: `targets: [{ key: "InstanceIds", values: [...] }]`. */
const pairKeys = /^(?:targets|filters?|filterset)$/;

/** The parameters, and those that stand among them as pairs of a key and values. */
function withPairs(parameters: JsonObject): readonly JsonObject[] {
  const pairs: { [key: string]: Json[] } = Object.create(null);
  for (const [list, value = null] of Object.entries(parameters)) {
    if (!pairKeys.test(foldCase(list))) continue;
    for (const pair of unwrapped(value).filter(isObject)) {
      const [key] = [...valuesAt(pair, ["key"]), ...valuesAt(pair, ["name"])];
      const values = ["values", "value", "valueSet"].flatMap((one) => valuesAt(pair, [one]));
      if (typeof key !== "string" || values.length === 0) continue;
      const held = values
        .flatMap(unwrapped)
        .flatMap((one) => (isObject(one) ? valuesAt(one, ["value"]) : [one]));
      pairs[key] = [...(pairs[key] ?? []), ...held];
    }
  }
  return Object.keys(pairs).length === 0 ? [parameters] : [parameters, pairs];
}

function namesAt(roots: readonly JsonObject[], path: string): readonly string[] {
  return thingsAt(roots, [path]).flatMap(({ names }) => names);
}

/** Paths to names in one object are names of one thing: `imageIds.imageTag`, `imageIds.imageDigest`. */
function thingsAt(roots: readonly JsonObject[], paths: readonly string[]): readonly Thing[] {
  const holderOf = (path: string) => path.slice(0, path.lastIndexOf(".") + 1);
  return [...new Set(paths.map(holderOf))].flatMap((holder) => {
    const keys = holder.split(".").slice(0, -1);
    const ends = paths.filter((path) => holderOf(path) === holder);
    const objects = roots.flatMap((root) => valuesAt(root, keys)).filter(isObject);
    return objects.flatMap((object) =>
      thingsIn(
        object,
        ends.map((end) => end.slice(holder.length)),
      ),
    );
  });
}

/** What stands under each key; of `a/b` and `a:b`, what stands under both, joined so. */
function thingsIn(object: JsonObject, ends: readonly string[]): readonly Thing[] {
  const found = ends.map((end) => {
    const [, first = end, join = "", second = ""] = /^(.*)([/:])(.*)$/.exec(end) ?? [];
    const names = namesUnder(object, first);
    if (join === "") return names;
    const held = namesUnder(object, second);
    return names.flatMap((holder) => held.map((name) => `${holder}${join}${name}`));
  });
  const names = found.flat();
  if (names.length === 0) return [];
  return found.every(({ length }) => length <= 1) ? [{ names }] : names.map(alone);
}

function namesUnder(object: JsonObject, key: string): readonly string[] {
  if (key === "*") return Object.keys(object);
  return valuesAt(object, [key]).flatMap(unwrapped).flatMap(namesIn);
}

function alone(name: string): Thing {
  return { names: [name] };
}

/** How deep below the parameters a name may stand; what is deeper describes, and does not name. */
const depth = 4;

/** What a place names, sorted as it is read. */
interface Named {
  readonly targets: Thing[];
  /** Under keys like `name` and `arn`: the targets, if nothing else is. */
  readonly unnamed: Thing[];
  readonly wholes: string[];
}

function byNouns(parameters: Json | undefined, subject: Subject, answers: boolean): Evidence {
  const found: Named = { targets: [], unnamed: [], wholes: [] };
  let level: readonly JsonObject[] = isObject(parameters) ? withPairs(parameters) : [];
  for (let i = 0; i < depth && level.length > 0; i++) {
    const next: JsonObject[] = [];
    for (const object of level) {
      // The `arn` beside `userName` is the user's; among the parameters `name` may be anything's.
      readNames(object, subject, found, i > 0 || (answers && subject.creates));
      for (const [key, value = null] of Object.entries(object)) {
        if (!leadsOn(foldCase(key), subject)) continue;
        for (const inner of unwrapped(value)) if (isObject(inner)) next.push(inner);
      }
    }
    level = next;
  }
  const { targets, unnamed, wholes } = found;
  return { targets: targets.length > 0 ? targets : unnamed, wholes };
}

/** Names that stand alone in one object are names of one thing; each in a list has its own. */
function readNames(object: JsonObject, subject: Subject, found: Named, unites: boolean): void {
  const own: string[] = [];
  const unnamed: string[] = [];
  for (const [key, value = null] of Object.entries(object)) {
    const role = roleOfKey(key, subject);
    if (role === undefined) continue;
    for (const name of unwrapped(value).flatMap(namesIn)) {
      if (role === "whole") found.wholes.push(name);
      else if (typeof value !== "object") (role === "target" ? own : unnamed).push(name);
      else (role === "target" ? found.targets : found.unnamed).push(alone(name));
    }
  }
  const tag = subject.service === "ec2" ? nameTagIn(object) : undefined;
  const reached = unites && subject.creates ? placesReached(object) : [];
  const named = (names: readonly string[]): Thing => ({
    names,
    ...(tag !== undefined && { tag }),
    ...(reached.length > 0 && { reached }),
  });
  if (own.length + unnamed.length > 0) {
    (own.length > 0 ? own : unnamed).push(...alsoNames(object, subject));
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
function alsoNames(object: JsonObject, { service, noun }: Subject): readonly string[] {
  const rows = otherNames.filter((row) => row.service === service && row.noun === noun);
  return rows.flatMap(({ keys }) => keys.flatMap((key) => namesUnder(object, key)));
}

/** Who asks to delete one thing names, beside it, what it is in, and little else. */
function besideIn(parameters: Json | undefined, subject: Subject): readonly string[] {
  if (!subject.deletes || !isObject(parameters)) return [];
  return Object.entries(parameters).flatMap(([key, value = null]) => {
    const isHolder = typeof value !== "object" && stemOf(key) && !noHolders.test(foldCase(key));
    return isHolder && roleOfKey(key, subject) === undefined ? namesIn(value) : [];
  });
}

/** What else a deletion may give the name or id of: `finalDBSnapshotIdentifier`, `roleARN`. */
const noHolders =
  /^(?:final|if|client|request|registry|catalog)|account|role|snapshot|version|kmskey|token/;

/**
 * Whether what stands under the key may describe the thing itself: `instancesSet`, `keyMetadata`. The
 * `iamInstanceProfile` of an instance is another thing.
 */
function leadsOn(key: string, { wrappers, noun }: Subject): boolean {
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

const idSuffix = /^(.*?)(?:names?|ids?|arns?|identifiers?|urls?|uuids?)(?:list|set)?$/;

/** The kind of thing that a key gives the name or id of; "" for keys like `name` and `arn`. */
function stemOf(key: string): string | undefined {
  const stem = idSuffix.exec(foldCase(key))?.[1];
  return stem === undefined ? undefined : kindOf(stem);
}

function kindsIn(paths: readonly string[] = []): readonly string[] {
  return paths.flatMap((path) => path.split(/[/.]/)).flatMap((key) => stemOf(key) ?? kindOf(key));
}

function roleOfKey(key: string, subject: Subject): Role | "unnamed" | undefined {
  const stem = stemOf(key);
  // `domainName` of DeleteDomainName.
  if (subject.noun !== "" && kindOf(key) === subject.noun) return subject.ties ? "whole" : "target";
  if (stem === "") return "unnamed";
  if (stem !== undefined) return roleOfKind(stem, subject);
  // `cluster` and `taskDefinition` without a suffix; anything else might be an option of the call.
  const kind = kindOf(key);
  return kind !== "" && subject.noun.startsWith(kind) ? roleOfKind(kind, subject) : undefined;
}

function roleOfKind(kind: string, { noun, other, ties, rowKinds }: Subject): Role | undefined {
  if (kind === "") return undefined;
  if (other !== "" && other.endsWith(kind)) return "whole";
  // A copy's `targetDBSnapshotIdentifier`, a renamed instance's `newDBInstanceIdentifier`.
  const isNamed = noun.endsWith(kind.replace(/^new(?=.)/, "")) || `target${noun}` === kind;
  if (noun !== "" && isNamed) return ties ? "whole" : "target";
  return noun.includes(kind) || rowKinds.whole.includes(kind) ? "whole" : undefined;
}

const listKeys = ["items", "item", "member", "content"] as const;

/** The value without lists around it, in any of the forms that services write lists in. */
export function unwrapped(value: Json): readonly Json[] {
  const found: Json[] = [];
  const pending: Json[] = [value];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (Array.isArray(next)) for (const item of next.toReversed()) pending.push(item);
    else if (isObject(next)) {
      const object = next;
      const key = listKeys.find((name) => Object.hasOwn(object, name));
      if (key === undefined) found.push(object);
      else pending.push(object[key] ?? null);
    } else found.push(next);
  }
  return found;
}

/** Longer than any ARN or key of an object may be. */
const longestName = 2048;

/** A value as a name, if it can be one: documents and AWS's masks stand under such keys too. */
export function namesIn(value: Json): readonly string[] {
  if (typeof value === "number") return [String(value)];
  if (typeof value !== "string" || value.length > longestName) return [];
  if (/^(?:\s*[{[<].*|HIDDEN_DUE_TO_SECURITY_REASONS|)$/s.test(value)) return [];
  // EKS and Connect log ARNs as they stood in the URL.
  return [/^arn%3a/i.test(value) ? value.replace(/%3a/gi, ":").replace(/%2f/gi, "/") : value];
}

function fromResources(record: CloudTrailRecord, subject: Subject): Evidence {
  const resources = valuesAt(record, ["resources"]).filter(isObject);
  const found = { target: [] as string[], whole: [] as string[] };
  for (const resource of resources) {
    const [type] = valuesAt(resource, ["type"]);
    for (const arn of valuesAt(resource, ["ARN"]).flatMap(namesIn)) {
      const kinds =
        typeof type === "string" ? [kindOf(type.split("::").at(-1) ?? "")] : kindsInArn(arn);
      const role = roleOfKinds(kinds, subject);
      if (role) found[role].push(arn);
      else if (resources.length === 1) {
        found[kinds.length === 0 || subject.noun === "" ? "target" : "whole"].push(arn);
      }
    }
  }
  return { targets: found.target.map(alone), wholes: found.whole };
}

/** `... is not authorized to perform: iam:DeleteUser on resource: user maria because ...` */
const onResource =
  / on resource: "?(?:(user|group|role|policy|instance profile)(?= ))? ?((?!because |with )[^\s"]*)/;

/** A call that was denied or missed its target often names it nowhere else. */
function fromMessage(record: CloudTrailRecord, subject: Subject): Evidence {
  const [message] = valuesAt(record, ["errorMessage"]);
  if (typeof message !== "string") return { targets: [], wholes: [] };
  const [isDenial, type, text = ""] = onResource.exec(message) ?? [];
  const said = isDenial === undefined ? onlyArnIn(message) : text;
  // Permission may be asked on all things of a kind, or on a role for the thing to have.
  const [name] = /[*]|\/$/.test(said) || isPassedRole(message) ? [] : namesIn(said);
  const kinds = type === undefined ? kindsInArn(said) : [kindOf(type)];
  const role = roleOfKinds(kinds, subject) ?? supposedRole(record, subject);
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
function supposedRole(record: CloudTrailRecord, { creates }: Subject): Role | undefined {
  if (isObject(record["requestParameters"])) return undefined;
  // CreateDBSnapshot asks for permission on the instance.
  return creates ? "whole" : "target";
}

/** The kinds of thing that the ARN goes through, outermost first; none for ARNs that do not say. */
function kindsInArn(arn: string): readonly string[] {
  const [, service = "", resource = ""] = arnParts.exec(arn) ?? [];
  if (service === "s3") return [resource.includes("/") ? "object" : "bucket"];
  const segments = resource.replace(/^\//, "").split(/[/:]/).slice(0, -1);
  const types = Object.hasOwn(arnTypes, service) ? (arnTypes[service] ?? {}) : {};
  return segments.map((type) => kindOf((Object.hasOwn(types, type) && types[type]) || type));
}

function roleOfKinds(
  [outermost = "", ...inner]: readonly string[],
  subject: Subject,
): Role | undefined {
  // Below the first, a segment is as likely a name as a type.
  return roleOfKind(inner.includes(subject.noun) ? subject.noun : outermost, subject);
}

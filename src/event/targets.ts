/**
 * What an event acts on, as against what it belongs to or merely mentions.
 *
 * `DeleteBucket`, `DeleteBucketPolicy` and `PutBucketLogging` may all name the bucket `orders`: only
 * the first deletes it. The event's noun tells: a parameter called after all of it, or after its end,
 * names the target (`bucketName` of DeleteBucket, `policyName` of DeleteRolePolicy); one called after
 * its beginning names the whole of which a part is acted on (`roleName` there). `target-paths.ts` has
 * the events of which this is not true.
 */

import { foldCase } from "./fold-case.ts";
import { mentions } from "./mention.ts";
import { type CloudTrailRecord, isObject, type Json, type JsonObject, valuesAt } from "./record.ts";
import { arnParts, bareNames, naming, ownNames, type ResourcePattern } from "./resource-names.ts";
import { arnTypes, type TargetPaths, targetPaths } from "./target-paths.ts";
import { classOf, withoutVersion, wordsOf } from "./verb-classes.ts";

/**
 * `target`: the event acts on the resource itself. `part`: on something that belongs to it or lies
 * in it, or on its tie to something else. `mention`: it is only named.
 */
export type Bearing = "target" | "part" | "mention";

type Role = "target" | "whole";

/** What one place in the record names, by role. */
interface Evidence {
  readonly targets: readonly string[];
  readonly wholes: readonly string[];
}

/** What an event is about, as its name tells, and its row in the table if it has one. */
interface Subject {
  readonly service: string;
  /** `securitygroup` of CreateSecurityGroup; "" when the event name is its verb alone. */
  readonly noun: string;
  /** `group` of AddUserToGroup. */
  readonly other: string;
  /** The event makes or parts a tie: neither end of it is the target. */
  readonly ties: boolean;
  /** The event brings something into being, so what exists already is not its target. */
  readonly creates: boolean;
  /** Keys that hold nothing but the parameters or the result. */
  readonly wrappers: readonly string[];
  readonly row: TargetPaths | undefined;
  /** Kinds of thing that the row's paths name; "" where a key is `name` or the like. */
  readonly rowKinds: { readonly target: readonly string[]; readonly whole: readonly string[] };
}

/** How the resource that the pattern names stands in the event. */
export function bearing(record: CloudTrailRecord, pattern: ResourcePattern): Bearing {
  const subject = subjectOf(record);
  const evidence = [...evidenceIn(record, subject)];
  const names = isOfOtherKind(pattern.text, subject)
    ? []
    : bareNames(pattern.text, subject.service);
  const isNamed = naming([pattern.text, ...names], pattern.glob);
  if (evidence.some(({ targets }) => targets.some(isNamed))) return "target";
  const isNear = (value: string) => isNamed(value) || mentions(pattern, value);
  return evidence.some(({ targets, wholes }) => targets.some(isNear) || wholes.some(isNear))
    ? "part"
    : "mention";
}

/** What to show as the object of the event: `orders`, `i-0abc`, `orders/2026/05.csv`. */
export function primaryTargets(record: CloudTrailRecord): readonly string[] {
  for (const { targets, wholes } of evidenceIn(record, subjectOf(record))) {
    // `orders/k` says what `orders` says, and an id says what its ARN says.
    const holders = new Set([...wholes, ...targets].flatMap(holdersOf));
    const names = new Set([...wholes.filter((name) => !holders.has(name)), ...targets]);
    const isSaid = (name: string) =>
      name.startsWith("arn:") && ownNames(name).some((own) => own !== name && names.has(own));
    if (names.size > 0) return [...names].filter((name) => !isSaid(name));
  }
  return [];
}

/** What a name lies in: `orders` and `orders/2026` for `orders/2026/05.csv`. */
function holdersOf(name: string): readonly string[] {
  return Array.from(name.matchAll(/\//g), ({ index }) => name.slice(0, index));
}

/** What kind of thing the event acts on, in words: `bucket policy`, `DB instance`. */
export function partNoun(record: CloudTrailRecord): string | undefined {
  const { noun } = wordsOf(eventNameOf(record));
  return singular(noun)
    .match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g)
    ?.map((word) => (/^[A-Z]+$/.test(word) ? word : foldCase(word)))
    .join(" ");
}

function eventNameOf(record: CloudTrailRecord): string {
  const name = record["eventName"];
  return typeof name === "string" ? withoutVersion(name) : "";
}

const tyingVerbs = /^(?:Add|Remove|Attach|Detach|Associate|Disassociate|Register|Deregister)$/;
const preposition = /^(.+?)(?:From|To|With|In|On|For|By)([A-Z].*)$/;

function subjectOf(record: CloudTrailRecord): Subject {
  const eventName = eventNameOf(record);
  const eventSource = record["eventSource"];
  const [service = ""] = typeof eventSource === "string" ? eventSource.split(".", 1) : [];
  const { verb, noun } = wordsOf(eventName);
  const [, one = noun, other = ""] = preposition.exec(noun) ?? [];
  const creates = classOf(eventName) === "create";
  const ties = other !== "" && tyingVerbs.test(verb);
  const row = targetPaths.find(
    (candidate) =>
      candidate.service === service && candidate.events.some((glob) => fitsEnds(glob, eventName)),
  );
  return {
    service,
    // ScheduleKeyDeletion is about a key.
    noun: kindOf(one.replace(/(?<=.)Deletion$/, "")),
    // What something is restored or copied from is not changed by it.
    other: creates && !ties ? "" : kindOf(other),
    ties,
    creates,
    wrappers: [`${eventName}Request`, `${eventName}Response`].map(foldCase),
    row,
    rowKinds: { target: kindsIn(row?.target), whole: kindsIn(row?.whole) },
  };
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
function* evidenceIn(record: CloudTrailRecord, subject: Subject): Iterable<Evidence> {
  const { row } = subject;
  for (const place of places) {
    const told = byNouns(record[place], subject);
    if (row === undefined || (row.under ?? "requestParameters") !== place) yield told;
    else {
      const at = (path: string) => namesAt(record, place, path);
      yield {
        targets: row.target?.flatMap(at) ?? told.targets,
        wholes: row.whole?.flatMap(at) ?? told.wholes,
      };
    }
  }
  yield fromResources(record, subject);
  yield fromMessage(record, subject);
  if (row?.elseCaller) yield { targets: [], wholes: namesAt(record, "userIdentity", "userName") };
}

/** The names at a path of the table. */
function namesAt(record: CloudTrailRecord, place: string, path: string): readonly string[] {
  const parts = path
    .split("/")
    .map((keys) => valuesAt(record, [place, ...keys.split(".")]).flatMap(namesIn));
  const [first = [], second] = parts;
  if (second === undefined) return first;
  return first.flatMap((holder) => second.map((held) => `${holder}/${held}`));
}

/** How deep below the parameters a name may stand; what is deeper describes, and does not name. */
const depth = 4;

function byNouns(parameters: Json | undefined, subject: Subject): Evidence {
  const found = { target: [] as string[], whole: [] as string[], unnamed: [] as string[] };
  let level: readonly JsonObject[] = isObject(parameters) ? [parameters] : [];
  for (let i = 0; i < depth && level.length > 0; i++) {
    const next: JsonObject[] = [];
    for (const [key, value = null] of level.flatMap((object) => Object.entries(object))) {
      const inner = unwrapped(value);
      const leads = leadsOn(foldCase(key), subject);
      const role = roleOfKey(key, subject);
      for (const one of inner) {
        if (leads && isObject(one)) next.push(one);
        if (role) for (const name of namesIn(one)) found[role].push(name);
      }
    }
    level = next;
  }
  return {
    targets: found.target.length > 0 ? found.target : found.unnamed,
    wholes: found.whole,
  };
}

/** Whether what stands under the key may describe the thing itself: `instancesSet`, `keyMetadata`. */
function leadsOn(key: string, { wrappers, noun }: Subject): boolean {
  return wrappers.includes(key) || (noun !== "" && (key.includes(noun) || noun.endsWith(key)));
}

const idSuffix = /^(.*?)(?:names?|ids?|arns?|identifiers?|urls?|uuids?)(?:list|set)?$/;

/** The kind of thing that a key gives the name or id of; "" for keys like `name` and `arn`. */
function stemOf(key: string): string | undefined {
  const stem = idSuffix.exec(foldCase(key))?.[1];
  return stem === undefined ? undefined : kindOf(stem);
}

function kindsIn(paths: readonly string[] = []): readonly string[] {
  return paths.flatMap((path) => path.split(/[/.]/)).flatMap((key) => stemOf(key) ?? []);
}

function roleOfKey(key: string, subject: Subject): Role | "unnamed" | undefined {
  const stem = stemOf(key);
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
  const named = kind.replace(/^(?:new|target)(?=.)/, "");
  if (noun !== "" && (noun.endsWith(kind) || noun === named)) return ties ? "whole" : "target";
  return noun.includes(kind) || rowKinds.whole.includes(kind) ? "whole" : undefined;
}

const listKeys = ["items", "item", "member", "content"] as const;

/** The value without lists around it, in any of the forms that services write lists in. */
function unwrapped(value: Json): readonly Json[] {
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
function namesIn(value: Json): readonly string[] {
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
  return { targets: found.target, wholes: found.whole };
}

/** `... is not authorized to perform: iam:DeleteUser on resource: user maria because ...` */
const onResource =
  / on resource: "?(?:(user|group|role|policy|instance profile)(?= ))? ?((?!because |with )[^\s"]*)/;

/** A denied call often names its target nowhere else. */
function fromMessage(record: CloudTrailRecord, subject: Subject): Evidence {
  const [message] = valuesAt(record, ["errorMessage"]);
  const [, type, text = ""] = (typeof message === "string" && onResource.exec(message)) || [];
  // Permission may be asked on all things of a kind, or on a role for the thing to have.
  const [name] = /[*]|\/$/.test(text) || isPassedRole(message) ? [] : namesIn(text);
  const kinds = type === undefined ? kindsInArn(text) : [kindOf(type)];
  const role = roleOfKinds(kinds, subject) ?? supposedRole(record, subject);
  return {
    targets: name !== undefined && role === "target" ? [name] : [],
    wholes: name !== undefined && role === "whole" ? [name] : [],
  };
}

function isPassedRole(message: Json | undefined): boolean {
  return typeof message === "string" && message.includes(" iam:PassRole ");
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
  const segments = resource.split(/[/:]/).slice(0, -1);
  return segments.map((type) => kindOf(arnTypes[service]?.[type] ?? type));
}

function roleOfKinds(
  [outermost = "", ...inner]: readonly string[],
  subject: Subject,
): Role | undefined {
  // Below the first, a segment is as likely a name as a type.
  return roleOfKind(inner.includes(subject.noun) ? subject.noun : outermost, subject);
}

/** What the things that the event acts on belong to or lie in, as far as it tells. */
export function wholesOf(record: CloudTrailRecord): readonly string[] {
  const evidence = [...evidenceIn(record, subjectOf(record))];
  return [...new Set(evidence.flatMap(({ wholes }) => wholes))];
}

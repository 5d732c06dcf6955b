/**
 * The names a value goes by. An ARN is also known by its last part, a principal id by its session
 * name, `ec2.amazonaws.com` by `ec2`. A filter fits a value if it fits one of its names; only the
 * first name is shown or counted.
 *
 * The first name is the value as logged. Only a `role` or `session` is shown by its short name, and
 * there a value that is no role or session, a user's ARN for one, has no name at all.
 */

/** Which rule of this module applies to a source of the field catalogue. */
export type NameKind =
  | "event"
  | "service"
  | "arn"
  | "principal"
  | "bearer"
  | "bearerId"
  | "role"
  | "session"
  | "error";

export function namesFor(kind: NameKind | undefined, value: string): readonly string[] {
  switch (kind) {
    case undefined:
      return [value];
    case "event":
      return distinct(value, value.replace(apiVersion, ""));
    case "service":
      return distinct(value, serviceIn(value));
    case "arn":
      return distinct(value, ...namesInArn(value));
    case "principal":
      return distinct(value, ...(uniqueId.exec(value)?.slice(1) ?? []));
    case "bearer":
      return bearerNames(value);
    case "bearerId":
      return distinct(value.replace(chosenName, ""));
    case "role":
      return roleNames(value);
    case "session":
      return sessionNames(value);
    case "error":
      return distinct(value, value.replace(errorSide, ""));
  }
}

/** Lambda's `20150331v2` and CloudFront's `2020_05_31`. Other digits belong to the name: `ListObjectsV2`. */
const apiVersion = /20\d\d_?\d\d_?\d\d(?:v\d+)?$/;
const serviceDomain = /\.amazonaws\.com(?:\.cn)?$/i;
/** EC2 says whose fault an error was. */
const errorSide = /^(?:Client|Server)\./;
/**
 * `AROA...:SESSION`, or `ACCOUNT:NAME` of a federated user, masked ids too. Ids that an identity
 * provider made are left whole: what stands before their colon names nobody.
 */
const uniqueId = /^([A-Z0-9*]+):(.+)$/s;
const roleSessionId = /^AROA[A-Z0-9*]*:(.+)$/s;

/** What stands behind the id of a role or an account: whoever began the session chose it. */
const chosenName = /(?<=^(?:AROA[A-Z0-9*]*|[0-9]{12})):.*$/s;

/** `ec2` of `ec2.amazonaws.com`; other hosts stay as they are. */
export function serviceIn(host: string): string {
  return host.replace(serviceDomain, "");
}

/** Of the ARN of a stack or stack set, which ends with an id; undefined for any other text. */
export function stackNameIn(value: string): string | undefined {
  return /^arn:[^/]*:stack(?:set)?\/([^/:]+)/.exec(value)?.[1];
}

function namesInArn(value: string): readonly string[] {
  const [type = "", ...path] = resourceOf(value);
  if (path.length === 0) return [type];
  const names = [path.at(-1) ?? "", path.join("/")];
  return type === "assumed-role" ? [path[0] ?? "", ...names] : names;
}

/** Without the names that callers choose for their sessions. */
function bearerNames(value: string): readonly string[] {
  const [type = "", ...path] = resourceOf(value);
  if (type === "federated-user") return [];
  return type === "assumed-role" ? distinct(path[0] ?? "") : namesFor("arn", value);
}

function roleNames(value: string): readonly string[] {
  const [type, ...path] = resourceOf(value);
  if (type === "assumed-role") return named(path[0], value);
  return type === "role" ? named(path.at(-1), value) : [];
}

function named(name: string | undefined, value: string): readonly string[] {
  return name ? [name, value] : [];
}

function sessionNames(value: string): readonly string[] {
  const [type, _role, ...session] = resourceOf(value);
  const name = type === "assumed-role" ? session.join("/") : roleSessionId.exec(value)?.[1];
  return name ? [name] : [];
}

/** The resource part of an ARN in its segments, `user`, `path`, `alice`; empty for other text. */
function resourceOf(value: string): readonly string[] {
  return /^arn:(?:[^:]*:){4}(.+)$/s.exec(value)?.[1]?.split("/") ?? [];
}

function distinct(...names: readonly string[]): readonly string[] {
  return [...new Set(names)].filter((name) => name !== "");
}

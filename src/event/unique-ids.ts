/**
 * Names that tell by their form what they are: ids that AWS gives once and never again, aliases of keys.
 */

/** Only calls that use the key tell what an alias stands for, where it is older than the logs. */
export function isKmsAlias(name: string): boolean {
  return /^(?:arn:[^:]*:kms:[^:]*:[^:]*:)?alias\//.test(name);
}

/** Of EC2 and of file systems, whose other name is a tag. */
export function isTaggedId(name: string): boolean {
  return /^[a-z]+(?:-[a-z]+)*-[0-9a-f]{8,17}$/.test(name);
}

/** IAM answers with these and never asks for them. */
export function isIamId(name: string): boolean {
  return /^A(?:RO|ID|GP|NP|IP|SC)A[A-Z0-9]{4,}$/.test(name);
}

/** Of what has such an id. Whoever deletes a user may create another of that ARN. */
export function isIamArn(name: string): boolean {
  return /^arn:[^:]*:iam::[0-9]{12}:(?:user|role|group|policy|instance-profile)\//.test(name);
}

export function isUniqueId(name: string): boolean {
  return isTaggedId(name) || isIamId(name) || uniqueIds.some((form) => form.test(name));
}

/**
 * The id that the name is, or ends with as an ARN: both are written in one thing's life. Undefined for
 * a name that may be given again; an object's key may look like any id.
 */
export function uniqueIdOf(name: string): string | undefined {
  if (isUniqueId(name)) return name;
  const [, id] = /^arn:[^:]*:(?!s3:)[^:]*:[^:]*:[^:]*:[a-z-]+[/:]([^/:]+)$/.exec(name) ?? [];
  return id !== undefined && isUniqueId(id) ? id : undefined;
}

const uniqueIds: readonly RegExp[] = [
  /^(?:mrk-)?[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/,
  /^(?:db|cluster)-[A-Z0-9]{20,}$/,
  /^arn:[^:]*:secretsmanager:.*-[A-Za-z0-9]{6}$/,
  /^sha256:[0-9a-f]{64}$/,
];

/**
 * The names a value goes by. An ARN is also known by its last part, a principal id by its session
 * name, `ec2.amazonaws.com` by `ec2`. A filter fits a value if it fits one of its names; only the
 * first name, the value as logged, is shown or counted.
 */

/** Which rule of this module applies to a source of the field catalogue. */
export type NameKind = "event" | "service" | "arn" | "principal" | "role" | "session" | "error";

/**
 * Terms: what one value means when it is given for a field, a path or a resource.
 *
 * Flags and `--where` both read values here, so that `--ip 10.0.0.0/8` and `ip = 10.0.0.0/8` are the
 * same question and the same mistakes are caught. Who asks says how a mistake is reported.
 */

import { parseRange } from "../event/address.ts";
import { type Field, type FieldName, fieldNames, fields } from "../event/fields.ts";
import { foldCase } from "../event/fold-case.ts";
import { outcomes } from "../event/outcome.ts";
import type { Filter, Pattern, Subject } from "./filter.ts";
import { fits, parsePattern } from "./pattern.ts";

export interface Reading {
  readonly toPattern: (text: string) => Pattern;
  /** Throws the user's mistake; `problem` completes "--flag: ". */
  readonly reject: (problem: string) => never;
}

/** By its own name or its flag's without the hyphens. */
export function fieldNamed(name: string): FieldName | undefined {
  const folded = foldCase(name);
  return fieldNames.find((field) => {
    const { flag }: Field = fields[field];
    return foldCase(field) === folded || flag?.long === `--${folded}`;
  });
}

export function fieldTerm(field: FieldName, text: string, reading: Reading): Filter {
  const subject: Subject = { kind: "field", field };
  switch (fields[field].type) {
    case "text":
    case "time": {
      const pattern = reading.toPattern(text);
      if (pattern.kind === "equals" && isAccount(field) && isWrongAccountId(text)) {
        return reading.reject(`an account id is 12 digits without hyphens, not "${text}"`);
      }
      return { kind: "text", subject, pattern };
    }
    case "address": {
      const range = parseRange(text);
      if (range !== undefined) return { kind: "address", subject, range };
      const pattern = reading.toPattern(text);
      if (pattern.kind === "equals" && looksLikeAddress(text)) {
        return reading.reject(
          `"${text}" is no address, CIDR block (203.0.113.0/24), range (203.0.113.1-203.0.113.9) ` +
            "or name of a service",
        );
      }
      return { kind: "text", subject, pattern };
    }
    case "outcome":
      return oneOf(outcomes, subject, text, reading);
    case "readOnly":
      return oneOf(["true", "false"], subject, text, reading);
    case "mfa":
      return oneOf(["yes", "no"], subject, text, reading);
  }
}

/** A block or range means the addresses in it, but may as well be what the log says. */
export function pathTerm(path: readonly string[], text: string): Filter {
  const subject: Subject = { kind: "path", path };
  const asText: Filter = { kind: "text", subject, pattern: parsePattern(text) };
  const range = parseRange(text);
  return range === undefined
    ? asText
    : { kind: "some", filters: [asText, { kind: "address", subject, range }] };
}

/**
 * Events that mention the resource. One that is given by its ARN is also known by its name in calls
 * to its service, in its region and account: most calls name their target so.
 */
export function resourceTerm(text: string): Filter {
  const mentioned = mention(text);
  const [scheme, , service = "", region = "", account = "", ...rest] = text.split(":");
  const names = namesInArn(service, rest.join(":")).filter((name) => /[^*]/.test(name));
  if (scheme !== "arn" || names.length === 0) return mentioned;
  const called: Filter = {
    kind: "every",
    filters: [
      ...placed("eventSource", service),
      ...placed("awsRegion", region),
      ...placed("account", account),
      ...names.map(mention),
    ],
  };
  return { kind: "some", filters: [mentioned, called] };
}

/** A single filter stands for itself. */
export function joined(kind: "every" | "some", filters: readonly Filter[]): Filter {
  const [first, ...others] = filters;
  return first !== undefined && others.length === 0 ? first : { kind, filters };
}

function placed(field: FieldName, text: string): readonly Filter[] {
  if (text === "") return [];
  return [{ kind: "text", subject: { kind: "field", field }, pattern: parsePattern(text) }];
}

/** How calls name what the last part of an ARN names; few repeat it as it is. */
function namesInArn(service: string, resource: string): readonly string[] {
  // The type goes before it with a slash or a colon; a log group's ends in `:*`.
  const name = resource.replace(/^[^/:]*[/:]/, "").replace(/:\*$/, "");
  const [first = "", ...others] = name.split("/");
  switch (service) {
    case "s3": {
      const [bucket = "", ...key] = resource.split("/");
      return [bucket, key.join("/")];
    }
    case "iam": // Calls leave the path out.
      return [others.at(-1) ?? first];
    case "ecs": // A cluster, and what is in it.
      return [first, ...others];
    case "cloudformation": // What follows tells stacks of one name apart.
      return [first];
    case "secretsmanager": // Six random characters end the ARN, but not the name.
      return [name.replace(/-[a-z\d]{6}$/i, "")];
    default:
      return [name];
  }
}

function mention(text: string): Filter {
  const pattern = parsePattern(text);
  return {
    kind: "mentions",
    resource:
      pattern.kind === "equals" ? { text: pattern.text, glob: false } : { text, glob: true },
  };
}

function isAccount(field: FieldName): boolean {
  return field === "account" || field === "recipientAccountId";
}

function isWrongAccountId(text: string): boolean {
  return /^[\d-]+$/.test(text) && !/^\d{12}$/.test(text);
}

/** No service's name begins with a digit or holds a colon. */
function looksLikeAddress(text: string): boolean {
  return /^\d|:/.test(text);
}

function oneOf(
  values: readonly string[],
  subject: Subject,
  text: string,
  { reject }: Reading,
): Filter {
  const pattern = parsePattern(text);
  if (!values.some(fits(pattern))) return reject(`expected ${values.join(", ")}, not "${text}"`);
  return { kind: "text", subject, pattern };
}

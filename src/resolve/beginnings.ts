/**
 * What tells that credentials belong to a session: the second in which it began, with a name it goes by.
 */

import { indexed } from "./indexed.ts";
import type { Issuance } from "./issuances.ts";
import type { Credentials } from "./issuers.ts";

/** A session's calls have several keys if the console made them. */
export function ownId(used: Credentials): readonly string[] {
  const { key, principalId, arn, signIn } = used;
  return [signIn, ...beginnings(used), key, arn, principalId]
    .filter((id) => id !== undefined)
    .slice(0, 1);
}

/** Everything that names the session, with the second in which it began. */
export function beginnings(credentials: Credentials): readonly string[] {
  const second = secondOf(credentials);
  return second === undefined ? [] : namesOf(credentials).map((name) => `${name} ${second}`);
}

function secondOf({ created }: Credentials): number | undefined {
  return created === undefined ? undefined : Math.floor(created / 1000);
}

function namesOf({ arn, principalId, assignment }: Credentials): readonly string[] {
  return [arn, principalId, assignment].filter((name) => name !== undefined);
}

/** By the second in which the session began: a number takes less room than names with it. */
type BySecond = ReadonlyMap<number, readonly Issuance[]>;

/** Those that do not tell when the session began are left out. */
export function bySecond(issues: readonly Issuance[]): BySecond {
  return indexed(issues, ({ issued }) => secondOf(issued));
}

/** Those that began in the same second under one of the same names. */
export function beganAs(index: BySecond, credentials: Credentials): readonly Issuance[] {
  const second = secondOf(credentials);
  const began = second === undefined ? undefined : index.get(second);
  if (began === undefined) return [];
  const names = namesOf(credentials);
  return began.filter(({ issued }) => namesOf(issued).some((name) => names.includes(name)));
}

/** What two records of one moment may differ by, in milliseconds. */
export const momentMs = 1000;

/**
 * Logs with masked ids have one key or principal for everybody: what else is known must not differ. The
 * ARN decides, if both have one.
 */
export function agree(issued: Credentials, used: Credentials): boolean {
  const { created = Number.NaN } = issued;
  if (Math.abs(created - (used.created ?? Number.NaN)) > momentMs) return false;
  const name = issued.arn === undefined || used.arn === undefined ? "principalId" : "arn";
  const [a, b] = [issued[name], used[name]];
  return a === undefined || b === undefined || a === b;
}

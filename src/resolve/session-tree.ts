/**
 * What a session led to: the sessions that its calls began, those that theirs began, and so on.
 */

import { addTo } from "../event/add-to.ts";
import type { Issuance } from "./issuances.ts";
import type { Sessions } from "./sessions.ts";

export interface SessionBranch {
  readonly id: string;
  readonly depth: number;
  /** The call that began it; undefined for a root whose beginning is not in the logs. */
  readonly issue?: Issuance | undefined;
  /** False where that call may have been made in another session, too. */
  readonly isCertain: boolean;
  /** Ids of the sessions that its calls began and the keys that they created, in order of time. */
  readonly children: readonly string[];
}

/**
 * Each session after the one that began it, in order of time. One that several sessions may have begun
 * stands once, under the first of them.
 */
export function sessionTree(root: string, sessions: Sessions): readonly SessionBranch[] {
  const begunIn = new Map<string, Issuance[]>();
  const issues = new Map<string, Issuance>();
  const doubtful = new Set<string>();
  for (const issue of sessions.issues) {
    const ids = sessions.madeIn(issue);
    issues.set(issue.begun, issue);
    if (ids.length > 1) doubtful.add(issue.begun);
    for (const id of ids) addTo(begunIn, id, issue);
  }
  const taken = new Set([root]);
  const branches: SessionBranch[] = [];
  const pending = [{ id: root, depth: 0 }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { id, depth } = next;
    const begun = (begunIn.get(id) ?? []).map((issue) => issue.begun);
    const children = begun.filter((child) => !taken.has(child));
    for (const child of children) taken.add(child);
    const isCertain = id === root || !doubtful.has(id);
    branches.push({ id, depth, issue: issues.get(id), isCertain, children });
    for (const child of children.toReversed()) pending.push({ id: child, depth: depth + 1 });
  }
  return branches;
}

/**
 * The calls that began a session or made a key in one of these calls' sessions, and so on, in order of
 * time. What may have been made in another session is left out.
 */
export function begunAfter(starts: Iterable<Issuance>, sessions: Sessions): readonly Issuance[] {
  const begunIn = new Map<string, Issuance[]>();
  // Two calls that seem to have made one key prove nothing.
  const isSoleMaker = ({ begins, issued: { key = "" } }: Issuance) =>
    begins !== "key" || sessions.creationOf(key) !== undefined;
  for (const issue of sessions.issues) {
    const [id, ...others] = sessions.madeIn(issue);
    if (id !== undefined && others.length === 0 && isSoleMaker(issue)) addTo(begunIn, id, issue);
  }
  const found = new Set<Issuance>([...starts].filter(isSoleMaker));
  // A set gives what is added while it is read.
  for (const issue of found) {
    for (const next of begunIn.get(issue.begun) ?? []) found.add(next);
  }
  return sessions.issues.filter((issue) => found.has(issue));
}

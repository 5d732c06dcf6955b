/**
 * What a session led to: the sessions that its calls began, those that theirs began, and so on.
 */

import type { Issue, Sessions } from "./sessions.ts";

export interface SessionBranch {
  readonly id: string;
  readonly depth: number;
  /** The call that began it; undefined for a root whose beginning is not in the logs. */
  readonly issue?: Issue | undefined;
  /** Ids of the sessions that its calls began, in order of time. */
  readonly children: readonly string[];
}

/**
 * Each session after the one that began it, in order of time. One that several sessions may have begun
 * stands under the first of them.
 */
export function sessionTree(root: string, sessions: Sessions): readonly SessionBranch[] {
  const begunIn = new Map<string, Issue[]>();
  for (const issue of sessions.issues) {
    for (const id of sessions.idsOf(issue.event.record)) {
      const begun = begunIn.get(id);
      if (begun === undefined) begunIn.set(id, [issue]);
      else begun.push(issue);
    }
  }
  const issues = new Map(sessions.issues.map((issue) => [issue.id, issue]));
  const taken = new Set([root]);
  const branches: SessionBranch[] = [];
  const pending = [{ id: root, depth: 0 }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { id, depth } = next;
    const children = (begunIn.get(id) ?? [])
      .map((issue) => issue.id)
      .filter((one) => !taken.has(one));
    for (const child of children) taken.add(child);
    branches.push({ ...next, issue: issues.get(id), children });
    for (const child of children.toReversed()) pending.push({ id: child, depth: depth + 1 });
  }
  return branches;
}

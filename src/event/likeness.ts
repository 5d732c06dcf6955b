/**
 * How like two names are: what somebody may have meant by one that nothing is called.
 */

/** Smaller is nearer; undefined: not similar. Containing the name is nearer than a slip of the pen. */
export function distanceTo(wanted: string, name: string): number | undefined {
  if (name.includes(wanted)) return name.length - wanted.length;
  const allowed = Math.max(1, Math.floor(wanted.length / 5));
  if (Math.abs(name.length - wanted.length) > allowed) return undefined;
  const edits = editDistance(wanted, name, allowed);
  return edits > allowed ? undefined : edits;
}

/** What a name ends in that is an ARN, a path or a URL; others are whole. */
export function ending(name: string): string {
  return name.replace(/^.*[/:](?=.)/s, "");
}

/**
 * Insertions, deletions, replacements and neighbours swapped between two texts; anything over `most` is
 * just more.
 */
function editDistance(a: string, b: string, most: number): number {
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const current = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      current.push(
        Math.min(
          (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1),
          (last[j] ?? 0) + 1,
          (current[j - 1] ?? 0) + 1,
          isSwapped ? (beforeLast[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    if (Math.min(...current) > most) return most + 1;
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? 0;
}

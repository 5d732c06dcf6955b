/** Command lines of cases and examples, for tests that ask within this process. */

/** The words of a line that a shell would only split; undefined where it would do more. */
export function wordsOf(cmd: string): readonly string[] | undefined {
  const words = cmd.trim().match(/(?:'[^']*'|"[^"$`\\]*"|[^\s'"$`;&|<>\\]+)+|[$`;&|<>\\'"]/g) ?? [];
  if (words.some((word) => /^[$`;&|<>\\'"]$/.test(word))) return undefined;
  const [program, ...args] = words.map((word) => word.replace(/'([^']*)'|"([^"]*)"/g, "$1$2"));
  return program === "trailhound" ? args : undefined;
}

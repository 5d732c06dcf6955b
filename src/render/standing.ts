/** What keeps a finding from failing the check, in words. */

import type { Standing } from "../query/report.ts";

/** Undefined for one that fails. */
export function standingWords(standing: Standing): string | undefined {
  switch (standing.kind) {
    case "fails":
      return undefined;
    case "below":
      return standing.least === "never" ? "nothing fails the check" : `below ${standing.least}`;
    case "known":
      return `known from ${standing.file}`;
    case "excepted": {
      const { reason, owner, expires } = standing;
      return `excepted by ${owner} until ${expires} (${reason})`;
    }
  }
}

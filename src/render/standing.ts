/** What keeps a finding from failing the check, in words. */

import type { Standing } from "../query/report.ts";

/** Undefined for one that fails. */
export function standingWords(standing: Standing): string | undefined {
  switch (standing.kind) {
    case "fails":
      return undefined;
    case "below":
      return standing.least === "never" ? "nothing fails the check" : `below ${standing.least}`;
  }
}

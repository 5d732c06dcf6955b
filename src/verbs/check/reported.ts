/**
 * Whether a finding fails the check, and what keeps it from that.
 */

import type { ReportedFinding, Standing } from "../../query/report.ts";
import { fingerprintOf } from "../../rules/finding.ts";
import { type Level, reaches } from "../../rules/rule.ts";
import type { Baseline } from "./baseline.ts";
import type { FoundFinding } from "./findings.ts";

interface Judging {
  readonly failOn: Level | "never";
  readonly baseline: Baseline | undefined;
}

export type Reported = FoundFinding & ReportedFinding;

export function reportedAs(finding: FoundFinding, judging: Judging): Reported {
  const fingerprint = fingerprintOf(finding);
  return { ...finding, fingerprint, standing: standingOf(finding, fingerprint, judging) };
}

function standingOf(
  { rule, exception }: FoundFinding,
  fingerprint: string,
  { failOn, baseline }: Judging,
): Standing {
  if (exception !== undefined) {
    const { reason, owner, expires, place } = exception;
    return { kind: "excepted", reason, owner, expires, place };
  }
  if (failOn === "never" || !reaches(rule.level, failOn)) return { kind: "below", least: failOn };
  return baseline?.fingerprints.has(fingerprint)
    ? { kind: "known", file: baseline.file }
    : { kind: "fails" };
}

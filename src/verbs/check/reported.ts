/**
 * Whether a finding fails the check.
 */

import type { ReportedFinding, Standing } from "../../query/report.ts";
import { type Finding, fingerprintOf } from "../../rules/finding.ts";
import { type Level, reaches } from "../../rules/rule.ts";

interface Judging {
  readonly failOn: Level | "never";
}

export type Reported = Finding & ReportedFinding;

export function reportedAs(finding: Finding, judging: Judging): Reported {
  return {
    ...finding,
    fingerprint: fingerprintOf(finding),
    standing: standingOf(finding, judging),
  };
}

function standingOf({ rule }: Finding, { failOn }: Judging): Standing {
  return failOn !== "never" && reaches(rule.level, failOn)
    ? { kind: "fails" }
    : { kind: "below", least: failOn };
}

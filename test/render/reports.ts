/** Reports to render: parts that a case is not about are filled in. */

import type { Answer } from "../../src/query/answer.ts";
import type { Report, ReportedFinding, ReportedRule } from "../../src/query/report.ts";
import { answer } from "./answers.ts";

export function rule(parts: Partial<ReportedRule> = {}): ReportedRule {
  return {
    id: "trail-stays",
    title: "Logging was stopped",
    level: "high",
    falsePositives: [],
    tags: [],
    references: [],
    place: { file: "rules/trail.yaml", line: 3, column: 5 },
    ...parts,
  };
}

const usual = rule();

export function finding(parts: Partial<ReportedFinding> = {}): ReportedFinding {
  return {
    rule: usual,
    who: { name: "maria@example.com" },
    target: "org-trail",
    count: 1,
    sentence: "maria@example.com called StopLogging on org-trail.",
    events: [{ eventID: "e-1", origin: "logs/a b.json.gz", offset: 12 }],
    fingerprint: "0123456789abcdef0123456789abcdef",
    standing: { kind: "fails" },
    ...parts,
  };
}

export const excepted: ReportedFinding["standing"] = {
  kind: "excepted",
  reason: "planned",
  owner: "platform@example.com",
  expires: "2026-12-31",
  place: { file: "trailhound.ignore.yaml", line: 2, column: 5 },
};

export function reporting(report: Partial<Report>, parts: Partial<Answer> = {}): Answer {
  const { findings = [] } = report;
  const rules = [...new Set(findings.map((one) => one.rule))];
  return answer({ report: { findings, rules, gaps: [], ...report }, ...parts });
}

export function many<T>(count: number, make: (index: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

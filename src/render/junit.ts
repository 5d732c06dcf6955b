/**
 * `--format junit`: findings as JUnit's XML, in the form that GitLab, Jenkins and Azure show.
 *
 * A test case is a finding, as these compare cases by name from run to run: its name is the same
 * tomorrow. A rule that nobody broke is a case that passes. What could not be checked is an error, and
 * what does not fail the check is skipped with the reason.
 */

import type { Answer } from "../query/answer.ts";
import {
  type Gap,
  type ReportedFinding,
  type ReportedRule,
  subjectsOfGaps,
} from "../query/report.ts";
import { counted, thousands } from "./counts.ts";
import type { Format, Pieces } from "./format.ts";
import { safeText } from "./safe-text.ts";
import { standingWords } from "./standing.ts";

export const junit: Format = {
  name: "junit",
  summary: "findings as test results in JUnit's XML",
  machine: true,
  needsEvents: false,
  needsReport: true,
  render,
};

/** GitLab takes no file over 30 MB. */
const limits = { cases: 5000, events: 100 };

interface Case {
  readonly group: string;
  readonly name: string;
  readonly file?: string;
  readonly outcome?: Outcome;
}

interface Outcome {
  readonly kind: "failure" | "error" | "skipped";
  /** What is said in one line. */
  readonly message: string;
  readonly type?: string;
  readonly lines: readonly string[];
}

async function* render(answer: Answer): Pieces {
  const { findings = [], rules = [], gaps = [] } = answer.report ?? {};
  const broken = new Set(findings.map(({ rule }) => rule.id));
  const cases = [
    ...subjectsOfGaps.map((about) => gapCase(about, gaps)),
    ...namedApart(findings.slice(0, limits.cases)),
    ...leftOut(findings.slice(limits.cases)),
    ...rules.filter(({ id }) => !broken.has(id)).map(soundCase),
  ];
  const counts = attributes({
    tests: String(cases.length),
    failures: String(countOf(cases, "failure")),
    errors: String(countOf(cases, "error")),
    skipped: String(countOf(cases, "skipped")),
    time: "0",
  });
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield `<testsuites name="trailhound check"${counts}>\n`;
  yield `<testsuite name="trailhound check"${counts}>\n`;
  for (const one of cases) yield caseText(one);
  yield `<system-out>${xmlLines(answer.sentences)}</system-out>\n`;
  yield "</testsuite>\n</testsuites>\n";
}

const evidence: Readonly<Record<Gap["about"], string>> = {
  rules: "All rules could be read",
  exceptions: "All exceptions could be read",
  logs: "All logs could be read",
  coverage: "The logs cover what they have to",
};

function gapCase(about: Gap["about"], all: readonly Gap[]): Case {
  const gaps = all.filter((gap) => gap.about === about);
  const failing = gaps.filter(({ allowedBy }) => allowedBy === undefined);
  const one = { group: "evidence", name: evidence[about] };
  const [first, ...others] = failing.length > 0 ? failing : gaps;
  if (first === undefined) return one;
  const more = others.length === 0 ? "" : ` (and ${thousands(others.length)} more)`;
  const allowed = failing.length > 0 ? "" : `let pass by ${first.allowedBy}: `;
  return {
    ...one,
    outcome: {
      kind: failing.length > 0 ? "error" : "skipped",
      message: `${allowed}${gapLine(first)}${more}`,
      type: "unchecked",
      lines: gaps.map(gapLine),
    },
  };
}

function gapLine({ file, line, problem }: Gap): string {
  const place = [file, line].filter((part) => part !== undefined).join(":");
  return place === "" ? problem : `${place}: ${problem}`;
}

/** Two that look the same, as their identities are called the same, are told apart by fingerprint. */
function namedApart(findings: readonly ReportedFinding[]): readonly Case[] {
  const cases = findings.map((finding) => ({ finding, told: findingCase(finding) }));
  const counts = new Map<string, number>();
  const keyOf = ({ group, name }: Case) => JSON.stringify([group, name]);
  for (const { told } of cases) counts.set(keyOf(told), (counts.get(keyOf(told)) ?? 0) + 1);
  return cases.map(({ finding: { fingerprint }, told }) =>
    (counts.get(keyOf(told)) ?? 0) > 1
      ? { ...told, name: `${told.name} (${fingerprint.slice(0, 8)})` }
      : told,
  );
}

function findingCase(finding: ReportedFinding): Case {
  const { rule, who, target, standing, sentence, events, fingerprint } = finding;
  const on = target === undefined ? "" : ` on ${target}`;
  const kept = standingWords(standing);
  const shown = events
    .slice(0, limits.events)
    .map(({ eventID = "without an id", origin, offset }) => {
      return `event ${eventID} in ${origin}, byte ${offset}`;
    });
  const more = events.length - shown.length;
  return {
    group: rule.id,
    name: `${rule.title}: ${who.name}${on}`,
    file: rule.place.file,
    outcome: {
      kind: standing.kind === "fails" ? "failure" : "skipped",
      message: kept === undefined ? sentence : `${kept}: ${sentence}`,
      type: rule.level,
      lines: [
        sentence,
        `level ${rule.level}, fingerprint ${fingerprint}`,
        ...shown,
        ...(more > 0 ? [`and ${counted(more, "event")} more`] : []),
      ],
    },
  };
}

function leftOut(findings: readonly ReportedFinding[]): readonly Case[] {
  if (findings.length === 0) return [];
  const fails = findings.some(({ standing }) => standing.kind === "fails");
  const message = `${counted(findings.length, "finding")} more, milder than those shown`;
  const kind = fails ? "failure" : "skipped";
  return [{ group: "evidence", name: "Further findings", outcome: { kind, message, lines: [] } }];
}

function soundCase({ id, title, place }: ReportedRule): Case {
  return { group: id, name: title, file: place.file };
}

function countOf(cases: readonly Case[], kind: Outcome["kind"]): number {
  return cases.filter(({ outcome }) => outcome?.kind === kind).length;
}

function caseText({ group, name, file, outcome }: Case): string {
  const given = attributes({ classname: group, name, ...(file && { file }), time: "0" });
  if (outcome === undefined) return `<testcase${given}/>\n`;
  const { kind, message, type, lines } = outcome;
  if (kind === "skipped") {
    return `<testcase${given}>\n<skipped${attributes({ message })}/>\n</testcase>\n`;
  }
  const said = attributes({ message, ...(type && { type }) });
  return `<testcase${given}>\n<${kind}${said}>${xmlLines(lines)}</${kind}>\n</testcase>\n`;
}

function attributes(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${xml(value)}"`)
    .join("");
}

const entities = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  ["'", "&apos;"],
]);

function xmlLines(lines: readonly string[]): string {
  return lines.map(xml).join("\n");
}

/** What XML 1.0 has no way to write is told by name, as all that is hidden. */
function xml(text: string): string {
  return safeText(text)
    .replace(/[\ufffe\uffff]/g, "\ufffd")
    .replace(/[&<>"']/g, (character) => entities.get(character) ?? character);
}

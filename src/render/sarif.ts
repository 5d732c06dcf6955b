/**
 * `--format sarif`: findings as SARIF 2.1.0, for GitHub's code scanning and whatever else reads it.
 *
 * A result stands at its rule, which is a file of the repository and in the same place tomorrow; the
 * events are related locations. Its fingerprint is the finding's own, so that alerts are closed and
 * opened by what was done, and not by each day's event ids. Limits are those of GitHub's documentation
 * ("SARIF support for code scanning"): what exceeds them is refused there as a whole, or cut in silence.
 */

import { formatTime } from "../event/time.ts";
import type { Answer } from "../query/answer.ts";
import type {
  EventPlace,
  Gap,
  Level,
  ReportedFinding,
  ReportedRule,
  Standing,
} from "../query/report.ts";
import { counted, thousands } from "./counts.ts";
import type { Format, Pieces } from "./format.ts";
import { jsonText } from "./json-text.ts";
import { safeText } from "./safe-text.ts";

export const sarif: Format = {
  name: "sarif",
  summary: "findings as SARIF 2.1.0, for code scanning",
  machine: true,
  needsEvents: false,
  needsReport: true,
  render,
};

/** Uncompressed, where GitHub counts 10 MB compressed: others may not compress. */
const limits = { results: 5000, bytes: 9_500_000, tags: 20, locations: 100, allLocations: 20_000 };

async function* render(answer: Answer): Pieces {
  const { findings = [], gaps = [], rules: asked = [] } = answer.report ?? {};
  const told = findings.filter(({ standing }) => isTold(standing));
  const rules = [...new Set(told.map(({ rule }) => rule))];
  const most = locationsOfEach(Math.min(told.length, limits.results));
  const context = { rules, most, hasBaseline: answer.report?.baseline !== undefined };
  const driver = {
    name: "trailhound",
    fullName: "trailhound check",
    shortDescription: { text: "Who did what nobody may, by AWS CloudTrail logs" },
    rules: rules.map(ruleObject),
  };
  yield `{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{\n`;
  const tool = `"tool":${jsonText({ driver })}`;
  yield `${tool},\n"columnKind":"utf16CodeUnits",\n"results":[`;
  let bytes = Buffer.byteLength(tool) + gaps.length * 1000;
  let written = 0;
  for (const finding of told.slice(0, limits.results)) {
    const text = jsonText(resultObject(finding, context));
    bytes += Buffer.byteLength(text) + 2;
    if (bytes > limits.bytes) break;
    yield `${written === 0 ? "\n" : ",\n"}${text}`;
    written += 1;
  }
  const excepted = findings.length - told.length;
  const notices = [
    ...gaps.map(gapNotice),
    ...(excepted > 0
      ? [notice("note", `left out: ${counted(excepted, "finding")} let pass by exceptions`)]
      : []),
    ...(written < told.length
      ? [notice("warning", `${leftOut(told.length - written)}: code scanning takes no more.`)]
      : []),
  ];
  const invocation = {
    executionSuccessful: gaps.every(({ allowedBy }) => allowedBy !== undefined),
    toolExecutionNotifications: notices,
  };
  yield `],\n"invocations":[${jsonText(invocation)}],\n`;
  const counts = { rules: asked.length, findings: findings.length, results: written };
  yield `"properties":${jsonText({ ...counts, answer: answer.sentences.map(safeText) })}\n}]}\n`;
}

/**
 * What is excepted is left out, as GitHub would open an alert for it nevertheless. What is milder than the
 * level that fails is told: its own level says how bad it is.
 */
function isTold({ kind }: Standing): boolean {
  return kind !== "excepted";
}

function leftOut(count: number): string {
  return `${counted(count, "finding")} milder than these ${count === 1 ? "is" : "are"} left out`;
}

/** Of a few findings all events are of use, of thousands the first. */
function locationsOfEach(findings: number): number {
  const share = Math.floor(limits.allLocations / Math.max(findings, 1));
  return Math.min(limits.locations, Math.max(share, 1));
}

/** SARIF knows three levels; GitHub reads the number. */
const levelNames: Readonly<Record<Level, { level: string; severity?: string }>> = {
  critical: { level: "error", severity: "9.5" },
  high: { level: "error", severity: "8.0" },
  medium: { level: "warning", severity: "5.5" },
  low: { level: "note", severity: "2.0" },
  informational: { level: "note" },
};

function ruleObject(rule: ReportedRule): unknown {
  const { id, title, level, description, falsePositives, tags, references } = rule;
  const { level: defaultLevel, severity } = levelNames[level];
  const help = [
    ...(description === undefined ? [] : [description]),
    ...(falsePositives.length === 0 ? [] : [`May be right: ${falsePositives.join("; ")}.`]),
    ...references,
  ];
  const [helpUri] = references.filter((reference) => /^https?:\/\/[!-~]+$/.test(reference));
  return {
    id: safeText(id),
    shortDescription: message(title),
    ...(description !== undefined && { fullDescription: message(description) }),
    ...(help.length > 0 && { help: { text: help.map((line) => plain(line)).join("\n") } }),
    ...(helpUri !== undefined && URL.canParse(helpUri) && { helpUri }),
    defaultConfiguration: { level: defaultLevel },
    properties: {
      // GitHub takes the severity of rules for security only.
      tags: [...new Set(["security", ...tags.map(safeText)])].slice(0, limits.tags),
      ...(severity !== undefined && { "security-severity": severity }),
      level,
    },
  };
}

interface Context {
  readonly rules: readonly ReportedRule[];
  /** How many events a result has. */
  readonly most: number;
  /** Whether some of the findings would be known. */
  readonly hasBaseline: boolean;
}

function resultObject(finding: ReportedFinding, { rules, most, hasBaseline }: Context): unknown {
  const { rule, who, target, count, sentence, events, standing, first, last } = finding;
  const { file, line, column } = rule.place;
  const region = { startLine: line, startColumn: column };
  return {
    ruleId: safeText(rule.id),
    ruleIndex: rules.indexOf(rule),
    level: levelNames[rule.level].level,
    message: message(sentence),
    locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(file) }, region } }],
    relatedLocations: events.slice(0, most).map(eventLocation),
    partialFingerprints: { "trailhound/v1": finding.fingerprint },
    ...(hasBaseline && { baselineState: standing.kind === "known" ? "unchanged" : "new" }),
    occurrenceCount: count,
    properties: {
      who: safeText(who.name),
      ...(target !== undefined && { target: safeText(target) }),
      ...(first !== undefined && { first: formatTime(first, "UTC") }),
      ...(last !== undefined && { last: formatTime(last, "UTC") }),
      ...(events.length > most && { note: `${thousands(events.length - most)} more events` }),
    },
  };
}

/** The place of an event in a file that may be compressed is no region of that file. */
function eventLocation({ eventID, origin, offset }: EventPlace, index: number): unknown {
  return {
    id: index + 1,
    ...(eventID !== undefined && { message: message(`event ${eventID}`) }),
    physicalLocation: { artifactLocation: { uri: uriOf(origin) } },
    properties: { ...(eventID !== undefined && { eventID: safeText(eventID) }), offset },
  };
}

function gapNotice({ problem, file, line, allowedBy }: Gap): unknown {
  const text = allowedBy === undefined ? problem : `${problem} (let pass by ${allowedBy})`;
  const physicalLocation = file !== undefined && {
    artifactLocation: { uri: uriOf(file) },
    ...(line !== undefined && { region: { startLine: line } }),
  };
  return {
    ...notice(allowedBy === undefined ? "error" : "warning", text),
    ...(physicalLocation && { locations: [{ physicalLocation }] }),
  };
}

function notice(level: "error" | "warning" | "note", text: string) {
  return { level, message: message(text) };
}

function message(text: string): { readonly text: string } {
  return { text: plain(text) };
}

/** Neither a link (3.11.6 of the standard) nor the place of an argument (3.11.5). */
function plain(text: string): string {
  const safe = safeText(text)
    .replace(/\{(?=\d)/g, "{{")
    .replace(/(?<=\d)\}/g, "}}");
  return /\]\(/.test(safe) ? safe.replace(/[\\[\]]/g, "\\$&") : safe;
}

/** Relative to where the program was called, which in a pipeline is the repository. */
function uriOf(path: string): string {
  const encoded = safeText(path)
    .replace(/^(?:\.\/)+/, "")
    .split("/")
    .map(encodeURIComponent)
    .join("/");
  return encoded.startsWith("/") ? `file://${encoded}` : encoded;
}

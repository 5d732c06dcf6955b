/**
 * `--format github`: findings as annotations of a run of GitHub Actions, by workflow commands.
 *
 * GitHub shows ten errors, ten warnings and ten notices of a step and drops the others without a word:
 * where there are more, the tenth says how many. What fails the check is an error, whatever its level.
 */

import type { Answer } from "../query/answer.ts";
import { type Gap, levels, type ReportedFinding } from "../query/report.ts";
import { counted } from "./counts.ts";
import type { Format, Pieces } from "./format.ts";
import { safeText } from "./safe-text.ts";
import { standingWords } from "./standing.ts";

export const github: Format = {
  name: "github",
  summary: "findings as annotations, by workflow commands of GitHub Actions",
  machine: true,
  needsEvents: false,
  needsReport: true,
  render,
};

const kinds = ["error", "warning", "notice"] as const;
type Kind = (typeof kinds)[number];

interface Annotation {
  readonly kind: Kind;
  readonly title: string;
  readonly text: string;
  readonly file?: string;
  readonly line?: number;
}

const shownOfAKind = 10;

async function* render({ report, sentences: [headline = ""] }: Answer): Pieces {
  const { findings = [], gaps = [] } = report ?? {};
  const all = [...gaps.map(ofGap), ...findings.filter(isTold).map(ofFinding)];
  for (const kind of kinds) {
    const some = all.filter((one) => one.kind === kind);
    const shown = some.length > shownOfAKind ? some.slice(0, shownOfAKind - 1) : some;
    for (const one of shown) yield command(one);
    const more = some.length - shown.length;
    if (more > 0) {
      const title = `${counted(more, "annotation")} more`;
      yield command({ kind, title, text: `${headline} GitHub shows ten of a kind.` });
    }
  }
}

/** What somebody answers for needs nobody's attention. */
function isTold({ standing }: ReportedFinding): boolean {
  return standing.kind !== "excepted";
}

function ofGap({ about, problem, file, line, allowedBy }: Gap): Annotation {
  // Logs are hardly files of the repository, so that nothing would show the place.
  const text = about === "logs" && file !== undefined ? `${file}: ${problem}` : problem;
  const place = { ...(file !== undefined && { file }), ...(line !== undefined && { line }) };
  return allowedBy === undefined
    ? { kind: "error", title: "Not checked", text, ...place }
    : { kind: "warning", title: `Not checked, let pass by ${allowedBy}`, text, ...place };
}

function ofFinding({ rule, sentence, standing, events: [first] }: ReportedFinding): Annotation {
  const kept = standingWords(standing);
  const isMild = levels.indexOf(rule.level) < levels.indexOf("medium");
  const milder = isMild || standing.kind === "known" ? "notice" : "warning";
  const example = first?.eventID === undefined ? "" : ` Event ${first.eventID}.`;
  return {
    kind: kept === undefined ? "error" : milder,
    title: `${rule.title} (${[rule.level, ...(kept === undefined ? [] : [kept])].join(", ")})`,
    text: `${sentence}${example}`,
    file: rule.place.file,
    line: rule.place.line,
  };
}

/** `::error file=rules.yaml,line=3,title=...::text` */
function command({ kind, title, text, file, line }: Annotation): string {
  const properties = [
    ...(file === undefined ? [] : [`file=${property(file)}`]),
    ...(line === undefined ? [] : [`line=${line}`]),
    `title=${property(title)}`,
  ];
  return `::${kind} ${properties.join(",")}::${data(text)}\n`;
}

/** As the runner takes them apart again; line ends are visible by now. */
function data(text: string): string {
  return safeText(text).replaceAll("%", "%25");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

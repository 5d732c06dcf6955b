/**
 * What became of the exceptions: which let something pass, which no longer do, and which are of no use.
 */

import type { Exception, ExceptionSet } from "../../rules/exceptions.ts";
import { counted } from "../../words/sentences.ts";
import type { FoundFinding } from "./findings.ts";

interface Use {
  readonly exception: Exception;
  readonly state: "used" | "unused" | "expired";
  /** How many findings it lets pass, or would if it still held. */
  readonly findings: number;
}

function usesOf(
  { exceptions }: Pick<ExceptionSet, "exceptions">,
  findings: readonly FoundFinding[],
  now: number,
): readonly Use[] {
  return exceptions.map((exception) => {
    const isExpired = now >= exception.ends;
    const met = findings.filter((finding) =>
      isExpired ? finding.expired.includes(exception) : finding.exception === exception,
    );
    const state = isExpired ? "expired" : met.length > 0 ? "used" : "unused";
    return { exception, state, findings: met.length };
  });
}

/** For programs; nothing where there are no exceptions. */
export function exceptionFacts(...asked: Parameters<typeof usesOf>): {
  readonly exceptions?: readonly unknown[];
} {
  const uses = usesOf(...asked);
  if (uses.length === 0) return {};
  return {
    exceptions: uses.map(({ exception, state, findings }) => {
      const { rule, reason, owner, expires, place } = exception;
      return { rule, reason, owner, expires, file: place.file, line: place.line, state, findings };
    }),
  };
}

/** Those to be looked after, the expired ones first. */
export function exceptionSentences(...asked: Parameters<typeof usesOf>): readonly string[] {
  const uses = usesOf(...asked);
  const inState = (wanted: Use["state"]) => uses.filter(({ state }) => state === wanted);
  return [
    ...inState("expired").map(({ exception, findings }) => {
      const fails = `${counted(findings, "finding")} ${findings === 1 ? "is" : "are"} no longer let pass`;
      const then = findings === 0 ? "nothing would need it; take it out" : fails;
      return `Expired on ${exception.expires}: the exception ${wordsFor(exception)}; ${then}.`;
    }),
    ...inState("unused").map(
      ({ exception }) => `Not needed by these logs: the exception ${wordsFor(exception)}.`,
    ),
  ];
}

function wordsFor({ rule, owner, place: { file, line } }: Exception): string {
  return `from ${rule} of ${owner} (${file}:${line})`;
}

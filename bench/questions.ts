/**
 * The questions, and their right answers as lines that any program's answer can be brought to.
 */

import type { Counts, Truth } from "./generator/truth.ts";

export const questions = {
  bucket: "who deleted the bucket orders-archive-prod",
  behind: "who is behind the deletion of the table orders-ledger-prod",
  user: "one IAM user within two hours",
  address: "one source address",
  names: "count by event name",
  denied: "denied calls by identity",
  identity: "count by identity",
  ten: "load everything, then ten questions",
} as const;

export type Question = keyof typeof questions;
export const questionNames = Object.keys(questions) as readonly Question[];
/** Those that the goals are about. */
export const mainQuestions: readonly Question[] = ["bucket", "behind", "names", "identity", "ten"];

/** The ten questions of `ten`, in their order. */
export const tenQuestions = [
  "bucket",
  "user",
  "address",
  "names",
  "denied",
  "regions",
  "errors",
  "days",
  "signIns",
  "instance",
] as const;

export type Asked = Exclude<Question, "ten"> | (typeof tenQuestions)[number];
/** What can be answered from each event on its own. */
export type Plain = Exclude<Asked, "behind">;

/** Sorted lines. Those of `ten` begin with the number of the question. */
export function expectedLines(question: Question, truth: Truth): readonly string[] {
  if (question !== "ten") return right(question, truth).toSorted();
  return numbered(tenQuestions.map((asked) => right(asked, truth)));
}

export function numbered(answers: readonly (readonly string[])[]): readonly string[] {
  return answers.flatMap((lines, i) => lines.map((line) => `${i + 1} ${line}`)).toSorted();
}

function right(asked: Asked, truth: Truth): string[] {
  const { bucket, behind, user, address, instance, counts } = truth;
  switch (asked) {
    case "bucket":
      return callLines(bucket);
    case "behind":
      return [
        ...callLines(behind),
        ...behind.origins.map((arn) => `behind ${arn}`),
        ...behind.issuing.map((eventID) => `issued ${eventID}`),
        ...behind.starters.map((eventID) => `started ${eventID}`),
      ];
    case "user":
      return [...user.eventIDs];
    case "address":
      return [...address.eventIDs];
    case "names":
      return countLines(counts.eventName);
    case "identity":
      return countLines(counts.identity);
    case "denied":
      return countLines(counts.denied);
    case "regions":
      return countLines(counts.awsRegion);
    case "errors":
      return countLines(counts.errorCode);
    case "days":
      return countLines(counts.day);
    case "signIns":
      return countLines(counts.signInsByAddress);
    case "instance":
      return [...instance.eventIDs];
  }
}

/** Who did it and who tried, without who is behind them. */
export function callLines({ deletions, attempts }: Truth["bucket" | "behind"]): string[] {
  return [
    ...deletions.map((eventID) => `deleted ${eventID}`),
    ...attempts.map((eventID) => `tried ${eventID}`),
  ];
}

export function countLines(counts: Counts): string[] {
  return Object.entries(counts).map(([value, count]) => `${value} ${count}`);
}

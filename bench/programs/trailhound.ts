/**
 * trailhound, as built: the commands a user would type, and its JSON read back.
 */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Truth } from "../generator/truth.ts";
import type { Command } from "../measure.ts";
import { type Asked, numbered, type Question, tenQuestions } from "../questions.ts";
import { type Input, outputOf, type Program, type Run } from "./program.ts";

const trailhoundFile = fileURLToPath(new URL("../../bin/trailhound.js", import.meta.url));

/** The part of trailhound's JSON that is compared. Sections that a verb has not are absent. */
export interface Document {
  readonly verb: string;
  readonly facts?: { readonly behind?: BehindFacts; readonly cause?: CauseFacts };
  readonly events?: readonly EventRow[];
  readonly attempts?: readonly EventRow[];
  readonly groups?: readonly GroupRow[];
  readonly sessions?: readonly SessionRow[];
  readonly buckets?: readonly { readonly start: string; readonly events: number }[];
  readonly coverage: { readonly files: number; readonly outsideWindow: number };
  /** Only from `ask`: how long the question took. */
  readonly elapsedMs?: number;
}

interface BehindFacts {
  readonly origins: readonly { readonly arn: string | null }[];
  readonly hops: readonly { readonly calls: readonly Call[] }[];
}

/** The call that started the service which made the call. */
interface CauseFacts {
  readonly calls?: readonly Call[];
}

interface Call {
  readonly eventID: string | null;
}

/** With `--fields eventID` the field itself, else the whole record. */
export interface EventRow {
  readonly eventID?: string;
  readonly outcome?: string;
  readonly record?: { readonly eventID: string };
}

interface SessionRow {
  readonly session: string | null;
  readonly events: number;
}

/** The value counted by, under its field's name, and how many events have it. */
interface GroupRow {
  readonly [field: string]: unknown;
  readonly events: number;
}

export const version = () => outputOf(process.execPath, trailhoundFile, "--version");

export const trailhound: Program = {
  name: "trailhound",
  version,
  run: (question, input) => run(question, input, []),
};

export function trailhoundWith(...rest: readonly string[]): Command {
  return { file: process.execPath, arguments: [trailhoundFile, ...rest] };
}

export function run(question: Question, input: Input, more: readonly string[]): Run {
  if (question === "ten") {
    const list = join(input.folder, "questions.txt");
    const commands = tenQuestions.map((asked) => words(asked, input.truth).join(" "));
    writeFileSync(list, `${commands.join("\n")}\n`);
    return {
      command: trailhoundWith("ask", list, input.path, "--format", "ndjson", ...more),
      lines: (stdout) => numbered(documents(stdout).map(linesOf)),
      figures: (stdout) => timesOf(documents(stdout)),
    };
  }
  return {
    command: trailhoundWith(
      ...[...words(question, input.truth), input.path, "--format", "json", ...more],
    ),
    lines: (stdout) => [
      ...linesOf(parsed(stdout)),
      ...(question === "behind" ? behindLines(parsed(stdout)) : []),
    ],
    figures: (stdout): Readonly<Record<string, number>> => {
      if (question !== "user") return {};
      const { files, outsideWindow } = parsed(stdout).coverage;
      return { "files opened": files, "files left closed": outsideWindow };
    },
  };
}

/** The question as a user would type it, without the logs. */
function words(asked: Asked, truth: Truth): readonly string[] {
  const { bucket, behind, user, address, instance } = truth;
  switch (asked) {
    case "bucket":
      return ["who", "deleted", bucket.name];
    case "behind":
      return ["who", "deleted", behind.table];
    case "user":
      return [
        ...["search", "--user", user.name, "--since", user.since, "--until", user.until],
        ...["--fields", "eventID"],
      ];
    case "address":
      return ["search", "--ip", address.address, "--fields", "eventID"];
    case "names":
      return ["stats", "--by", "eventName"];
    case "identity":
      return ["stats", "--by", "identity"];
    case "denied":
      return ["stats", "--by", "identity", "--outcome", "denied"];
    case "regions":
      return ["stats", "--by", "awsRegion"];
    case "errors":
      return ["stats", "--by", "errorCode"];
    case "days":
      return ["timeline", "--by", "day"];
    case "signIns":
      return ["stats", "--by", "sourceIPAddress", "--event", "ConsoleLogin"];
    case "instance":
      return ["search", "--resource", instance.id, "--fields", "eventID"];
  }
}

// Believed to have the shape: a wrong one gives wrong lines, which is what the check is for.
export function parsed(text: string): Document {
  return JSON.parse(text) as Document;
}

function documents(stdout: string): readonly Document[] {
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .map(parsed);
}

function linesOf(document: Document): readonly string[] {
  const { verb, events = [], attempts = [], groups = [], buckets = [] } = document;
  const done = verb === "who" ? "deleted " : "";
  return [
    ...events.map((row) => `${done}${idOf(row)}`),
    ...attempts.map((row) => `tried ${idOf(row)}`),
    ...groups.flatMap(groupLine),
    ...buckets.flatMap(({ start, events: count }) =>
      count === 0 ? [] : [`${start.slice(0, 10)} ${count}`],
    ),
  ];
}

function behindLines({ facts: { behind, cause } = {} }: Document): readonly string[] {
  return [
    ...(cause?.calls ?? []).map(({ eventID }) => `started ${eventID}`),
    ...(behind?.origins ?? []).map(({ arn }) => `behind ${arn}`),
    ...(behind?.hops ?? []).flatMap(({ calls }) => calls).map(({ eventID }) => `issued ${eventID}`),
  ];
}

/** Events without a value have a group too, which the right answers leave out. */
function groupLine(group: GroupRow): readonly string[] {
  const [value] = Object.entries(group)
    .find(([key]) => !ownKeys.has(key))
    ?.slice(1) ?? [null];
  return value === null ? [] : [`${value} ${group.events}`];
}

const ownKeys = new Set(["mark", "events", "first", "last"]);

export function idOf({ eventID, record }: EventRow): string {
  return eventID ?? record?.eventID ?? "";
}

function timesOf(answers: readonly Document[]): Readonly<Record<string, number>> {
  const times = answers.map(({ elapsedMs = Number.NaN }) => elapsedMs);
  const resource = times[tenQuestions.indexOf("instance")] ?? Number.NaN;
  const sorted = times.toSorted((a, b) => a - b);
  return {
    "median ms a question": sorted[Math.floor(sorted.length / 2)] ?? Number.NaN,
    "slowest ms a question": sorted.at(-1) ?? Number.NaN,
    "ms for the resource": resource,
  };
}

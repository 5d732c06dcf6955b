/**
 * `trailhound ask`: many questions about the same logs, which are read and indexed once.
 *
 * It stands here and not among the verbs because its questions are command lines themselves.
 */

import type { Coverage } from "../query/coverage.ts";
import type { Engine, Question as EngineQuestion } from "../query/query.ts";
import { UserError } from "../query/user-error.ts";
import { safeText } from "../render/safe-text.ts";
import { allSessions, asksAllSessions, linkQuestions } from "../resolve/gather.ts";
import { verbs } from "../verbs/index.ts";
import type { Verb, VerbDescription } from "../verbs/verb.ts";
import {
  answerOf,
  formatFor,
  questionsOf,
  renderOptions,
  type Status,
  statusOf,
} from "./answering.ts";
import { wordsOfLine } from "./command-line.ts";
import { type Settings, settingsFrom } from "./options.ts";
import { type Command, parse } from "./program.ts";
import type { Terminal } from "./terminal.ts";

export const ask: VerbDescription = {
  name: "ask",
  summary: "answer many questions about the same logs, reading them once",
  details:
    "The file holds one question a line, written as on the command line but without paths; empty " +
    "lines and lines that begin with # are passed over. With --format json or ndjson each answer " +
    "is a JSON document on a line of its own.",
  arguments: [{ name: "<file>", help: "the questions" }],
  takes: [],
  readsLogs: true,
  examples: [
    { command: "ask questions.txt --format ndjson", says: "one JSON document a question" },
  ],
};

export interface Question {
  /** As the file has it. */
  readonly text: string;
  readonly command: Command<Verb>;
  readonly settings: Settings;
  /** What is known of what it will ask of the logs. */
  readonly asks: readonly EngineQuestion[];
}

/** All are read before any is asked, so that a slip in the last costs no time. */
export function readQuestions(file: string, text: string, clock: number): readonly Question[] {
  return text.split(/\r?\n/).flatMap((line, i) => {
    const question = line.trim();
    if (question === "" || question.startsWith("#")) return [];
    try {
      const command = commandOf(question);
      const settings = settingsFrom(command.values, clock);
      return [{ text: question, command, settings, asks: questionsOf(command, settings) }];
    } catch (cause) {
      if (!(cause instanceof UserError)) throw cause;
      throw new UserError(`${file}, line ${i + 1}: ${cause.message}`, { cause });
    }
  });
}

function commandOf(question: string): Command<Verb> {
  const parsed = parse(wordsOfLine(question), { verbs, takesPaths: false });
  if (parsed.kind === "command") {
    const flag = ["geoip", "verified", "publicKeys", "headObject", "out"].find(
      (name) => name in parsed.values,
    );
    if (flag === undefined) return parsed;
    const written = flag.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    throw new UserError(`--${written} is for all questions at once; give it to ask itself`);
  }
  throw new UserError(
    parsed.isError ? parsed.text.replace(/^trailhound: /, "").trim() : `"${question}" asks nothing`,
  );
}

export interface Asking {
  readonly engine: Engine;
  /** Those of `ask` itself decide how answers look; those of a question, what is asked. */
  readonly settings: Settings;
  readonly terminal: Terminal;
  readonly write: (text: string) => Promise<void>;
}

export interface Asked {
  readonly status: Status;
  /** Of all questions. */
  readonly coverage: Coverage;
}

export async function answerAll(
  questions: readonly Question[],
  { engine, settings: { format: formatName, redact }, terminal, write }: Asking,
): Promise<Asked> {
  const asDocuments = formatName === "json" || formatName === "ndjson";
  const format = formatFor("--format", asDocuments ? "json" : formatName, ask);
  if (format.machine && !asDocuments) {
    throw new UserError(`ask cannot answer with --format ${formatName}`);
  }
  // The load is no question's time, nor is linking all sessions in it, where a question asks for them.
  const looks = questions.flatMap(({ asks }) => asks.flatMap(looked));
  const reading = engine.reading([...linkQuestions, { kind: "survey" }, ...looks]);
  await reading.survey();
  if (questions.some(({ asks }) => asksAllSessions(asks))) await allSessions(reading);
  const statuses: Status[] = [];
  for (const { text, command, settings } of questions) {
    const started = performance.now();
    const answer = await answerOf(engine, command, {
      ...settings,
      redact: redact || settings.redact,
    });
    const chunks: Uint8Array[] = [];
    for await (const chunk of format.render(
      { ...answer, question: text },
      renderOptions(settings, terminal),
    )) {
      chunks.push(Buffer.from(chunk));
    }
    const elapsedMs = Math.round(100 * (performance.now() - started)) / 100;
    const body = Buffer.concat(chunks).toString();
    await write(
      asDocuments
        ? onOneLine(body, elapsedMs)
        : `## ${safeText(text)}\n\n${body}\n(${elapsedMs} ms)\n\n`,
    );
    statuses.push(statusOf(answer));
  }
  const status = statuses.includes(2) ? 2 : statuses.includes(0) ? 0 : 1;
  return { status, coverage: reading.coverage() };
}

/** What a question looks at, for an index to have at hand: few of its events will be read. */
function looked(question: EngineQuestion): readonly EngineQuestion[] {
  switch (question.kind) {
    case "events": {
      const { filter, sort } = question;
      return [{ kind: "groups", filter, by: sort === undefined ? [] : [sort] }];
    }
    case "groups":
      return [question];
    default:
      return [];
  }
}

/** The document keeps its own text: parsing it would round the long numbers of its records. */
function onOneLine(document: string, elapsedMs: number): string {
  const line = document.replaceAll("\n", "");
  return `${line.slice(0, line.lastIndexOf("}"))},"elapsedMs":${elapsedMs}}\n`;
}

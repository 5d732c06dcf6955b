/**
 * The command line: arguments in, what is asked for out. Commander parses; nothing is run or written
 * here.
 */

import { Argument, CommanderError, Option, Command as Parser } from "commander";
import type { Example, Glossary, VerbDescription } from "../verbs/verb.ts";
import { optionsFor, repeatable, type Values } from "./options.ts";

export interface Command<V extends VerbDescription> {
  readonly kind: "command";
  readonly verb: V;
  readonly arguments: readonly string[];
  readonly paths: readonly string[];
  readonly values: Values;
  /** The verb's help page, for when there is nothing to read. */
  help(): string;
}

export type Parsed<V extends VerbDescription> =
  | Command<V>
  /** Help, the version, or what is wrong with the arguments. */
  | { readonly kind: "text"; readonly text: string; readonly isError: boolean };

export interface Program<V extends VerbDescription> {
  readonly verbs: readonly V[];
  /** False where questions are asked about logs already loaded. */
  readonly takesPaths: boolean;
  readonly version?: string;
  /** Columns for help. */
  readonly width?: number;
}

export function parse<V extends VerbDescription>(
  args: readonly string[],
  { verbs, takesPaths, version = "", width = 80 }: Program<V>,
): Parsed<V> {
  let text = "";
  let command: Command<V> | undefined;
  const root = new Parser("trailhound")
    .usage("<verb> [flags] [paths...]")
    .description(`${purpose}\n\n${examplesOf(firstSteps)}`)
    .version(version)
    .helpCommand("help [verb]", "show the help page of a verb")
    .exitOverride()
    .configureOutput({
      writeOut: (written) => {
        text += written;
      },
      writeErr: (written) => {
        text += written;
      },
      outputError: (message, write) => write(oneLine(message, "trailhound --help")),
      getOutHelpWidth: () => width,
      getErrHelpWidth: () => width,
    })
    .configureHelp({
      subcommandTerm: (verb) =>
        [verb.name(), ...verb.registeredArguments.filter(isQuestion).map(usage)].join(" "),
    })
    .addHelpText(
      "after",
      `\n${statusLines(usualStatuses)}\n\ntrailhound help <verb> shows the flags of a verb.`,
    );
  const choose = (verb: V, own: number, parser: Parser) => {
    command = {
      kind: "command",
      verb,
      arguments: parser.args.slice(0, own),
      paths: parser.args.slice(own),
      values: parser.opts(),
      help() {
        text = "";
        parser.outputHelp();
        return text;
      },
    };
  };
  for (const verb of verbs) addVerb(root, verb, takesPaths, choose);
  try {
    root.parse(isHelpOnNothing(args, verbs) ? args.slice(1) : args, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { kind: "text", text, isError: error.exitCode !== 0 };
  }
  return command ?? { kind: "text", text: root.helpInformation(), isError: true };
}

function addVerb<V extends VerbDescription>(
  root: Parser,
  verb: V,
  takesPaths: boolean,
  choose: (verb: V, own: number, parser: Parser) => void,
): void {
  const { name, summary, details, readsLogs, examples, glossary } = verb;
  const { statuses = usualStatuses } = verb;
  const own = verb.arguments ?? [];
  const says = details === undefined ? sentence(summary) : `${sentence(summary)} ${details}`;
  const [last = name, group] = name.split(" ").toReversed();
  const command = groupIn(root, group)
    .command(last)
    .summary(summary)
    .description(`${says}\n\n${examplesOf(readsLogs ? examples.map(onLogs) : examples)}`)
    .configureOutput({
      outputError: (message, write) => write(oneLine(message, helpOn(name))),
    });
  for (const { name: argument, help } of own) command.addArgument(new Argument(argument, help));
  if (takesPaths && readsLogs) {
    command.addArgument(
      new Argument("[paths...]", "files and folders of logs; - is standard input"),
    );
  }
  for (const given of Object.values(verb.options ?? {})) {
    const { flags, help, choices, byDefault, isRepeated } = given;
    const option = new Option(flags, help);
    if (isRepeated) repeatable(option);
    if (choices !== undefined) option.choices(choices);
    if (byDefault !== undefined) option.default(byDefault);
    command.addOption(option);
  }
  for (const option of optionsFor(verb)) command.addOption(option);
  const explained = glossary === undefined ? "" : `\n${wordsOf(glossary)}\n`;
  command.addHelpText("after", `${explained}\n${statusLines(statuses)}`);
  command.action(() => choose(verb, own.length, command));
}

/** What a verb of two words stands under, made by the first of them. */
function groupIn(root: Parser, group: string | undefined): Parser {
  if (group === undefined) return root;
  const known = root.commands.find((one) => one.name() === group);
  return (
    known ??
    root
      .command(group)
      .usage("<verb> [flags]")
      .summary(groups[group] ?? "")
      .description(sentence(groups[group] ?? ""))
      .helpCommand("help [verb]", "show the help page of a verb")
  );
}

const groups: { readonly [group: string]: string } = {
  rules: "work on the rules of check: list, lint, test, explain, backtest, schema",
};

function helpOn(name: string): string {
  return name.includes(" ") ? `trailhound ${name} --help` : `trailhound help ${name}`;
}

const purpose =
  "Ask AWS CloudTrail logs who did what. Logs are files and folders, plain or gzip; without a path, " +
  "standard input.";

const firstSteps: readonly Example[] = [
  { command: "who deleted orders-archive-prod logs/", says: "who did it, who tried, and when" },
  { command: "search -u mallory.k --outcome denied logs/", says: "what one user was denied" },
  { command: "stats --by identity --last 24h logs/", says: "who was busiest since yesterday" },
];

function examplesOf(examples: readonly Example[]): string {
  const shown = examples.map(({ command, says }) => `  trailhound ${command}\n      ${says}`);
  return ["Examples:", ...shown].join("\n");
}

function wordsOf({ title, terms }: Glossary): string {
  return [`${title}:`, ...terms.map(({ words, help }) => `  ${words}\n      ${help}`)].join("\n");
}

function onLogs({ command, says }: Example): Example {
  return { command: `${command} logs/`, says };
}

/** Commander answers it with the help of the whole program, as if that had been asked for. */
function isHelpOnNothing(
  [first, name]: readonly string[],
  verbs: readonly VerbDescription[],
): boolean {
  return (
    first === "help" &&
    name !== undefined &&
    !verbs.some((verb) => verb.name.split(" ")[0] === name)
  );
}

const usualStatuses: NonNullable<VerbDescription["statuses"]> = [
  "found something",
  "found nothing",
  "not answered, or answered from part of the input",
];

function statusLines(statuses: typeof usualStatuses): string {
  return ["Exit status:", ...statuses.map((says, status) => `  ${status}  ${says}`)].join("\n");
}

function isQuestion({ variadic }: Argument): boolean {
  return !variadic;
}

function usage(argument: Argument): string {
  return argument.required ? `<${argument.name()}>` : `[${argument.name()}]`;
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

/** Commander says `error: ...` and puts its suggestion, where it has one, on a second line. */
function oneLine(message: string, help: string): string {
  const [problem = "", ...suggestion] = message.trim().split(/\n+/);
  const told = suggestion.length > 0 || problem.includes("Allowed choices");
  const next = told ? suggestion : [`(see ${help})`];
  return `${[problem.replace(/^error: /, "trailhound: "), ...next].join(" ")}\n`;
}

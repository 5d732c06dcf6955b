/**
 * The flags that verbs have in common, and what their values come to. Those that filter are printed
 * from the field catalogue; nothing here is read from a file, so a wrong value is told at once.
 */

import { Option } from "commander";
import { type Field, type FieldName, fieldNames, fields } from "../event/fields.ts";
import { isTimeZone, parseDuration, parseMoment } from "../event/time.ts";
import type { Subject } from "../query/filter.ts";
import { type FlagValues, filterFromFlags } from "../query/flags.ts";
import { subjectsNamed } from "../query/subject.ts";
import { UserError } from "../query/user-error.ts";
import { formats } from "../render/index.ts";
import type { Scope, Takes, VerbDescription } from "../verbs/verb.ts";
import { type ColourChoice, colourChoices } from "./terminal.ts";

/** Values by the name that commander makes of the long flag: `--late-delivery` is `lateDelivery`. */
export type Values = Readonly<Record<string, unknown>>;

interface TimeWindow {
  readonly from?: number;
  readonly until?: number;
}

/** What the flags say, beside what is the verb's own. */
export interface Settings
  extends Pick<
    Scope,
    | "filter"
    | "ignoreCase"
    | "fields"
    | "sort"
    | "descending"
    | "limit"
    | "byHuman"
    | "timeZone"
    | "moment"
  > {
  /** Users are to be found under their own name only. */
  readonly direct: boolean;
  /** What only claims to be a user's counts for them. */
  readonly claimed: boolean;
  readonly format: string;
  readonly colour: ColourChoice;
  /** Tables are not fitted to the terminal. */
  readonly wide: boolean;
  /** Secrets are masked in whatever is written. */
  readonly redact: boolean;
  readonly window: TimeWindow;
  readonly lateDeliveryMs: number;
  readonly threads?: number;
  /** Only what digests prove is read. */
  readonly verified: boolean;
}

const flagged = fieldNames.flatMap((field) => {
  const { flag, help }: Field = fields[field];
  if (flag === undefined) return [];
  const { short, long, argument } = flag;
  const flags = `${short === undefined ? "" : `${short}, `}${long} ${argument}`;
  return [{ field, option: repeatable(new Option(flags, help)) }];
});

const filters: readonly Option[] = [
  ...flagged.map(({ option }) => option),
  repeatable(
    new Option("-r, --resource <name>", "mentioned by the call: a name, id, ARN, path or URL"),
  ),
  new Option("--ignore-case", "capitals and small letters are the same in names of resources"),
  new Option("--read-only", "only calls that read").conflicts("writes"),
  new Option("--writes", "only calls that do more than read"),
  new Option("--since <time>", "from then on: RFC 3339, a date, epoch, 2h, today, yesterday"),
  new Option("--until <time>", "up to and without then, in the same forms"),
  new Option("--last <duration>", "since so long ago: 90m, 2h, 7d").conflicts(["since", "until"]),
  repeatable(
    new Option("--where <expression>", "a boolean expression over any field path of the record"),
  ),
  new Option("--regex", "take texts given to these flags as RE2 regular expressions"),
  new Option("--direct", "only what --user did under that name, not through roles assumed"),
  new Option("--claimed", "for --user, also sessions that somebody else gave that name"),
].map((option) => option.helpGroup("Filters (repeated: or; different: and; !value excludes):"));

const reading: readonly Option[] = [
  new Option(
    "--late-delivery <duration>",
    "how late a file may be delivered: those whose names are further outside --since and --until " +
      "are not opened",
  ).default("24h"),
  repeatable(
    new Option(
      "--geoip <file>",
      "a database of addresses (.mmdb) for country and network; given twice, both are asked",
    ),
  ),
  new Option(
    "--verified",
    "read only logs that digests beside them prove unchanged; needs --public-keys",
  ),
  repeatable(
    new Option(
      "--public-keys <file>",
      "what aws cloudtrail list-public-keys printed, to check the signatures of digests",
    ),
  ),
  repeatable(
    new Option(
      "--head-object <path>",
      "what aws s3api head-object printed for a newest digest: its signature; or a folder of such",
    ),
  ),
  new Option("--threads <count>", "how many threads read; as many as there are cores by default"),
].map((option) => option.helpGroup("Reading:"));

const listing: Readonly<Record<Exclude<Takes, "filter">, readonly Option[]>> = {
  fields: [new Option("--fields <field,...>", "these fields or paths in place of the columns")],
  sort: [
    new Option("--sort <field>", "order by a field or path; by time otherwise"),
    new Option("--reverse", "the other way round: newest first"),
  ],
  limit: [new Option("-n, --limit <count>", "at most so many rows; all otherwise")],
  byHuman: [new Option("--by-human", "tell of sessions who is behind them, and count by that")],
};

const showing: readonly Option[] = [
  ...["json", "ndjson", "csv"].map((name) =>
    new Option(`--${name}`, `short for --format ${name}`).implies({ format: name }),
  ),
  new Option(
    "--tz <zone>",
    "IANA time zone, or local: for times without one and times shown",
  ).default("UTC"),
  new Option(
    "--redact",
    "mask secrets, known by their key or their shape; the same secret has the same mark",
  ),
  new Option("--wide", "all columns of a table, however wide the terminal"),
  new Option("--color <when>", "colour the answer").choices(colourChoices).default("auto"),
];

/** Those for pipelines only where there is something to gate. */
function formatOption(givesReport: boolean): Option {
  const names = Object.values(formats).filter((format) => givesReport || !format.needsReport);
  return new Option("-f, --format <format>", "how to write the answer").choices(
    names.map(({ name }) => name),
  );
}

const outs = repeatable(
  new Option(
    "--out <format=path>",
    "write the answer to a file as well, whole or not at all: sarif=report.sarif; repeatable",
  ),
);

/** The clock, for tests. */
const hidden = new Option("--now <time>").hideHelp();

/** What says which records are read, and what is known of them. */
const aboutRecords: readonly string[] = ["lateDelivery", "geoip", "verified"];

/** In the order of the help page. */
export function optionsFor({
  takes,
  readsLogs,
  judgesFiles,
  givesReport,
}: Pick<
  VerbDescription,
  "takes" | "readsLogs" | "judgesFiles" | "givesReport"
>): readonly Option[] {
  const output = [
    ...(["fields", "sort", "limit", "byHuman"] as const).flatMap((name) =>
      takes.includes(name) ? listing[name] : [],
    ),
    formatOption(givesReport === true),
    ...(givesReport ? [outs] : []),
    ...showing,
  ].map((option) => option.helpGroup("Output:"));
  return [
    ...(takes.includes("filter") ? filters : []),
    ...output,
    ...(readsLogs ? reading : []).filter(
      (option) => !judgesFiles || !aboutRecords.includes(option.attributeName()),
    ),
    hidden,
  ];
}

/** `clock` is the time now unless `--now` says otherwise; epoch milliseconds. */
export function settingsFrom(values: Values, clock: number): Settings {
  const given = (flag: string) => textOf(values, flag);
  const timeZone = zoneFrom(given("tz") ?? "UTC");
  const now = timeFrom("--now", given("now"), { now: clock, timeZone }) ?? clock;
  const window = windowFrom(given, { now, timeZone });
  const sort = oneSubject("--sort", given("sort"));
  const list = given("fields");
  const limit = countFrom("--limit", given("limit"), 0);
  const threads = countFrom("--threads", given("threads"), 1);
  return {
    format: given("format") ?? "table",
    colour: colourChoices.find((choice) => choice === given("color")) ?? "auto",
    wide: isGiven(values, "wide"),
    redact: isGiven(values, "redact"),
    window,
    lateDeliveryMs: durationFrom("--late-delivery", given("lateDelivery") ?? "24h"),
    filter: filterFromFlags(flagValues(values, window)),
    direct: isGiven(values, "direct"),
    ignoreCase: isGiven(values, "ignoreCase"),
    claimed: isGiven(values, "claimed"),
    descending: isGiven(values, "reverse"),
    byHuman: isGiven(values, "byHuman"),
    verified: isGiven(values, "verified"),
    timeZone,
    moment: (text) => parseMoment(text, { now, timeZone }),
    ...(sort === undefined ? {} : { sort }),
    ...(list === undefined ? {} : { fields: subjectsNamed(list, "--fields") }),
    ...(limit === undefined ? {} : { limit }),
    ...(threads === undefined ? {} : { threads }),
  };
}

function flagValues(values: Values, window: TimeWindow): FlagValues {
  const given: { [field in FieldName]?: readonly string[] } = {};
  for (const { field, option } of flagged) given[field] = textsOf(values, option.attributeName());
  return {
    ...window,
    fields: given,
    resource: textsOf(values, "resource"),
    where: textsOf(values, "where"),
    regex: isGiven(values, "regex"),
    ignoreCase: isGiven(values, "ignoreCase"),
    ...(isGiven(values, "readOnly") ? { readOnly: true } : {}),
    ...(isGiven(values, "writes") ? { readOnly: false } : {}),
  };
}

interface Clock {
  readonly now: number;
  readonly timeZone: string;
}

function windowFrom(given: (flag: string) => string | undefined, clock: Clock): TimeWindow {
  const last = given("last");
  if (last !== undefined) return { from: clock.now - durationFrom("--last", last) };
  const from = timeFrom("--since", given("since"), clock);
  const until = timeFrom("--until", given("until"), clock);
  if (from !== undefined && until !== undefined && from >= until) {
    throw new UserError("--since is not before --until, so no event can match");
  }
  return {
    ...(from === undefined ? {} : { from }),
    ...(until === undefined ? {} : { until }),
  };
}

function timeFrom(flag: string, text: string | undefined, clock: Clock): number | undefined {
  if (text === undefined) return undefined;
  const time = parseMoment(text, clock);
  if (time !== undefined) return time;
  throw new UserError(
    `${flag}: "${text}" is no time; give 2026-11-05T09:14:03Z, 2026-11-05, epoch seconds, 2h, ` +
      "today or yesterday",
  );
}

function durationFrom(flag: string, text: string): number {
  const duration = parseDuration(text);
  if (duration !== undefined) return duration;
  throw new UserError(`${flag}: "${text}" is no duration; give 90m, 2h or 7d`);
}

function zoneFrom(text: string): string {
  if (text === "local") return new Intl.DateTimeFormat("en").resolvedOptions().timeZone;
  if (isTimeZone(text)) return text;
  throw new UserError(`--tz: "${text}" is no time zone; give Europe/Berlin, UTC or local`);
}

function countFrom(flag: string, text: string | undefined, least: number): number | undefined {
  if (text === undefined) return undefined;
  const count = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (count >= least) return count;
  throw new UserError(`${flag}: "${text}" is no whole number of at least ${least}`);
}

function oneSubject(flag: string, text: string | undefined): Subject | undefined {
  if (text === undefined) return undefined;
  const [subject, ...more] = subjectsNamed(text, flag);
  if (more.length > 0) throw new UserError(`${flag}: takes one field, not "${text}"`);
  return subject;
}

/** Its value is a list of all that it is given. */
export function repeatable(option: Option): Option {
  return option.argParser((value: string, before: readonly string[] = []) => [...before, value]);
}

function textOf(values: Values, name: string): string | undefined {
  const value = values[name];
  return typeof value === "string" ? value : undefined;
}

/** Files and folders by the flags that name them. */
export function filesGiven(values: Values) {
  return {
    geoip: textsOf(values, "geoip"),
    publicKeys: textsOf(values, "publicKeys"),
    headObjects: textsOf(values, "headObject"),
    outs: textsOf(values, "out"),
  };
}

function textsOf(values: Values, name: string): readonly string[] {
  const value = values[name];
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}

function isGiven(values: Values, name: string): boolean {
  return values[name] === true;
}

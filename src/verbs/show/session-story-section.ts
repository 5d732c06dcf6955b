/**
 * A story as a table: one row a step, and beside it what is worth noticing.
 */

import { parseAddress } from "../../event/address.ts";
import { describeIdentity } from "../../event/identity.ts";
import { serviceIn } from "../../event/names.ts";
import { type Outcome, outcomeOf } from "../../event/outcome.ts";
import { type CloudTrailRecord, textsAt } from "../../event/record.ts";
import { valuesOf } from "../../event/values.ts";
import type { Cell, Column, Row, Section } from "../../query/answer.ts";
import type { Span } from "../../query/span.ts";
import { issuedTo } from "../../resolve/issuers.ts";
import { countCell, timeCell } from "../../words/cells.ts";
import { sessionName } from "../../words/chain-words.ts";
import { markOf } from "../../words/event-rows.ts";
import { clientOf } from "../../words/event-words.ts";
import { counted, factWords, grouped, lasting, listed } from "../../words/sentences.ts";
import { isConsole, type SessionStory, type Step } from "./session-story.ts";

const columns: readonly Column[] = [
  { name: "time", title: "Time" },
  { name: "who", title: "Who", rank: 1, wrap: true },
  { name: "did", title: "Did" },
  { name: "what", title: "What", wrap: true },
  { name: "events", title: "Events", rank: 2, align: "right" },
  { name: "outcome", title: "Outcome", rank: 3, wrap: true },
  { name: "from", title: "From", rank: 5 },
  { name: "client", title: "Client", rank: 6, wrap: true },
  { name: "note", title: "Note", rank: 4, wrap: true },
  { name: "eventID", title: "Event ID", rank: 7, id: true },
];

export function storySection({ steps, events }: SessionStory, limit: number | undefined): Section {
  const shown = steps.slice(0, limit);
  return {
    name: "story",
    columns,
    rows: shown.map(row),
    folded: shown.length === steps.length ? events : shown.flatMap((step) => step.events),
  };
}

export function storySpan({ steps }: SessionStory): Span {
  const firsts = steps.flatMap(({ span }) => span.first ?? []);
  const lasts = steps.flatMap(({ span }) => span.last ?? []);
  const [first, last] = [firsts[0], lasts.at(-1)];
  return first === undefined || last === undefined ? {} : { first, last };
}

/** What the rows hold, and what of them is worth noticing. */
export function storyWords({ steps, events, wentOn }: SessionStory): readonly string[] {
  if (events.length === 0) return ["The flags let none of its calls through."];
  const theirs = wentOn.sessions === 1 ? "the session" : `the ${grouped(wentOn.sessions)} sessions`;
  const addresses = new Set(
    steps
      .flatMap(({ record }) => valuesOf("sourceIPAddress", record))
      .filter((address) => parseAddress(address) !== undefined),
  );
  return [
    ...(steps.length === events.length
      ? []
      : [`They are told in ${counted(steps.length, "row")}.`]),
    ...(wentOn.sessions === 0
      ? []
      : [
          `${grouped(wentOn.calls)} of the calls ${wentOn.calls === 1 ? "was" : "were"} made in ${theirs} ` +
            "that it went on as.",
        ]),
    ...(addresses.size > 1 ? [`They came from ${listed([...addresses], 5)}.`] : []),
  ];
}

/** ` (3 writes, 1 without success)` */
export function storyFacts({ events }: SessionStory): string {
  const writes = events.filter(({ record }) => valuesOf("readOnly", record).includes("false"));
  const failures = events.filter(({ record }) => outcomeOf(record) !== "success");
  return factWords(writes.length, failures.length);
}

function row(step: Step): Row {
  const { record, span, events, targets } = step;
  return {
    cells: [
      timeCell(span.first),
      { text: describeIdentity(record).name },
      { text: didWords(step) },
      targetsCell(step.calls.size > 1 ? [] : targets, step),
      countCell(events.length),
      { text: outcomeWords(step) },
      { text: valuesOf("sourceIPAddress", record)[0] },
      { text: clientOf(record) },
      { text: notes(step).join("; ") || undefined },
      { text: valuesOf("eventID", record)[0] },
    ],
    mark: markOf[worst(step)],
  };
}

/** `s3:DeleteBucket`; `14 reads in the console: ec2` for what a page made. */
function didWords({ record, calls, events }: Step): string | undefined {
  const services = events.flatMap((event) => valuesOf("eventSource", event.record).map(serviceIn));
  const [service] = services;
  const [call, ...others] = calls.keys();
  if (others.length === 0) return service === undefined ? call : `${service}:${call}`;
  const place = isConsole(clientOf(record) ?? "") ? " in the console" : "";
  return `${grouped(events.length)} reads${place}: ${listed(byFrequency(services))}`;
}

function byFrequency(texts: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].sort(([, n], [, m]) => m - n).map(([text]) => text);
}

/** Of a page the calls that it made, most first; else what the calls acted on. */
function targetsCell(targets: readonly string[], { calls }: Step): Cell {
  if (calls.size > 1) {
    const names = [...calls]
      .sort(([, n], [, m]) => m - n)
      .map(([name, n]) => (n === 1 ? name : `${name} x${grouped(n)}`));
    return { text: listed(names), items: names };
  }
  const [first, ...others] = targets;
  return others.length === 0 ? { text: first } : { text: listed(targets), value: targets };
}

const byGravity: readonly Outcome[] = ["denied", "failed", "dry-run", "success"];

function worst({ outcomes }: Step): Outcome {
  return byGravity.find((outcome) => outcomes.has(outcome)) ?? "success";
}

/** `denied (AccessDenied)`, `3 denied, 11 success`. */
function outcomeWords({ outcomes, record }: Step): string {
  const [only, ...others] = outcomes.keys();
  if (only !== undefined && others.length === 0) {
    const [code] = valuesOf("errorCode", record);
    return code === undefined ? only : `${only} (${code})`;
  }
  return byGravity
    .flatMap((outcome) => {
      const count = outcomes.get(outcome);
      return count === undefined ? [] : [`${grouped(count)} ${outcome}`];
    })
    .join(", ");
}

function notes(step: Step): readonly string[] {
  const { pause, newAddress, newClient, isDoubtful, issue, span, events, record } = step;
  const { first, last } = span;
  const length = first === undefined || last === undefined ? 0 : last - first;
  const { via } = describeIdentity(record);
  return [
    ...(pause === undefined ? [] : [`after a pause of ${lasting(pause)}`]),
    ...(newAddress ? ["from a new address"] : []),
    ...(newClient ? ["with a new client"] : []),
    ...(via === undefined ? [] : [`through ${via}`]),
    ...(events.length > 1 && length >= 1000 ? [`within ${lasting(length)}`] : []),
    ...switchWords(record),
    ...(issue === undefined ? [] : issueWords(issue)),
    ...(isDoubtful ? ["perhaps of another session that began in the same second"] : []),
  ];
}

/** The switch is logged in the session that it led to. */
function switchWords(record: CloudTrailRecord): readonly string[] {
  const [before] = textsAt(record, "additionalEventData.SwitchFrom");
  return before === undefined ? [] : [`switched from ${describeIdentity(issuedTo(record)).name}`];
}

function issueWords({ begins, issued, event }: NonNullable<Step["issue"]>): readonly string[] {
  switch (begins) {
    case "password":
    case "key":
      return [`made the key ${issued.key ?? "unknown"}`];
    case "session":
      return [
        `goes on as ${sessionName(issued, event.record)}${issued.key === undefined ? "" : ` (${issued.key})`}`,
      ];
    case "witness":
      return [];
  }
}

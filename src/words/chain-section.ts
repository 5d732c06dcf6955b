/**
 * A chain as a table: the calls that issued credentials, oldest first, and how each is linked to the next.
 */

import { describeIdentity } from "../event/identity.ts";
import type { Cell, Row, Section } from "../query/answer.ts";
import type { FoundEvent } from "../query/query.ts";
import type { CauseLink } from "../resolve/cause-links.ts";
import type { Cause, Started } from "../resolve/causes.ts";
import type { Chain, Hop } from "../resolve/chain.ts";
import type { Issuance } from "../resolve/issuances.ts";
import { issuedTo } from "../resolve/issuers.ts";
import type { MissingCall, Origin } from "../resolve/origin.ts";
import type { SessionLink } from "../resolve/sessions.ts";
import { serviceName } from "./cause-words.ts";
import { timeCell } from "./cells.ts";
import { eventTable } from "./event-rows.ts";

const table = eventTable({});
const shown = ["time", "who", "event", "what", "from", "account", "eventID"].map((name) =>
  table.columns.findIndex((column) => column.name === name),
);
const columns: Section["columns"] = [
  ...shown.flatMap((at) => table.columns[at] ?? []),
  { name: "link", title: "Link", rank: 1, wrap: true },
  { name: "certainty", title: "Certainty" },
];

const sessionLinks: Readonly<Record<SessionLink, string>> = {
  "sign-in": "let it act in a sign-in of its own",
  key: "issued the access key",
  session: "same session and second",
  assignment: "same account, role and second",
};

const causeLinks: Readonly<Record<CauseLink, string>> = {
  target: "names what was acted on",
  session: "same session",
  caller: "same caller",
  role: "gave it that role",
  name: "by the names",
  time: "by the time alone",
  rule: "by such a rule",
};

/** What made a service make a call, and the chain behind what started that in another session. */
export interface Prompting {
  readonly cause: Cause;
  readonly chain?: Chain;
}

/** `event` is the call that the chain leads to; a session has none. */
export function chainSection(
  { hops, origins }: Chain,
  event: FoundEvent | undefined,
  prompting?: Prompting,
): Section {
  const [origin] = origins.length === 1 ? origins : [];
  const steps: Step[] = [];
  if (origin?.missing !== undefined) steps.push([missingRow(origin.missing)]);
  steps.push(...makingSteps(origin), ...hopSteps(hops));
  if (prompting !== undefined) {
    steps.push(...hopSteps(prompting.chain?.hops ?? []), ...causeSteps(prompting.cause));
    steps.sort((a, b) => timeIn(a) - timeIn(b));
  }
  if (event !== undefined) steps.push([{ ...row(event, []), mark: "decisive" }]);
  const rows = steps.flatMap((step, depth) => step.map((one): Row => ({ ...one, depth })));
  return { name: "chain", title: "How it came about", columns, rows, branch: "who" };
}

/** A call on the way; several where the logs cannot tell which it was. */
type Step = readonly Row[];

/** How the maker of the key or password came to it, and the making. */
function makingSteps(origin: Origin | undefined): readonly Step[] {
  if (origin?.made === undefined) return [];
  const link = origin.made.begins === "key" ? "created the access key" : "set the password";
  const [before] = origin.maker?.origins.length === 1 ? origin.maker.origins : [];
  return [
    ...makingSteps(before),
    ...hopSteps(origin.maker?.hops ?? []),
    [issueRow(origin.made, link, "certain")],
  ];
}

function hopSteps(hops: readonly Hop[]): readonly Step[] {
  return hops
    .toReversed()
    .map((hop) => hop.issues.map((issue) => issueRow(issue, linkOf(hop, issue), certaintyOf(hop))));
}

/** What is not in the logs has no certain time, and comes first. */
function timeIn([first]: Step): number {
  return first?.cells[0]?.time ?? Number.NEGATIVE_INFINITY;
}

/** The call that somebody made directly first. */
function causeSteps(cause: Cause): readonly Step[] {
  const causes: Started[] = [];
  for (let step: Cause | undefined = cause; step?.kind === "started"; step = step.cause)
    causes.push(step);
  return causes.reverse().map(({ service, link, certainty, starters }) => {
    const how = `started ${serviceName(service)}: ${causeLinks[link]}`;
    const worth = certainty === "one of several" ? `one of ${starters.length}` : certainty;
    return starters.map((starter) => row(starter, [{ text: how }, { text: worth }]));
  });
}

function issueRow(issue: Issuance, link: string, certainty: string): Row {
  const { cells, ...rest } = row(issue.event, [{ text: link }, { text: certainty }]);
  // Whoever switched roles is not the session that the switch is logged in.
  const who: Cell = { text: describeIdentity(issuedTo(issue.event.record)).name };
  return { ...rest, cells: cells.with(1, who) };
}

function row(event: FoundEvent, more: readonly Cell[]): Row {
  const { cells, mark } = table.row(event);
  return {
    cells: [...shown.map((at): Cell => cells[at] ?? { text: undefined }), ...more],
    ...(mark === undefined ? {} : { mark }),
  };
}

function missingRow({ account, created }: MissingCall): Row {
  const none: Cell = { text: undefined };
  const place: Cell = { text: account };
  return {
    cells: [timeCell(created), none, { text: "not in these logs" }, none, none, place, none],
  };
}

function linkOf({ link }: Hop, { copies }: Issuance): string {
  return `${sessionLinks[link]}${copies.length === 0 ? "" : ", logged in both accounts"}`;
}

function certaintyOf({ certainty, issues }: Hop): string {
  return certainty === "one of several" ? `one of ${issues.length}` : certainty;
}

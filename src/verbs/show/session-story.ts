/**
 * The story of a session: its calls in order, and those of the sessions that it went on as.
 *
 * A page of the console makes dozens of reads, a loop the same call again and again: such runs are one
 * step. What tells a secret is never lost among other reads.
 */

import { parseAddress } from "../../event/address.ts";
import { describeIdentity } from "../../event/identity.ts";
import { type Outcome, outcomeOf } from "../../event/outcome.ts";
import type { CloudTrailRecord } from "../../event/record.ts";
import { primaryTargets } from "../../event/targets.ts";
import { timeOf } from "../../event/time.ts";
import { valuesOf } from "../../event/values.ts";
import { every } from "../../query/build.ts";
import type { Filter } from "../../query/filter.ts";
import type { FoundEvent, Reading } from "../../query/query.ts";
import type { Span } from "../../query/span.ts";
import type { Issuance } from "../../resolve/issuances.ts";
import { callsNaming } from "../../resolve/issuers.ts";
import { sessionTree } from "../../resolve/session-tree.ts";
import type { Sessions } from "../../resolve/sessions.ts";
import { callOf, clientOf } from "../../words/event-words.ts";
import type { Start } from "../trace/starts.ts";

/** Reads that follow each other within this are the page that somebody opened. */
const pageMs = 10_000;
/** The same call again after longer than this is told again. */
const repeatMs = 300_000;
/** A pause that is worth telling. */
const pauseMs = 900_000;

/** Calls in a row that are told as one. */
export interface Step {
  readonly events: readonly FoundEvent[];
  /** Of its first event. */
  readonly record: CloudTrailRecord;
  /** The session it was made in. */
  readonly session: string;
  /** The logs cannot tell it from another one that began in the same second. */
  readonly isDoubtful: boolean;
  readonly span: Span;
  readonly targets: readonly string[];
  /** What was called, how often. */
  readonly calls: ReadonlyMap<string, number>;
  readonly outcomes: ReadonlyMap<Outcome, number>;
  /** The session that it went on as, or the key that it made. */
  readonly issue?: Issuance | undefined;
  /** Since the step before. */
  readonly pause?: number | undefined;
  /** The first from there, or with that, in the story. */
  readonly newAddress: boolean;
  readonly newClient: boolean;
}

export interface SessionStory {
  readonly steps: readonly Step[];
  readonly events: readonly FoundEvent[];
  /** Sessions that it went on as, and how many of the calls are theirs. */
  readonly wentOn: { readonly sessions: number; readonly calls: number };
}

/** `alone`: without the sessions that it began. The filter leaves out calls, never sessions. */
export async function sessionStory(
  reading: Reading,
  { id, credentials }: NonNullable<Start["session"]>,
  sessions: Sessions,
  { filter, alone }: { readonly filter: Filter; readonly alone: boolean },
): Promise<SessionStory> {
  // A key that was made is perhaps used by somebody else, and for years.
  const begun = alone
    ? []
    : sessionTree(id, sessions).filter(({ issue }) => issue && issue.begins !== "key");
  const told = new Set([id, ...begun.filter(({ isCertain }) => isCertain).map((one) => one.id)]);
  const mayBelong = callsNaming([
    credentials,
    ...begun.flatMap(({ issue }) => issue?.issued ?? []),
  ]);
  const { events } = await reading.events({
    kind: "events",
    filter: every([filter, mayBelong]),
  });
  const issues = new Map(sessions.issues.map((issue) => [issue.id, issue]));
  const steps = new Steps((record) => issues.get(valuesOf("eventID", record)[0] ?? ""));
  const all: FoundEvent[] = [];
  for await (const event of events) {
    const ids = sessions.idsOf(event.record);
    const session = ids.find((one) => told.has(one));
    if (session === undefined) continue;
    all.push(event);
    steps.add(event, { session, isDoubtful: ids.length > 1 });
  }
  const later = steps.done().filter(({ session }) => session !== id);
  const wentOn = {
    sessions: new Set(later.map(({ session }) => session)).size,
    calls: later.reduce((sum, step) => sum + step.events.length, 0),
  };
  return { steps: steps.done(), events: all, wentOn };
}

/** A step while events may still join it. */
interface Draft extends Step {
  readonly events: FoundEvent[];
  readonly targets: string[];
  readonly calls: Map<string, number>;
  readonly outcomes: Map<Outcome, number>;
  span: Span;
}

/** Most targets of a step that are kept to be told. */
const mostTargets = 100;

class Steps {
  private readonly steps: Draft[] = [];
  private readonly issueOf: (record: CloudTrailRecord) => Issuance | undefined;
  private readonly addresses = new Set<string>();
  private readonly clients = new Set<string>();

  constructor(issueOf: (record: CloudTrailRecord) => Issuance | undefined) {
    this.issueOf = issueOf;
  }

  add(event: FoundEvent, whose: Pick<Step, "session" | "isDoubtful">): void {
    const last = this.steps.at(-1);
    const issue = this.issueOf(event.record);
    const joins =
      last !== undefined &&
      issue === undefined &&
      last.issue === undefined &&
      last.session === whose.session &&
      continues(last, event.record);
    // What is new stands in the first step with it.
    const changes = this.changes(event.record);
    if (joins) include(last, event);
    else this.steps.push(begun(event, { ...whose, ...changes, issue, after: last }));
  }

  done(): readonly Step[] {
    return this.steps;
  }

  /** Calls that a service makes for somebody tell nothing of where they are. */
  private changes(record: CloudTrailRecord): Pick<Step, "newAddress" | "newClient"> {
    const [address = ""] = valuesOf("sourceIPAddress", record);
    if (parseAddress(address) === undefined || describeIdentity(record).via !== undefined) {
      return { newAddress: false, newClient: false };
    }
    return {
      newAddress: isNewIn(this.addresses, address),
      newClient: isNewIn(this.clients, clientFamily(record)),
    };
  }
}

/** The first one is no news. */
function isNewIn(seen: Set<string>, value: string | undefined): boolean {
  if (value === undefined || seen.has(value)) return false;
  seen.add(value);
  return seen.size > 1;
}

/** A browser that shows the console is named in some calls, the console in others. */
function clientFamily(record: CloudTrailRecord): string | undefined {
  const client = clientOf(record);
  if (client === undefined || client === "AWS internal") return undefined;
  return isConsole(client) ? "console" : client;
}

export function isConsole(client: string): boolean {
  return client === "AWS console" || client.startsWith("browser");
}

function begun(
  event: FoundEvent,
  {
    after,
    ...told
  }: Pick<Step, "session" | "isDoubtful" | "newAddress" | "newClient" | "issue"> & {
    readonly after: Draft | undefined;
  },
): Draft {
  const { record } = event;
  const time = timeOf(record);
  const before = after?.span.last;
  const pause = time === undefined || before === undefined ? 0 : time - before;
  const step: Draft = {
    ...told,
    events: [],
    record,
    span: {},
    targets: [],
    calls: new Map(),
    outcomes: new Map(),
    pause: pause > pauseMs ? pause : undefined,
  };
  include(step, event);
  return step;
}

function include(step: Draft, event: FoundEvent): void {
  const { record } = event;
  const time = timeOf(record);
  step.events.push(event);
  // Events come in order of time, those without one last.
  if (time !== undefined) step.span = { first: step.span.first ?? time, last: time };
  for (const target of primaryTargets(record)) {
    if (step.targets.length < mostTargets && !step.targets.includes(target)) {
      step.targets.push(target);
    }
  }
  const [call, outcome] = [callOf(record), outcomeOf(record)];
  step.calls.set(call, (step.calls.get(call) ?? 0) + 1);
  step.outcomes.set(outcome, (step.outcomes.get(outcome) ?? 0) + 1);
}

function continues(step: Draft, record: CloudTrailRecord): boolean {
  const { last } = step.span;
  const time = timeOf(record);
  if (last === undefined || time === undefined || !isAlike(step.record, record)) return false;
  const isSame = isSameService(step.record, record) && step.calls.has(callOf(record));
  if (isSame && step.calls.size === 1 && step.outcomes.has(outcomeOf(record))) {
    if (step.outcomes.size === 1) return time - last <= repeatMs;
  }
  // A page of the console asks several services.
  const isPage = clientFamily(record) === "console" || isSameService(step.record, record);
  return isPage && isNoise(step.record) && isNoise(record) && time - last <= pageMs;
}

/** From the same address, with the same client, for the same service. */
function isAlike(a: CloudTrailRecord, b: CloudTrailRecord): boolean {
  return (
    valuesOf("sourceIPAddress", a)[0] === valuesOf("sourceIPAddress", b)[0] &&
    clientFamily(a) === clientFamily(b) &&
    describeIdentity(a).via === describeIdentity(b).via
  );
}

function isSameService(a: CloudTrailRecord, b: CloudTrailRecord): boolean {
  return valuesOf("eventSource", a)[0] === valuesOf("eventSource", b)[0];
}

/** What a read may give away, beside what there is. */
const telling =
  /^(?:BatchGetSecretValue|GetSecretValue|GetParameter|GetPasswordData|Decrypt$|GetObject$|GetAuthorizationToken|GetLoginProfile|GetAccountAuthorizationDetails|GetCredential|GetToken)/;

function isNoise(record: CloudTrailRecord): boolean {
  return valuesOf("readOnly", record).includes("true") && !telling.test(callOf(record));
}

/**
 * `trailhound policy`: a least-privilege IAM policy of what an identity did with success.
 *
 * For the role, not for each of its sessions. The logs show what was used and never what will be
 * needed, so the answer says what they cannot show.
 */

import { formatTime } from "../event/time.ts";
import type { Column, Row, Section } from "../query/answer.ts";
import { every } from "../query/build.ts";
import { byText } from "../query/compare.ts";
import type { Filter } from "../query/filter.ts";
import { parsePattern } from "../query/pattern.ts";
import type { Reading } from "../query/query.ts";
import { fieldTerm } from "../query/term.ts";
import { UserError } from "../query/user-error.ts";
import { claimsOf, provenBy } from "../resolve/claims.ts";
import { whoWasMeant } from "../words/absence.ts";
import { countCell, timeCell } from "../words/cells.ts";
import { apartWords } from "../words/claim-words.ts";
import { type Humans, humanQuestions, humansOf } from "../words/humans.ts";
import { namesakes } from "../words/namesakes.ts";
import { listed } from "../words/sentences.ts";
import { deniedCallsIn, deniedOnly } from "./denied/groups.ts";
import { deniedCells, deniedColumns, deniedRows } from "./denied/rows.ts";
import { flag } from "./options.ts";
import { type PolicyDocument, policyDocument } from "./policy/document.ts";
import { type Grant, type Usage, usageIn } from "./policy/grants.ts";
import { policySentences } from "./policy/sentences.ts";
import { verb } from "./verb.ts";

export const policy = verb({
  name: "policy",
  summary: "write a least-privilege IAM policy of what an identity did",
  details:
    "What succeeded is allowed, on the resources it was done to where the logs tell them. Test it " +
    "before use: what the identity needs once a year is not in a month of logs. --by-human tells of each " +
    "action who is behind its calls; the policy is the same.",
  arguments: [{ name: "<identity>", help: "a user or role: its name, ARN, id or access key" }],
  options: {
    document: flag("--document", "only the policy, as JSON"),
    withDenied: flag("--with-denied", "list what it asked for and was refused"),
  },
  takes: ["filter", "byHuman"],
  readsLogs: true,
  examples: [
    { command: "policy Deploy --last 30d", says: "what the role used in a month" },
    { command: "policy Deploy --document", says: "the policy alone, to be written to a file" },
    { command: "policy maria --with-denied", says: "and what she may have needed" },
  ],
  questions: ({ arguments: [asked = ""], filter, byHuman }) => [
    { kind: "events", filter: callsOf(asked, filter) },
    ...humanQuestions(byHuman),
    // Nobody of that name may be somebody of another.
    { kind: "more" },
  ],
  async run(reading, { arguments: [asked = ""], options, filter, byHuman, timeZone }) {
    const humans = byHuman ? await humansOf(reading) : undefined;
    const test = byWho(asked);
    const claims = test.kind === "text" ? await claimsOf(reading, test) : undefined;
    const ofIdentity = every([filter, provenBy(test, claims)]);
    const wasDenied = every([ofIdentity, deniedOnly]);
    const { withDenied: isListed } = options;
    const usage = await usageIn(
      (await reading.events({ kind: "events", filter: ofIdentity })).events,
      humans,
    );
    const document = policyDocument(usage.grants);
    const text = inAscii(JSON.stringify(document, undefined, 2));
    const found = usage.grants.length > 0;
    return {
      found,
      sentences: [
        ...policySentences({ asked, timeZone, isListed }, usage, document),
        ...(claims === undefined ? [] : [apartWords(claims.claimants)]),
      ],
      facts: factsOf(usage, document),
      sections: [
        ...(found ? [grantsSection(usage, byHuman)] : []),
        ...(isListed ? [await refused(reading, wasDenied, humans)] : []),
        ...(found ? [textSection(text)] : []),
      ],
      hints: found ? [validation] : await whoWasMeant(reading, asked),
      ...(options.document && {
        verbatim: Buffer.from(found ? `${text}\n` : ""),
      }),
    };
  },
});

function callsOf(asked: string, filter: Filter): Filter {
  return every([filter, byWho(asked)]);
}

/** Names of actions are the events' own, mostly, and no list of all actions is at hand. */
const validation =
  "Conditions, on addresses, tags or MFA for one, are for you to add. Let AWS check it before use: write it to a file with --document, then aws accessanalyzer " +
  "validate-policy --policy-type IDENTITY_POLICY --policy-document file://policy.json";

/** The same document: nothing in it can hide, or turn what is shown around. */
function inAscii(json: string): string {
  return json.replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function byWho(asked: string): Filter {
  return fieldTerm("user", asked, {
    toPattern: parsePattern,
    reject: (problem) => {
      throw new UserError(`<identity>: ${problem}`);
    },
  });
}

const whoColumn: Column = { name: "who", title: "Who", wrap: true };

function columnsOf(byHuman: boolean): readonly Column[] {
  return [
    { name: "action", title: "Action" },
    ...(byHuman ? [whoColumn] : []),
    { name: "resources", title: "Resources", wrap: true },
    { name: "calls", title: "Calls", rank: 1, align: "right" },
    { name: "first", title: "First", rank: 3 },
    { name: "last", title: "Last", rank: 2 },
  ];
}

/** With `byHuman` a row for each action of each of those who are behind the calls. */
function grantsSection({ grants, byHuman: people }: Usage, byHuman: boolean): Section {
  const nameOf = namesakes(people.map(({ human }) => human));
  const told = byHuman
    ? people.flatMap((one) => one.grants.map((grant) => ({ grant, who: nameOf(one.human) })))
    : grants.map((grant) => ({ grant, who: undefined }));
  const inOrder = told.toSorted(
    (a, b) => byText(a.grant.action, b.grant.action) || byText(a.who ?? "", b.who ?? ""),
  );
  return {
    name: "grants",
    columns: columnsOf(byHuman),
    rows: inOrder.map(({ grant, who }) => grantRow(grant, who)),
  };
}

function grantRow(
  { action, resources = ["*"], calls, first, last }: Grant,
  who: string | undefined,
): Row {
  return {
    cells: [
      { text: action },
      ...(who === undefined ? [] : [{ text: who }]),
      { text: listed(resources, 2), value: resources },
      countCell(calls),
      timeCell(first),
      timeCell(last),
    ],
  };
}

async function refused(
  reading: Reading,
  filter: Filter,
  humans: Humans | undefined,
): Promise<Section> {
  const { events } = await reading.events({ kind: "events", filter });
  const { groups } = await deniedCallsIn(events, humans);
  const manner = { byHuman: humans !== undefined };
  return {
    name: "refused",
    title: "Asked for but refused",
    columns: deniedColumns(manner),
    rows: deniedRows(groups, new Map(), undefined).map((row) => deniedCells(row, manner)),
  };
}

function textSection(text: string): Section {
  return {
    name: "document",
    title: "The policy",
    layout: "text",
    columns: [{ name: "line", title: "Line" }],
    rows: text.split("\n").map((line) => ({ cells: [{ text: line }] })),
  };
}

function factsOf(usage: Usage, document: PolicyDocument): { readonly [name: string]: unknown } {
  const { counts, span, regions, identities, through, passed } = usage;
  const actions = (wanted: Grant["basis"]) =>
    usage.grants.filter(({ basis }) => basis === wanted).map(({ action }) => action);
  const instant = (time: number | undefined) =>
    time === undefined ? undefined : formatTime(time, "UTC");
  return {
    document,
    ...{ calls: counts.success, denied: counts.denied, failed: counts.failed },
    ...{ dryRuns: counts["dry-run"], regions, identities, passed },
    ...{ first: instant(span.first), last: instant(span.last) },
    dataEvents: usage.hasDataEvents,
    through: Object.fromEntries(through),
    unknownResources: actions("unknown"),
    widened: actions("widened"),
    withoutPermission: Object.fromEntries(usage.without),
    unclear: Object.fromEntries(usage.unclear),
  };
}

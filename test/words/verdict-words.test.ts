import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { FoundEvent } from "../../src/query/query.ts";
import type { Verdict } from "../../src/resolve/verdict.ts";
import { verdictFacts, verdictSentences } from "../../src/words/verdict-words.ts";
import { byUser, calling, event, withId } from "../support/events.ts";

function found(eventName: string, who = "bob"): FoundEvent {
  const record = event(calling(eventName), byUser(who), withId(eventName));
  const source = { origin: "events.json", offset: 0, bytes: new Uint8Array() };
  return { id: eventName, record, source };
}

const decisive = found("DeleteIt");
const until = Date.UTC(2026, 11, 5, 9, 14, 3);

const cases: readonly (readonly [verdict: Verdict, sentence: string | undefined])[] = [
  [{ kind: "none" }, undefined],
  [{ kind: "exists", decisive }, undefined],
  [{ kind: "deleted", decisive }, undefined],
  [
    { kind: "deleted", decisive, completedBy: found("DeleteKey") },
    "The waiting time is over: the service deleted it for good on 2026-11-05 at 09:14:03 UTC (DeleteKey).",
  ],
  [
    { kind: "scheduled", decisive, days: 30, until, savedBy: "CancelKeyDeletion", isOver: false },
    "It is scheduled to be deleted on 2026-12-05 at 09:14:03 UTC; until then CancelKeyDeletion saves it.",
  ],
  [
    { kind: "scheduled", decisive, days: 90, isOver: false },
    "It is scheduled to be deleted 90 days after that call; until then AWS Support can save it.",
  ],
  [
    { kind: "scheduled", decisive, days: 30, until, savedBy: "RestoreSecret", isOver: true },
    "Its deletion was due on 2026-12-05 at 09:14:03 UTC, which these logs reach past; they tell neither that it was saved nor that it is gone.",
  ],
  [
    { kind: "undone", decisive, undoneBy: found("RestoreSecret"), how: "saved" },
    "That was undone: saved by bob on 2026-11-05 at 09:14:03 UTC (RestoreSecret).",
  ],
  [
    { kind: "undone", decisive, undoneBy: found("CreateBucket"), how: "created anew" },
    "It exists again: created anew by bob on 2026-11-05 at 09:14:03 UTC (CreateBucket).",
  ],
  [
    {
      kind: "undone",
      decisive,
      undoneBy: found("StartLogging"),
      how: "shown",
      words: "started again",
    },
    "That was undone: started again by bob on 2026-11-05 at 09:14:03 UTC (StartLogging).",
  ],
  [
    { kind: "hidden", decisive, how: "disabled", undoneBy: "EnableKey" },
    "It is still there, but was disabled by bob on 2026-11-05 at 09:14:03 UTC (DeleteIt); EnableKey would undo that.",
  ],
  [
    { kind: "weakened", decisive, part: "automated backups", how: "switched off" },
    "Its automated backups were switched off by bob on 2026-11-05 at 09:14:03 UTC (DeleteIt).",
  ],
  [
    { kind: "inferred", decisive, versions: 2 },
    "It seems to be gone: the service ended 2 versions of it, the last on 2026-11-05 at 09:14:03 UTC (DeleteIt). Who asked for that is not in these logs.",
  ],
  [
    { kind: "already gone", decisive },
    "It was gone already at the call of bob on 2026-11-05 at 09:14:03 UTC (DeleteIt). What ended it is not in these logs.",
  ],
];

describe("a verdict in words", () => {
  for (const [verdict, sentence] of cases) {
    it(`is ${sentence ?? `nothing for ${verdict.kind}`}`, () => {
      assert.deepEqual(verdictSentences(verdict, "UTC"), sentence === undefined ? [] : [sentence]);
    });
  }
});

describe("a verdict for machines", () => {
  for (const [verdict] of cases) {
    it(`has its kind: ${verdict.kind}`, () => {
      assert.equal(verdictFacts(verdict)["kind"], verdict.kind);
    });
  }

  it("dates what is to come", () => {
    const verdict: Verdict = { kind: "scheduled", decisive, days: 30, until, isOver: false };
    assert.deepEqual(verdictFacts(verdict), {
      kind: "scheduled",
      decisive: "DeleteIt",
      by: "bob",
      when: "2026-11-05T09:14:03Z",
      until: "2026-12-05T09:14:03Z",
      savedBy: null,
      isOver: false,
    });
  });
});

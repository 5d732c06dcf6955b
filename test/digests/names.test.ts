import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { digestNameOf, isInPlace, logNameOf } from "../../src/digests/names.ts";

const digest = "111122223333_CloudTrail-Digest_eu-west-1_my_odd-trail.1_us-east-1_20261105T091400Z";
const log = "111122223333_CloudTrail_eu-west-1_20261105T0914Z_abcdEFGH12345678.json.gz";

describe("the name of a file", () => {
  const end = Date.parse("2026-11-05T09:14:00Z");
  const told = {
    chain: "111122223333 eu-west-1 my_odd-trail.1",
    account: "111122223333",
    region: "eu-west-1",
    homeRegion: "us-east-1",
    end,
  };
  it("tells of a digest its chain and end, whatever the trail is called", () => {
    assert.deepEqual(digestNameOf(`a/${digest}.json.gz`), { ...told, isBackfill: false });
    assert.deepEqual(digestNameOf(`${digest}_backfill.json`), { ...told, isBackfill: true });
  });
  it("tells of a log when it was delivered, and of what kind it is", () => {
    const { account, region } = told;
    assert.deepEqual(logNameOf(log), { account, region, kind: undefined, delivered: end });
    assert.equal(logNameOf(log.replace("CloudTrail", "CloudTrail-Insight"))?.kind, "Insight");
  });
  for (const name of [digest, "notes.json", log.replace("T0914Z", "T9Z"), ""]) {
    it(`tells nothing of "${name}"`, () => assert.equal(logNameOf(name), undefined));
  }
});

describe("a file", () => {
  const key = `AWSLogs/111122223333/CloudTrail/eu-west-1/2026/11/05/${log}`;
  const places: readonly (readonly [string, boolean])[] = [
    [key, true],
    [`/evidence/case 7/bucket/prefix/${key}`, true],
    [key.replace("AWSLogs/", "logs/"), true],
    [key.replace("AWSLogs/", "AWSLogs/o-exampleorgid/"), true],
    [key.replace(/.*(?=CloudTrail\/)/, ""), true],
    [key.replace(".gz", ""), true],
    [log, true],
    [`flat/${log}`, true],
    [key.replace("111122223333/", "444455556666/"), false],
    [key.replace("eu-west-1/", "us-east-1/"), false],
    [key.replace("/05/", "/06/"), false],
    [key.replace("CloudTrail/", "CloudTrail-Digest/"), false],
    [key.replace("abcd", "efgh"), false],
  ];
  for (const [path, isThere] of places) {
    it(`${isThere ? "stands" : "does not stand"} where it was delivered at ${path}`, () =>
      assert.equal(isInPlace(path, key), isThere));
  }
});

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { deliveryTime, mayHoldWindow } from "../../src/input/delivery-time.ts";

const name = "111122223333_CloudTrail_us-east-1_20261105T0915Z_abcdEFGH12345678.json.gz";
const at = (time: string) => Date.parse(`2026-11-05T${time}Z`);

describe("deliveryTime", () => {
  const names: readonly [name: string, expected: number | undefined][] = [
    [name, at("09:15:00")],
    [name.replace(".gz", ""), at("09:15:00")],
    [`logs/AWSLogs/111122223333/${name}`, at("09:15:00")],
    [name.replace("us-east-1", "us-gov-west-1"), at("09:15:00")],
    [name.replace("_CloudTrail_", "_CloudTrail-Digest_"), undefined],
    [name.replace("_CloudTrail_", "_Config_"), undefined],
    [`${name}.bak`, undefined],
    [name.replace("Z_", "_"), undefined],
    ["20261105T0915Z.json.gz", undefined],
    ["2026.json", undefined],
    ["", undefined],
  ];
  for (const [name, expected] of names) {
    it(`of "${name}" is ${expected ?? "unknown"}`, () =>
      assert.equal(deliveryTime(name), expected));
  }
});

describe("mayHoldWindow", () => {
  const hour = 3_600_000;
  // Delivered at 09:15. Clocks may differ by a quarter of an hour, events may be late by an hour.
  const cases: readonly [from: string | undefined, until: string | undefined, opened: boolean][] = [
    [undefined, undefined, true],
    ["09:30:00", undefined, true],
    ["09:30:01", undefined, false],
    [undefined, "08:15:01", true],
    [undefined, "08:15:00", false],
    ["08:00:00", "08:30:00", true],
    ["07:00:00", "08:00:00", false],
  ];
  for (const [from, until, opened] of cases) {
    it(`${opened ? "opens" : "leaves"} a file delivered at 09:15 for ${from} to ${until}`, () => {
      const window = {
        from: from === undefined ? undefined : at(from),
        until: until === undefined ? undefined : at(until),
        lateDeliveryMs: hour,
      };
      assert.equal(mayHoldWindow(name, window), opened);
      assert.equal(mayHoldWindow("2026.json", window), true);
    });
  }
});

import assert from "node:assert/strict";
import { isIP } from "node:net";
import { describe, it } from "node:test";
import fc from "fast-check";
import { contains, parseAddress, parseRange } from "../../src/event/address.ts";

const addresses: readonly (readonly [text: string, hex: string | undefined])[] = [
  ["203.0.113.7", "cb007107"],
  ["0.0.0.0", "00000000"],
  ["255.255.255.255", "ffffffff"],
  ["2001:db8::1", "20010db8000000000000000000000001"],
  ["2001:DB8:0:0:0:0:0:1", "20010db8000000000000000000000001"],
  ["::", "00000000000000000000000000000000"],
  ["1:2:3:4:5:6:7::", "00010002000300040005000600070000"],
  ["64:ff9b::203.0.113.7", "0064ff9b0000000000000000cb007107"],
  ["::ffff:203.0.113.7", "cb007107"],
  ["::ffff:cb00:7107", "cb007107"],

  ["", undefined],
  ["AWS Internal", undefined],
  ["ec2.amazonaws.com", undefined],
  ["253.252.51.07", undefined],
  ["256.0.0.1", undefined],
  ["203.0.113", undefined],
  ["203.0.113.7.8", undefined],
  ["203.0.113.7:443", undefined],
  [" 203.0.113.7", undefined],
  ["203.0.113.7\n", undefined],
  ["0x7f.0.0.1", undefined],
  ["[2001:db8::1]", undefined],
  ["2001:db8::1%eth0", undefined],
  ["2001:db8::1::2", undefined],
  ["1:2:3:4:5:6:7:8::", undefined],
  ["1:2:3:4:5:6:7", undefined],
  ["1:2:3:4:5:6:7:8:9", undefined],
  ["12345::", undefined],
  [":1:2:3:4:5:6:7", undefined],
  [":::", undefined],
  ["203.0.113.7::", undefined],
  ["::203.0.113.07", undefined],
];

interface RangeCase {
  readonly range: string;
  readonly holds: readonly string[];
  readonly not: readonly string[];
}

const ranges: readonly RangeCase[] = [
  { range: "203.0.113.7", holds: ["203.0.113.7", "::ffff:203.0.113.7"], not: ["203.0.113.8"] },
  {
    range: "203.0.113.0/24",
    holds: ["203.0.113.0", "203.0.113.255"],
    not: ["203.0.112.255", "203.0.114.0", "2001:db8::1"],
  },
  { range: "203.0.113.77/28", holds: ["203.0.113.64", "203.0.113.79"], not: ["203.0.113.80"] },
  { range: "203.0.113.7/32", holds: ["203.0.113.7"], not: ["203.0.113.6"] },
  { range: "0.0.0.0/0", holds: ["0.0.0.0", "255.255.255.255"], not: ["::"] },
  { range: "2001:db8::/33", holds: ["2001:db8:7fff::"], not: ["2001:db8:8000::", "203.0.113.7"] },
  { range: "::ffff:203.0.113.0/120", holds: ["203.0.113.9"], not: ["203.0.114.0"] },
  {
    range: "198.51.100.250-198.51.101.5",
    holds: ["198.51.100.250", "198.51.101.0", "198.51.101.5"],
    not: ["198.51.100.249", "198.51.101.6"],
  },
  { range: "2001:db8::1-2001:db8::f", holds: ["2001:db8::a"], not: ["2001:db8::10"] },
];

const noRanges = [
  "",
  "AWS Internal",
  "203.0.113.0/33",
  "203.0.113.0/",
  "203.0.113.0/+8",
  "203.0.113.0/8/8",
  "/8",
  "2001:db8::/129",
  "::ffff:203.0.113.0/95",
  "203.0.113.9-203.0.113.7",
  "203.0.113.7-2001:db8::1",
  "203.0.113.7-",
  "203.0.113.7-203.0.113.8-203.0.113.9",
];

describe("parseAddress", () => {
  for (const [text, hex] of addresses) {
    it(`reads ${JSON.stringify(text)} as ${hex ?? "no address"}`, () => {
      const bytes = parseAddress(text);
      assert.equal(bytes && Buffer.from(bytes).toString("hex"), hex);
    });
  }

  it("reads what it reads like the URL parser, and nothing that is no address", () => {
    const piece = fc.constantFrom(":", "::", ".", "0", "1", "ffff", "255", "256", "01", "%", "g");
    const text = fc.oneof(
      fc.ipV4(),
      fc.ipV6(),
      fc.array(piece, { maxLength: 16 }).map((pieces) => pieces.join("")),
    );
    fc.assert(
      fc.property(text, (address) => {
        const bytes = parseAddress(address);
        assert.equal(bytes !== undefined, isIP(address) !== 0 && !address.includes("%"));
        if (bytes?.length === 4) assert.equal(bytes.join("."), canonical(address));
        if (bytes?.length === 16) assert.equal(canonical(inGroups(bytes)), canonical(address));
      }),
    );
  });
});

function inGroups(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex").match(/.{4}/g)?.join(":") ?? "";
}

/** IPv4 in IPv6 notation comes back in hex. */
function canonical(address: string): string {
  if (!address.includes(":")) return address;
  const host = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  const mapped = /^::ffff:([\da-f]+):([\da-f]+)$/.exec(host)?.slice(1) ?? [];
  if (mapped.length === 0) return host;
  return mapped
    .flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff])
    .join(".");
}

describe("parseRange", () => {
  for (const { range, holds, not } of ranges) {
    it(`reads ${range}`, () => {
      const parsed = parseRange(range);
      assert.ok(parsed);
      const isIn = (text: string) => {
        const address = parseAddress(text);
        return address !== undefined && contains(parsed, address);
      };
      assert.deepEqual(holds.filter(isIn), holds);
      assert.deepEqual(not.filter(isIn), []);
    });
  }
  for (const text of noRanges) {
    it(`sees no range in ${JSON.stringify(text)}`, () => assert.equal(parseRange(text), undefined));
  }
});

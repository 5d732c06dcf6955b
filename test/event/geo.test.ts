import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, describe, it } from "node:test";
import fc from "fast-check";
import { type GeoDatabase, geoPlaceOf, openGeo, openGeoFields } from "../../src/event/geo.ts";
import { databaseOf, type Entry, fixtures, type Mmdb, mmdb } from "../support/mmdb.ts";

after(() => openGeo([]));

function database(networks: Mmdb["networks"], ipVersion: Mmdb["ipVersion"] = 6): GeoDatabase {
  return databaseOf("test.mmdb", mmdb({ ipVersion, type: "Test", networks }));
}

function places(address: string, vpcEndpointId?: string) {
  return (["country", "network"] as const).map((field) =>
    geoPlaceOf(field, address, vpcEndpointId),
  );
}

type Row = readonly [entry: Entry, country: string | undefined, network: string | undefined];

const shapes: readonly Row[] = [
  [{ country: { iso_code: "DE", names: { en: "Germany" } } }, "DE", undefined],
  [{ country: "DE" }, "DE", undefined],
  [{ country_code: "DE" }, "DE", undefined],
  [{ country: "Germany", country_code: "DE", continent: "Europe" }, "DE", undefined],
  [{ registered_country: { iso_code: "DE" } }, undefined, undefined],
  [
    { autonomous_system_number: 64496, autonomous_system_organization: "Example Net" },
    undefined,
    "AS64496 Example Net",
  ],
  [{ autonomous_system_number: 64496 }, undefined, "AS64496"],
  [{ autonomous_system_organization: "Example Net" }, undefined, "Example Net"],
  [
    { traits: { autonomous_system_number: 64496, autonomous_system_organization: "Example" } },
    undefined,
    "AS64496 Example",
  ],
  [
    { asn: "AS64496", as_name: "Example Net", as_domain: "example.com", country_code: "DE" },
    "DE",
    "AS64496 Example Net",
  ],
  [{ asn: "AS64496", name: "Example Net" }, undefined, "AS64496 Example Net"],
  [{ asn: { asn: "AS64496", name: "Example Net" } }, undefined, "AS64496 Example Net"],
  [{ name: "Example City" }, undefined, undefined],
  [{ asn: "none", country: "" }, undefined, undefined],
  [{ city: { names: { en: "Berlin" } }, country: { iso_code: "DE" } }, "DE", undefined],
  [{ country: ["DE"], asn: [1] }, undefined, undefined],
  ["DE", undefined, undefined],
  [7, undefined, undefined],
];

describe("where an address is", () => {
  for (const [entry, ...expected] of shapes) {
    it(`is read from ${JSON.stringify(entry)}`, async () => {
      await openGeo([database({ "203.0.113.0/24": entry })]);
      assert.deepEqual(places("203.0.113.7"), expected);
    });
  }

  const country = database({
    "203.0.113.0/24": { country_code: "DE" },
    "2001:db8::/32": { country_code: "FR" },
    "10.0.0.0/8": { country_code: "ZZ" },
  });
  const network = database({ "203.0.113.0/24": { asn: 64496 } }, 4);
  const rows: readonly (readonly [string, ...ReturnType<typeof places>])[] = [
    ["203.0.113.7", "DE", "AS64496"],
    ["::ffff:203.0.113.7", "DE", "AS64496"],
    ["::ffff:cb00:7107", "DE", "AS64496"],
    ["2001:db8::1", "FR", undefined],
    ["2001:DB8:0:0:0:0:0:1", "FR", undefined],
    // The bits of 203.0.113.7, in front.
    ["cb00:7107::1", undefined, undefined],
    ["198.51.100.1", undefined, undefined],
    ["10.1.2.3", undefined, undefined],
    ["203.0.113.07", undefined, undefined],
    ["ec2.amazonaws.com", undefined, undefined],
    ["AWS Internal", undefined, undefined],
    ["", undefined, undefined],
  ];
  for (const [address, ...expected] of rows) {
    it(`is ${expected.map(String).join(" and ")} for ${JSON.stringify(address)}`, async () => {
      await openGeo([country, network]);
      assert.deepEqual(places(address), expected);
    });
  }

  it("is nowhere for an address behind a VPC endpoint", async () => {
    await openGeo([country]);
    assert.deepEqual(places("203.0.113.7", "vpce-0123"), [undefined, undefined]);
  });

  it("is nowhere without a database", async () => {
    await openGeo([]);
    assert.deepEqual(places("203.0.113.7"), [undefined, undefined]);
  });

  it("is what the first database that tells says", async () => {
    const other = database({ "0.0.0.0/1": { country: "ZZ" }, "128.0.0.0/1": { country: "YY" } });
    await openGeo([country, other]);
    assert.deepEqual([places("203.0.113.7")[0], places("198.51.100.1")[0]], ["DE", "YY"]);
  });
});

describe("a database", () => {
  const ofNames = mmdb({ ipVersion: 4, type: "Test", networks: { "0.0.0.0/0": { org: "a" } } });
  for (const [name, networks, expected] of [
    ["countries", { "203.0.113.0/24": { country: "DE" } }, ["country"]],
    ["networks", { "203.0.113.0/24": { asn: 64496 } }, ["network"]],
    [
      "both, if not in each entry",
      { "192.0.2.0/24": { asn: 64496 }, "203.0.113.0/24": { country: "DE" } },
      ["country", "network"],
    ],
    ["countries, of IPv6 alone", { "2001:db8::/32": { country: "DE" } }, ["country"]],
    ["nothing", {}, []],
  ] as const) {
    it(`is known to have ${name}`, async () => {
      await openGeo([database(networks)]);
      assert.deepEqual(openGeoFields(), expected);
    });
  }

  for (const [name, content] of [
    ["nothing", Buffer.alloc(0)],
    ["text", Buffer.from("country,iso_code\n203.0.113.0/24,DE\n")],
    ["the beginning of one", ofNames.subarray(0, ofNames.length - 200)],
    ["the end of one", fixtures["country.mmdb"].subarray(-200)],
    ["a mark and no more", Buffer.from("\u00ab\u00cd\u00efMaxMind.com", "latin1")],
  ] as const) {
    it(`is not taken for one if it holds ${name}`, async () => {
      const none = databaseOf("none.mmdb", content);
      assert.deepEqual(await openGeo([database({}), none]), [none]);
    });
  }

  it("does no harm when it is damaged", async () => {
    const whole = fixtures["country.mmdb"];
    const damage = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(damage, async (changes) => {
        const damaged = Buffer.from(whole);
        for (const [at, byte] of changes) damaged[at] = byte;
        await openGeo([databaseOf("damaged.mmdb", damaged)]);
        for (const address of ["203.0.113.7", "198.51.100.7", "2001:db8::1"]) places(address);
        openGeoFields();
      }),
    );
  });

  for (const [name, content] of Object.entries(fixtures)) {
    it(`is what fixtures/geo/${name} holds`, () => {
      assert.deepEqual(readFileSync(`fixtures/geo/${name}`), content);
    });
  }
});

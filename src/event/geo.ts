/**
 * Where on the internet an address is: its country and its network, from databases of the MaxMind
 * format that the user has. Only public addresses are looked up.
 *
 * The makers of such databases agree on the format and on little else, so the names under which they
 * give the same facts are tried in turn. The databases in use are the thread's; whoever starts one
 * opens them there, which copies nothing. The package that reads them is imported only then. An entry
 * that cannot be read is no entry.
 */

import type { Reader } from "mmdb-lib";
import { parseAddress } from "./address.ts";
import { addressClassOf } from "./address-class.ts";
import { isObject } from "./record.ts";

export interface GeoDatabase {
  /** As the user would name it. */
  readonly file: string;
  /** Shared, so that every thread can read it. */
  readonly bytes: SharedArrayBuffer;
}

/** Fields of the catalogue that only a database can fill. */
export const geoFields = ["country", "network"] as const;
export type GeoField = (typeof geoFields)[number];

type Database = Pick<Reader<never>, "metadata" | "getWithPrefixLength">;

let given: readonly GeoDatabase[] = [];
let open: readonly Database[] = [];
/** What these hold, once somebody asked. */
let openFields: readonly GeoField[] | undefined;

/** Puts these databases to use on this thread. Gives those that are none; then nothing changes. */
export async function openGeo(databases: readonly GeoDatabase[]): Promise<readonly GeoDatabase[]> {
  if (databases === given) return [];
  const mmdb = await import("mmdb-lib");
  // A CommonJS package: bundled it has nothing but a default, elsewhere it may lack that.
  const Reader = mmdb.Reader ?? mmdb.default.Reader;
  const readers = databases.map((database): Database | undefined => {
    const bytes = Buffer.from(database.bytes);
    if (!hasMarker(bytes)) return undefined;
    try {
      const reader = new Reader<never>(bytes, { cache: new Map() });
      return reader.metadata.searchTreeSize < bytes.length ? reader : undefined;
    } catch {
      return undefined;
    }
  });
  const sound = readers.filter((reader) => reader !== undefined);
  if (sound.length === databases.length) {
    given = databases;
    open = sound;
    openFields = undefined;
  }
  return databases.filter((_, i) => readers[i] === undefined);
}

export function isGeoOpen(): boolean {
  return open.length > 0;
}

/** What stands before the metadata, which is at most so long and ends the file. */
const marker = Buffer.from("\u00ab\u00cd\u00efMaxMind.com", "latin1");
const longestMetadata = 128 * 1024;

function hasMarker(bytes: Buffer): boolean {
  return bytes.subarray(-longestMetadata - marker.length).includes(marker);
}

/** From the values of the two sources of the field, in their order; undefined for all but the public. */
export function geoPlaceOf(
  field: GeoField,
  sourceIPAddress: string | undefined,
  vpcEndpointId: string | undefined,
): string | undefined {
  if (open.length === 0 || addressClassOf(sourceIPAddress, vpcEndpointId) !== "public") return;
  const address = parseAddress(sourceIPAddress ?? "");
  if (address === undefined) return;
  for (const database of open) {
    const place = placeIn(field, entryFor(database, address)?.entry);
    if (place !== undefined) return place;
  }
  return undefined;
}

interface Found {
  readonly entry: unknown;
  /** How many bits of the address the entry is for. */
  readonly prefix: number;
}

function entryFor(database: Database, address: Uint8Array): Found | undefined {
  // Its tree has no place for more than 32 bits, and the reader would look anyway.
  if (database.metadata.ipVersion === 4 && address.length > 4) return undefined;
  try {
    const [entry, prefix] = database.getWithPrefixLength(written(address));
    return { entry, prefix };
  } catch {
    return undefined;
  }
}

/** In the plainest way there is. */
function written(address: Uint8Array): string {
  if (address.length === 4) return address.join(".");
  return Buffer.from(address)
    .toString("hex")
    .replace(/....(?!$)/g, "$&:");
}

/** How many parts of the address space are looked at for what a database holds. */
const enoughParts = 1000;

/** Which facts the databases have, as far as their first entries tell. */
export function openGeoFields(): readonly GeoField[] {
  if (openFields === undefined) {
    const entries = open.flatMap((database) => [...firstEntries(database)]);
    openFields = geoFields.filter((field) => entries.some((entry) => placeIn(field, entry)));
  }
  return openFields;
}

function* firstEntries(database: Database): Generator<unknown> {
  for (const first of ["0.0.0.0", "2000::"]) {
    const bytes = parseAddress(first) ?? new Uint8Array();
    yield* entriesFrom(database, bytes);
  }
}

function* entriesFrom(database: Database, first: Uint8Array): Generator<unknown> {
  const bits = first.length * 8;
  let next = BigInt(`0x${Buffer.from(first).toString("hex")}`);
  for (let part = 0; part < enoughParts && next >> BigInt(bits) === 0n; part += 1) {
    const address = Buffer.from(next.toString(16).padStart(bits / 4, "0"), "hex");
    const found = entryFor(database, address);
    if (found === undefined) return;
    yield found.entry;
    next += 1n << BigInt(bits - found.prefix);
  }
}

function placeIn(field: GeoField, entry: unknown): string | undefined {
  switch (field) {
    case "country":
      return firstOf(entry, countryPaths);
    case "network": {
      const number = /^(?:AS)?(\d+)$/i.exec(firstOf(entry, numberPaths) ?? "")?.[1];
      const name = firstOf(entry, namePaths);
      const own = number === undefined ? undefined : `AS${number}`;
      // A bare "name" names the network only beside its number.
      const called = name ?? (own && firstOf(entry, [["name"], ["asn", "name"]]));
      return [own, called].filter(Boolean).join(" ") || undefined;
    }
  }
}

type Paths = readonly (readonly string[])[];

/** Codes before names: some call the country by its name where others have the code. */
const countryPaths: Paths = [
  ["country", "iso_code"],
  ["country_code"],
  ["countryCode"],
  ["country_iso_code"],
  ["iso_code"],
  ["country"],
];

const numberPaths: Paths = [
  ["autonomous_system_number"],
  ["traits", "autonomous_system_number"],
  ["asn"],
  ["as_number"],
  ["asn", "asn"],
];

const namePaths: Paths = [
  ["autonomous_system_organization"],
  ["traits", "autonomous_system_organization"],
  ["as_name"],
  ["as_organization"],
  ["organization"],
  ["org"],
  ["isp"],
];

function firstOf(entry: unknown, paths: Paths): string | undefined {
  for (const path of paths) {
    let value = entry;
    for (const key of path) value = isObject(value) && Object.hasOwn(value, key) ? value[key] : "";
    const text = typeof value === "number" || typeof value === "bigint" ? String(value) : value;
    if (typeof text === "string" && text !== "") return text;
  }
  return undefined;
}

/**
 * Tiny databases of addresses in the MaxMind format: a tree over the bits of an address, then the
 * entries, then what describes the file.
 */

import { parseAddress } from "../../src/event/address.ts";
import type { GeoDatabase } from "../../src/event/geo.ts";

export type Entry = string | number | readonly Entry[] | { readonly [key: string]: Entry };

export interface Mmdb {
  /** 6: the tree has the addresses of IPv4 below ::/96. */
  readonly ipVersion: 4 | 6;
  readonly type: string;
  /** `203.0.113.0/24` or `2001:db8::/32`; none lies in another. */
  readonly networks: { readonly [block: string]: Entry };
}

/** A node of the tree: for each bit another node, an entry's number, or nothing. */
type Node = [Branch, Branch];
type Branch = { readonly node: number } | { readonly entry: number } | undefined;

export function mmdb({ ipVersion, type, networks }: Mmdb): Buffer {
  const nodes: Node[] = [[undefined, undefined]];
  for (const [entry, block] of Object.keys(networks).entries()) {
    place(nodes, bitsOf(block, ipVersion), { entry });
  }
  const entries = Object.values(networks).map(encoded);
  const starts = entries.map((_, i) => Buffer.concat(entries.slice(0, i)).length);
  // Numbers beyond the nodes are places among the entries, behind 16 bytes of separator.
  const numberOf = (branch: Branch): number => {
    if (branch === undefined) return nodes.length;
    return "node" in branch ? branch.node : nodes.length + 16 + (starts[branch.entry] ?? 0);
  };
  const tree = nodes.flatMap((node) =>
    node.flatMap((branch) => {
      const number = numberOf(branch);
      return [number >> 16, (number >> 8) & 0xff, number & 0xff];
    }),
  );
  const metadata = encoded({
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: 1793836800,
    database_type: type,
    description: { en: "made for tests" },
    ip_version: ipVersion,
    languages: ["en"],
    node_count: nodes.length,
    record_size: 24,
  });
  return Buffer.concat([
    Buffer.from(tree),
    Buffer.alloc(16),
    ...entries,
    Buffer.from("\u00ab\u00cd\u00efMaxMind.com", "latin1"),
    metadata,
  ]);
}

/** As the program reads one. */
export function databaseOf(file: string, content: Uint8Array): GeoDatabase {
  const bytes = new SharedArrayBuffer(content.length);
  new Uint8Array(bytes).set(content);
  return { file, bytes };
}

function place(nodes: Node[], bits: readonly (0 | 1)[], leaf: Branch): void {
  let at = 0;
  for (const [depth, bit] of bits.entries()) {
    const node = nodes[at];
    if (node === undefined) throw new Error("a block lies in another");
    if (depth === bits.length - 1) {
      node[bit] = leaf;
      return;
    }
    const next = node[bit];
    at = next !== undefined && "node" in next ? next.node : nodes.length;
    if (next === undefined) {
      nodes.push([undefined, undefined]);
      node[bit] = { node: at };
    }
  }
}

function bitsOf(block: string, ipVersion: 4 | 6): readonly (0 | 1)[] {
  const [address = "", prefix] = block.split("/");
  const bytes = parseAddress(address) ?? new Uint8Array();
  const padding = ipVersion === 6 && bytes.length === 4 ? 96 : 0;
  const bits = [...bytes].flatMap((byte) =>
    [7, 6, 5, 4, 3, 2, 1, 0].map((place): 0 | 1 => ((byte >> place) & 1 ? 1 : 0)),
  );
  return [...new Array<0>(padding).fill(0), ...bits.slice(0, Number(prefix))];
}

const kinds = { text: 2, number: 6, map: 7, list: 11 };

function encoded(value: Entry): Buffer {
  if (typeof value === "string") return item(kinds.text, Buffer.byteLength(value), value);
  if (typeof value === "number") {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return Buffer.concat([item(kinds.number, 4), bytes]);
  }
  if (Array.isArray(value)) {
    return Buffer.concat([item(kinds.list, value.length), ...value.map(encoded)]);
  }
  const members = Object.entries(value);
  return Buffer.concat([item(kinds.map, members.length), ...members.flat().map(encoded)]);
}

/** Kinds beyond 7 are written in a second byte, lengths from 29 on in the one after. */
function item(kind: number, length: number, text = ""): Buffer {
  const size = Math.min(length, 29);
  const head = kind > 7 ? [size, kind - 7] : [(kind << 5) | size];
  return Buffer.concat([
    Buffer.from(length < 29 ? head : [...head, length - 29]),
    Buffer.from(text),
  ]);
}

/** What `fixtures/geo/` holds. */
export const fixtures = {
  "country.mmdb": mmdb({
    ipVersion: 6,
    type: "Example-Country",
    networks: {
      "192.0.2.0/24": { country: { iso_code: "US", names: { en: "United States" } } },
      "198.51.100.0/24": { country: { iso_code: "DE", names: { en: "Germany" } } },
      "203.0.113.0/25": { country: { iso_code: "BR", names: { en: "Brazil" } } },
      "2001:db8::/32": { country: { iso_code: "FR", names: { en: "France" } } },
      // No such address is ever looked up.
      "10.0.0.0/8": { country: { iso_code: "ZZ" } },
    },
  }),
  "asn.mmdb": mmdb({
    ipVersion: 4,
    type: "Example-ASN",
    networks: {
      "198.51.100.0/24": {
        autonomous_system_number: 64496,
        autonomous_system_organization: "Example Net",
      },
      "203.0.113.0/24": { autonomous_system_number: 64511 },
    },
  }),
};

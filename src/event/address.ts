/**
 * IP addresses as bytes, and ranges of them.
 *
 * A source address in a log can also be a service's name, `AWS Internal` or digits that are no
 * address (`253.252.51.07`). All of these are undefined here and so lie in no range.
 */

/** Inclusive bounds of one address family; `high >= low`, 4 or 16 bytes, network order. */
export interface AddressRange {
  readonly low: Uint8Array;
  readonly high: Uint8Array;
}

/** `0000:0000:0000:0000:0000:ffff:255.255.255.255` */
const longestAddress = 45;

/** 4 or 16 bytes. An IPv4 address in IPv6 notation (`::ffff:203.0.113.7`) is that IPv4 address. */
export function parseAddress(text: string): Uint8Array | undefined {
  if (text.length > longestAddress) return undefined;
  if (!text.includes(":")) return parseV4(text);
  const bytes = parseV6(text);
  return bytes && isMappedV4(bytes) ? bytes.slice(12) : bytes;
}

/** `203.0.113.7`, `203.0.113.0/24` (bits beyond the prefix do not matter), `203.0.113.7-203.0.113.20`. */
export function parseRange(text: string): AddressRange | undefined {
  if (text.includes("/")) return parseBlock(text);
  const [from = "", to = from, ...rest] = text.split("-");
  const low = parseAddress(from);
  const high = parseAddress(to);
  if (rest.length > 0 || low === undefined || high === undefined) return undefined;
  return low.length === high.length && Buffer.compare(low, high) <= 0 ? { low, high } : undefined;
}

export function contains(range: AddressRange, address: Uint8Array): boolean {
  return (
    address.length === range.low.length &&
    Buffer.compare(range.low, address) <= 0 &&
    Buffer.compare(address, range.high) <= 0
  );
}

function parseBlock(text: string): AddressRange | undefined {
  const [address = "", prefix = "", ...rest] = text.split("/");
  const bytes = parseAddress(address);
  if (bytes === undefined || rest.length > 0 || !/^\d{1,3}$/.test(prefix)) return undefined;
  // The prefix of ::ffff:203.0.113.0/120 counts the 96 bits that the parsed address has lost.
  const lost = address.includes(":") ? 128 - bytes.length * 8 : 0;
  const fixed = Number(prefix) - lost;
  if (fixed < 0 || fixed > bytes.length * 8) return undefined;
  const free = bytes.map((_, i) => 0xff >> Math.min(8, Math.max(0, fixed - i * 8)));
  return {
    low: bytes.map((byte, i) => byte & ~(free[i] ?? 0)),
    high: bytes.map((byte, i) => byte | (free[i] ?? 0)),
  };
}

function parseV4(text: string): Uint8Array | undefined {
  const parts = text.split(".");
  return parts.length === 4 && parts.every(isByte) ? Uint8Array.from(parts, Number) : undefined;
}

/** No leading zeros: some systems read them as octal. */
function isByte(text: string): boolean {
  return /^(?:0|[1-9]\d{0,2})$/.test(text) && Number(text) <= 255;
}

function parseV6(text: string): Uint8Array | undefined {
  const [left = "", right, ...rest] = text.replace(/[^:]*\.[^:]*$/, inHex).split("::");
  const head = parseGroups(left);
  const tail = parseGroups(right ?? "");
  if (rest.length > 0 || head === undefined || tail === undefined) return undefined;
  const missing = 8 - head.length - tail.length;
  // `::` stands for at least one group.
  if (right === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...new Array<number>(missing).fill(0), ...tail];
  return Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 0xff]));
}

/** The last four bytes may be written as IPv4; what is neither stays and is refused as a group. */
function inHex(text: string): string {
  const bytes = parseV4(text);
  return bytes ? Buffer.from(bytes).toString("hex").replace(/^..../, "$&:") : text;
}

function parseGroups(text: string): readonly number[] | undefined {
  if (text === "") return [];
  const groups = text.split(":");
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return groups.map((group) => Number.parseInt(group, 16));
}

function isMappedV4(bytes: Uint8Array): boolean {
  const mappedPrefix = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];
  return mappedPrefix.every((byte, i) => bytes[i] === byte);
}

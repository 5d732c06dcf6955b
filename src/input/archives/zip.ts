/**
 * zip: the central directory at the end says what is in it (APPNOTE 4.3.6). Of an archive that was cut
 * off, the headers before its members do, as far as they tell the sizes.
 */

import { readSync } from "node:fs";
import type { Archive, Listing, NamedMember } from "./member.ts";
import { mostMembers } from "./member.ts";

/** "PK\x03\x04" begins the header of a member; an empty archive is its end record alone. */
const memberMark = 0x04034b50;
const entryMark = 0x02014b50;
const endMark = 0x06054b50;
const end64Mark = 0x06064b50;
const locator64Mark = 0x07064b50;

export const zip: Archive = {
  name: "zip",
  recognises(head) {
    if (head.length < 4) return false;
    const mark = new DataView(head.buffer, head.byteOffset).getUint32(0, true);
    return (mark === memberMark || mark === endMark) && !isDocument(head);
  },
};

/** What the first member of an office document or a program is called, which are zip archives, too. */
const documentMembers = ["[Content_Types].xml", "mimetype", "META-INF/", "_rels/", "docProps/"];

/** Whether it is a zip file that people open as a document, by its first bytes. */
export function isDocument(head: Uint8Array): boolean {
  const text = Buffer.from(head.subarray(0, memberHeaderBytes + 32)).toString("latin1");
  return (
    text.startsWith("PK\x03\x04") &&
    documentMembers.some((name) => text.startsWith(name, memberHeaderBytes))
  );
}

const memberHeaderBytes = 30;
const entryBytes = 46;
const endBytes = 22;
const locatorBytes = 20;
const end64Bytes = 56;
/** A comment of at most 64 KB may follow the end record. */
const longestEnd = endBytes + 0xffff;
/** No directory of `mostMembers` names is larger. */
const directoryLimit = 512 * 1024 * 1024;

/** What the header of a member or its entry in the directory says. */
interface Header {
  readonly name: string;
  readonly isEncrypted: boolean;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly bytes: number;
}

/** Lists the members of a file of `size` bytes, in the order of the directory. */
export function zipListing(descriptor: number, size: number): Listing {
  const directory = directoryOf(descriptor, size);
  return directory === undefined
    ? listingByHeaders(descriptor, size)
    : listingByDirectory(descriptor, directory);
}

interface Directory {
  readonly bytes: DataView;
  readonly count: number;
}

function directoryOf(descriptor: number, size: number): Directory | undefined {
  const tailAt = Math.max(0, size - longestEnd);
  const tail = read(descriptor, tailAt, size - tailAt);
  for (let at = tail.byteLength - endBytes; at >= 0; at -= 1) {
    if (tail.getUint32(at, true) !== endMark) continue;
    const end = endRecord(descriptor, { tail, at, tailAt });
    if (end === undefined || end.length > directoryLimit || end.count > mostMembers) continue;
    const from = end.before - end.length;
    if (from < 0) continue;
    const bytes = read(descriptor, from, end.length);
    const isDirectory = end.length === 0 || bytes.byteLength === end.length;
    if (isDirectory && (end.count === 0 || markAt(bytes, 0) === entryMark)) {
      return { bytes, count: end.count };
    }
  }
  return undefined;
}

/** The end record, or for large archives the one that it leads to. */
function endRecord(
  descriptor: number,
  { tail, at, tailAt }: { readonly tail: DataView; readonly at: number; readonly tailAt: number },
): { count: number; length: number; before: number } | undefined {
  const locatorAt = at - locatorBytes;
  if (locatorAt >= 0 && markAt(tail, locatorAt) === locator64Mark) {
    const place = tailAt + locatorAt - end64Bytes;
    const end = place < 0 ? undefined : read(descriptor, place, end64Bytes);
    if (end !== undefined && markAt(end, 0) === end64Mark) {
      return { count: long(end, 32), length: long(end, 40), before: place };
    }
  }
  return {
    count: tail.getUint16(at + 10, true),
    length: tail.getUint32(at + 12, true),
    before: tailAt + at,
  };
}

function listingByDirectory(descriptor: number, { bytes, count }: Directory): Listing {
  const members: NamedMember[] = [];
  const unreadable: { name?: string; reason: string }[] = [];
  let at = 0;
  for (let entry = 0; entry < count; entry += 1) {
    const isEntry = markAt(bytes, at) === entryMark && at + entryBytes <= bytes.byteLength;
    const lengths = [28, 30, 32].map((field) => (isEntry ? bytes.getUint16(at + field, true) : 0));
    const [nameLength = 0, extraLength = 0, commentLength = 0] = lengths;
    const extraAt = at + entryBytes + nameLength;
    const next = extraAt + extraLength + commentLength;
    if (!isEntry || next > bytes.byteLength) {
      unreadable.push({ reason: "the directory of the zip archive is damaged" });
      break;
    }
    const extra = slice(bytes, extraAt, extraLength);
    const [size, packed, offset] = withLong(
      extra,
      [24, 20, 42].map((f) => bytes.getUint32(at + f, true)),
    );
    const header: Header = {
      name: nameOf(slice(bytes, at + entryBytes, nameLength)),
      isEncrypted: (bytes.getUint16(at + 8, true) & 1) !== 0,
      method: bytes.getUint16(at + 10, true),
      crc: bytes.getUint32(at + 16, true),
      packed: packed ?? 0,
      bytes: size ?? 0,
    };
    add(header, dataOf(descriptor, offset ?? 0), { members, unreadable });
    at = next;
  }
  return { members, unreadable };
}

/** Where the bytes of a member begin: the lengths in its own header may differ from the directory's. */
function dataOf(descriptor: number, at: number): number | undefined {
  const header = read(descriptor, at, memberHeaderBytes);
  if (header.byteLength < memberHeaderBytes || markAt(header, 0) !== memberMark) return undefined;
  return at + memberHeaderBytes + header.getUint16(26, true) + header.getUint16(28, true);
}

function listingByHeaders(descriptor: number, size: number): Listing {
  const members: NamedMember[] = [];
  const unreadable: { name?: string; reason: string }[] = [
    { reason: "the zip archive breaks off: its directory is missing" },
  ];
  for (let at = 0; at + memberHeaderBytes <= size && members.length < mostMembers; ) {
    const bytes = read(descriptor, at, memberHeaderBytes);
    if (markAt(bytes, 0) !== memberMark) break;
    const [nameLength, extraLength] = [bytes.getUint16(26, true), bytes.getUint16(28, true)];
    const names = read(descriptor, at + memberHeaderBytes, nameLength + extraLength);
    const data = at + memberHeaderBytes + nameLength + extraLength;
    if (names.byteLength < nameLength + extraLength) break;
    const [own, packed] = withLong(slice(names, nameLength, extraLength), [
      bytes.getUint32(22, true),
      bytes.getUint32(18, true),
    ]);
    const flags = bytes.getUint16(6, true);
    const header: Header = {
      name: nameOf(slice(names, 0, nameLength)),
      isEncrypted: (flags & 1) !== 0,
      method: bytes.getUint16(8, true),
      crc: bytes.getUint32(14, true),
      packed: packed ?? 0,
      bytes: own ?? 0,
    };
    if ((flags & 8) !== 0 && header.packed === 0) {
      unreadable.push({ name: header.name, reason: "does not say how long it is" });
      break;
    }
    add(header, data, { members, unreadable });
    at = data + (packed ?? 0);
  }
  return { members, unreadable };
}

function add(
  { name, isEncrypted, method, crc, packed, bytes }: Header,
  offset: number | undefined,
  {
    members,
    unreadable,
  }: { members: NamedMember[]; unreadable: { name?: string; reason: string }[] },
): void {
  if (name.endsWith("/")) return;
  if (isEncrypted) {
    unreadable.push({ name, reason: "is encrypted; unpack it first: unzip FILE -d FOLDER" });
  } else if (method !== 0 && method !== 8) {
    unreadable.push({
      name,
      reason: "is packed in a way that is not read; unpack it first: unzip FILE -d FOLDER",
    });
  } else if (offset === undefined) {
    unreadable.push({ name, reason: "is not where the zip archive says" });
  } else {
    const deflated = method === 8 ? { deflated: { bytes, crc } } : {};
    members.push({ name, member: { offset, length: packed, ...deflated } });
  }
}

/** Fields that hold all ones stand in the extra field 1, in this order, eight bytes each (4.5.3). */
function withLong(extra: DataView, fields: readonly number[]): readonly number[] {
  let at = 0;
  while (at + 4 <= extra.byteLength && extra.getUint16(at, true) !== 1) {
    at += 4 + extra.getUint16(at + 2, true);
  }
  at += 4;
  return fields.map((field) => {
    if (field !== 0xffffffff || at + 8 > extra.byteLength) return field;
    at += 8;
    return long(extra, at - 8);
  });
}

function long(bytes: DataView, at: number): number {
  return Number(bytes.getBigUint64(at, true));
}

function markAt(bytes: DataView, at: number): number | undefined {
  return at + 4 <= bytes.byteLength ? bytes.getUint32(at, true) : undefined;
}

function slice(bytes: DataView, at: number, length: number): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset + at, length);
}

/** Names that are no UTF-8 keep what of them is ASCII, which is all of CloudTrail's own. */
function nameOf({ buffer, byteOffset, byteLength }: DataView): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString("utf8");
}

function read(descriptor: number, at: number, length: number): DataView {
  const bytes = Buffer.alloc(Math.max(0, length));
  let count = 0;
  while (count < bytes.length) {
    const more = readSync(descriptor, bytes, count, bytes.length - count, at + count);
    if (more === 0) break;
    count += more;
  }
  return new DataView(bytes.buffer, bytes.byteOffset, count);
}

/**
 * tar: headers of 512 bytes, each before the file that it tells of (POSIX ustar and pax, GNU's long
 * names).
 */

import {
  type Archive,
  type Cursor,
  type Listing,
  mostMembers,
  type NamedMember,
} from "./member.ts";

const blockBytes = 512;
/** No path of any system is longer. */
const longestNote = 1024 * 1024;

export const tar: Archive = {
  name: "tar",
  recognises: (head) =>
    head.length >= blockBytes && latin1(head, 257, 5) === "ustar" && isSound(head),
};

const file = new Set(["0", "\0", "7"]);

/** Lists the files in order. What else may stand in a tar, folders and links, holds no bytes. */
export async function tarListing(cursor: Cursor): Promise<Listing> {
  const members: NamedMember[] = [];
  const ended = (reason?: string): Listing => ({
    members,
    unreadable: reason === undefined ? [] : [{ reason }],
  });
  /** What notes before a header say of it: its name, its size. */
  let noted: Noted = {};
  while (members.length < mostMembers) {
    const header = await cursor.take(blockBytes);
    if (header.length === 0 && members.length > 0) return ended();
    if (header.length < blockBytes) return ended(breaksOff);
    if (header.every((byte) => byte === 0)) return ended();
    if (!isSound(header)) return ended("the tar archive is damaged");
    const type = latin1(header, 156, 1);
    const length = noted.size ?? numberAt(header, 124, 12);
    if (length === undefined) return ended("the tar archive is damaged");
    const padding = (blockBytes - (length % blockBytes)) % blockBytes;
    if (type === "x" || type === "L") {
      if (length > longestNote) return ended("the tar archive is damaged");
      const note = await cursor.take(length);
      noted = { ...noted, ...(type === "x" ? paxOf(note) : { path: textOf(note) }) };
      if (!(await cursor.skip(padding))) return ended(breaksOff);
      continue;
    }
    const name = noted.path ?? nameIn(header);
    noted = {};
    if (file.has(type) && !name.endsWith("/")) {
      members.push({ name, member: { offset: cursor.position, length } });
    }
    if (!(await cursor.skip(length + padding))) return ended(breaksOff);
  }
  return ended();
}

const breaksOff = "the tar archive breaks off";

interface Noted {
  readonly path?: string;
  readonly size?: number;
}

function nameIn(header: Uint8Array): string {
  const name = textOf(header.subarray(0, 100));
  const prefix = latin1(header, 257, 6) === "ustar\0" ? textOf(header.subarray(345, 500)) : "";
  return prefix === "" ? name : `${prefix}/${name}`;
}

/** Records `LENGTH KEY=VALUE\n`, the length in decimal and of the whole. */
function paxOf(note: Uint8Array): Noted {
  const noted: { path?: string; size?: number } = {};
  for (let at = 0; at < note.length; ) {
    const space = note.indexOf(0x20, at);
    const length = Number(latin1(note, at, Math.max(0, space - at)));
    if (space < 0 || !Number.isInteger(length) || length <= 0) break;
    const [key = "", ...rest] = textOf(note.subarray(space + 1, at + length - 1)).split("=");
    const value = rest.join("=");
    if (key === "path") noted.path = value;
    if (key === "size" && /^\d{1,15}$/.test(value)) noted.size = Number(value);
    at += length;
  }
  return noted;
}

/** Octal digits, or where the first bit is set the bytes themselves, as GNU writes large ones. */
function numberAt(header: Uint8Array, at: number, length: number): number | undefined {
  if (((header[at] ?? 0) & 0x80) !== 0) {
    let number = (header[at] ?? 0) & 0x7f;
    for (const byte of header.subarray(at + 1, at + length)) number = number * 256 + byte;
    return Number.isSafeInteger(number) ? number : undefined;
  }
  const digits = latin1(header, at, length).replaceAll(/[\0 ]/g, "");
  return /^[0-7]*$/.test(digits) ? Number.parseInt(digits || "0", 8) : undefined;
}

/** The sum of the header's bytes, its own eight taken as spaces. */
function isSound(header: Uint8Array): boolean {
  const told = numberAt(header, 148, 8);
  let sum = 0;
  for (let at = 0; at < blockBytes; at += 1)
    sum += at >= 148 && at < 156 ? 0x20 : (header[at] ?? 0);
  return told === sum;
}

function latin1(bytes: Uint8Array, at: number, length: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + at, length).toString("latin1");
}

/** Up to the first zero. */
function textOf(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return Buffer.from(end < 0 ? bytes : bytes.subarray(0, end)).toString("utf8");
}

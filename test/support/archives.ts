/** Writes archives, as far as the tests need them. */

import { deflateRawSync, gzipSync, crc32 as zlibCrc } from "node:zlib";

export interface Entry {
  readonly name: string;
  readonly bytes: Uint8Array;
}

interface ZipOptions {
  readonly method?: "stored" | "deflated" | "another";
  readonly isEncrypted?: boolean;
  /** Sizes stand behind the bytes, as a writer has it that cannot go back. */
  readonly isStreamed?: boolean;
  /** The sizes stand in the extra field for long ones. */
  readonly isLong?: boolean;
  readonly crc?: number;
}

const methods = { stored: 0, deflated: 8, another: 99 };

export function zipOf(entries: readonly Entry[], options: ZipOptions = {}): Buffer {
  const { method = "deflated", isEncrypted = false, isStreamed = false, isLong = false } = options;
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, bytes } of entries) {
    const packed = method === "deflated" ? deflateRawSync(bytes) : Buffer.from(bytes);
    const flags = (isEncrypted ? 1 : 0) | (isStreamed ? 8 : 0);
    const crc = options.crc ?? zlibCrc(bytes);
    const own = Buffer.alloc(26);
    own.writeUInt16LE(20, 0);
    own.writeUInt16LE(flags, 2);
    own.writeUInt16LE(methods[method], 4);
    own.writeUInt32LE(crc, 10);
    own.writeUInt32LE(packed.length, 14);
    own.writeUInt32LE(bytes.length, 18);
    own.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.from(own);
    if (isStreamed) local.fill(0, 10, 22);
    const header = Buffer.concat([Buffer.from("PK\x03\x04"), local, Buffer.from(name)]);
    const behind = Buffer.alloc(isStreamed ? 16 : 0);
    if (isStreamed) {
      behind.write("PK\x07\x08", 0, "latin1");
      own.copy(behind, 4, 10, 22);
    }
    const extra = Buffer.alloc(isLong ? 28 : 0);
    if (isLong) {
      extra.writeUInt16LE(1, 0);
      extra.writeUInt16LE(24, 2);
      for (const [i, size] of [bytes.length, packed.length, at].entries()) {
        extra.writeBigUInt64LE(BigInt(size), 4 + 8 * i);
      }
      own.fill(0xff, 14, 22);
    }
    own.writeUInt16LE(extra.length, 24);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(isLong ? 0xffffffff : at, 10);
    const entry = [Buffer.from("PK\x01\x02\x14\x00"), own, rest, Buffer.from(name), extra];
    directory.push(Buffer.concat(entry));
    parts.push(header, packed, behind);
    at += header.length + packed.length + behind.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", 0, "latin1");
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, listed, end]);
}

interface TarOptions {
  /** How names are told that the header has no room for. */
  readonly longNames?: "pax" | "gnu";
}

export function tarOf(entries: readonly Entry[], { longNames }: TarOptions = {}): Buffer {
  const parts = entries.flatMap(({ name, bytes }) => {
    const note = Buffer.from(longNames === "pax" ? paxRecord("path", name) : `${name}\0`);
    const noted =
      longNames === undefined
        ? []
        : [tarHeader("note", note.length, longNames === "pax" ? "x" : "L"), padded(note)];
    const short = longNames === undefined ? name : name.slice(0, 50);
    return [...noted, tarHeader(short, bytes.length, "0"), padded(Buffer.from(bytes))];
  });
  return Buffer.concat([...parts, Buffer.alloc(1024)]);
}

export function tarGzOf(entries: readonly Entry[]): Buffer {
  return gzipSync(tarOf(entries));
}

function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  let length = Buffer.byteLength(rest) + 1;
  while (`${length}`.length + Buffer.byteLength(rest) !== length) length += 1;
  return `${length}${rest}`;
}

function tarHeader(name: string, size: number, type: string): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0, 100);
  header.write("0000644\0", 100);
  header.write(`${size.toString(8).padStart(11, "0")}\0`, 124);
  header.write("        ", 148);
  header.write(type, 156);
  header.write("ustar\x0000", 257, "latin1");
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return header;
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]);
}

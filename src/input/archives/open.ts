/**
 * Files in archives as feeds. What they are packed in themselves, as `.json.gz` in a zip, is unpacked as of
 * any file.
 */

import { closeSync, openSync } from "node:fs";
import type { Chunks, Feed, Unpacked } from "../containers/container.ts";
import { gzip } from "../containers/gzip.ts";
import { containerOf, containerOfFile, packedFeed } from "../containers/index.ts";
import { blocks, bytesFeed, chunksFeed, gathered, startingWith } from "../containers/stream.ts";
import type { FileSource, Source } from "../source.ts";
import { feedCursor } from "./cursor.ts";
import type { Member } from "./member.ts";

interface MemberSource extends FileSource {
  readonly member: Member;
}

export function isMember(source: Source): source is MemberSource {
  return source.kind === "file" && source.member !== undefined;
}

/** Larger ones are never in memory whole. */
const wholeMemberLimit = 16 * 1024 * 1024;

/** Opens a file in an archive. Throws what the file system throws when the archive cannot be opened. */
export async function openMember(source: MemberSource, archives: OpenArchives): Promise<Feed> {
  const { length, deflated } = source.member;
  const stored = await archives.bytesOf(source);
  const packed = deflated === undefined ? stored : asGzip(stored, length, deflated);
  if (length > wholeMemberLimit) {
    return unpackedChunks(deflated === undefined ? packed : gzip.stream(packed));
  }
  const bytes = await gathered(packed, Number.POSITIVE_INFINITY);
  if (deflated === undefined) {
    return unpackedBytes({ bytes, ...(bytes.length < length && { damage: breaksOff }) });
  }
  const inflated = gzip.unpack(bytes);
  return inflated === undefined
    ? unpackedChunks(gzip.stream(startingWith(bytes)))
    : unpackedBytes(inflated);
}

const breaksOff = "the archive breaks off in it";

function unpackedBytes(stored: Unpacked): Feed {
  const container = containerOf(stored.bytes);
  if (container === undefined) return bytesFeed(stored);
  const whole = container.lend(stored.bytes);
  return whole === undefined
    ? chunksFeed(container.stream(startingWith(stored.bytes)))
    : bytesFeed({ ...stored, ...whole });
}

async function unpackedChunks(stored: Chunks): Promise<Feed> {
  const head = await gathered(stored, 2);
  const all = startingWith(head, stored);
  const container = containerOf(head);
  return chunksFeed(container === undefined ? all : container.stream(all));
}

/** Deflated bytes as the gzip member that they would be, so that one piece of code checks both (RFC 1952). */
async function* asGzip(
  deflated: Chunks,
  length: number,
  { bytes, crc }: NonNullable<Member["deflated"]>,
): Chunks {
  yield Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);
  let left = length;
  for await (const chunk of deflated) {
    left -= chunk.length;
    yield chunk;
  }
  if (left > 0) return breaksOff;
  const end = Buffer.alloc(8);
  end.writeUInt32LE(crc, 0);
  end.writeUInt32LE(bytes % 2 ** 32, 4);
  yield end;
  return undefined;
}

/**
 * The archive whose members were read last. One that is packed as a whole goes on where the last member
 * ended, so that members in their order cost one time through it.
 */
export class OpenArchives {
  private descriptor: number | undefined;
  private path: string | undefined;
  private packed: Packed | undefined;

  /** The bytes of a member as they stand in its archive; good until the next is asked for. */
  async bytesOf({ path, member: { offset, length } }: MemberSource): Promise<Chunks> {
    const isBehind = this.packed !== undefined && this.packed.cursor.position > offset;
    if (this.path !== path || isBehind) this.open(path);
    if (this.packed === undefined) return blocks(this.descriptor ?? -1, offset, length);
    const { cursor } = this.packed;
    await cursor.skip(offset - cursor.position);
    return cursor.chunks(length);
  }

  private open(path: string): void {
    this.close();
    const descriptor = openSync(path, "r");
    const container = containerOfFile(descriptor);
    this.path = path;
    this.descriptor = descriptor;
    if (container === undefined) return;
    this.packed = { cursor: feedCursor(packedFeed(container, descriptor)) };
  }

  close(): void {
    if (this.descriptor !== undefined) closeSync(this.descriptor);
    this.descriptor = undefined;
    this.path = undefined;
    this.packed = undefined;
  }
}

interface Packed {
  readonly cursor: ReturnType<typeof feedCursor>;
}

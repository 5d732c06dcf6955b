/**
 * The archives, and the way from one to the files in it, each a source of its own: its format and what is
 * wrong with it are told as of any other file.
 */

import { closeSync, openSync, readSync } from "node:fs";
import type { Feed } from "../containers/container.ts";
import { containerOf, packedFeed } from "../containers/index.ts";
import { deliveryTime, mayHoldWindow, type TimeWindow } from "../delivery-time.ts";
import { compareText, type Discovery } from "../discover.ts";
import type { FileSource, Source } from "../source.ts";
import { feedCursor, fileCursor } from "./cursor.ts";
import type { Archive, Listing } from "./member.ts";
import { tar, tarListing } from "./tar.ts";
import { zip, zipListing } from "./zip.ts";

const archives: readonly Archive[] = [zip, tar];

/** By so many bytes every archive is known. */
const headBytes = 512;

/**
 * The sources, and for each archive among them the files in it, `archive!name`, in the order of the archive
 * if it is packed as a whole and can only be read so. Archives in archives are left as they are.
 */
export async function withMembers(discovery: Discovery, window: TimeWindow): Promise<Discovery> {
  const sources: Source[] = [];
  const unreadable = [...discovery.unreadable];
  let outsideWindow = discovery.outsideWindow;
  for (const source of discovery.sources) {
    const listing = source.kind === "file" ? await listingOf(source) : undefined;
    if (listing === undefined || source.kind !== "file") {
      sources.push(source);
      continue;
    }
    const inside = membersOf(source, listing);
    const wanted = inside.filter(({ origin }) => mayHoldWindow(origin, window));
    outsideWindow += inside.length - wanted.length;
    sources.push(...wanted);
    unreadable.push(
      ...listing.unreadable.map(({ name, reason }) => ({
        origin: name === undefined ? source.origin : `${source.origin}!${name}`,
        reason,
      })),
    );
  }
  unreadable.sort((a, b) => compareText(a.origin, b.origin));
  return { ...discovery, sources, unreadable, outsideWindow };
}

/** Undefined: no archive, or none that can be opened; whoever reads it as a file says why. */
async function listingOf(source: FileSource): Promise<Listing | undefined> {
  // CloudTrail delivers no archives, and a bucket holds a hundred thousand files.
  if (deliveryTime(source.path) !== undefined) return undefined;
  try {
    const descriptor = openSync(source.path, "r");
    try {
      const head = Buffer.alloc(headBytes);
      const length = readSync(descriptor, head, 0, headBytes, 0);
      const container = containerOf(head.subarray(0, length));
      if (container !== undefined) return await packedListing(packedFeed(container, descriptor));
      const archive = archives.find((one) => one.recognises(head.subarray(0, length)));
      if (archive === zip) return zipListing(descriptor, source.bytes);
      return archive === tar ? await tarListing(fileCursor(descriptor, source.bytes)) : undefined;
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if (error instanceof Error && "syscall" in error) return undefined;
    throw error;
  }
}

/** A tar that is packed as a whole is read once to the end, to see what is in it. */
async function packedListing(feed: Feed): Promise<Listing | undefined> {
  const cursor = feedCursor(feed);
  if (!tar.recognises(await cursor.peek(headBytes))) return undefined;
  const { members, unreadable } = await tarListing(cursor);
  // Nothing follows but zeros, unless what it is packed in is damaged.
  await cursor.skip(Number.POSITIVE_INFINITY);
  if (feed.damage !== undefined && unreadable.length === 0)
    unreadable.push({ reason: feed.damage });
  return {
    members: members.map(({ name, member }) => ({ name, member: { ...member, onlyPasses: true } })),
    unreadable,
  };
}

/** Of several files of one name, as tar has them where a file was added again, each keeps its own. */
function membersOf(source: FileSource, { members }: Listing): readonly FileSource[] {
  const named = new Map<string, number>();
  return members.map(({ name, member }) => {
    const count = (named.get(name) ?? 0) + 1;
    named.set(name, count);
    const origin = `${source.origin}!${name}${count === 1 ? "" : ` (${count})`}`;
    return { ...source, origin, bytes: member.length, member };
  });
}

/**
 * What can be saved of damaged bytes.
 *
 * Where brackets and quotes cannot be trusted, a record is known by how it begins. Each beginning is
 * looked at by itself, so the time this takes grows with the bytes and not with the damage.
 */

import { type CloudTrailRecord, parseRecord } from "../event/record.ts";
import { eventKeysAmong } from "./formats/event-keys.ts";
import { skipValue } from "./formats/opening.ts";

/** CloudTrail begins with the version; programs that sort keys, with one of the others. */
const recordBeginning =
  /\{\s*"(?:eventVersion|additionalEventData|apiVersion|awsRegion|eventID|eventTime)"\s*:/g;

/** No beginning is longer, white space and all, unless somebody made it so. */
export const longestBeginning = 256;

/** Where records may begin. */
export function beginnings(bytes: Uint8Array): readonly number[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
  return Array.from(text.matchAll(recordBeginning), ({ index }) => index);
}

/** A stretch of the bytes: a whole record, or what could not be read as one. */
export type Piece =
  | {
      readonly kind: "record";
      readonly start: number;
      readonly end: number;
      readonly record: CloudTrailRecord;
    }
  | { readonly kind: "lost"; readonly start: number; readonly reason: string };

/** Why a damaged record is lost. */
export const unreadableRecord = "a record that is no JSON object";

/** What stands where a record was found: that record as a rule, else what can be saved. */
export function piecesOfRecord(bytes: Uint8Array): Iterable<Piece> {
  const record = parseRecord(bytes);
  if (record === undefined) return pieces(bytes, unreadableRecord);
  if (eventKeysAmong(Object.keys(record)) > 0) {
    return [{ kind: "record", start: 0, end: bytes.length, record }];
  }
  const { Records: inner } = record;
  if (Array.isArray(inner) && inner.length === 0) return [];
  return pieces(bytes, "JSON of another kind as a record");
}

/** Objects within a record may look like one; so many of them are tolerated. */
const innerBeginnings = 3;

/** The whole records in damaged bytes, in order, or else the loss; `reason` is why anything is lost. */
export function* pieces(bytes: Uint8Array, reason: string): Generator<Piece> {
  const places = beginnings(bytes);
  let from = 0;
  for (const [index, start] of places.entries()) {
    if (start < from) continue;
    if (holdsMore(bytes.subarray(from, start))) yield { kind: "lost", start: from, reason };
    from = start;
    const limit = places[index + 1 + innerBeginnings] ?? bytes.length;
    const end = skipValue(bytes.subarray(0, limit), start);
    const record = end === undefined ? undefined : parseRecord(bytes.subarray(start, end));
    if (end === undefined || record === undefined || !isEvent(record)) continue;
    yield { kind: "record", start, end, record };
    from = end;
  }
  const isAllLost = places.length === 0;
  if (isAllLost || holdsMore(bytes.subarray(from))) yield { kind: "lost", start: from, reason };
}

function isEvent(record: CloudTrailRecord): boolean {
  return eventKeysAmong(Object.keys(record)) >= 2;
}

/** More than the marks of JSON, and the key of their array, which may stand between sound records. */
function holdsMore(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
  return /[^ \t\r\n,:[\]{}]/.test(text.replaceAll('"Records"', ""));
}

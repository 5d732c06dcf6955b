/**
 * The other names of a resource in words and for machines.
 */

import { formatTime } from "../event/time.ts";
import { valuesOf } from "../event/values.ts";
import type { Answer } from "../query/answer.ts";
import type { Alias } from "../resolve/alias-evidence.ts";
import { callOf, onDay } from "./event-words.ts";
import { listed, moment } from "./sentences.ts";

/** Machine formats have all. */
const most = 3;

export function aliasSentences(
  asked: string,
  aliases: readonly Alias[],
  timeZone: string,
): readonly string[] {
  const followed = aliases.filter(({ isFollowed }) => isFollowed);
  const bearers = followed.filter(({ link }) => link === "tag Name");
  // Names before ids: they say more.
  const others = followed
    .filter(({ link }) => link !== "tag Name")
    .sort((a, b) => Number(a.link === "id") - Number(b.link === "id"));
  const told = aliases.filter(({ isFollowed }) => !isFollowed);
  return [
    ...(bearers.length === 0 ? [] : [`${asked} is ${bearersOf(bearers, timeZone)}.`]),
    ...(others.length === 0
      ? []
      : [
          `Told under its other names, too: ${listed(
            others.map((one) => nameWords(one, timeZone)),
            most,
          )}.`,
        ]),
    ...(told.length === 0
      ? []
      : [
          `Also known as ${listed(
            told.map((one) => nameWords(one, timeZone)),
            most,
          )}.`,
        ]),
  ];
}

/** `a tag Name that 3 things bear or bore: ...`. */
function bearersOf(bearers: readonly Alias[], timeZone: string): string {
  const words = bearers.map((alias) => {
    const { name, kind } = alias;
    return `${kind === undefined ? "" : `${kind} `}${name}${spanWords(alias, timeZone)}`;
  });
  return bearers.length === 1
    ? `the tag Name of ${words.join()}`
    : `only a tag Name, which ${bearers.length} things bear or bore: ${listed(words, most)}`;
}

/** `orders-old (new name, since ModifyDBInstance on 2026-11-05 at 09:05:00 UTC)`. */
function nameWords(alias: Alias, timeZone: string): string {
  const { name, link, evidence, since, until } = alias;
  const { record } = evidence;
  const call = `${callOf(record)}${onDay(record, timeZone)}`;
  if (since !== undefined && until !== undefined)
    return `${name} (${link},${spanWords(alias, timeZone)})`;
  const how = since !== undefined ? "since" : until !== undefined ? "until" : "as told by";
  return `${name} (${link}, ${how} ${call})`;
}

function spanWords({ since, until }: Alias, timeZone: string): string {
  const from = since === undefined ? "" : ` since ${moment(since, timeZone)}`;
  return `${from}${until === undefined ? "" : ` until ${moment(until, timeZone)}`}`;
}

export function aliasFacts({
  name,
  link,
  since,
  until,
  isFollowed,
  evidence,
}: Alias): NonNullable<Answer["facts"]> {
  const text = (time: number | undefined) => (time === undefined ? null : formatTime(time, "UTC"));
  return {
    name,
    tie: link,
    since: text(since),
    until: text(until),
    followed: isFollowed,
    evidence: valuesOf("eventID", evidence.record)[0] ?? null,
  };
}

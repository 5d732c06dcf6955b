/**
 * Validation of what was found on disk: told as a whole, or used to leave out what nothing proves.
 */

import type { Discovery } from "../input/discover.ts";
import type { FileSource } from "../input/source.ts";
import type { LeftOut } from "../query/coverage.ts";
import type { Integrity } from "../query/integrity.ts";
import { UserError } from "../query/user-error.ts";
import { type Validating, validate } from "./index.ts";

export async function integrityOf(
  discovery: Discovery,
  validating: Validating,
): Promise<Integrity> {
  const { integrity } = await validate(filesIn(discovery), validating);
  return { ...integrity, problems: [...discovery.unreadable, ...integrity.problems] };
}

/** The same with only those logs to read that digests prove, and why the others were left out. */
export async function onlyProven(discovery: Discovery, validating: Validating): Promise<Discovery> {
  const { integrity, verified } = await validate(filesIn(discovery), validating);
  const leftOut = new Map<string, LeftOut>();
  const leave = (origin: string, why: string) => {
    const { files, first } = leftOut.get(why) ?? { files: 0, first: origin };
    leftOut.set(why, { why, files: files + 1, first });
  };
  const sources = discovery.sources.filter(
    (source) => source.kind === "file" && verified.has(source),
  );
  const read = new Set(sources.map(({ origin }) => origin));
  const told = new Set<string>();
  for (const { kind, origin, status } of integrity.files) {
    if (kind === "digest" || origin === undefined || read.has(origin) || told.has(origin)) continue;
    told.add(origin);
    leave(origin, status);
  }
  for (const { origin, reason } of integrity.problems) leave(origin, reason);
  return { ...discovery, sources, unverified: [...leftOut.values()] };
}

function filesIn({ sources }: Discovery): readonly FileSource[] {
  return sources.map((source) => {
    if (source.kind === "file") return source;
    throw new UserError(
      `${source.origin}: digests are of files as CloudTrail delivered them, and a pipe is none; ` +
        "give the folder that holds the logs and their digests",
    );
  });
}

/**
 * Files that no digest lists, of which the AWS CLI says nothing: added to the copy, or delivered at a time
 * that no digest of the copy covers.
 */

import type { FileSource } from "../input/source.ts";
import type { IntegrityQuery, JudgedFile, Standing } from "../query/integrity.ts";
import type { Link } from "./chains.ts";
import { logNameOf, placeOf } from "./names.ts";

/** A file's name tells when it was begun, and its digest may be the one after. */
const deliveryMs = 15 * 60 * 1000;

interface Stretch {
  from: number;
  until: number;
}

/** What the digests of the copy speak of. */
export class Covered {
  /** By account and region, in order of time, none touching the next. */
  private readonly stretches = new Map<string, Stretch[]>();
  /** Folders in which digests or logs that they list stand. */
  private readonly roots = new Set<string>();

  /** Of digests that are not refuted. */
  constructor(links: readonly Link[]) {
    for (const { file, standing } of links) {
      const { name, digest, source } = file;
      if (digest === undefined || name === undefined || standing === "invalid") continue;
      this.addRoot(source);
      if (name.isBackfill) continue;
      const key = `${name.account} ${name.region}`;
      const all = this.stretches.get(key) ?? [];
      all.push({ from: digest.start, until: digest.end });
      this.stretches.set(key, all);
    }
    for (const [key, all] of this.stretches) this.stretches.set(key, joined(all));
  }

  addRoot({ path }: FileSource): void {
    const place = placeOf(path);
    if (place !== undefined) this.roots.add(place.root);
  }

  judge(source: FileSource): Pick<JudgedFile, "standing" | "status"> {
    const name = logNameOf(source.path);
    const place = placeOf(source.path);
    if (name === undefined) {
      return place === undefined
        ? says("unknown", "no digest lists it")
        : says("invalid", "INVALID: no digest lists it, and CloudTrail delivers none of that name");
    }
    if (place !== undefined && this.roots.size > 0 && !this.roots.has(place.root)) {
      return says("unknown", "no digest lists it, and none is of its folder");
    }
    if (name.kind !== undefined) return says("unknown", `no digest lists it (${name.kind})`);
    const stretches = this.stretches.get(`${name.account} ${name.region}`) ?? [];
    const [first] = stretches;
    const last = stretches.at(-1);
    const covers = ({ from, until }: Stretch) =>
      from <= name.delivered && name.delivered + deliveryMs < until;
    if (stretches.some(covers)) {
      return says("invalid", "INVALID: no digest lists it, though digests cover its time");
    }
    if (first === undefined || last === undefined) {
      return says("unknown", "not checked: no usable digest is of its account and region");
    }
    if (name.delivered < first.from) {
      return says("unknown", "not checked: delivered before the oldest digest here");
    }
    if (name.delivered + deliveryMs >= last.until) {
      return says("unknown", "not checked: delivered after the newest digest here");
    }
    return says("unknown", "not checked: no digest here covers its time");
  }
}

function says(standing: Standing, status: string): Pick<JudgedFile, "standing" | "status"> {
  return { standing, status };
}

function joined(stretches: readonly Stretch[]): Stretch[] {
  const all: Stretch[] = [];
  for (const { from, until } of stretches.toSorted((a, b) => a.from - b.from)) {
    const last = all.at(-1);
    if (last !== undefined && from <= last.until) last.until = Math.max(last.until, until);
    else all.push({ from, until });
  }
  return all;
}

/** Whether a file is told of by what was asked; one without a time always is. */
export function isAsked(source: FileSource, { from, until }: IntegrityQuery): boolean {
  const delivered = logNameOf(source.path)?.delivered;
  if (delivered === undefined) return true;
  return (from === undefined || delivered >= from) && (until === undefined || delivered < until);
}

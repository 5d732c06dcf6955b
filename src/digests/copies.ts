/**
 * The files of a copy, by what they may be copies of.
 */

import type { FileSource } from "../input/source.ts";
import { isInPlace, plainName } from "./names.ts";

export class Copies {
  private readonly byName = new Map<string, FileSource[]>();

  constructor(sources: readonly FileSource[]) {
    for (const source of sources) {
      const name = plainName(source.path);
      const known = this.byName.get(name);
      if (known === undefined) this.byName.set(name, [source]);
      else known.push(source);
    }
  }

  /** Files that stand where an object of that key would, in any copy of its bucket. */
  of(key: string): readonly FileSource[] {
    return (this.byName.get(plainName(key)) ?? []).filter(({ path }) => isInPlace(path, key));
  }
}

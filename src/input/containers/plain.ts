/**
 * Files that are packed in nothing.
 */

import { closeSync, readSync } from "node:fs";
import { reasonOf } from "../discover.ts";
import type { Feed } from "./container.ts";

export function plainFeed(descriptor: number, from: number): Feed {
  let position = from;
  let damage: string | undefined;
  return {
    fill(target) {
      try {
        const count = readSync(descriptor, target, 0, target.length, position);
        position += count;
        return count;
      } catch (error) {
        damage = reasonOf(error);
        return 0;
      }
    },
    get damage() {
      return damage;
    },
    close: () => closeSync(descriptor),
  };
}

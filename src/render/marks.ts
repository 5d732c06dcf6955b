/**
 * The sign of each mark in human formats, one column wide; it says the same without colour.
 */

import type { Mark } from "../query/answer.ts";

const signs: Readonly<Record<Mark, string>> = {
  decisive: "▶",
  succeeded: "✓",
  denied: "✗",
  failed: "!",
  "dry-run": "~",
};

export function signOf(mark: Mark | undefined): string {
  return mark === undefined ? " " : signs[mark];
}

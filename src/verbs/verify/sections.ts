/**
 * What validation found, as tables.
 */

import type { Cell, Row, Section } from "../../query/answer.ts";
import type { Chain, Integrity, JudgedFile } from "../../query/integrity.ts";
import { countCell, timeCell } from "../../words/cells.ts";
import { grouped } from "../../words/sentences.ts";

export function sectionsOf(integrity: Integrity, verbose: boolean): readonly Section[] {
  const { files } = integrity;
  const told = verbose ? files : files.filter(({ standing }) => standing === "invalid");
  return [
    filesSection(told, verbose),
    unjudgedSection(files),
    uncoveredSection(integrity),
    chainsSection(integrity.chains),
    problemsSection(integrity),
  ];
}

/** The rows of `aws cloudtrail validate-logs`, in its order, and then files that no digest lists. */
function filesSection(files: readonly JudgedFile[], verbose: boolean): Section {
  return {
    name: "files",
    title: `${verbose ? "All files" : "INVALID"} (${grouped(files.length)})`,
    columns: [
      { name: "kind", title: "File" },
      { name: "place", title: "Delivered as", wrap: true },
      { name: "status", title: "Status" },
      { name: "file", title: "Here", rank: 1, wrap: true },
    ],
    rows: files.map(fileRow),
  };
}

function fileRow({ kind, isBackfill, place, status, origin }: JudgedFile): Row {
  const noun = kind === "digest" ? "Digest file" : "Log file";
  return {
    cells: [
      { text: isBackfill && kind === "digest" ? `(backfill) ${noun}` : noun },
      { text: place },
      { text: status },
      { text: origin },
    ],
  };
}

function unjudgedSection(files: readonly JudgedFile[]): Section {
  const reasons = new Map<string, { readonly first: JudgedFile; count: number }>();
  for (const file of files.filter(({ standing }) => standing === "unknown")) {
    const reason = reasons.get(file.status) ?? { first: file, count: 0 };
    reason.count += 1;
    reasons.set(file.status, reason);
  }
  return {
    name: "unjudged",
    title: "Not judged",
    columns: [
      { name: "status", title: "Why" },
      { name: "files", title: "Files", align: "right" },
      { name: "first", title: "The first of them", wrap: true },
    ],
    rows: Array.from(reasons, ([status, { first, count }]) => ({
      cells: [{ text: status }, countCell(count), { text: first.origin ?? first.place }],
    })),
  };
}

function uncoveredSection({ uncovered }: Integrity): Section {
  return {
    name: "uncovered",
    title: "Times that no digest covers",
    columns: [
      { name: "chain", title: "Digests of" },
      { name: "from", title: "From" },
      { name: "until", title: "Until" },
      { name: "why", title: "Why" },
    ],
    rows: uncovered.map(({ chain, isBackfill, from, until, why }) => ({
      cells: [chainCell(chain, isBackfill), timeCell(from), timeCell(until), { text: why }],
    })),
  };
}

function chainsSection(chains: readonly Chain[]): Section {
  const count = (name: string, title: string) => ({ name, title, align: "right" }) as const;
  return {
    name: "chains",
    title: "Chains of digests",
    columns: [
      { name: "chain", title: "Digests of" },
      { name: "from", title: "Valid from" },
      { name: "until", title: "Until" },
      count("digests", "Digests"),
      count("validDigests", "valid"),
      count("logs", "Logs"),
      count("validLogs", "valid"),
      { ...count("empty", "Hours without logs"), rank: 1 },
    ],
    rows: chains.map(({ name, isBackfill, span, digests, logs, empty }) => ({
      cells: [
        chainCell(name, isBackfill),
        timeCell(span.first),
        timeCell(span.last),
        countCell(digests.valid + digests.invalid + digests.unknown),
        countCell(digests.valid),
        countCell(logs.valid + logs.invalid + logs.unknown),
        countCell(logs.valid),
        countCell(empty),
      ],
    })),
  };
}

function problemsSection({ problems }: Integrity): Section {
  return {
    name: "problems",
    title: "Could not be opened",
    columns: [
      { name: "file", title: "File", wrap: true },
      { name: "reason", title: "Reason" },
    ],
    rows: problems.map(({ origin, reason }) => ({ cells: [{ text: origin }, { text: reason }] })),
  };
}

function chainCell(name: string, isBackfill: boolean): Cell {
  return { text: isBackfill ? `(backfill) ${name}` : name };
}

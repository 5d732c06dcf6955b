import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { type Discovery, discover } from "../../src/input/discover.ts";

const top = mkdtempSync(join(tmpdir(), "trailhound-"));
after(() => rmSync(top, { recursive: true }));

const delivered = "111122223333_CloudTrail_us-east-1_20261105T0915Z_abcdEFGH12345678.json.gz";

/** What each entry of a folder is, made in the order given. */
type Entry = "file" | "directory" | "pipe" | { linkTo: string } | { sameAs: string };

let folders = 0;

function folder(entries: Readonly<Record<string, Entry>>): string {
  folders += 1;
  const root = join(top, String(folders));
  mkdirSync(root);
  for (const [name, entry] of Object.entries(entries)) {
    const path = join(root, name);
    mkdirSync(join(path, ".."), { recursive: true });
    if (entry === "file") writeFileSync(path, name);
    else if (entry === "directory") mkdirSync(path);
    else if (entry === "pipe") execFileSync("mkfifo", [path]);
    else if ("linkTo" in entry) symlinkSync(entry.linkTo, path);
    else linkSync(join(root, entry.sameAs), path);
  }
  return root;
}

interface Found extends Omit<Discovery, "paths" | "sources" | "unreadable"> {
  readonly sources: readonly string[];
  readonly unreadable: readonly string[];
}

const nothing: Found = { sources: [], unreadable: [], notFollowed: 0, outsideWindow: 0 };

function found(root: string, paths: readonly string[], from?: number): Found {
  const named = paths.map((path) =>
    path.startsWith("/") || path === "-" ? path : join(root, path),
  );
  const { paths: _, sources, unreadable, ...rest } = discover(named, { from, lateDeliveryMs: 0 });
  const short = (origin: string) => origin.replace(`${root}/`, "");
  return {
    ...rest,
    sources: sources.map(({ kind, origin }) => (kind === "file" ? "" : "| ") + short(origin)),
    unreadable: unreadable.map(({ origin, reason }) => `${short(origin)}: ${reason}`),
  };
}

interface Case {
  readonly name: string;
  readonly entries: Readonly<Record<string, Entry>>;
  readonly paths?: readonly string[];
  readonly found: Partial<Found>;
}

const cases: readonly Case[] = [
  {
    name: "walks to the bottom, in the order of names",
    entries: { "b/z": "file", a: "file", "b/y/x": "file", "b-": "file", c: "file", B: "file" },
    found: { sources: ["B", "a", "b-", "b/y/x", "b/z", "c"] },
  },
  {
    name: "takes several paths, in the order of names",
    entries: { a: "file", "b/c": "file" },
    paths: ["b", "a"],
    found: { sources: ["a", "b/c"] },
  },
  {
    name: "reads a file once that is named twice",
    entries: { a: "file" },
    paths: ["a", "", "a"],
    found: { sources: ["a"] },
  },
  {
    name: "reads a file once that has two names, under the first in order",
    entries: { z: "file", y: { sameAs: "z" }, link: { linkTo: "z" } },
    paths: ["", "link"],
    found: { sources: ["link"], notFollowed: 1 },
  },
  {
    name: "follows a link to a file and one to a folder that the user named",
    entries: { "real/a": "file", b: "file", "to-a": { linkTo: "real/a" }, to: { linkTo: "real" } },
    paths: ["to"],
    found: { sources: ["to/a"] },
  },
  {
    name: "counts links met in a walk once, and does not follow them",
    entries: { a: "file", "sub/up": { linkTo: ".." }, dead: { linkTo: "nowhere" } },
    paths: ["", "sub", "sub/up"],
    found: { sources: ["a"], notFollowed: 2 },
  },
  {
    name: "counts a pipe met in a walk",
    entries: { a: "file", p: "pipe" },
    found: { sources: ["a"], notFollowed: 1 },
  },
  {
    name: "reads a pipe that the user named, once",
    entries: { p: "pipe" },
    paths: ["p", "p"],
    found: { sources: ["| p"] },
  },
  {
    name: "reads standard input once, beside files",
    entries: { a: "file" },
    paths: ["-", "a", "-"],
    found: { sources: ["| (standard input)", "a"] },
  },
  {
    name: "names what is not there",
    entries: { a: "file", loop: { linkTo: "loop" } },
    paths: ["none", "a", "a/b", "loop"],
    found: {
      sources: ["a"],
      unreadable: [
        "a/b: a part of the path is not a directory",
        "loop: a symbolic link leads back to itself",
        "none: no such file or directory",
      ],
    },
  },
  {
    name: "refuses a device",
    entries: {},
    paths: ["/dev/null"],
    found: { unreadable: ["/dev/null: is neither a file, a directory nor a pipe"] },
  },
  { name: "finds nothing in an empty folder", entries: { sub: "directory" }, found: {} },
];

describe("discover", () => {
  for (const { name, entries, paths = [""], found: expected } of cases) {
    it(name, () => assert.deepEqual(found(folder(entries), paths), { ...nothing, ...expected }));
  }

  it("leaves out the files whose name puts them outside the window, and no others", () => {
    const root = folder({ [delivered]: "file", "2026.json": "file" });
    const late = found(root, [""], Date.parse("2026-11-06T00:00:00Z"));
    assert.deepEqual(late, { ...nothing, sources: ["2026.json"], outsideWindow: 1 });
    assert.equal(found(root, [""], Date.parse("2026-11-05T00:00:00Z")).sources.length, 2);
  });

  it("names a folder that may not be read, and reads the others", () => {
    const root = folder({ "closed/a": "file", "open/b": "file" });
    const { geteuid, seteuid } = process;
    const isRoot = geteuid?.() === 0;
    chmodSync(top, 0o755);
    chmodSync(join(root, "closed"), 0);
    try {
      // The superuser may read everything.
      if (isRoot) seteuid?.(65534);
      assert.deepEqual(found(root, [""]), {
        ...nothing,
        sources: ["open/b"],
        unreadable: ["closed: permission denied"],
      });
    } finally {
      if (isRoot) seteuid?.(0);
      chmodSync(join(root, "closed"), 0o755);
    }
  });
});

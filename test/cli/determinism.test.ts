/**
 * The same input gives the same bytes, whatever the order of paths and the number of threads. Runs the
 * built program, since only that has worker threads.
 */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import { at, byRole, byUser, calling, event, failing, on } from "../support/events.ts";

const folder = mkdtempSync(join(tmpdir(), "trailhound-"));
const names = ["a", "b", "c", "d", "e", "f"];
const paths = names.map((name) => join(folder, name));

/** Many events of one second, some without an eventID, some delivered twice. */
function records(file: number) {
  return Array.from({ length: 200 }, (_, index) => {
    const number = index % 5 === 0 ? index : file * 1000 + index;
    return event(
      index % 3 === 0 ? byUser(`user-${index % 7}`) : byRole("Deploy", `run-${index % 4}`),
      at(`2026-11-05T09:${String(index % 60).padStart(2, "0")}:00Z`),
      calling(index % 10 === 0 ? "DeleteBucket" : "GetObject"),
      on({ bucketName: `bucket-${index % 9}` }),
      index % 20 === 0 ? failing("AccessDenied", "Access Denied") : {},
      { eventID: index % 11 === 0 ? undefined : guid(number) } as Parameters<typeof event>[0],
    );
  });
}

function guid(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
}

before(() => {
  for (const [file, path] of paths.entries()) {
    const all = records(file);
    if (file % 3 === 2) {
      mkdirSync(path);
      writeFileSync(join(path, "lines"), all.map((record) => JSON.stringify(record)).join("\n"));
    } else {
      const text = JSON.stringify({ Records: all });
      writeFileSync(path, file % 3 === 0 ? gzipSync(text) : text);
    }
  }
});
after(() => rmSync(folder, { recursive: true }));

const questions = [
  ["search", "--event", "DeleteBucket", "--format", "json"],
  ["search", "--sort", "eventName", "--reverse", "--format", "csv"],
  ["who", "deleted", "bucket-3", "--format", "json"],
  ["stats", "--by", "user,errorCode", "--format", "json"],
  [
    ...["stats", "--by", "country", "--where", "network = AS64511"],
    ...["--geoip", "fixtures/geo/country.mmdb", "--geoip", "fixtures/geo/asn.mmdb"],
  ],
  ["timeline", "--by", "minute"],
  ["coverage"],
];

const ways: readonly (readonly [name: string, paths: readonly string[], threads: number])[] = [
  ["two threads", paths, 2],
  ["five threads", paths, 5],
  ["paths in another order", [...paths.slice(3), ...paths.slice(0, 3)].reverse(), 1],
  ["another order on three threads", paths.toReversed(), 3],
];

function answer(question: readonly string[], given: readonly string[], threads: number): string {
  const args = ["bin/trailhound.js", ...question, "--threads", String(threads), ...given];
  return execFileSync(process.execPath, args, { encoding: "utf8" });
}

describe("the same bytes come out", () => {
  for (const question of questions) {
    const expected = () => answer(question, paths, 1);
    for (const [name, given, threads] of ways) {
      it(`for ${question.join(" ")}, with ${name}`, () => {
        assert.equal(answer(question, given, threads), expected());
      });
    }
  }
});

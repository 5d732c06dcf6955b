/**
 * What is fed with unsound input, and what must hold whatever the input is: nothing is thrown but a
 * mistake of the user's, and two ways to the same answer agree.
 */

import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { memoryEngine } from "../../src/engines/memory/index.ts";
import { formatTime, parseDuration, parseEventTime, parseMoment } from "../../src/event/time.ts";
import { isPartial } from "../../src/query/coverage.ts";
import { everything } from "../../src/query/filter.ts";
import { filterFromFlags } from "../../src/query/flags.ts";
import { eventsOf } from "../../src/query/found.ts";
import { matches } from "../../src/query/matches.ts";
import { preparePatterns } from "../../src/query/pattern.ts";
import { UserError } from "../../src/query/user-error.ts";
import { rulesIn } from "../../src/rules/load.ts";
import { feedOf, kernels, type Reading, read } from "../input/reading.ts";
import { event } from "../support/events.ts";

export interface Target {
  readonly name: string;
  readonly corpus: readonly Buffer[];
  readonly words: readonly string[];
  /** Throws if the input shows a fault of the program's. */
  run(input: Buffer): Promise<void>;
}

const formatWords = [
  ...[
    '{"Records":[',
    '{"eventVersion":"1.11",',
    '"Events":[',
    '"CloudTrailEvent":"',
    "]}",
    "{",
    "}",
  ],
  ...[
    "[",
    "]",
    '"',
    "\\",
    '\\"',
    ",",
    ":",
    "\n",
    "\r\n",
    "\0",
    "\\u0000",
    "\\ud800",
    "null",
    "1e400",
  ],
  ...[
    '"eventTime":"2026-01-01T00:00:00Z"',
    '"eventID":"',
    '"__proto__":{',
    '"logEvents":[',
    '"message":"',
  ],
  ...[
    '"hits":{"hits":[',
    '"event":{"original":"',
    '"ResultSet":{"Rows":[',
    '"class_uid":6003,"metadata":{',
  ],
  ...[
    "\xef\xbb\xbf",
    "\xff\xfe",
    "\xfe\xff",
    "\x1f\x8b\x08\0",
    "PK\x03\x04",
    "PK\x01\x02",
    "ustar",
    '""',
  ],
  ...[
    "eventname,eventtime,eventsource\n",
    "{type=IAMUser, username=",
    "}}}}",
    '"awslogs":{"data":"H4sI',
  ],
];

function filesIn(folder: string): readonly Buffer[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)))
    .filter((bytes) => bytes.length < 32 * 1024);
}

const folders = ["shapes", "wrapped", "tables", "broken", "odd", "hostile", "unread", "not-logs"];
const logs = folders.flatMap((folder) => filesIn(join("fixtures/logs", folder)));
const archives = filesIn("fixtures/logs").filter(({ 0: a, 1: b }) => {
  const magic = ((a ?? 0) << 8) | (b ?? 0);
  return magic === 0x1f8b || magic === 0x504b;
});

const shapes: Target = {
  name: "shapes",
  corpus: logs,
  words: formatWords,
  async run(input) {
    // The size of the pieces is the input's, so that a find is found again.
    const size = input.length % 3 === 0 ? Number.POSITIVE_INFINITY : 1 + (input.length % 997);
    const readings: Reading[] = [];
    for (const [, kernel] of kernels) readings.push(await read(feedOf(input, [size]), { kernel }));
    assert.deepEqual(readings[0], readings[1]);
  },
};

const scratch = () => join(mkdtempSync(join(tmpdir(), "trailhound-fuzz-")), "log.json");
let file: string | undefined;

/** All events of a file by an index and by a scan: both read the same. */
async function askBoth(bytes: Uint8Array): Promise<void> {
  file ??= scratch();
  writeFileSync(file, bytes);
  const found = [];
  for (const index of [true, false]) {
    const engine = memoryEngine({
      paths: [file],
      lateDeliveryMs: 0,
      threads: 1,
      index,
      smallInputBytes: 0,
    });
    const query = { kind: "events", filter: everything } as const;
    const reading = engine.reading([query]);
    const events = await eventsOf(reading, query);
    found.push({
      // As texts: a record may be nested deeper than a comparison goes.
      events: events.map(({ source: { offset, bytes } }) => `${offset} ${Buffer.from(bytes)}`),
      // A scan counts damage that runs on as one where an index, which reads on in it, meets several.
      isPartial: isPartial(reading.coverage()),
    });
  }
  assert.deepEqual(found[0], found[1]);
}

const loader: Target = { name: "loader", corpus: logs, words: formatWords, run: askBoth };

const containers: Target = {
  name: "containers",
  corpus: archives,
  words: formatWords,
  run: askBoth,
};

const packed: Target = {
  name: "gzip",
  corpus: logs,
  words: formatWords,
  run: (input) => askBoth(Buffer.concat([gzipSync(input), gzipSync(input.subarray(0, 99))])),
};

function texts(...all: readonly string[]): readonly Buffer[] {
  return all.map((text) => Buffer.from(text));
}

async function onlyUserErrors(run: () => unknown): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
  }
}

const samples = [
  event({ eventName: "DeleteBucket" }),
  event({ eventName: "One", requestParameters: { a: [1, { b: null }], "c d": "x" } }),
];

const expressions: Target = {
  name: "expressions",
  corpus: texts(
    "eventName = DeleteBucket and not (userIdentity.type = Root or errorCode exists)",
    'requestParameters.a ~ "^x.*" and sourceIPAddress in 192.0.2.0/24',
    "eventTime > 2026-01-01 and requestParameters.b >= 3",
    '"a b".c != null or userAgent contains "boto" or eventName in (A, B, C*)',
  ),
  words: [
    "and",
    "or",
    "not",
    "(",
    ")",
    "=",
    "!=",
    "~",
    '"',
    "'",
    "\\",
    "*",
    "?",
    "in",
    "exists",
    ".",
    "[",
    "/",
    "(?i)",
    "{9999}",
    "\u0000",
    "\u2028",
  ],
  run: (input) =>
    onlyUserErrors(async () => {
      const filter = filterFromFlags({ fields: {}, where: [input.toString()] });
      await preparePatterns(filter);
      for (const sample of samples) matches(filter, sample);
    }),
};

const filters: Target = {
  name: "filters",
  corpus: texts(
    "DeleteBucket",
    "!s3:*,Get*",
    "192.0.2.0/24",
    "arn:aws:s3:::a/b+c?d",
    "2001:db8::/32",
    "AKIAEXAMPLE",
    "^(a+)+$",
  ),
  words: [
    "!",
    "*",
    "?",
    ",",
    ":",
    "/",
    "\\",
    "(",
    "[",
    "{",
    "+",
    "$",
    "arn:aws:",
    "s3://",
    "https://",
    "%",
    "%2",
    "\u0000",
    "é",
  ],
  run: (input) =>
    onlyUserErrors(async () => {
      const text = input.toString();
      const regex = input.length % 2 === 0;
      const fields = { eventName: [text], sourceIPAddress: [text], identity: [text] } as object;
      const filter = filterFromFlags({ fields, resource: [text], where: [], regex });
      await preparePatterns(filter);
      for (const sample of samples) matches(filter, sample);
    }),
};

const times: Target = {
  name: "times",
  corpus: texts(
    "2026-11-05T09:14:03Z",
    "2026-11-05",
    "2h",
    "1790000000",
    "yesterday",
    "2026-11-05 09:14:03.123+02:00",
    "Nov 30, 2024, 8:43:17 PM",
  ),
  words: ["T", "Z", "+", "-", ":", ".", "W", "999999999999", "e9", "d", "\u0000", " "],
  run: (input) =>
    onlyUserErrors(() => {
      const text = input.toString().slice(0, 200);
      parseDuration(text);
      for (const timeZone of ["UTC", "America/St_Johns"]) {
        const ms = parseMoment(text, { now: 1_790_000_000_000, timeZone }) ?? parseEventTime(text);
        if (ms !== undefined && Math.abs(ms) < 8e15) formatTime(ms, timeZone);
      }
    }),
};

const rules: Target = {
  name: "rules",
  corpus: [...filesIn("fixtures/rules"), ...filesIn("fixtures/exceptions")],
  words: [
    "- ",
    ": ",
    "&a ",
    "*a",
    "!!js",
    "|",
    ">",
    "---\n",
    "|re",
    "|contains",
    "condition: ",
    "1 of ",
    "all of them",
    "not ",
    "(",
    "detection:\n",
    "\t",
    "  ",
    "[",
    "{",
    "<<: ",
    "null",
    "~",
  ],
  run: (input) => onlyUserErrors(() => rulesIn([{ file: "rules.yaml", text: input.toString() }])),
};

export const targets: readonly Target[] = [
  ...[shapes, loader, containers, packed, expressions, filters, times, rules],
];

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import { integrityOf } from "../../src/digests/copied-trail.ts";
import { keysIn, signaturesIn } from "../../src/digests/trust.ts";
import { discover } from "../../src/input/discover.ts";
import type { Integrity, IntegrityQuery } from "../../src/query/integrity.ts";
import {
  type Delivered,
  type Hour,
  publicKeys,
  signedTrail,
  type TrailKey,
  type TrailSpec,
  trailKey,
  writeFiles,
} from "../builders/signed-trail.ts";
import { event } from "../support/events.ts";

const key = trailKey();
const sameName = trailKey();
const plainDigest = {
  digestS3Bucket: "example-trail-logs",
  digestS3Object: "AWSLogs/key.json.gz",
  digestPublicKeyFingerprint: key.fingerprint,
  digestStartTime: "2026-11-05T10:14:00Z",
  digestEndTime: "2026-11-05T11:14:00Z",
  previousDigestSignature: null,
  logFiles: [],
};
const otherName = trailKey("ffeeddccbbaa99887766554433221100");

function hour(end: string, ...delivered: readonly string[]): Hour {
  return {
    end: `2026-11-05T${end}:00Z`,
    isFirst: end === "09:14",
    logs: delivered.map((clock) => ({ delivered: `20261105T${clock}Z`, records: [event()] })),
  };
}

/** Six digests; every log of the second hour is delivered in it. */
const hours = [
  hour("09:14", "0830"),
  hour("10:14", "0925", "0950"),
  hour("11:14"),
  hour("12:14", "1120", "1155"),
  hour("13:14", "1230"),
  hour("14:14", "1320"),
];

type Files = Delivered["files"];

interface Case {
  readonly name: string;
  readonly spec?: Partial<TrailSpec>;
  /** What happens to the copy. `find` gives the key that has the words in its name. */
  readonly spoil?: (files: Files, find: (words: string) => string) => void;
  readonly keys?: readonly TrailKey[];
  /** Without the saved signature of the newest digest. */
  readonly unsigned?: true;
  readonly query?: IntegrityQuery;
  /** All that is not valid: kind, time in its name, status. */
  readonly says: readonly string[];
  readonly uncovered?: readonly string[];
}

const change = (files: Files, key: string, how: (text: string) => string) =>
  files.set(key, gzipSync(how(gunzipSync(files.get(key) ?? Buffer.alloc(0)).toString())));

const append = (files: Files, key: string, bytes: Uint8Array) =>
  files.set(key, Buffer.concat([files.get(key) ?? Buffer.alloc(0), bytes]));

const move = (files: Files, from: string, to: string) => {
  files.set(to, files.get(from) ?? Buffer.alloc(0));
  files.delete(from);
};

const time = (clock: string) => Date.parse(`2026-11-05T${clock}:00Z`);

/** What is said of each digest, and of its logs where it is INVALID. */
function allDigests(status: string): readonly string[] {
  return hours
    .toReversed()
    .flatMap(({ end, logs }) => [
      `digest ${end.slice(11, 16).replace(":", "")} ${status}`,
      ...logs.map(
        ({ delivered }) =>
          `log ${delivered.slice(9, 13)} not checked: the digest that lists it is INVALID`,
      ),
    ]);
}

/** What is left to say of the second digest where no other holds its signature. */
const unsignedSecond = [
  "digest 1014 signature not known: it is in the metadata of the S3 object",
  "log 0925 its hash matches, but the digest that lists it is not proven",
  "log 0950 its hash matches, but the digest that lists it is not proven",
];

const hostileDigests: readonly { readonly what: string; readonly digest: string }[] = [
  { what: "nothing in it", digest: "" },
  { what: "no JSON in it", digest: "{" },
  { what: "an array in it", digest: "[]" },
  { what: "no keys", digest: "{}" },
  ...(
    [
      ["a number for its bucket", { digestS3Bucket: 7 }],
      ["an object for its key", { digestS3Object: { toString: "x" } }],
      ["a time that is none", { digestEndTime: "soon" }],
      ["a list for the signature before", { previousDigestSignature: [] }],
      ["no list of logs", { logFiles: {} }],
      ["null among its logs", { logFiles: [null] }],
      [
        "a number for the hash of a log",
        { logFiles: [{ s3Bucket: "b", s3Object: "k", hashValue: 1 }] },
      ],
    ] as const
  ).map(([what, part]) => ({ what, digest: JSON.stringify({ ...plainDigest, ...part }) })),
  { what: "brackets without end", digest: `{"digestS3Object":${"[".repeat(200_000)}` },
];

const cases: readonly Case[] = [
  { name: "nothing wrong with what was delivered", says: [] },
  {
    name: "that the signature of the newest digest is not at hand",
    unsigned: true,
    says: [
      "digest 1414 signature not known: it is in the metadata of the S3 object",
      "log 1320 its hash matches, but the digest that lists it is not proven",
    ],
  },
  {
    name: "a changed byte",
    spoil: (files, find) =>
      change(files, find("_20261105T0950Z"), (text) => text.replace("alice", "alicf")),
    says: ["log 0950 INVALID: hash value doesn't match"],
  },
  {
    name: "a byte changed in the packed data",
    spoil(files, find) {
      const bytes = Buffer.from(files.get(find("_20261105T0950Z")) ?? "");
      bytes[bytes.length - 6] = (bytes[bytes.length - 6] ?? 0) ^ 1;
      files.set(find("_20261105T0950Z"), bytes);
    },
    says: ["log 0950 INVALID: invalid format"],
  },
  {
    name: "a log that breaks off",
    spoil(files, find) {
      const bytes = files.get(find("_20261105T0950Z")) ?? Buffer.alloc(0);
      files.set(find("_20261105T0950Z"), bytes.subarray(0, -30));
    },
    says: ["log 0950 INVALID: hash value doesn't match"],
  },
  {
    name: "an empty log",
    spoil: (files, find) => files.set(find("_20261105T0950Z"), Buffer.alloc(0)),
    says: ["log 0950 INVALID: hash value doesn't match"],
  },
  {
    name: "a removed log",
    spoil: (files, find) => files.delete(find("_20261105T0950Z")),
    says: ["log 0950 INVALID: not found"],
  },
  {
    name: "a removed digest, and what it leaves without proof",
    spoil: (files, find) =>
      files.delete(find("Digest_us-east-1_org-trail_us-east-1_20261105T1214")),
    says: [
      "digest 1214 INVALID: not found",
      "digest 1114 signature not known: it is in the metadata of the S3 object",
      "log 1120 not checked: no digest here covers its time",
      "log 1155 not checked: no digest here covers its time",
    ],
    uncovered: ["11:14 12:14 a digest is missing"],
  },
  {
    name: "two digests removed in a row",
    spoil(files, find) {
      files.delete(find("T121400Z"));
      files.delete(find("T111400Z"));
    },
    says: [
      "digest 1214 INVALID: not found",
      "digest 1014 signature not known: it is in the metadata of the S3 object",
      "log 0925 its hash matches, but the digest that lists it is not proven",
      "log 0950 its hash matches, but the digest that lists it is not proven",
      "log 1120 not checked: no digest here covers its time",
      "log 1155 not checked: no digest here covers its time",
    ],
    uncovered: ["10:14 12:14 at least 2 digests are missing"],
  },
  {
    name: "an added log",
    spoil: (files, find) =>
      files.set(
        find("_20261105T0950Z").replace(/T0950Z_\w+/, "T0951Z_addedAddedAdded0"),
        gzipSync(JSON.stringify({ Records: [event()] })),
      ),
    says: ["log 0951 INVALID: no digest lists it, though digests cover its time"],
  },
  {
    name: "a log of another name added to CloudTrail's folders",
    spoil: (files, find) =>
      files.set(
        find("_20261105T0950Z").replace(/[^/]+$/, "extra.json"),
        Buffer.from(JSON.stringify({ Records: [event()] })),
      ),
    says: ["log ? INVALID: no digest lists it, and CloudTrail delivers none of that name"],
  },
  {
    name: "logs beside CloudTrail's folders as what nothing is known of",
    spoil: (files) =>
      files
        .set("export.json", Buffer.from(JSON.stringify({ Records: [event()] })))
        .set("notes.txt", Buffer.from("x")),
    says: ["log ? no digest lists it"],
  },
  {
    name: "keys of another region or trail",
    keys: [otherName],
    says: allDigests(
      `INVALID: public key not found in region us-east-1 for fingerprint ${key.fingerprint}`,
    ),
  },
  {
    name: "a wrong key",
    keys: [sameName],
    says: allDigests("INVALID: signature verification failed"),
  },
  {
    name: "a wrong key without the newest signature",
    keys: [sameName],
    unsigned: true,
    says: allDigests("INVALID: signature verification failed")
      .with(0, "digest 1414 signature not known: it is in the metadata of the S3 object")
      .with(1, "log 1320 its hash matches, but the digest that lists it is not proven"),
  },
  {
    name: "a key in another form than PKCS #1",
    keys: [{ ...key, publicForm: "spki" }],
    says: allDigests(`INVALID: Unable to load PKCS #1 key with fingerprint ${key.fingerprint}`),
  },
  {
    name: "that nothing is proven without keys",
    keys: [],
    spoil: (files, find) => files.delete(find("_20261105T0950Z")),
    says: [
      ...allDigests("signature not checked: no public keys were given")
        .map((row) =>
          row.replace(
            /not checked: the digest.*/,
            "its hash matches, but the digest that lists it is not proven",
          ),
        )
        .map((row) => (row.startsWith("log 0950") ? "log 0950 INVALID: not found" : row)),
    ],
  },
  {
    name: "a changed digest without keys, by the hash in the next",
    keys: [],
    spoil: (files, find) => change(files, find("T111400Z"), (text) => `${text} `),
    says: allDigests("signature not checked: no public keys were given")
      .map((row) =>
        row.replace(
          /not checked: the digest.*/,
          "its hash matches, but the digest that lists it is not proven",
        ),
      )
      .map((row) =>
        row.startsWith("digest 1114")
          ? "digest 1114 INVALID: hash value doesn't match the digest that follows"
          : row,
      ),
  },
  {
    name: "a changed digest, whose logs are not looked at",
    spoil: (files, find) => change(files, find("T101400Z"), (text) => `${text} `),
    says: [
      "digest 1014 INVALID: signature verification failed",
      "log 0925 not checked: the digest that lists it is INVALID",
      "log 0950 not checked: the digest that lists it is INVALID",
    ],
  },
  {
    name: "a digest that was changed to accuse the one before it",
    spoil: (files, find) =>
      change(files, find("T111400Z"), (text) =>
        text.replace(/(previousDigestSignature":")..../, "$10000"),
      ),
    says: [
      "digest 1114 INVALID: signature verification failed",
      "digest 1014 signature not known: the digest that holds it is INVALID",
      "log 0925 its hash matches, but the digest that lists it is not proven",
      "log 0950 its hash matches, but the digest that lists it is not proven",
    ],
  },
  {
    name: "a changed newest digest by the saved signature",
    spoil: (files, find) => change(files, find("T141400Z"), (text) => `${text} `),
    says: [
      "digest 1414 INVALID: signature verification failed",
      "log 1320 not checked: the digest that lists it is INVALID",
    ],
  },
  {
    name: "a digest that was moved to another day",
    spoil: (files, find) => move(files, find("T111400Z"), find("T111400Z").replace("/05/", "/06/")),
    says: [
      "digest 1114 INVALID: not found",
      "digest 1114 INVALID: has been moved from its original location",
    ],
  },
  {
    name: "a tree that was moved to another account",
    spoil(files) {
      for (const name of [...files.keys()]) {
        move(files, name, name.replace("AWSLogs/111122223333", "AWSLogs/444455556666"));
      }
    },
    says: [
      ...allDigests("INVALID: has been moved from its original location"),
      ...["0830", "0925", "0950", "1120", "1155", "1230", "1320"].map(
        (clock) => `log ${clock} not checked: no usable digest is of its account and region`,
      ),
    ],
  },
  {
    name: "nothing wrong with a tree below another prefix",
    spoil(files) {
      for (const name of [...files.keys()]) move(files, name, `evidence/case 7/${name}`);
    },
    says: [],
  },
  {
    name: "nothing wrong with files in one flat folder",
    spoil(files) {
      for (const name of [...files.keys()]) move(files, name, name.replace(/.*\//, ""));
    },
    says: [],
  },
  {
    name: "nothing wrong with a copy of the account's folder alone",
    spoil(files) {
      for (const name of [...files.keys()]) move(files, name, name.replace("AWSLogs/", ""));
    },
    says: [],
  },
  {
    name: "nothing wrong with files that were unpacked",
    spoil(files) {
      for (const [name, bytes] of [...files]) {
        files.set(name.replace(".gz", ""), gunzipSync(bytes));
        files.delete(name);
      }
    },
    says: [],
  },
  {
    name: "nothing wrong with what a browser unpacked under the old name",
    spoil(files) {
      for (const [name, bytes] of [...files]) files.set(name, gunzipSync(bytes));
    },
    says: [],
  },
  {
    name: "a second copy of a log that was changed, by itself",
    spoil(files, find) {
      const log = find("_20261105T0950Z");
      files.set(`second/${log}`, files.get(log) ?? Buffer.alloc(0));
      change(files, `second/${log}`, (text) => `${text} `);
    },
    says: ["log 0950 INVALID: hash value doesn't match"],
  },
  {
    name: "text behind the gzip member",
    spoil: (files, find) => append(files, find("_20261105T0950Z"), Buffer.from("garbage")),
    says: ["log 0950 INVALID: unexpected data after end of compressed stream"],
  },
  {
    name: "zeros behind the gzip member",
    spoil: (files, find) => append(files, find("_20261105T0950Z"), Buffer.alloc(512)),
    says: ["log 0950 INVALID: unexpected data after end of compressed stream"],
  },
  {
    name: "a second gzip member, whose events would be read",
    spoil: (files, find) =>
      append(files, find("_20261105T0950Z"), gzipSync(JSON.stringify({ Records: [event()] }))),
    says: ["log 0950 INVALID: unexpected data after end of compressed stream"],
  },
  {
    name: "the whole log in a second gzip member behind an empty one",
    spoil(files, find) {
      const log = find("_20261105T0950Z");
      files.set(log, Buffer.concat([gzipSync(""), files.get(log) ?? Buffer.alloc(0)]));
    },
    says: ["log 0950 INVALID: unexpected data after end of compressed stream"],
  },
  {
    name: "something behind the gzip member of a digest",
    spoil: (files, find) => append(files, find("T111400Z"), Buffer.from("garbage")),
    says: ["digest 1114 INVALID: unexpected data after end of compressed stream"],
  },
  {
    name: "that validation was off for a while, which is no fault",
    spec: { hours: [...hours.slice(0, 2), { ...hour("13:14", "1230"), isFirst: true }] },
    says: [
      "digest 1014 signature not known: it is in the metadata of the S3 object",
      "log 0925 its hash matches, but the digest that lists it is not proven",
      "log 0950 its hash matches, but the digest that lists it is not proven",
    ],
    uncovered: ["10:14 12:14 no log files were delivered by CloudTrail"],
  },
  {
    name: "nothing wrong with a trail that went to another bucket",
    spec: {
      hours: hours.map((one) =>
        one.end > "2026-11-05T11" ? { ...one, bucket: "newer-logs" } : one,
      ),
    },
    says: [],
  },
  {
    name: "nothing wrong with late deliveries, which have a chain of their own",
    spec: { late: [hour("13:14", "1105"), hour("14:14", "1107")] },
    says: [
      "digest 1414 signature not known: it is in the metadata of the S3 object",
      "log 1107 its hash matches, but the digest that lists it is not proven",
    ],
  },
  {
    name: "nothing wrong with a copy that begins in the middle of a trail",
    spoil(files, find) {
      files.delete(find("T091400Z"));
      files.delete(find("_20261105T0830Z"));
    },
    says: [],
  },
  {
    name: "a digest removed at the beginning of the time asked for",
    query: { from: time("09:00") },
    spoil(files, find) {
      files.delete(find("T091400Z"));
      files.delete(find("_20261105T0830Z"));
    },
    says: ["digest 0914 INVALID: not found"],
  },
  {
    name: "only what ends in the time asked for",
    query: { from: time("10:00"), until: time("11:00") },
    spoil(files, find) {
      files.delete(find("_20261105T0925Z"));
      files.delete(find("_20261105T1230Z"));
      files.delete(find("_20261105T0830Z"));
    },
    says: ["log 0925 INVALID: not found"],
  },
  ...hostileDigests.map(
    ({ what, digest }): Case => ({
      name: `a digest with ${what}`,
      spoil: (files, find) => files.set(find("T111400Z"), gzipSync(digest)),
      says: ["digest 1114 INVALID: invalid format", ...unsignedSecond],
    }),
  ),
  {
    name: "a digest that says it is of another bucket",
    spoil: (files, find) =>
      change(files, find("T111400Z"), (text) =>
        text.replace('"digestS3Bucket":"example', '"digestS3Bucket":"another'),
      ),
    says: ["digest 1114 INVALID: has been moved from its original location"],
  },
  {
    name: "digests with other places in them than the ones they stand in",
    spoil: (files, find) =>
      change(files, find("T101400Z"), (text) => text.replaceAll("AWSLogs/", "../../etc/")),
    says: [
      "digest 1014 INVALID: has been moved from its original location",
      "log 0925 not checked: the digest that lists it is INVALID",
      "log 0950 not checked: the digest that lists it is INVALID",
    ],
  },
  {
    name: "digests that name each other in a circle",
    spoil: (files, find) =>
      change(files, find("T091400Z"), (text) => {
        const previous = JSON.stringify(find("T141400Z"));
        return text
          .replace('"previousDigestS3Object":null', `"previousDigestS3Object":${previous}`)
          .replace(
            '"previousDigestS3Bucket":null',
            '"previousDigestS3Bucket":"example-trail-logs"',
          );
      }),
    says: [
      "digest 0914 INVALID: signature verification failed",
      "log 0830 not checked: the digest that lists it is INVALID",
    ],
  },
];

const folder = mkdtempSync(join(tmpdir(), "trailhound-verify-"));
after(() => rmSync(folder, { recursive: true }));
let copies = 0;

async function validated({
  spec,
  spoil,
  keys = [key],
  unsigned,
  query = {},
}: Case): Promise<Integrity> {
  const trail = signedTrail({ key, hours, ...spec });
  const find = (words: string) => {
    const found = [...trail.files.keys()].find((name) => name.includes(words));
    assert.ok(found, `no file is called ${words}`);
    return found;
  };
  spoil?.(trail.files, find);
  copies += 1;
  const path = join(folder, String(copies));
  mkdirSync(path);
  writeFiles(path, trail.files);
  return integrityOf(discover([path], { lateDeliveryMs: 0 }), {
    trust: {
      keys:
        keys.length === 0 ? undefined : keysIn([{ file: "keys.json", text: publicKeys(...keys) }]),
      signatures: unsigned ? [] : signaturesIn([{ file: "head.json", text: trail.headObject }]),
    },
    query,
  });
}

describe("validation finds", () => {
  for (const one of cases) {
    it(one.name, async () => {
      const { files, uncovered } = await validated(one);
      const clock = (name = "") => /T(\d{4})/.exec(name.replace(/.*\//, ""))?.[1] ?? "?";
      assert.deepEqual(
        files
          .filter(({ standing }) => standing !== "valid")
          .map(({ kind, place, origin, status }) => `${kind} ${clock(place ?? origin)} ${status}`),
        one.says,
      );
      const at = (ms: number) => new Date(ms).toISOString().slice(11, 16);
      assert.deepEqual(
        uncovered.map(({ from, until, why }) => `${at(from)} ${at(until)} ${why}`),
        one.uncovered ?? [],
      );
    });
  }
});

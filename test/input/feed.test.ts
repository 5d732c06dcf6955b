import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import type { Feed } from "../../src/input/containers/container.ts";
import { gzip } from "../../src/input/containers/gzip.ts";
import { openFeed } from "../../src/input/containers/index.ts";
import { event } from "../support/events.ts";
import { read } from "./reading.ts";

const folder = mkdtempSync(join(tmpdir(), "trailhound-"));
after(() => rmSync(folder, { recursive: true }));

const path = join(folder, "file");
const early = "the gzip data ends too early";
const damaged = "the gzip data is damaged";
const stray = "what follows the gzip data is none";

interface Drained {
  readonly text: string;
  readonly damage: string | undefined;
}

async function drained(feed: Feed, room = 1000): Promise<Drained> {
  const target = new Uint8Array(room);
  const parts: Buffer[] = [];
  for (let count = await feed.fill(target); count > 0; count = await feed.fill(target)) {
    parts.push(Buffer.from(target.subarray(0, count)));
  }
  feed.close();
  return { text: Buffer.concat(parts).toString("latin1"), damage: feed.damage };
}

/** As a file of its size is read, or as if it were a very large one. */
function fromFile(bytes: Uint8Array, size = bytes.length): Promise<Drained> {
  writeFileSync(path, bytes);
  return drained(openFeed({ kind: "file", path, origin: path, bytes: size }));
}

let pipes = 0;

async function fromPipe(bytes: Uint8Array, piece = 65536): Promise<Drained> {
  pipes += 1;
  const target = join(folder, `pipe-${pipes}`);
  execFileSync("mkfifo", [target]);
  writeFileSync(path, bytes);
  spawn("dd", [`if=${path}`, `of=${target}`, `bs=${piece}`], { stdio: "ignore" });
  return drained(openFeed({ kind: "stream", target, origin: target }));
}

/** Hardly compressible, so that places in the file are places in the text. */
function noise(length: number): string {
  let state = 7;
  return Array.from({ length }, () => {
    state = Math.imul(state, 48271) & 0x7fffffff;
    return String.fromCharCode(33 + (state % 90));
  }).join("");
}

const text = noise(2000);
const large = noise(300_000);
const zip = (content: string) => gzipSync(content);
const joined = (...parts: readonly (Uint8Array | string)[]) =>
  Buffer.concat(parts.map((part) => Buffer.from(part as string)));

function changed(bytes: Uint8Array, at: number): Buffer {
  const copy = Buffer.from(bytes);
  const place = at < 0 ? copy.length + at : at;
  copy[place] = (copy[place] ?? 0) ^ 0xff;
  return copy;
}

interface Case {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly text: string;
  readonly damage?: string;
}

const member = zip(text);

const cases: readonly Case[] = [
  { name: "plain text", bytes: Buffer.from(text), text },
  { name: "one byte", bytes: Buffer.from("x"), text: "x" },
  { name: "nothing", bytes: Buffer.alloc(0), text: "" },
  { name: "gzip", bytes: member, text },
  { name: "gzip of nothing", bytes: zip(""), text: "" },
  { name: "more than a chunk", bytes: zip(large), text: large },
  { name: "several members", bytes: joined(member, zip(""), member), text: text + text },
  { name: "zeros behind", bytes: joined(member, Buffer.alloc(200_000)), text },
  {
    name: "a member behind zeros",
    bytes: joined(member, Buffer.alloc(9), member),
    text,
    damage: stray,
  },
  { name: "garbage behind", bytes: joined(member, "garbage"), text, damage: damaged },
  { name: "a wrong checksum", bytes: changed(member, -8), text, damage: damaged },
  { name: "a lie about the size", bytes: changed(member, -1), text, damage: damaged },
  {
    name: "a lying first member",
    bytes: joined(changed(member, -1), member),
    text,
    damage: damaged,
  },
  { name: "two bytes of gzip", bytes: member.subarray(0, 2), text: "", damage: early },
  { name: "a missing last byte", bytes: member.subarray(0, -1), text, damage: early },
  { name: "an unknown method", bytes: changed(member, 2), text: "", damage: damaged },
];

describe("openFeed", () => {
  for (const { name, bytes, text, damage } of cases) {
    it(`gives ${name} from a file`, async () => {
      assert.deepEqual(await fromFile(bytes), { text, damage });
    });
    it(`gives ${name} from a pipe`, async () => {
      assert.deepEqual(await fromPipe(bytes), { text, damage });
    });
    it(`gives ${name} from a stream, up to the chunk before the damage`, async () => {
      const streamed = await fromFile(bytes, Number.POSITIVE_INFINITY);
      if (damage === undefined || damage === early) {
        assert.deepEqual(streamed, { text, damage });
      } else {
        assert.ok(text.startsWith(streamed.text) && text.length - streamed.text.length < 1 << 16);
        assert.equal(streamed.damage, damage);
      }
    });
  }

  it("gives what comes through a pipe byte by byte", async () => {
    assert.deepEqual(await fromPipe(Buffer.from(text), 1), { text, damage: undefined });
    assert.deepEqual(await fromPipe(member, 1), { text, damage: undefined });
  });

  it("begins a part of a file one byte early", async () => {
    writeFileSync(path, "0123456789");
    const source = { kind: "file", path, origin: path, bytes: 10 } as const;
    const parts = [0, 1, 5].map((from) =>
      drained(openFeed(source, { from, until: 10, isLast: true })),
    );
    const texts = (await Promise.all(parts)).map(({ text }) => text);
    assert.deepEqual(texts, ["0123456789", "0123456789", "456789"]);
  });

  it("says why a file that is there cannot be read", async () => {
    const feed = () => openFeed({ kind: "file", path: folder, origin: folder, bytes: 0 });
    assert.throws(feed, { code: "EISDIR" });
  });
});

const names = ["One", "Two", "Three"];
const log = JSON.stringify({ Records: names.map((eventName) => event({ eventName })) });

describe("gzip", () => {
  const whole = gzipSync(log);

  it("gives all there is of a file that ends at any byte", () => {
    let length = 0;
    for (let end = 2; end < whole.length; end += 1) {
      const inflated = gzip.unpack(whole.subarray(0, end));
      const given = Buffer.from(inflated?.bytes ?? []).toString();
      assert.ok(log.startsWith(given), `${end}`);
      assert.ok(given.length >= length, `${end}`);
      assert.equal(inflated?.damage, early);
      length = given.length;
    }
    assert.equal(length, log.length);
  });

  it("keeps every record before the end, and tells once why there are no more", async () => {
    for (let end = 2; end < whole.length; end += 1) {
      writeFileSync(path, whole.subarray(0, end));
      const feed = openFeed({ kind: "file", path, origin: path, bytes: end });
      const { records, problems, places } = await read(feed);
      const inflated = gzip.unpack(whole.subarray(0, end))?.bytes.length ?? 0;
      assert.deepEqual(records, names.slice(0, records.length));
      assert.deepEqual(problems, [[inflated, early]], `${end}`);
      assert.ok(inflated - (places.at(-1)?.[1] ?? 0) < log.length / 2.5, `${end}`);
    }
  });

  it("gives what stands before a changed byte, and finds it wherever it is", () => {
    for (let at = 10; at < whole.length; at += 1) {
      const inflated = gzip.unpack(changed(whole, at));
      assert.ok(inflated?.damage !== undefined, `${at}`);
    }
    const middle = gzip.unpack(changed(gzipSync(large), 100_000));
    const given = Buffer.from(middle?.bytes ?? []).toString();
    assert.ok(given.length > 100_000, `${given.length}`);
    assert.ok(given.startsWith(large.slice(0, 100_000)));
  });

  it("leaves to the stream what inflates to too much, whatever it claims", () => {
    const bomb = gzipSync(Buffer.alloc(130 << 20), { level: 1 });
    assert.equal(gzip.unpack(bomb), undefined);
    bomb.writeUInt32LE(1, bomb.length - 4);
    assert.equal(gzip.unpack(bomb), undefined);
  });
});

const wide = "é🔒 x".repeat(30_000);
const marked = Buffer.from(`\ufeff${wide}`, "utf16le");
const utf8 = (text: string) => Buffer.from(text).toString("latin1");

describe("UTF-16", () => {
  const orders = { "little-endian": marked, "big-endian": Buffer.from(marked).swap16() };
  for (const [name, bytes] of Object.entries(orders)) {
    it(`comes out as UTF-8, ${name}, whole, in pieces and through a pipe`, async () => {
      const expected = { text: utf8(`\ufeff${wide}`), damage: undefined };
      assert.deepEqual(await fromFile(bytes), expected);
      assert.deepEqual(await fromFile(bytes, 2 ** 30), expected);
      assert.deepEqual(await fromPipe(bytes, 333), expected);
    });
  }

  it("that breaks off in a character is told", async () => {
    const bytes = marked.subarray(0, 7);
    const damage = "the UTF-16 text breaks off in the middle of a character";
    assert.deepEqual(await fromFile(bytes), { text: utf8("\ufeffé\ufffd"), damage });
    assert.deepEqual(await fromFile(bytes, 2 ** 30), { text: utf8("\ufeffé\ufffd"), damage });
  });
});

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  constants,
  crc32,
  deflateRawSync,
  gunzipSync,
  gzipSync,
  type ZlibOptions,
} from "node:zlib";
import fc from "fast-check";
import { createInflater } from "../../src/kernel/inflate.ts";

// One for all cases, so that each also shows that those before it left nothing behind.
const inflater = createInflater();

/** In bytes of its own. */
function inflated(packed: Uint8Array, limit = 64 * 1024 * 1024): Buffer | undefined {
  assert.ok(inflater);
  const bytes = inflater.gunzip(packed, limit);
  return bytes && Buffer.from(bytes);
}

/** Bytes that do not compress; the same ones for the same seed. */
function noise(seed: number, length: number): Buffer {
  let state = seed + 1;
  const bytes = Uint8Array.from({ length }, () => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9;
    return state >>> 13;
  });
  return Buffer.from(bytes);
}

function records(count: number): Buffer {
  const lines = Array.from({ length: count }, (_, index) =>
    JSON.stringify({
      eventTime: new Date(index * 61_000).toISOString(),
      eventName: ["GetObject", "PutObject", "AssumeRole"][index % 3],
      requestID: noise(index, 16).toString("hex"),
      sourceIPAddress: `198.51.100.${index % 256}`,
    }),
  );
  return Buffer.from(`{"Records":[${lines.join(",")}]}`);
}

/** Each byte about 1.6 times as often as the one before, which makes code words of every length. */
function unevenBytes(): Buffer {
  const often = noise(3, 30_000).map((byte, index, all) => {
    const draw = ((all[(index * 7) % all.length] ?? 0) << 8) | byte;
    return Math.floor(Math.log((draw + 1) / 65_536) / Math.log(0.62));
  });
  return Buffer.from(often);
}

function member(data: Uint8Array, text: Uint8Array, flags = 0, fields = ""): Buffer {
  const header = Buffer.from([0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, 255]);
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(text), 0);
  trailer.writeUInt32LE(text.length, 4);
  return Buffer.concat([header, Buffer.from(fields, "latin1"), data, trailer]);
}

/** The bytes of bits given in the order in which DEFLATE takes them. */
function bytesOf(bits: string): Buffer {
  const bytes = bits.replaceAll(" ", "").match(/.{1,8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt([...byte].reverse().join(""), 2)));
}

function number(value: number, width: number): string {
  return [...value.toString(2).padStart(width, "0")].reverse().join("");
}

/** A last dynamic block: lengths of code words by symbol, and the bits of what it says. */
function dynamic(
  litlens: Readonly<Record<number, number>>,
  offsets: readonly number[],
  said: string,
): Buffer {
  const lengths = [...Array.from({ length: 260 }, (_, symbol) => litlens[symbol] ?? 0), ...offsets];
  // Code lengths 0 to 15 have four bits each, and are so written as they are, highest bit first.
  const precode = number(0, 9) + number(4, 3).repeat(16);
  const coded = lengths.map((length) => length.toString(2).padStart(4, "0")).join("");
  const head = `1 01 ${number(260 - 257, 5)} ${number(offsets.length - 1, 5)} ${number(15, 4)}`;
  return bytesOf(`${head} ${precode} ${coded} ${said}`);
}

const a = 97;
const end = 256;
const three = 257;
/** A fixed block: the byte before, three times. */
const copyOfOne = bytesOf("1 10 0000001 00000 0000000");
const text = records(300);
const data = deflateRawSync(text);
const packed = gzipSync(text);

function changed(at: number, byte: number): Buffer {
  const copy = Buffer.from(packed);
  copy[at < 0 ? copy.length + at : at] = byte;
  return copy;
}

describe("the inflater", () => {
  const contents: readonly (readonly [name: string, content: Buffer])[] = [
    ["nothing", Buffer.alloc(0)],
    ["one byte", Buffer.from("a")],
    ["a short text", Buffer.from('{"Records":[]}')],
    ["records", text],
    ["more than memory holds at first", records(20_000)],
    ["one long run", Buffer.alloc(3_000_000, "a")],
    [
      "runs of every period",
      Buffer.concat(
        Array.from({ length: 40 }, (_, period) => Buffer.alloc(700, noise(period, period + 1))),
      ),
    ],
    ["bytes that do not compress", noise(1, 200_000)],
    ["two different bytes", Buffer.from(noise(2, 50_000).map((byte) => byte & 1))],
    ["bytes of equal frequency", Buffer.from(Array.from({ length: 50_000 }, (_, at) => at % 63))],
    ["bytes of very uneven frequency", unevenBytes()],
  ];
  const settings: readonly ZlibOptions[] = [
    ...Array.from({ length: 10 }, (_, level) => ({ level })),
    { strategy: constants.Z_HUFFMAN_ONLY },
    { strategy: constants.Z_RLE },
    { strategy: constants.Z_FIXED },
    { memLevel: 1 },
    { windowBits: 9 },
  ];
  for (const [name, content] of contents) {
    it(`inflates ${name}, however it was packed`, () => {
      for (const setting of settings) {
        assert.ok(inflated(gzipSync(content, setting))?.equals(content), JSON.stringify(setting));
      }
    });
  }

  const sound: readonly (readonly [name: string, packed: Buffer])[] = [
    ["several members", Buffer.concat([packed, gzipSync(unevenBytes()), packed])],
    ["an empty member among others", Buffer.concat([packed, gzipSync(""), packed])],
    ["zeros behind the last member", Buffer.concat([packed, Buffer.alloc(1000)])],
    ["a file name", member(data, text, 8, "a.json\0")],
    ["a stored block amid others", member(storedAmid("abc"), Buffer.from("abcaaa"))],
    [
      "a block without offsets",
      member(dynamic({ [a]: 1, [end]: 1 }, [0], "000 1"), Buffer.from("aaa")),
    ],
    [
      "a single offset",
      member(dynamic({ [a]: 1, [end]: 2, [three]: 2 }, [1], "0 11 0 10"), Buffer.from("aaaa")),
    ],
  ];
  for (const [name, bytes] of sound) {
    it(`inflates ${name}`, () => assert.deepEqual(inflated(bytes), gunzipSync(bytes)));
  }

  const aaa = Buffer.from("aaa");
  const refused: readonly (readonly [name: string, packed: Buffer])[] = [
    ["no bytes", Buffer.alloc(0)],
    ["other bytes", text],
    ["another method", changed(2, 7)],
    ["a wrong checksum", changed(-8, (packed.at(-8) ?? 0) ^ 1)],
    ["a wrong length", changed(-1, 255)],
    ["other bytes behind the last member", Buffer.concat([packed, Buffer.from("garbage")])],
    ["other bytes behind zeros", Buffer.concat([packed, Buffer.from("\0\0garbage")])],
    ["a damaged second member", Buffer.concat([packed, changed(-20, 0)])],
    ["extra fields", member(data, text, 4, "\x02\0ab")],
    ["a comment", member(data, text, 16, "b\0")],
    ["a checksum of the header", member(data, text, 2, "ab")],
    ["a file name without end", member(Buffer.alloc(0), Buffer.alloc(0), 8).fill(1, 10)],
    ["a block of no kind", member(bytesOf("1 11 00000"), Buffer.alloc(0))],
    ["a stored block of two lengths", member(Buffer.from([1, 1, 0, 0, 0, a]), Buffer.from("a"))],
    ["a length that does not exist", member(bytesOf("1 10 11000110"), Buffer.alloc(0))],
    ["an offset that does not exist", member(bytesOf("1 10 0000001 11110 0000000"), aaa)],
    ["an offset before the start", member(copyOfOne, Buffer.alloc(3))],
    [
      "an offset into the member before",
      Buffer.concat([packed, member(copyOfOne, Buffer.alloc(3, text.at(-1)))]),
    ],
    ["too many code words", member(dynamic({ [a]: 1, [end]: 1, [three]: 2 }, [0], "000 1"), aaa)],
    ["too few code words", member(dynamic({ [a]: 2, [end]: 1 }, [0], "10 10 10 0"), aaa)],
    ["too few offsets", member(dynamic({ [a]: 1, [end]: 1 }, [2, 2, 2], "000 1"), aaa)],
    [
      "the offset that a single one leaves out",
      member(dynamic({ [a]: 1, [end]: 2, [three]: 2 }, [1], "0 11 1 10"), Buffer.from("aaaa")),
    ],
    ["no end of the block", member(dynamic({ [a]: 1, [three]: 1 }, [0], "0".repeat(400)), aaa)],
  ];
  for (const [name, bytes] of refused) {
    it(`refuses ${name}`, () => assert.equal(inflated(bytes), undefined));
  }

  it("refuses whatever ends too early", () => {
    for (let length = 0; length < packed.length; length += 1) {
      assert.equal(inflated(packed.subarray(0, length)), undefined, `${length}`);
    }
  });

  it("gives nothing wrong when a bit is", () => {
    for (let bit = 0; bit < packed.length * 8; bit += 5) {
      const byte = (packed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const bytes = inflated(changed(bit >> 3, byte));
      assert.ok(bytes === undefined || bytes.equals(text), `${bit}`);
    }
  });

  it("gives as much as the limit allows, and no more", () => {
    for (const [name, content] of contents) {
      for (const level of [0, 6]) {
        const bytes = gzipSync(content, { level });
        assert.ok(inflated(bytes, content.length)?.equals(content), name);
        if (content.length > 0) assert.equal(inflated(bytes, content.length - 1), undefined, name);
      }
    }
  });

  it("inflates what stands in the middle of a buffer", () => {
    const around = Buffer.concat([text, packed, text]);
    assert.deepEqual(inflated(around.subarray(text.length, -text.length)), text);
  });

  const pieces = fc.array(
    fc.record({ bytes: fc.uint8Array({ maxLength: 60 }), times: fc.nat(50) }),
    { maxLength: 30 },
  );
  const content = pieces.map((all) =>
    Buffer.concat(all.flatMap(({ bytes, times }) => Array<Uint8Array>(times).fill(bytes))),
  );
  const setting = fc.record({
    level: fc.integer({ min: 0, max: 9 }),
    memLevel: fc.integer({ min: 1, max: 9 }),
    strategy: fc.integer({ min: 0, max: 4 }),
  });

  it("gives back whatever was packed", () => {
    fc.assert(
      fc.property(content, setting, (bytes, options) => {
        assert.deepEqual(inflated(gzipSync(bytes, options)), bytes);
      }),
      { numRuns: 300 },
    );
  });

  it("agrees with zlib wherever it answers", () => {
    const edits = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 3 });
    fc.assert(
      fc.property(content, setting, edits, (bytes, options, changes) => {
        const edited = gzipSync(bytes, options);
        for (const [at, byte] of changes) edited[at % edited.length] = byte;
        const answer = inflated(edited);
        if (answer) assert.deepEqual(answer, gunzipSync(edited));
      }),
      { numRuns: 500 },
    );
  });
});

/** `text` in a stored block that begins in the middle of a byte, between two fixed ones. */
function storedAmid(text: string): Buffer {
  const length = Buffer.from([text.length, 0, 255 - text.length, 255]);
  const emptyFixed = "0 10 0000000";
  const copyOfThree = "1 10 10010001 10010001 10010001 0000000";
  return Buffer.concat([
    bytesOf(`${emptyFixed} 0 00`),
    length,
    Buffer.from(text),
    bytesOf(copyOfThree),
  ]);
}

/** The blocks of a DEFLATE stream (RFC 1951, 3.2.3): what each begins with, and stored ones whole. */

import { build } from "./code";
import {
  CODE_LENGTHS,
  LITLENS,
  LITLEN_BITS,
  LITLEN_MEANINGS,
  LITLEN_TABLE,
  OFFSETS,
  OFFSET_BITS,
  OFFSET_MEANINGS,
  OFFSET_TABLE,
  PRECODES,
  PRECODE_BITS,
  PRECODE_LENGTHS,
  PRECODE_MEANINGS,
  PRECODE_TABLE,
} from "./layout";
import * as stream from "./stream";

export const STORED: u32 = 0;
export const FIXED: u32 = 1;
export const DYNAMIC: u32 = 2;

/** In the order in which the lengths of the code of code lengths are given. */
const precodeOrder = memory.data<u8>([
  16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
]);

function buildTables(litlens: u32, offsets: u32): bool {
  return (
    build(LITLEN_TABLE, LITLEN_BITS, LITLEN_MEANINGS, CODE_LENGTHS, litlens, true, false) &&
    build(
      OFFSET_TABLE,
      OFFSET_BITS,
      OFFSET_MEANINGS,
      CODE_LENGTHS + litlens,
      offsets,
      false,
      true,
    )
  );
}

export function readFixed(): bool {
  memory.fill(CODE_LENGTHS, 8, 144);
  memory.fill(CODE_LENGTHS + 144, 9, 112);
  memory.fill(CODE_LENGTHS + 256, 7, 24);
  memory.fill(CODE_LENGTHS + 280, 8, 8);
  memory.fill(CODE_LENGTHS + LITLENS, 5, OFFSETS);
  return buildTables(LITLENS, OFFSETS);
}

export function readDynamic(): bool {
  stream.refill();
  const litlens: u32 = 257 + stream.take(5);
  const offsets: u32 = 1 + stream.take(5);
  const precodes: u32 = 4 + stream.take(4);
  if (litlens > 286 || offsets > 30) return false;
  memory.fill(PRECODE_LENGTHS, 0, PRECODES);
  for (let index: u32 = 0; index < precodes; index += 1) {
    stream.refill();
    store<u8>(PRECODE_LENGTHS + load<u8>(precodeOrder + index), stream.take(3));
  }
  return (
    build(
      PRECODE_TABLE,
      PRECODE_BITS,
      PRECODE_MEANINGS,
      PRECODE_LENGTHS,
      PRECODES,
      false,
      false,
    ) &&
    readCodeLengths(litlens + offsets) &&
    buildTables(litlens, offsets)
  );
}

function readCodeLengths(symbols: u32): bool {
  let at = CODE_LENGTHS;
  const end = CODE_LENGTHS + symbols;
  while (at < end) {
    if (stream.input > stream.inputEnd) return false;
    stream.refill();
    const entry = load<u32>(PRECODE_TABLE + 4 * (stream.bits & ((1 << PRECODE_BITS) - 1)) as usize);
    stream.consume(entry & 63);
    const symbol = entry >> 16;
    if (symbol < 16) {
      store<u8>(at, symbol);
      at += 1;
      continue;
    }
    let length: u8 = 0;
    let times: u32 = 0;
    if (symbol == 16) {
      if (at == CODE_LENGTHS) return false;
      length = load<u8>(at - 1);
      times = 3 + stream.take(2);
    } else if (symbol == 17) {
      times = 3 + stream.take(3);
    } else {
      times = 11 + stream.take(7);
    }
    memory.fill(at, length, times);
    at += times;
  }
  return at == end;
}

/** Where the bytes of a stored block begin and end: they are in the input as they are. */
export let storedFrom: usize = 0;
export let storedEnd: usize = 0;

export function readStored(): bool {
  const at = stream.wholeBytesFrom();
  const length = load<u16>(at) as usize;
  storedFrom = at + 4;
  storedEnd = storedFrom + length;
  return (length ^ 0xffff) == load<u16>(at, 2) && storedEnd <= stream.inputEnd;
}

/** What the symbols mean (RFC 1951, 3.2.5), laid down once in the form of table entries. */

import {
  END,
  LITERAL,
  LITLENS,
  LITLEN_MEANINGS,
  OFFSETS,
  OFFSET_MEANINGS,
  ONE_BYTE,
  PRECODES,
  PRECODE_MEANINGS,
  SPECIAL,
} from "./layout";

function litlen(symbol: u32): u32 {
  if (symbol < 256) return LITERAL | ONE_BYTE | (symbol << 16);
  if (symbol == 256) return SPECIAL | END;
  if (symbol == 285) return 258 << 16;
  if (symbol > 285) return SPECIAL;
  const index = symbol - 257;
  if (index < 8) return (3 + index) << 16;
  const extra = (index >> 2) - 1;
  return (((1 << extra) - 1) << 25) | ((3 + ((4 + (index & 3)) << extra)) << 16) | extra;
}

function offset(symbol: u32): u32 {
  if (symbol >= 30) return SPECIAL;
  if (symbol < 4) return (1 + symbol) << 16;
  const extra = (symbol >> 1) - 1;
  return ((1 + ((2 + (symbol & 1)) << extra)) << 16) | extra;
}

for (let symbol: u32 = 0; symbol < LITLENS; symbol += 1) {
  store<u32>(LITLEN_MEANINGS + 4 * symbol, litlen(symbol));
}
for (let symbol: u32 = 0; symbol < OFFSETS; symbol += 1) {
  store<u32>(OFFSET_MEANINGS + 4 * symbol, offset(symbol));
}
for (let symbol: u32 = 0; symbol < PRECODES; symbol += 1) {
  store<u32>(PRECODE_MEANINGS + 4 * symbol, symbol << 16);
}

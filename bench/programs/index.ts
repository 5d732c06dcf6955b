/** All programs, in the order of the table. The first is the one that the others are compared with. */

import { clickhouse, clickhouseText } from "./clickhouse.ts";
import { duckdb, duckdbOneDay } from "./duckdb.ts";
import { gunzipFloor } from "./floors.ts";
import { jq } from "./jq.ts";
import type { Program } from "./program.ts";
import { ripgrep, ripgrepJq } from "./ripgrep.ts";
import { trailhound, trailhoundNeedle, trailhoundOneThread } from "./trailhound.ts";

export const programs: readonly Program[] = [
  trailhound,
  trailhoundOneThread,
  trailhoundNeedle,
  duckdb,
  duckdbOneDay,
  clickhouse,
  clickhouseText,
  ripgrep,
  ripgrepJq,
  jq,
  gunzipFloor,
];

/** All programs, in the order of the table. The first is the one that the others are compared with. */

import { clickhouse, clickhouseText } from "./clickhouse.ts";
import { duckdb, duckdbOneDay } from "./duckdb.ts";
import { gunzipFloor } from "./floors.ts";
import { jq } from "./jq.ts";
import type { Program } from "./program.ts";
import { ripgrep, ripgrepJq } from "./ripgrep.ts";
import { trailhound } from "./trailhound.ts";
import {
  trailhoundFewSessions,
  trailhoundHumans,
  trailhoundNeedle,
  trailhoundNeedlePiped,
  trailhoundOneThread,
  trailhoundPiped,
  trailhoundSessions,
  trailhoundUser,
} from "./trailhound-variants.ts";

/** What the goals compare. */
export const mainPrograms: readonly Program[] = [
  trailhound,
  trailhoundNeedle,
  trailhoundPiped,
  trailhoundNeedlePiped,
  trailhoundUser,
  trailhoundHumans,
  trailhoundSessions,
  trailhoundFewSessions,
  duckdb,
  clickhouse,
  ripgrepJq,
];

export const programs: readonly Program[] = [
  ...mainPrograms,
  trailhoundOneThread,
  duckdbOneDay,
  clickhouseText,
  ripgrep,
  jq,
  gunzipFloor,
];

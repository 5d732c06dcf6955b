/**
 * The output formats by name, in the order `--help` lists them.
 */

import { csv } from "./csv.ts";
import type { Format } from "./format.ts";
import { github } from "./github.ts";
import { json } from "./json.ts";
import { junit } from "./junit.ts";
import { markdown } from "./markdown.ts";
import { ndjson } from "./ndjson.ts";
import { records } from "./records.ts";
import { sarif } from "./sarif.ts";
import { summary } from "./summary.ts";
import { table } from "./table.ts";

export const formats: { readonly [name: string]: Format } = {
  table,
  json,
  ndjson,
  csv,
  markdown,
  records,
  sarif,
  junit,
  github,
  summary,
};

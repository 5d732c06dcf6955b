/**
 * `trailhound fields`: the catalogue of fields that flags, `--fields`, `--by`, `--sort` and `--where`
 * know by name.
 */

import { fields as catalogue, type Field, fieldNames } from "../event/fields.ts";
import type { Column, Row } from "../query/answer.ts";
import { verb } from "./verb.ts";

const columns: readonly Column[] = [
  { name: "field", title: "Field" },
  { name: "flag", title: "Flag" },
  { name: "meaning", title: "Meaning", wrap: true },
  { name: "paths", title: "From", wrap: true },
];

export const fields = verb({
  name: "fields",
  summary: "list the fields that questions know by name",
  takes: [],
  readsLogs: false,
  examples: [{ command: "fields", says: "the catalogue" }],
  questions: () => [],
  run: () =>
    Promise.resolve({
      found: true,
      sentences: [],
      sections: [{ name: "fields", columns, rows: fieldNames.map(row) }],
      hints: [],
    }),
});

function row(name: (typeof fieldNames)[number]): Row {
  const { flag, help, sources }: Field = catalogue[name];
  const paths = sources.map(({ path }) => path);
  return {
    cells: [
      { text: name },
      { text: flag && [flag.short, flag.long].filter(Boolean).join(", ") },
      { text: help },
      { text: paths.join(", "), value: paths },
    ],
  };
}

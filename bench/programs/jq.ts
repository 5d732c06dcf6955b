/** jq alone, for small sizes: it builds every value of every record. */

import { outputOf, type Program, shell, textLines } from "./program.ts";

const most = 200_000;

export const jq: Program = {
  name: "jq",
  version: () => outputOf("jq", "--version"),
  run(question, { shape, path, truth }) {
    if (question !== "bucket" || truth.events > most) return undefined;
    const records = shape === "tree" ? ".Records[]" : ".";
    const filter = `${records} | select((.eventName | startswith("Delete")) and .requestParameters.bucketName? == "${truth.bucket.name}") | "\\(if .errorCode then "tried" else "deleted" end) \\(.eventID)"`;
    const input =
      shape === "tree" ? `find "$1" -name '*.json.gz' -print0 | xargs -0 gzip -dc` : `cat "$1"`;
    return { command: shell(`${input} | jq -r "$2"`, path, filter), lines: textLines };
  },
};

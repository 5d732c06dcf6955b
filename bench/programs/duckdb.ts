/**
 * DuckDB's command line, with hand-written columns.
 *
 * It leans on each log file being one line, as AWS writes them: `newline_delimited` takes 0.6 of the
 * CPU of `auto`. And it says `records=true`, without which a single declared column is read twice,
 * for 1.5 to 2.5 times the CPU. The program itself is run, not the Python wrapper that its package
 * puts in the path.
 */

import type { Question } from "../questions.ts";
import { type Input, outputOf, type Program, type Run, textLines } from "./program.ts";
import {
  type ColumnName,
  type Columns,
  loadedColumns,
  select,
  selectTen,
  selectText,
} from "./sql.ts";

const types: Columns = {
  eventName: ["eventName", "VARCHAR"],
  eventID: ["eventID", "VARCHAR"],
  eventTime: ["eventTime", "VARCHAR"],
  awsRegion: ["awsRegion", "VARCHAR"],
  sourceIPAddress: ["sourceIPAddress", "VARCHAR"],
  errorCode: ["errorCode", "VARCHAR"],
  userName: ["userIdentity", "STRUCT(userName VARCHAR)"],
  principal: [
    "userIdentity",
    "STRUCT(arn VARCHAR, invokedBy VARCHAR, principalId VARCHAR, userName VARCHAR, accountId VARCHAR, sessionContext STRUCT(sessionIssuer STRUCT(arn VARCHAR)))",
  ],
  bucketName: ["requestParameters", "STRUCT(bucketName VARCHAR)"],
  requestParameters: ["requestParameters", "JSON"],
  responseElements: ["responseElements", "JSON"],
  resources: ["resources", "JSON"],
};

const packaged = outputOf(
  "python3",
  "-c",
  "import duckdb_cli, os; print(os.path.join(os.path.dirname(duckdb_cli.__file__), 'duckdb'))",
);
const file = packaged ?? "duckdb";
const version = () => outputOf(file, "--version")?.split(" ")[0];

export const duckdb: Program = {
  name: "DuckDB",
  version,
  run: (question, input) =>
    question === "behind" ? undefined : ask(question, input, everyFile(input)),
};

/** With the files of the day picked by hand, which is what a time window saves others. */
export const duckdbOneDay: Program = {
  name: "DuckDB, day's files picked by hand",
  version,
  run(question, input) {
    const { shape, truth } = input;
    if (question !== "user" || shape !== "tree" || truth.files === 1) return undefined;
    const day = truth.user.since.slice(0, 10).replaceAll("-", "/");
    return ask(question, input, `${input.path}/AWSLogs/*/CloudTrail/*/${day}/*.json.gz`);
  },
};

function everyFile({ shape, path }: Input): string {
  return shape === "tree" ? `${path}/**/*.json.gz` : path;
}

function ask(question: Exclude<Question, "behind">, input: Input, files: string): Run {
  const source = (columns: readonly ColumnName[]) => sourceText(columns, input, files);
  const script = (() => {
    if (question === "ten") {
      const load = `CREATE TABLE events AS SELECT * FROM ${source(loadedColumns)}`;
      return [load, ...selectTen(input.truth, "events")].join(";\n");
    }
    const one = select(question, input.truth);
    return selectText(one, source(one.columns));
  })();
  return {
    command: { file, arguments: ["-noheader", "-list", "-c", script] },
    lines: textLines,
  };
}

function sourceText(columns: readonly ColumnName[], { shape }: Input, files: string): string {
  const declared = columns.map((column) => types[column]);
  if (shape === "ndjson") {
    const list = declared.map(([member, type]) => `${member}: '${type}'`).join(", ");
    return `read_json('${files}', format='newline_delimited', records=true, columns={${list}})`;
  }
  const list = declared.map(([member, type]) => `${member} ${type}`).join(", ");
  const records = `read_json('${files}', format='newline_delimited', records=true, maximum_object_size=268435456, columns={Records: 'STRUCT(${list})[]'})`;
  const members = declared.map(([member]) => `r.${member}`).join(", ");
  return `(SELECT ${members} FROM (SELECT unnest(Records) AS r FROM ${records}))`;
}

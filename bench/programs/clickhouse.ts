/**
 * ClickHouse: `clickhouse local` where installed, else the same engine in Python's chdb.
 *
 * Parsing one file on several threads is turned off: on two cores it takes 1.7 times the CPU of NDJSON
 * for the same wall time. The tree's files are still read side by side.
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
  eventName: ["eventName", "String"],
  eventID: ["eventID", "String"],
  eventTime: ["eventTime", "String"],
  awsRegion: ["awsRegion", "String"],
  sourceIPAddress: ["sourceIPAddress", "String"],
  errorCode: ["errorCode", "Nullable(String)"],
  userName: ["userIdentity", "Tuple(userName Nullable(String))"],
  principal: [
    "userIdentity",
    "Tuple(arn Nullable(String), invokedBy Nullable(String), principalId Nullable(String), userName Nullable(String), accountId Nullable(String), sessionContext Tuple(sessionIssuer Tuple(arn Nullable(String))))",
  ],
  bucketName: ["requestParameters", "Tuple(bucketName Nullable(String))"],
  requestParameters: ["requestParameters", "Nullable(String)"],
  responseElements: ["responseElements", "Nullable(String)"],
  resources: ["resources", "Nullable(String)"],
};

/** The interpreter itself, since a version manager's stand-in costs time. */
const python = outputOf("python3", "-c", "import sys; print(sys.executable)") ?? "python3";
const local = outputOf("clickhouse", "local", "--version");

function version(): string | undefined {
  if (local !== undefined) return local;
  const chdb = outputOf(python, "-c", "import chdb; print(chdb.__version__)");
  return chdb === undefined ? undefined : `chdb ${chdb}`;
}

const inPython = `
import sys
from chdb import session
with session.Session() as clickhouse:
    for statement in sys.argv[1:]:
        print(clickhouse.query(statement, "TSVRaw"), end="")
`;
const onceInPython = `
import sys, chdb
print(chdb.query(sys.argv[1], "TSVRaw"), end="")
`;

function runOf(queries: readonly string[]): Run {
  const statements = queries.map((query) => `${query} SETTINGS input_format_parallel_parsing = 0`);
  const command =
    local !== undefined
      ? {
          file: "clickhouse",
          arguments: ["local", "--output-format", "TSVRaw", "--query", statements.join(";\n")],
        }
      : {
          file: python,
          arguments: ["-c", statements.length === 1 ? onceInPython : inPython, ...statements],
        };
  return { command, lines: textLines };
}

export const clickhouse: Program = {
  name: "ClickHouse",
  version,
  run(question, input) {
    if (question === "behind") return undefined;
    if (question === "ten") {
      const load = `CREATE TABLE events ENGINE = Memory AS SELECT * FROM ${source(loadedColumns, input)}`;
      return runOf([load, ...selectTen(input.truth, "events")]);
    }
    const one = select(question, input.truth);
    return runOf([selectText(one, source(one.columns, input))]);
  },
};

function source(columns: readonly ColumnName[], { shape, path }: Input): string {
  const declared = columns.map((column) => types[column]);
  const list = declared.map(([member, type]) => `${member} ${type}`).join(", ");
  if (shape === "ndjson") return `file('${path}', JSONEachRow, '${list}')`;
  const files = `file('${path}/**/*.json.gz', JSONEachRow, 'Records Array(Tuple(${list}))')`;
  const members = declared.map(([member]) => `r.${member} AS ${member}`).join(", ");
  return `(SELECT ${members} FROM (SELECT arrayJoin(Records) AS r FROM ${files}))`;
}

/**
 * Lines, or in the tree whole files, searched as text first, and only what is left read as JSON. Not
 * exact for all JSON: an escape or white space would hide an event. Beside the point of comparison
 * therefore, but it shows what text search can do here.
 */
export const clickhouseText: Program = {
  name: "ClickHouse, text first",
  version,
  run(question, { shape, path, truth }) {
    const found = textOf(question, truth);
    if (found === undefined) return undefined;
    const { literals, line, where } = found;
    const contains = literals.map((literal) => `text LIKE '%${literal}%'`).join(" AND ");
    const texts =
      shape === "ndjson"
        ? `(SELECT text AS record FROM file('${path}', LineAsString, 'text String') WHERE ${contains})`
        : `(SELECT arrayJoin(JSONExtractArrayRaw(text, 'Records')) AS record FROM file('${path}/**/*.json.gz', LineAsString, 'text String') WHERE ${contains})`;
    return runOf([`SELECT ${line} FROM ${texts} WHERE ${where}`]);
  },
};

function textOf(question: Question, { bucket, user, address }: Input["truth"]) {
  const member = (...path: string[]) =>
    `JSONExtractString(record, ${path.map((key) => `'${key}'`).join(", ")})`;
  switch (question) {
    case "bucket":
      return {
        literals: ['"eventName":"DeleteBucket"', `"bucketName":"${bucket.name}"`],
        line: `concat(if(JSONHas(record, 'errorCode'), 'tried ', 'deleted '), ${member("eventID")})`,
        where: `record LIKE '%${bucket.name}%' AND ${member("eventName")} LIKE 'Delete%' AND ${member("requestParameters", "bucketName")} = '${bucket.name}'`,
      };
    case "user":
      return {
        literals: [`"userName":"${user.name}"`],
        line: member("eventID"),
        where: `record LIKE '%${user.name}%' AND ${member("userIdentity", "userName")} = '${user.name}' AND ${member("eventTime")} >= '${user.since}' AND ${member("eventTime")} < '${user.until}'`,
      };
    case "address":
      return {
        literals: [`"sourceIPAddress":"${address.address}"`],
        line: member("eventID"),
        where: `${member("sourceIPAddress")} = '${address.address}'`,
      };
    case "behind":
    case "names":
    case "identity":
    case "denied":
    case "ten":
      return undefined;
  }
}

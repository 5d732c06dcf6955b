/**
 * The questions in the SQL that DuckDB and ClickHouse have in common. Each row is one line of the
 * answer. Only the columns named here are declared, so the rest of a record is skipped unbuilt.
 */

import { deniedCodes, type Truth } from "../generator/truth.ts";
import { type Plain, tenQuestions } from "../questions.ts";

export type ColumnName =
  | "eventName"
  | "eventID"
  | "eventTime"
  | "awsRegion"
  | "sourceIPAddress"
  | "errorCode"
  | "userName"
  | "principal"
  | "bucketName"
  | "requestParameters"
  | "responseElements"
  | "resources";

/** What a dialect declares for a column, and the member of the record it is declared for. */
export type Columns = Readonly<Record<ColumnName, readonly [member: string, type: string]>>;

export interface Select {
  readonly columns: readonly ColumnName[];
  /** Values of one line, joined by blanks. */
  readonly values: readonly string[];
  readonly where?: string;
  readonly groupBy?: string;
}

const identity =
  "coalesce(userIdentity.sessionContext.sessionIssuer.arn, userIdentity.arn, userIdentity.invokedBy," +
  " userIdentity.principalId, userIdentity.userName, userIdentity.accountId)";

export function select(asked: Plain, { bucket, user, address, instance }: Truth): Select {
  switch (asked) {
    case "bucket":
      return deletionsWhere(`requestParameters.bucketName = '${bucket.name}'`);
    case "user":
      return {
        columns: ["eventID", "eventTime", "userName"],
        values: ["eventID"],
        where: `userIdentity.userName = '${user.name}' AND eventTime >= '${user.since}' AND eventTime < '${user.until}'`,
      };
    case "address":
      return {
        columns: ["eventID", "sourceIPAddress"],
        values: ["eventID"],
        where: `sourceIPAddress = '${address.address}'`,
      };
    case "names":
      return countBy("eventName", ["eventName"]);
    case "identity":
      return countBy(identity, ["principal"]);
    case "denied":
      return countBy(
        identity,
        ["principal", "errorCode"],
        `errorCode IN (${deniedCodes.map((code) => `'${code}'`).join(", ")})`,
      );
    case "regions":
      return countBy("awsRegion", ["awsRegion"]);
    case "errors":
      return countBy("errorCode", ["errorCode"], "errorCode IS NOT NULL");
    case "days":
      return countBy("left(eventTime, 10)", ["eventTime"]);
    case "signIns":
      return countBy(
        "sourceIPAddress",
        ["eventName", "sourceIPAddress"],
        "eventName = 'ConsoleLogin'",
      );
    case "instance":
      return {
        columns: ["eventID", "requestParameters", "responseElements", "resources"],
        values: ["eventID"],
        where: ["requestParameters", "responseElements", "resources"]
          .map((column) => `${column} LIKE '%"${instance.id}"%'`)
          .join(" OR "),
      };
  }
}

function deletionsWhere(bucketIsRight: string): Select {
  return {
    columns: ["eventName", "eventID", "errorCode", "bucketName"],
    values: ["CASE WHEN errorCode IS NULL THEN 'deleted' ELSE 'tried' END", "eventID"],
    where: `eventName LIKE 'Delete%' AND ${bucketIsRight}`,
  };
}

function countBy(key: string, columns: readonly ColumnName[], where?: string): Select {
  return {
    columns,
    values: [key, "count(*)"],
    groupBy: key,
    ...(where === undefined ? {} : { where }),
  };
}

/** All columns that the ten questions need; parameters as text, for any resource to be searched. */
export const loadedColumns: readonly ColumnName[] = [
  "eventName",
  "eventID",
  "eventTime",
  "awsRegion",
  "sourceIPAddress",
  "errorCode",
  "principal",
  "requestParameters",
  "responseElements",
  "resources",
];

/** The ten questions to a table with `loadedColumns`. */
export function selectTen(truth: Truth, table: string): readonly string[] {
  return tenQuestions.map((asked, i) => {
    const one =
      asked === "bucket"
        ? // Parameters are text in this table, as AWS wrote them: without white space.
          deletionsWhere(`requestParameters LIKE '%"bucketName":"${truth.bucket.name}"%'`)
        : select(asked, truth);
    return selectText({ ...one, values: [`'${i + 1}'`, ...one.values] }, table);
  });
}

export function selectText({ values, where, groupBy }: Select, from: string): string {
  return [
    `SELECT concat_ws(' ', ${values.join(", ")}) FROM ${from}`,
    ...(where === undefined ? [] : [`WHERE ${where}`]),
    ...(groupBy === undefined ? [] : [`GROUP BY ${groupBy}`]),
  ].join(" ");
}

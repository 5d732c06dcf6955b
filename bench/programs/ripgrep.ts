/**
 * ripgrep: in the tree it can only name the files, for a file is one line; of NDJSON it hands the
 * lines to jq, which decides. It leans on AWS's writer: no white space, no escapes, and keys in order.
 */

import { relative } from "node:path";
import { deniedCodes } from "../generator/truth.ts";
import { outputOf, type Program, shell, textLines } from "./program.ts";

export const ripgrep: Program = {
  name: "rg -z (names files only)",
  version: () => outputOf("rg", "--version")?.split("\n")[0],
  run(question, { shape, path, truth }) {
    if (question !== "bucket" || shape !== "tree") return undefined;
    const pattern = `"eventName":"Delete[^"]*"[^{}]*\\{"bucketName":"${truth.bucket.name}"`;
    return {
      command: { file: "rg", arguments: ["-z", "-j2", "-l", pattern, path] },
      lines: (stdout) => textLines(stdout).map((file) => relative(path, file)),
      expected: truth.bucket.files,
    };
  },
};

export const ripgrepJq: Program = {
  name: "rg, then jq",
  version: () =>
    outputOf("bash", "-c", "set -e; rg --version | sed 1q; jq --version")?.replace("\n", ", "),
  run(question, { shape, path, truth }) {
    if (shape !== "ndjson") return undefined;
    const { bucket, user, address } = truth;
    const pipe = (pattern: string, filter: string, rest = "") => ({
      command: shell(`rg -N "$2" "$1" | jq -r "$3"${rest}`, path, pattern, filter),
      lines: textLines,
    });
    switch (question) {
      case "bucket":
        return pipe(
          `"eventName":"Delete[^"]*".*"bucketName":"${bucket.name}"`,
          `select((.eventName | startswith("Delete")) and .requestParameters.bucketName == "${bucket.name}") | "\\(if .errorCode then "tried" else "deleted" end) \\(.eventID)"`,
        );
      case "user":
        return pipe(
          `"userName":"${user.name}"`,
          `select(.userIdentity.userName == "${user.name}" and .eventTime >= "${user.since}" and .eventTime < "${user.until}") | .eventID`,
        );
      case "address":
        return pipe(
          `"sourceIPAddress":"${address.address.replaceAll(".", "\\.")}"`,
          `select(.sourceIPAddress == "${address.address}") | .eventID`,
        );
      case "denied":
        return pipe(
          `"errorCode":"(${deniedCodes.join("|")})"`,
          `select(.errorCode | IN(${deniedCodes.map((code) => `"${code}"`).join(",")})) | .userIdentity | .sessionContext.sessionIssuer.arn // .arn // .invokedBy // .principalId // .userName // .accountId`,
          ` | sort | uniq -c | sed -E 's/^ *([0-9]+) (.*)/\\2 \\1/'`,
        );
      case "behind":
      case "names":
      case "identity":
      case "ten":
        return undefined;
    }
  },
};

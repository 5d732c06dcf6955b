/**
 * A filter as the conditions that it is made of, in words, each with what an event has there.
 */

import type { CloudTrailRecord } from "../../event/record.ts";
import { formatTime } from "../../event/time.ts";
import {
  type Filter,
  type ItemsTaken,
  type Pattern,
  type Subject,
  type Test,
  testsOf,
} from "../../query/filter.ts";
import { subjectName, textsOf } from "../../query/subject.ts";
import { listed } from "../../words/sentences.ts";

/** `all of these`, `eventName is StopLogging`. */
export function conditionOf(filter: Filter): string {
  switch (filter.kind) {
    case "every":
      return filter.filters.length === 0 ? "anything" : "all of these";
    case "some":
      return filter.filters.length === 0 ? "nothing" : "any of these";
    case "not":
      return isGroup(filter.filter) ? "not this" : `not: ${conditionOf(filter.filter)}`;
    default:
      return testWords(filter);
  }
}

/** The parts that are shown below it. */
export function partsOf(filter: Filter): readonly Filter[] {
  switch (filter.kind) {
    case "every":
    case "some":
      return filter.filters;
    case "not":
      return isGroup(filter.filter) ? [filter.filter] : [];
    default:
      return [];
  }
}

function isGroup({ kind }: Filter): boolean {
  return kind === "every" || kind === "some" || kind === "not";
}

/** What the event has where the condition looks; undefined where that is no one place. */
export function valuesSeen(
  filter: Filter,
  record: CloudTrailRecord,
): readonly string[] | undefined {
  const test = filter.kind === "not" ? filter.filter : filter;
  const subjects = isGroup(test) ? undefined : subjectsOf(test as Test);
  return subjects?.flatMap((subject) => textsOf(subject, record));
}

function subjectsOf(test: Test): readonly Subject[] | undefined {
  switch (test.kind) {
    case "mentions":
    case "anywhere":
      return undefined;
    case "time":
      return [{ kind: "field", field: "eventTime" }];
    case "pairs":
    case "same":
      return test.subjects;
    case "items":
      return [{ kind: "path", path: test.path }];
    default:
      return [test.subject];
  }
}

/** Of a list of names as many are told as a line holds. */
const mostNames = 4;

function testWords(test: Test): string {
  switch (test.kind) {
    case "text":
      return `${subjectName(test.subject)} ${patternWords(test.pattern)}`;
    case "pairs":
      return `${test.subjects.map(subjectName).join(" and ")} are ${listed(
        test.pairs.map((pair) => [...new Set(pair)].join(" and ")),
        mostNames,
        "or",
      )}`;
    case "address":
      return `${subjectName(test.subject)} is an address from ${addressText(test.range.low)} to ${addressText(test.range.high)}`;
    case "time":
      return `eventTime is ${[
        ...(test.from === undefined ? [] : [`from ${formatTime(test.from, "UTC")}`]),
        ...(test.until === undefined ? [] : [`before ${formatTime(test.until, "UTC")}`]),
      ].join(" and ")}`;
    case "compare":
      return `${test.part === undefined ? "" : `the ${test.part} of `}${subjectName(test.subject)} ${test.operator} ${test.value}`;
    case "exists":
      return `${subjectName(test.subject)} is there`;
    case "same": {
      const [a, b] = test.subjects.map(subjectName);
      return `${a} ${alike[test.position]} ${b}${test.cased ? ", with its case" : ""}`;
    }
    case "anywhere":
      return `some text ${patternWords(test.pattern)}`;
    case "items":
      return `${itemsWords(test.take)} of ${test.path.join(".")}: ${testsOf(test.filter).map(testWords).join(", ")}`;
    case "mentions":
      return `mentions ${test.resource.text}`;
  }
}

function itemsWords(taken: ItemsTaken): string {
  switch (taken) {
    case "all_or_empty":
      return "all items, if there are any,";
    case "any":
    case "all":
    case "none":
      return taken;
    default:
      return `item ${taken}`;
  }
}

const alike = {
  whole: "is the same as",
  contains: "contains",
  startswith: "begins with",
  endswith: "ends with",
} as const;

function patternWords(pattern: Pattern): string {
  switch (pattern.kind) {
    case "equals":
      return `is ${pattern.text === "" ? "empty" : pattern.text}`;
    case "glob":
      return `is like ${pattern.glob}`;
    case "regex":
      return `matches /${pattern.source}/`;
  }
}

/** IPv6 without shortening: it is read beside another. */
function addressText(bytes: Uint8Array): string {
  if (bytes.length === 4) return bytes.join(".");
  const groups = Buffer.from(bytes).toString("hex").match(/.{4}/g) ?? [];
  return groups.join(":");
}

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { parseRange } from "../../src/event/address.ts";
import type { FieldName } from "../../src/event/fields.ts";
import type { Filter, Subject } from "../../src/query/filter.ts";
import { parsePattern } from "../../src/query/pattern.ts";
import { resourceTerm } from "../../src/query/resource.ts";
import { UserError } from "../../src/query/user-error.ts";
import { parseWhere } from "../../src/query/where.ts";

const every = (...filters: Filter[]): Filter => ({ kind: "every", filters });
const some = (...filters: Filter[]): Filter => ({ kind: "some", filters });
const not = (filter: Filter): Filter => ({ kind: "not", filter });
const field = (name: FieldName): Subject => ({ kind: "field", field: name });
const path = (...keys: string[]): Subject => ({ kind: "path", path: keys });
const text = (subject: Subject, value: string): Filter => ({
  kind: "text",
  subject,
  pattern: parsePattern(value),
});
const regex = (subject: Subject, source: string): Filter => ({
  kind: "text",
  subject,
  pattern: { kind: "regex", source },
});
const exists = (subject: Subject): Filter => ({ kind: "exists", subject });
/** With what `resource.test.ts` tells of names whose case the service does not heed. */
const named = resourceTerm;
const order = (subject: Subject, operator: "<" | "<=" | ">" | ">=", value: string): Filter => ({
  kind: "compare",
  subject,
  operator,
  value,
});
const within = (subject: Subject, block: string): Filter => {
  const range = parseRange(block);
  assert.ok(range);
  return { kind: "address", subject, range };
};

const a = text(path("a"), "1");
const b = text(path("b"), "2");
const c = text(path("c"), "3");
const event = field("eventName");
const source = field("sourceIPAddress");

const meanings: readonly (readonly [string, Filter])[] = [
  ["eventName = DeleteBucket", text(event, "DeleteBucket")],
  ["  event='Delete*'  ", text(event, "Delete*")],
  ["EVENTNAME = x", text(event, "x")],
  ["access-key = AKIAEXAMPLE", text(field("accessKeyId"), "AKIAEXAMPLE")],
  ["user-agent = 'aws-cli/2 *'", text(field("userAgent"), "aws-cli/2 *")],
  ["eventName != x", not(text(event, "x"))],
  ["id = 0a1b2c3d", text(field("eventID"), "0a1b2c3d*")],
  ["eventID = 111122223333", text(field("eventID"), "111122223333")],
  ['"eventID" = 0a1b2c3d', text(path("eventID"), "0a1b2c3d")],
  ["eventName =~ '^(Put|Delete)\\w+'", regex(event, "^(Put|Delete)\\w+")],
  ['a = "it\'s \\"so\\""', text(path("a"), 'it\'s "so"')],
  ["a = 'C:\\temp\\*'", text(path("a"), "C:\\temp\\*")],
  ["a = ''", text(path("a"), "")],

  ["a=1 or b=2 and c=3", some(a, every(b, c))],
  ["(a=1 or b=2) and c=3", every(some(a, b), c)],
  ["a=1 AND b=2 And c=3", every(a, b, c)],
  ["a=1 || b=2 && !c=3", some(a, every(b, not(c)))],
  ["not a=1 and b=2", every(not(a), b)],
  ["not (a=1 and b=2)", not(every(a, b))],
  ["not not a=1", not(not(a))],
  ["((a=1))", a],

  ["user in (maria, 'ci *')", some(text(field("user"), "maria"), text(field("user"), "ci *"))],
  ["a in (1)", a],
  ["a not in (1)", not(a)],
  ["exists errorCode", exists(field("errorCode"))],
  ["exists(errorCode)", exists(field("errorCode"))],
  [
    "not exists ( tlsDetails ) and a = b",
    every(not(exists(path("tlsDetails"))), text(path("a"), "b")),
  ],
  ["errorCode exists", exists(field("errorCode"))],
  ["errorCode not exists", not(exists(field("errorCode")))],
  ["not exists tlsDetails", not(exists(path("tlsDetails")))],
  ["exists requestParameters.in", exists(path("requestParameters", "in"))],

  ["userIdentity.userName = maria", text(path("userIdentity", "userName"), "maria")],
  [
    'requestParameters["x-amz-acl"] = private',
    text(path("requestParameters", "x-amz-acl"), "private"),
  ],
  [`requestParameters."a.b"['c d'].e = 1`, text(path("requestParameters", "a.b", "c d", "e"), "1")],
  ['"eventName" = x', text(path("eventName"), "x")],
  ["user.name = x", text(path("user", "name"), "x")],

  ["ip = 203.0.113.7", within(source, "203.0.113.7")],
  [
    "ip in (10.0.0.0/8, 2001:db8::/32)",
    some(within(source, "10.0.0.0/8"), within(source, "2001:db8::/32")),
  ],
  ["sourceIPAddress = cloudformation.amazonaws.com", text(source, "cloudformation.amazonaws.com")],
  [
    "a.cidrIp = 10.0.0.0/8",
    some(text(path("a", "cidrIp"), "10.0.0.0/8"), within(path("a", "cidrIp"), "10.0.0.0/8")),
  ],

  ["a.b >= 10", order(path("a", "b"), ">=", "10")],
  ["a.b<-1.5e3", order(path("a", "b"), "<", "-1.5e3")],
  ["a > 2026-11-05T09:00:00Z", order(path("a"), ">", "2026-11-05T09:00:00Z")],
  ["eventTime >= 2026-11-05T09:00:00Z", { kind: "time", from: Date.UTC(2026, 10, 5, 9) }],
  ["eventTime < '2026-11-05T09:00:00+01:00'", { kind: "time", until: Date.UTC(2026, 10, 5, 8) }],
  ["eventTime > 2026-11-05T09:00:00Z", { kind: "time", from: Date.UTC(2026, 10, 5, 9) + 1 }],
  ["eventTime <= 2026-11-05T09:00:00Z", { kind: "time", until: Date.UTC(2026, 10, 5, 9) + 1 }],
  ["eventTime = 2026-11-05T09*", text(field("eventTime"), "2026-11-05T09*")],

  ["outcome = Denied", text(field("outcome"), "Denied")],
  ["outcome != success", not(text(field("outcome"), "success"))],
  ["mfa = yes", text(field("mfa"), "yes")],
  ["address-class = public", text(field("addressClass"), "public")],
  ["readOnly = false", text(field("readOnly"), "false")],

  ["resource = orders", named("orders")],
  ["resource = 'orders-*'", named("orders-*")],
  ["resource in (a, b)", some(named("a"), named("b"))],
];

describe("an expression", () => {
  for (const [expression, filter] of meanings) {
    it(expression, () => assert.deepEqual(parseWhere(expression), filter));
  }
});

/** The expression, its place marked by the caret in the line below, and what is said. */
const mistakes: readonly (readonly [string, string, string])[] = [
  ["", "^", "expected a field or a path"],
  ["eventName", "         ^", "expected =, !=, =~, <, <=, >, >=, in or exists"],
  ["eventName = ", "            ^", 'expected a value after "="'],
  ["eventName = and", "            ^", 'expected a value: "and" needs quotes to be one'],
  ["= x", "^", "expected a field or a path"],
  ["a = 1 b = 2", "      ^", 'expected "and", "or" or the end'],
  ["a = 1 and", "         ^", "expected a field or a path"],
  ["(a = 1", "      ^", 'expected "and", "or" or ")"'],
  ["a = 1)", "     ^", 'expected "and", "or" or the end'],
  ["a = 'x", "    ^", "this quote is not closed"],
  ["a in 1", "     ^", 'expected "(" after "in"'],
  ["a in ()", "      ^", 'expected a value after "("'],
  ["a in (1 2)", "        ^", 'expected "," or ")"'],
  ["a in (1,)", "        ^", 'expected a value after ","'],
  ["exists(a", "        ^", 'expected ")"'],
  ["a not = 1", "      ^", 'expected "in" or "exists" after "not"'],
  ["a. = 1", "  ^", 'expected a key after "."'],
  [
    "a[0] = 1",
    "  ^",
    'expected a quoted key and "]" (lists need no index: all they hold is tested)',
  ],
  ["a\t= 'x", "    ^", "this quote is not closed"],
  ["a < b", "    ^", "expected a number or a time: 2026-11-05T09:00:00Z"],
  ["eventTime < 9", "            ^", "expected a time: 2026-11-05T09:00:00Z"],
  ["outcome = deny", "          ^", 'expected success, denied, failed, dry-run, not "deny"'],
  ["mfa in (yes, on)", "             ^", 'expected yes, no, not "on"'],
  ["account = 1234", "          ^", 'an account id is 12 digits without hyphens, not "1234"'],
  ["resource =~ x", "           ^", '"resource" can only be tested with =, != and in'],
  ["exists resource", "               ^", '"resource" can only be tested with =, != and in'],
];

describe("a wrong expression", () => {
  for (const [expression, caret, said] of mistakes) {
    it(`is shown with a caret: ${expression}`, () => {
      assert.throws(() => parseWhere(expression), {
        name: "UserError",
        message: `--where: ${said}\n  ${expression.replace("\t", " ")}\n  ${caret}`,
      });
    });
  }

  it("that is nested too deep is refused", () => {
    assert.throws(() => parseWhere(`${"(".repeat(5000)}a=1${")".repeat(5000)}`), /100 deep/);
    assert.throws(() => parseWhere(`${"not ".repeat(5000)}a=1`), /100 deep/);
  });

  it("of any kind is a filter or the user's mistake", () => {
    const pieces = fc.constantFrom(
      ...[
        "and",
        "or",
        "not",
        "in",
        "exists",
        "(",
        ")",
        ",",
        "=",
        "!=",
        "=~",
        "<",
        ">=",
        "!",
        "&&",
        "||",
      ],
      ...[
        "'",
        '"',
        "\\",
        "[",
        "]",
        ".",
        "*",
        " ",
        "eventName",
        "ip",
        "resource",
        "outcome",
        "eventTime",
        "a.b",
      ],
      ...[
        "10.0.0.0/8",
        "2001:db8::",
        "1",
        "x-y",
        "2026-11-05T09:00:00Z",
        "2026-99-99T09:00:00Z",
        "é",
        "\u0000",
      ],
    );
    const expressions = fc.oneof(
      fc.array(pieces, { maxLength: 14 }).map((parts) => parts.join(" ")),
      fc.array(pieces, { maxLength: 14 }).map((parts) => parts.join("")),
      fc.string({ unit: "binary", maxLength: 20 }),
    );
    fc.assert(
      fc.property(expressions, (expression) => {
        try {
          parseWhere(expression);
        } catch (error) {
          assert.ok(error instanceof UserError, String(error));
        }
      }),
      { numRuns: 3000 },
    );
  });
});

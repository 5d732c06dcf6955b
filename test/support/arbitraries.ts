/**
 * Random records and filters for property tests: odd in every way, and yet made of few words, so that
 * filters fit some of the records.
 */

import fc from "fast-check";
import { type FieldName, fieldNames } from "../../src/event/fields.ts";
import { isObject, type Json, type JsonObject } from "../../src/event/record.ts";
import type { Filter, ItemsTaken, Subject } from "../../src/query/filter.ts";
import { filterFromFlags } from "../../src/query/flags.ts";

/** JSON as no sane writer makes it, with every form that the standard allows except `\u`. */
export function oddJson(value: Json, choose: () => number): string {
  const space = () => ["", "", " ", "\n"][choose() % 4];
  if (typeof value === "string") {
    return JSON.stringify(value).replaceAll("/", () => (choose() % 2 === 0 ? "\\/" : "/"));
  }
  if (typeof value === "number") {
    const forms = [String(value), value.toExponential(), `${value}e0`, `${value * 10}E-1`];
    return forms.filter((form) => Number(form) === value)[choose() % 4] ?? String(value);
  }
  if (Array.isArray(value)) {
    return `[${space()}${value.map((item) => oddJson(item, choose)).join(`${space()},`)}]`;
  }
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([key, inner]) =>
      `${oddJson(key, choose)}${space()}:${space()}${oddJson(inner ?? null, choose)}`,
  );
  return `{${members.join(`${space()},${space()}`)}}`;
}

const words = fc.constantFrom(
  ...["maria", "Zoë", "orders", "orders-archive", "s3.amazonaws.com", "203.0.113.7", "10.5", "1e3"],
  ...[
    "arn:aws:s3:::orders/key",
    "arn:aws:sts::111122223333:assumed-role/Deploy/ci@42",
    "orders%2Fkey",
  ],
  ...[
    "AROAX:ci@42",
    "::ffff:203.0.113.7",
    "::FFFF:cb00:7107",
    "0:0:0:0:0:ffff:203.0.113.9",
    "true",
  ],
  ...[
    "AccessDenied",
    "Client.DryRunOperation",
    "Failure",
    "DeleteThing20150331v2",
    "a\nbucket",
    'say "x"',
  ],
  ...["2026-11-05T09:10:00Z", "arn:aws:secretsmanager:us-east-1:111122223333:secret:db-AbCdEf"],
);
const keys = fc.constantFrom("tableName", "items", "a/b", "orders", "ConsoleLogin", "x y", "1000");
const leaf = fc.oneof(
  words,
  fc.constantFrom<Json>(1000, 111122223333, 0.5, -2, 1e21, true, false, null),
);
const { tree } = fc.letrec<{ tree: Json }>((tie) => ({
  tree: fc.oneof(
    { depthSize: "small" },
    leaf,
    fc.array(tie("tree"), { maxLength: 3 }),
    fc.dictionary(keys, tie("tree"), { maxKeys: 3 }),
  ),
}));
/** A record with anything anywhere. */
export const anyRecord = fc.record<JsonObject>(
  {
    eventName: leaf,
    eventSource: leaf,
    eventTime: leaf,
    sourceIPAddress: fc.oneof(leaf, tree),
    vpcEndpointId: leaf,
    userAgent: tree,
    errorCode: leaf,
    errorMessage: leaf,
    eventCategory: fc.oneof(fc.constantFrom("Management", "Insight", "NetworkActivity"), leaf),
    eventType: fc.oneof(fc.constantFrom("AwsApiCall", "AwsVpceEvent"), leaf),
    userIdentity: fc.record<JsonObject>(
      { type: leaf, arn: leaf, principalId: leaf, userName: tree, accountId: leaf },
      { requiredKeys: [] },
    ),
    recipientAccountId: leaf,
    requestParameters: tree,
    responseElements: tree,
    resources: tree,
  },
  { requiredKeys: [] },
);

/** A part of a word, with globs: what stands in the records, or nearly. */
const pattern = fc
  .tuple(
    fc.oneof(words, keys, fc.constantFrom("1000", "111122223333", '{"a":1000}')),
    fc.nat(),
    fc.nat(),
    fc.nat(4),
  )
  .map(([text, from, length, globs]) => {
    const start = from % text.length;
    const part = globs === 0 ? text : text.slice(start, start + 1 + (length % text.length));
    return [part, part, `*${part}*`, `${part}*`, `*${part.replace(/[^*]/, "?")}*`][globs] ?? part;
  });
const path = fc.constantFrom(
  ...["requestParameters", "requestParameters.tableName", "requestParameters.items.orders"],
  ...["responseElements.ConsoleLogin", "userAgent", "resources.1000", 'requestParameters."a/b"'],
);
const quoted = (text: string) => `'${text.replaceAll("'", "\\'")}'`;
const addresses = fc.constantFrom(
  ...[
    "203.0.113.7",
    "203.0.113.0/24",
    "203.0.0.0/16",
    "0.0.0.0/0",
    "203.0.113.7-203.0.113.9",
    "::/0",
  ],
);
const pairSubject = fc.constantFrom<Subject>(
  ...(["eventName", "userAgent", "user"] as const).map(
    (field): Subject => ({ kind: "field", field }),
  ),
  { kind: "path", path: ["userIdentity", "arn"] },
  { kind: "path", path: ["requestParameters", "tableName"] },
);
/** Tests that no column tells, and of parts of times. */
const looking: fc.Arbitrary<Filter> = fc.oneof(
  fc
    .tuple(
      fc.constantFrom("hour", "week", "year"),
      fc.constantFrom("=", "<", ">="),
      fc.nat({ max: 60 }),
    )
    .map(
      ([part, operator, value]): Filter => ({
        kind: "compare",
        subject: { kind: "path", path: ["eventTime"] },
        part,
        operator,
        value: String(value),
      }),
    ),
  fc
    .tuple(
      fc.tuple(pairSubject, pairSubject),
      fc.constantFrom("whole", "contains", "startswith", "endswith"),
      fc.boolean(),
    )
    .map(([subjects, position, cased]): Filter => ({ kind: "same", subjects, position, cased })),
  pattern.map(
    (text): Filter => ({ kind: "anywhere", pattern: { kind: "glob", glob: `*${text}*` } }),
  ),
  fc
    .tuple(
      fc.constantFrom(["requestParameters"], ["requestParameters", "tableName"], ["resources"]),
      fc.constantFrom<ItemsTaken>("any", "all", "all_or_empty", "none", 0, -1),
      fc.constantFrom(["item"], ["item", "tableName"], ["item", "ARN"]),
    )
    .map(
      ([from, take, of]): Filter => ({
        kind: "items",
        path: from,
        take,
        filter: {
          kind: "text",
          subject: { kind: "path", path: of },
          pattern: { kind: "glob", glob: "*e*" },
        },
      }),
    ),
);
const simple: fc.Arbitrary<Filter> = fc.oneof(
  looking,
  fc.tuple(fc.constantFrom<FieldName>(...fieldNames), pattern).map(
    ([field, text]): Filter => ({
      kind: "text",
      subject: { kind: "field", field },
      pattern: /[*?]/.test(text) ? { kind: "glob", glob: text } : { kind: "equals", text },
    }),
  ),
  fc
    .tuple(
      pattern.map((text) => text.replace(/^!/, "")).filter((text) => text.trim() !== ""),
      fc.boolean(),
    )
    .map(([text, ignoreCase]) => filterFromFlags({ resource: [text], ignoreCase })),
  fc
    .tuple(path, pattern)
    .map(([name, text]) => filterFromFlags({ where: [`${name} = ${quoted(text)}`] })),
  fc
    .tuple(path, addresses)
    .map(([name, text]) => filterFromFlags({ where: [`${name} = ${text}`] })),
  addresses.map((text) => filterFromFlags({ fields: { sourceIPAddress: [text] } })),
  fc
    .tuple(
      fc.constantFrom(
        ...[
          "outcome",
          "mfa",
          "readOnly",
          "verbClass",
          "omitted",
          "addendum",
          "addressClass",
          "via",
        ],
      ),
      fc.constantFrom("denied", "*e*", "yes", "success", "public", "vpc-*"),
    )
    .map(
      ([field, text]): Filter => ({
        kind: "text",
        subject: { kind: "field", field: field as FieldName },
        pattern: { kind: "glob", glob: text },
      }),
    ),
  fc
    .tuple(path, fc.constantFrom("< 2000", ">= -2", "exists"))
    .map(([name, test]) => filterFromFlags({ where: [`${name} ${test}`] })),
  fc
    .tuple(fc.tuple(pairSubject, pairSubject), fc.array(fc.tuple(words, words), { maxLength: 20 }))
    .map(([subjects, pairs]): Filter => ({ kind: "pairs", subjects, pairs })),
  fc.constantFrom<FieldName>(...fieldNames).map(
    (field): Filter => ({
      kind: "exists",
      subject: { kind: "field", field },
    }),
  ),
);
/** A filter that fits some of those records. */
export const anyFilter: fc.Arbitrary<Filter> = fc.oneof(
  { arbitrary: simple, weight: 4 },
  fc
    .array(simple, { minLength: 1, maxLength: 3 })
    .map((filters): Filter => ({ kind: "some", filters })),
  fc
    .array(simple, { minLength: 1, maxLength: 2 })
    .map((filters): Filter => ({ kind: "every", filters })),
  simple.map((filter): Filter => ({ kind: "not", filter })),
);

const kind: fc.Arbitrary<Filter> = fc
  .tuple(fc.constantFrom<FieldName>("eventName", "eventSource", "verbClass"), pattern)
  .map(([field, text]) => ({
    kind: "text",
    subject: { kind: "field", field },
    pattern: /[*?]/.test(text) ? { kind: "glob", glob: text } : { kind: "equals", text },
  }));

/** Many alternatives, most of them about certain events: what rules come to. */
export const manyRules: fc.Arbitrary<Filter> = fc
  .array(
    fc.oneof(
      fc.tuple(kind, anyFilter).map((filters): Filter => ({ kind: "every", filters })),
      kind.map((filter): Filter => ({ kind: "every", filters: [{ kind: "not", filter }] })),
      anyFilter,
    ),
    { minLength: 8, maxLength: 12 },
  )
  .map((filters): Filter => ({ kind: "some", filters }));

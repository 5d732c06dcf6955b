import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { type FieldName, fieldNames } from "../../src/event/fields.ts";
import { isObject, type Json, type JsonObject } from "../../src/event/record.ts";
import type { Filter } from "../../src/query/filter.ts";
import { type FlagValues, filterFromFlags } from "../../src/query/flags.ts";
import { requiredLiterals } from "../../src/query/literals.ts";
import { matches } from "../../src/query/matches.ts";
import { preparePatterns } from "../../src/query/pattern.ts";
import { events, filterCases } from "../engines/cases.ts";

const cases: readonly (readonly [string, FlagValues, readonly string[] | undefined])[] = [
  ["an event name", { fields: { eventName: ["DeleteBucket"] } }, ["deletebucket"]],
  ["the longest part of a glob", { fields: { eventName: ["*Put*Bucket?Acl"] } }, ["bucket"]],
  ["any of several names", { fields: { user: ["maria", "jo.ann"] } }, ["maria", "jo.ann"]],
  ["nothing if one of several has none", { fields: { user: ["maria", "*"] } }, undefined],
  [
    "nothing if there are too many",
    { fields: { user: [..."abcdefghi"].map((c) => `u-${c}`) } },
    undefined,
  ],
  ["nothing of what is excluded", { fields: { user: ["!maria"] } }, undefined],
  ["the rarer of two", { fields: { user: ["maria"], awsRegion: ["ap-southeast-2"] } }, ["maria"]],
  [
    "nothing that all records have",
    { fields: { awsRegion: ["us-east-1"], identityType: ["IAMUser"] } },
    undefined,
  ],
  ["the plain part of an odd name", { fields: { user: ['a"Zoë\\smith/x'] } }, ["smith"]],
  [
    "nothing of a number, which has many forms",
    { fields: { account: ["111122223333"] } },
    undefined,
  ],
  ["an address", { fields: { sourceIPAddress: ["203.0.113.7"] } }, ["203.0.113.7", ":ffff:"]],
  [
    "the octets of a block",
    { fields: { sourceIPAddress: ["203.0.113.64/26"] } },
    ["203.0.113.", ":ffff:"],
  ],
  ["nothing of a large block", { fields: { sourceIPAddress: ["10.0.0.0/8"] } }, undefined],
  [
    "nothing of IPv6, which has many forms",
    { fields: { sourceIPAddress: ["2001:db8::1"] } },
    undefined,
  ],
  [
    "the traces of a failure",
    { fields: { outcome: ["denied", "failed"] } },
    ["errorcode", "errormessage", "consolelogin"],
  ],
  ["nothing for success", { fields: { outcome: ["success"] } }, undefined],
  ["nothing for what is worked out", { fields: { mfa: ["yes"] }, readOnly: true }, undefined],
  ["the key of a path", { where: ["exists requestParameters.kmsKeyId"] }, ["kmskeyid"]],
  ["the key for a number", { where: ["requestParameters.fromPort < 80"] }, ["fromport"]],
  [
    "the key for a regular expression",
    { where: ["requestParameters.streamName =~ x"] },
    ["streamname"],
  ],
  ["the key of a rare field", { where: ["exists vpcEndpointId"] }, ["vpcendpointid"]],
  ["a resource", { resource: ["orders-archive/2026/*.parquet"] }, ["orders-archive"]],
  [
    "a resource by ARN or by name",
    { resource: ["arn:aws:dynamodb:eu-west-1:111122223333:table/orders"] },
    ["dynamodb", "orders"],
  ],
  ["what a URL would not escape", { resource: ["maria@example.com"] }, ["example.com"]],
  ["nothing for a time", { from: 0 }, undefined],
];

describe("the literals of a filter are", () => {
  for (const [name, flags, literals] of cases) {
    it(name, () => assert.deepEqual(requiredLiterals(filterFromFlags(flags)), literals));
  }
});

/** JSON as no sane writer makes it, with every form that the standard allows except `\u`. */
function oddJson(value: Json, choose: () => number): string {
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
const record = fc.record<JsonObject>(
  {
    eventName: leaf,
    eventSource: leaf,
    eventTime: leaf,
    sourceIPAddress: fc.oneof(leaf, tree),
    userAgent: tree,
    errorCode: leaf,
    errorMessage: leaf,
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
const simple: fc.Arbitrary<Filter> = fc.oneof(
  fc.tuple(fc.constantFrom<FieldName>(...fieldNames), pattern).map(
    ([field, text]): Filter => ({
      kind: "text",
      subject: { kind: "field", field },
      pattern: /[*?]/.test(text) ? { kind: "glob", glob: text } : { kind: "equals", text },
    }),
  ),
  pattern.map((text) => filterFromFlags({ resource: [text.replace(/^!/, "")] })),
  fc
    .tuple(path, pattern)
    .map(([name, text]) => filterFromFlags({ where: [`${name} = ${quoted(text)}`] })),
  fc
    .tuple(path, addresses)
    .map(([name, text]) => filterFromFlags({ where: [`${name} = ${text}`] })),
  addresses.map((text) => filterFromFlags({ fields: { sourceIPAddress: [text] } })),
  fc
    .tuple(
      fc.constantFrom("outcome", "mfa", "readOnly"),
      fc.constantFrom("denied", "*e*", "yes", "success"),
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
  fc.constantFrom<FieldName>(...fieldNames).map(
    (field): Filter => ({
      kind: "exists",
      subject: { kind: "field", field },
    }),
  ),
);
const combined: fc.Arbitrary<Filter> = fc.oneof(
  { arbitrary: simple, weight: 4 },
  fc
    .array(simple, { minLength: 1, maxLength: 3 })
    .map((filters): Filter => ({ kind: "some", filters })),
  fc
    .array(simple, { minLength: 1, maxLength: 2 })
    .map((filters): Filter => ({ kind: "every", filters })),
  simple.map((filter): Filter => ({ kind: "not", filter })),
);

function assertHolds(text: string, literals: readonly string[]): void {
  const folded = text.toLowerCase();
  const held = literals.some((literal) => folded.includes(literal));
  assert.ok(held || folded.includes("\\u"), `${literals} in ${text}`);
}

describe("a record that matches", () => {
  it("holds a literal of the filter, however it is written", () => {
    let tried = 0;
    const many = { minLength: 5, maxLength: 10 };
    fc.assert(
      fc.property(
        fc.array(record, many),
        fc.array(combined, many),
        fc.array(fc.nat(), many),
        (records, filters, choices) => {
          for (const filter of filters) {
            const literals = requiredLiterals(filter);
            if (literals === undefined) continue;
            for (const event of records.filter((each) => matches(filter, each))) {
              let next = 0;
              const written = oddJson(event, () => choices[next++ % choices.length] ?? 0);
              assert.equal(JSON.stringify(JSON.parse(written)), JSON.stringify(event));
              assertHolds(written, literals);
              tried++;
            }
          }
        },
      ),
      { numRuns: 1_000 },
    );

    assert.ok(tried > 300, `only ${tried} pairs put the promise to the test`);
  });

  it("holds one in every case of the engines", async () => {
    for (const { filter } of filterCases) {
      await preparePatterns(filter);
      const literals = requiredLiterals(filter);
      for (const event of events) {
        if (literals === undefined || !matches(filter, event)) continue;
        assertHolds(JSON.stringify(event), literals);
      }
    }
  });
});

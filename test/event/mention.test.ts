import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { mentionables, mentions } from "../../src/event/mention.ts";
import type { CloudTrailRecord, Json } from "../../src/event/record.ts";
import { event, failing, on } from "../support/events.ts";

function does(glob: boolean, mentioned: boolean) {
  return (text: string, leaf: string) => {
    it(`${JSON.stringify(text)} in ${JSON.stringify(leaf)}`, () => {
      assert.equal(mentions({ text, glob }, leaf), mentioned);
    });
  };
}

const secret = "arn:aws:secretsmanager:us-east-1:111122223333:secret";

describe("mentions finds", () => {
  const finds = does(false, true);
  finds("orders", "orders");
  finds("I-0A1B2C3D", "i-0a1b2c3d");
  finds("Maria@Example.com", "maria@example.com");
  finds("*.apps.example.com", "\\052.apps.example.com.");
  finds("orders", "arn:aws:s3:::orders/2026/05.csv");
  finds("orders/2026/05.csv", "arn:aws:s3:::orders/2026/05.csv");
  finds("05.csv", "arn:aws:s3:::orders/2026/05.csv");
  finds("arn:aws:s3:::orders", "arn:aws:s3:::orders/2026/05.csv");
  finds("orders/", "orders/2026/05.csv");
  finds("/hostedzone/Z0ABC", "https://route53.example.com/hostedzone/Z0ABC");
  finds("i-0abc", "{i-0abc, i-0def}");
  finds("i-0def", "{i-0abc, i-0def}");
  finds("bob", "User: alice is not authorized to perform: iam:DeleteUser on resource: user bob");
  finds("bob", "There is no user bob.");
  finds("bob", 'There is no user "bob".');
  finds("bob", "no user bob... at all");
  finds("alias/orders", "alias/orders");
  finds("42", "42");
  finds("orders", "orders-prod or orders");
  finds("日本", "arn:aws:s3:::日本/x");
  finds("orders/2026", "orders%2F2026");
  finds("orders/2026", "orders%2f2026");
  finds("rapport-été", "s3/rapport-%C3%A9t%C3%A9");
  finds("prod/db", `${secret}:prod/db-AbCdEf`);
  finds(`${secret}:prod/db`, `${secret}:prod/db-AbCdEf`);
  finds(`${secret}:prod/db-AbCdEf`, `${secret}:prod/db-AbCdEf`);
  finds("prod/db", `${secret}:prod/db-AbCdEf:password::`);
  finds("prod/db", `${secret}:prod/db-AbCdEf`.replaceAll(":", "%3A"));
});

describe("mentions does not find", () => {
  const finds = does(false, false);
  finds("prod", "orders-prod");
  finds("orders", "orders-prod");
  finds("orders", "preorders");
  finds("ORDERS", "orders");
  finds("orders/Main.json", "orders/main.json");
  finds("a-b.example.com", "a\\055b.example.com");
  finds("orders", "my.orders");
  finds("orders", "orders.bak");
  finds("orders", "orders_2");
  finds("bob", "bob@example.com");
  finds("example.com", "bob@example.com");
  finds("web-1", "web-10");
  finds("secret-1", `${secret}:secret-10-AbCdEf`);
  finds("prod", `${secret}:prod-backup-AbCdEf`);
  finds("db", `${secret}:db-AbCdEfG`);
  finds("prod", `prod-AbCdEf`);
  finds("日", "日本");
  finds("caf", "café");
  finds("caf", "cafe\u0301");
  finds("k", "\u212a");
  finds("", "orders");
  finds("orders", "");
  finds("*", "orders");
});

describe("mentions finds by glob", () => {
  const finds = does(true, true);
  finds("orders-*", "orders-prod");
  finds("Orders-*", "arn:aws:s3:::Orders-prod/2026/05.csv");
  finds("*-prod", "arn:aws:s3:::orders-prod");
  finds("orders-????", "orders-prod");
  finds("orders*", "orders");
  finds("*orders*", "my-orders-prod");
  finds("arn:aws:rds:*:db:orders", "arn:aws:rds:us-east-1:111122223333:db:orders");
  finds("orders/*/05.csv", "orders/2026/11/05.csv");
  finds("i-0*", "{i-0abc, i-0def}");
  finds("my orders *", "in my orders today");
  finds("?", "🚀");
  finds("f\\*o*", "f*oo");
  finds("prod/*", `${secret}:prod/db-AbCdEf`);
  finds("*/d?", `${secret}:prod/db-AbCdEf`);
  finds("orders/2*", "orders%2F2026");
  finds("*", "anything");
  finds("**", "-");
});

describe("mentions does not find by glob", () => {
  const finds = does(true, false);
  finds("prod*", "orders-prod");
  finds("*orders", "orders-prod");
  finds("orders-?", "orders-prod");
  finds("ORDERS-*", "orders-prod");
  finds("alice*bob", "alice deleted bob");
  finds("a*b", '["a","b"]');
  finds("f\\*o", "foo");
  finds("*", "");
});

const alphabet = [
  "a",
  "B",
  "-",
  ".",
  "/",
  ":",
  " ",
  "%2F",
  "%2D",
  "%41",
  "é",
  `${secret}:a-b-AbCdEf`,
];
const texts = fc
  .array(fc.constantFrom(...alphabet), { maxLength: 12 })
  .map((parts) => parts.join(""));

describe("mentions", () => {
  it("finds names in any case where the user says so", () => {
    for (const glob of [false, true]) {
      assert.ok(mentions({ text: "ORDERS", glob, ignoreCase: true }, "my/Orders/x"));
    }
  });

  it("has every run of plain characters of the pattern in the text itself", () => {
    fc.assert(
      fc.property(texts, texts, (text, leaf) => {
        if (!mentions({ text, glob: false }, leaf)) return;
        for (const run of text.match(/[\w.-]+/g) ?? []) {
          assert.ok(leaf.toLowerCase().includes(run.toLowerCase()));
        }
      }),
      { numRuns: 5_000 },
    );
  });

  it("finds by glob what it finds without", () => {
    fc.assert(
      fc.property(texts, texts, (text, leaf) => {
        assert.equal(mentions({ text, glob: true }, leaf), mentions({ text, glob: false }, leaf));
      }),
      { numRuns: 2_000 },
    );
  });

  for (const [text, leaf] of [
    ["*a*a*a*a*a*b", "a".repeat(100_000)],
    ["?*".repeat(20), " a".repeat(50_000)],
    ["a", "a-".repeat(100_000)],
    ["a", `${":secretsmanager:::secret:".repeat(5_000)}${"-abcdef".repeat(10_000)}`],
    ["a", "%2".repeat(100_000)],
  ] as const) {
    it(`takes no more than a moment for ${text} in ${leaf.length} characters`, () => {
      const before = process.cpuUsage();
      mentions({ text, glob: text.includes("*") }, leaf);
      const { user } = process.cpuUsage(before);
      assert.ok(user < 2_000_000, `${user / 1000} ms`);
    });
  }
});

interface Case {
  readonly name: string;
  readonly record: CloudTrailRecord;
  readonly texts: readonly string[];
}

const levels = 100_000;

const cases: readonly Case[] = [
  {
    name: "texts and numbers at any depth",
    record: event(on({ bucketName: "orders", ids: ["i-1", { port: 443 }] })),
    texts: ["443", "i-1", "ids", "orders"],
  },
  {
    name: "keys of objects and arrays, not of plain values",
    record: event(on({ orders: {}, list: [], name: "x", none: null })),
    texts: ["list", "orders", "x"],
  },
  { name: "no booleans", record: event(on({ dryRun: true })), texts: [] },
  {
    name: "every place where events name resources, and no other",
    record: event(on("a"), failing("NoSuchBucket", "b"), {
      responseElements: "c",
      resources: [{ ARN: "d" }],
      serviceEventDetails: { keyId: "e" },
      additionalEventData: { ARN: "f", Name: "g", "x-amz-id-2": "h" },
      tlsDetails: { clientProvidedHostHeader: "i" },
    }),
    texts: ["a", "b", "c", "d", "e", "f", "g"],
  },
  {
    name: "a key called __proto__",
    record: event(on(JSON.parse('{"__proto__":{"__proto__":"x"}}') as Json)),
    texts: ["__proto__", "x"],
  },
  {
    name: "the bottom of any depth",
    record: event(on(JSON.parse(`${"[".repeat(levels)}"x"${"]".repeat(levels)}`) as Json)),
    texts: ["x"],
  },
  { name: "nothing in an empty record", record: {}, texts: [] },
];

describe("mentionables gives", () => {
  for (const { name, record, texts: expected } of cases) {
    it(name, () => assert.deepEqual([...mentionables(record)].sort(), expected));
  }
});

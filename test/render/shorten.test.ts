import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { shortenedList, shortening } from "../../src/render/shorten.ts";

const texts: readonly (readonly [text: string, width: number, shown: string])[] = [
  ["orders-archive-prod", 12, "order…e-prod"],
  ["arn:aws:iam::111122223333:role/OpsBreakGlass", 24, "arn:…:role/OpsBreakGlass"],
  ["secretsmanager:GetSecretValue", 20, "secr…:GetSecretValue"],
  ["secretsmanager:GetSecretValue ×20", 20, "…:GetSecretValue ×20"],
  ["cloudfront:UpdateOriginRequestPolicy", 16, "cloudfr…stPolicy"],
  ["christophe of account 457448411975", 24, "christophe …457448411975"],
  ["christophe of account 457448411975", 12, "christophe …"],
  ["203.0.113.129 (Example Net)", 14, "…(Example Net)"],
  ["from 2001:db8:1234:5678::9abc", 21, "from …"],
  ["i-0a1b2c3d4e5f60718", 10, "i-0a…60718"],
];

const lists: readonly (readonly [items: readonly string[], width: number, shown: string])[] = [
  [["203.0.113.40", "198.51.100.61", "192.0.2.66"], 40, "203.0.113.40, 198.51.100.61 and 1 more"],
  [["203.0.113.40", "198.51.100.61", "192.0.2.66"], 30, "203.0.113.40 and 2 more"],
  [["203.0.113.40", "198.51.100.61", "192.0.2.66"], 16, "203.0.113.40 +2"],
  [["DescribeSecurityGroups", "DescribeVpcs"], 16, "Descri…Groups +1"],
];

describe("a text with too little room", () => {
  for (const [text, width, shown] of texts) {
    it(`becomes ${shown} of ${text}`, () => {
      assert.equal(shortening([text], width)(text), shown);
    });
  }
});

describe("a list with too little room", () => {
  for (const [items, width, shown] of lists) {
    it(`becomes ${shown}`, () => assert.equal(shortenedList(items, width), shown));
  }
});

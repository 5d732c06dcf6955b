import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { Answer } from "../../src/query/answer.ts";
import { mapTexts } from "../../src/render/json-texts.ts";
import { redacted } from "../../src/render/redact.ts";

function redactedSentence(text: string): string {
  const answer: Answer = {
    verb: "who",
    question: "q",
    found: true,
    sentences: [text],
    sections: [],
    hints: [],
  };
  return redacted(answer).sentences[0] ?? "";
}

const secret = "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY";
const masks: readonly string[] = [
  `aws_secret_access_key = ${secret}`,
  `"SecretAccessKey": "${secret}"`,
  `FwoGZXIvYXdzE${secret.repeat(3)}`,
  `https://b.s3.amazonaws.com/k?X-Amz-Security-Token=${secret}&x=1`,
  `https://b.s3.amazonaws.com/k?X-Amz-Signature=${secret}`,
  `curl -u x https://app:${secret}@db.example.com/`,
  `mysql --password=${secret}`,
  `aws rds modify-db-instance --master-user-password ${secret}`,
  `{"password":"${secret}"}`,
  `Authorization: Bearer ${secret}`,
  `ghp_${secret}`,
  `eyJhbGciOiJI.eyJzdWIiOiIx.${secret}`,
  `-----BEGIN RSA PRIVATE KEY-----\n${secret}\n-----END RSA PRIVATE KEY-----`,
];
const keeps: readonly string[] = [
  "raul deleted harbor-ledger on 2026-10-04 at 22:41:07 UTC from 198.51.100.23",
  "UpdateAccountPasswordPolicy: the password must be long",
  "AKIAEXAMPLERAULXXXXX was made by ines (CreateAccessKey)",
  "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-password-AbCdEf",
  "password=HIDDEN_DUE_TO_SECURITY_REASONS",
  "https://signin.aws.amazon.com/console?tokens=1",
  "5e0c1a2b-0000-4000-8000-000000000003",
];

describe("a redacted answer", () => {
  for (const text of masks) {
    it(`masks the secret in ${text.slice(0, 40)}`, () => {
      const result = redactedSentence(text);
      assert.ok(!result.includes(secret), result);
      assert.match(result, /\[redacted sha256:[0-9a-f]{8}\]/);
      assert.equal(redactedSentence(result), result, "once is enough");
    });
  }
  for (const text of keeps) {
    it(`keeps ${text.slice(0, 40)}`, () => assert.equal(redactedSentence(text), text));
  }

  it("takes hostile text in linear time", () => {
    for (const part of [
      "eyJ-",
      "FwoG",
      "password",
      "a://b:",
      "-----BEGIN PRIVATE KEY-----",
      "--x-",
    ]) {
      const started = process.cpuUsage();
      redactedSentence(part.repeat(20_000));
      assert.ok(process.cpuUsage(started).user < 3_000_000, part);
    }
  });
});

describe("the texts of a document", () => {
  it("are all that changes", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(3), (value, space) => {
        const json = JSON.stringify(value, null, space);
        assert.equal(
          mapTexts(json, (text) => text),
          json,
        );
        const mapped = JSON.parse(mapTexts(json, () => "x"));
        const expected = JSON.parse(json, (_, each) => (typeof each === "string" ? "x" : each));
        assert.deepEqual(mapped, expected);
      }),
    );
  });

  it("are told with the keys above them", () => {
    const paths: string[] = [];
    mapTexts('{"a":{"b":["x",{"c":"y"}]},"d":"z"}', (text, path) => {
      paths.push(`${path.join(".")}=${text}`);
      return text;
    });
    assert.deepEqual(paths, ["a.b=x", "a.b.c=y", "d=z"]);
  });

  it("of numbers keep every digit", () => {
    const json = '{"n":12345678901234567890,"e":1e400,"s":"t"}';
    assert.equal(
      mapTexts(json, () => "u"),
      '{"n":12345678901234567890,"e":1e400,"s":"u"}',
    );
  });
});

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import Ajv2020 from "ajv/dist/2020.js";
import { parse } from "yaml";
import { rulesIn } from "../../src/rules/load.ts";
import { shortFormSchema } from "../../src/rules/short/schema.ts";

const isValid = new Ajv2020.default({ allowUnionTypes: true }).compile(shortFormSchema);

const sound = "rules: [{ id: a, forbid: [StopLogging]";

/** What the schema takes, and whether the reader does. */
const cases: readonly {
  readonly text: string;
  readonly isTaken: boolean;
  readonly isRead?: boolean;
}[] = [
  { text: `${sound} }]`, isTaken: true },
  { text: `${sound}, level: critical, denied: low, tags: x }]`, isTaken: true },
  { text: `${sound}, outcome: [success, denied], unless: { by: maria } }]`, isTaken: true },
  { text: `${sound}, unless: [{ by: maria, region: eu-west-1 }, { via: iac }] }]`, isTaken: true },
  { text: "rules: [{ id: a, protect: orders }]", isTaken: true },
  { text: "rules: [{ id: a, require: mfa, forbid: everything }]", isTaken: true },
  {
    text: `${sound}, samples: { breaks: [{ eventName: A }, [{ eventName: B }]] } }]`,
    isTaken: true,
  },
  { text: "rules: [{ id: a }]", isTaken: false },
  { text: "rules: [{ forbid: [StopLogging] }]", isTaken: false },
  { text: "rules: [{ id: -a, forbid: [StopLogging] }]", isTaken: false },
  { text: `${sound}, levle: high }]`, isTaken: false },
  { text: `${sound}, level: hihg }]`, isTaken: false },
  { text: `${sound}, outcome: often }]`, isTaken: false },
  { text: `${sound}, unless: { bye: maria } }]`, isTaken: false },
  { text: `${sound}, samples: { brakes: [] } }]`, isTaken: false },
  { text: "rules: { id: a }", isTaken: false },
  // What stands in a condition only the reader knows.
  { text: "rules: [{ id: a, forbid: { ip: 203.0.113.300 } }]", isTaken: true, isRead: false },
];

describe("the schema of the short form", () => {
  for (const { text, isTaken, isRead = isTaken } of cases) {
    it(`${isTaken ? "takes" : "refuses"} ${text}`, async () => {
      assert.equal(isValid(parse(text)), isTaken, JSON.stringify(isValid.errors));
      const { mistakes } = await rulesIn([{ file: "trailhound.yaml", text }]);
      assert.equal(mistakes.length === 0, isRead);
    });
  }

  const pack = "src/rules/pack";
  for (const file of readdirSync(pack)) {
    it(`takes ${pack}/${file}`, () => {
      const document = parse(readFileSync(`${pack}/${file}`, "utf8"));
      assert.ok(isValid(document), JSON.stringify(isValid.errors));
    });
  }
});

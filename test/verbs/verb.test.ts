/** The options of verbs: read by the name that the parser gives them, into the type of each. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Option } from "commander";
import { verbs } from "../../src/verbs/index.ts";
import { choice, choiceOr, flag, text, textOr } from "../../src/verbs/options.ts";

describe("the options of verbs", () => {
  for (const { name, options = {} } of verbs) {
    for (const [key, { flags, help }] of Object.entries(options)) {
      it(`of ${name} stand under the parser's name: ${flags}`, () => {
        assert.equal(new Option(flags, help).attributeName(), key);
      });
    }
  }

  const colours = ["red", "green"] as const;
  const cases = [
    {
      option: flag("--a", ""),
      read: [
        [undefined, false],
        [true, true],
        ["yes", false],
      ],
    },
    {
      option: text("--a <t>", ""),
      read: [
        [undefined, undefined],
        ["t", "t"],
        [true, undefined],
      ],
    },
    {
      option: textOr("d", "--a <t>", ""),
      read: [
        [undefined, "d"],
        ["t", "t"],
      ],
    },
    {
      option: choice(colours, "--a <t>", ""),
      read: [
        [undefined, undefined],
        ["red", "red"],
      ],
    },
    {
      option: choiceOr("green", colours, "--a <t>", ""),
      read: [
        [undefined, "green"],
        ["red", "red"],
      ],
    },
  ];
  for (const { option, read } of cases) {
    for (const [given, value] of read) {
      it(`${option.flags} (${option.byDefault ?? "no default"}) reads ${given} as ${value}`, () => {
        assert.equal(option.read(given), value);
      });
    }
  }
});

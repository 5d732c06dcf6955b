import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type ColourChoice, terminalOf } from "../../src/cli/terminal.ts";

interface Case {
  readonly name: string;
  readonly choice?: ColourChoice;
  readonly environment?: Readonly<Record<string, string>>;
  readonly isTTY?: boolean;
  readonly colour: boolean;
}

const cases: readonly Case[] = [
  { name: "a terminal is coloured", isTTY: true, colour: true },
  { name: "a pipe is not", colour: false },
  { name: "a dumb terminal is not", isTTY: true, environment: { TERM: "dumb" }, colour: false },
  {
    name: "NO_COLOR beats the terminal",
    isTTY: true,
    environment: { NO_COLOR: "1" },
    colour: false,
  },
  {
    name: "an empty NO_COLOR says nothing",
    isTTY: true,
    environment: { NO_COLOR: "" },
    colour: true,
  },
  { name: "FORCE_COLOR beats the pipe", environment: { FORCE_COLOR: "1" }, colour: true },
  { name: "an empty FORCE_COLOR counts", environment: { FORCE_COLOR: "" }, colour: true },
  {
    name: "FORCE_COLOR=0 beats the terminal",
    isTTY: true,
    environment: { FORCE_COLOR: "0" },
    colour: false,
  },
  {
    name: "NO_COLOR beats FORCE_COLOR",
    environment: { NO_COLOR: "1", FORCE_COLOR: "1" },
    colour: false,
  },
  {
    name: "--color always beats NO_COLOR",
    choice: "always",
    environment: { NO_COLOR: "1" },
    colour: true,
  },
  {
    name: "--color never beats FORCE_COLOR",
    choice: "never",
    isTTY: true,
    environment: { FORCE_COLOR: "1" },
    colour: false,
  },
];

describe("the terminal", () => {
  for (const { name, choice = "auto", environment = {}, isTTY = false, colour } of cases) {
    it(name, () => {
      assert.equal(terminalOf({ isTTY, columns: 120 }, environment, choice).colour, colour);
    });
  }

  it("is as wide as it says, and a pipe has no width", () => {
    assert.equal(terminalOf({ isTTY: true, columns: 120 }, {}, "auto").width, 120);
    assert.equal(terminalOf({ columns: 120 }, {}, "auto").width, undefined);
  });
});

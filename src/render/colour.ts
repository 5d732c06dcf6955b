/**
 * The colours, by what they mean; the only home of chalk. `cli` decides the level once.
 */

import type { Mark } from "../query/answer.ts";

export type Style = (text: string) => string;

export interface Palette {
  readonly headline: Style;
  readonly heading: Style;
  readonly dim: Style;
  readonly bar: Style;
  readonly plain: Style;
  readonly marks: Readonly<Record<Mark, Style>>;
}

const plain: Style = (text) => text;

const colourless: Palette = {
  headline: plain,
  heading: plain,
  dim: plain,
  bar: plain,
  plain,
  marks: { decisive: plain, succeeded: plain, denied: plain, failed: plain, "dry-run": plain },
};

/** chalk is loaded only when there is something to colour. */
export async function palette(level: 0 | 1 | 2 | 3): Promise<Palette> {
  if (level === 0) return colourless;
  const { Chalk } = await import("chalk");
  const chalk = new Chalk({ level });
  // chalk joins all its arguments, and `map` gives three.
  const style =
    (paint: (text: string) => string): Style =>
    (text) =>
      paint(text);
  return {
    headline: style(chalk.bold),
    heading: style(chalk.bold),
    dim: style(chalk.dim),
    bar: style(chalk.cyan),
    plain,
    marks: {
      decisive: style(chalk.bold.yellow),
      succeeded: plain,
      denied: style(chalk.red),
      failed: style(chalk.magenta),
      "dry-run": style(chalk.dim),
    },
  };
}

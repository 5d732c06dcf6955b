/**
 * What the terminal can show: whether to colour, and how wide lines may be. Decided once, before
 * anything is rendered.
 */

export const colourChoices = ["auto", "always", "never"] as const;
export type ColourChoice = (typeof colourChoices)[number];

export interface Terminal {
  readonly colour: boolean;
  /** Undefined when stdout is no terminal: nothing is fitted or cut then. */
  readonly width: number | undefined;
  /** Likewise. */
  readonly height: number | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

export function terminalOf(
  stream: Stream,
  environment: Environment,
  choice: ColourChoice,
): Terminal {
  return {
    colour: wantsColour(stream, environment, choice),
    width: stream.isTTY ? (stream.columns ?? 80) : undefined,
    height: stream.isTTY ? (stream.rows ?? 24) : undefined,
  };
}

/** `--color`, then NO_COLOR, then FORCE_COLOR, then what stdout is. */
function wantsColour(stream: Stream, environment: Environment, choice: ColourChoice): boolean {
  if (choice !== "auto") return choice === "always";
  const { NO_COLOR: no, FORCE_COLOR: force, TERM: term } = environment;
  if (no !== undefined && no !== "") return false;
  if (force !== undefined) return force !== "0" && force !== "false";
  return stream.isTTY === true && term !== "dumb";
}

/**
 * Options of verbs: declared once, for help pages, the parser, and the type of their value.
 */

export interface Option<T> {
  /** As in the usage line: `--by <field>`. */
  readonly flags: string;
  readonly help: string;
  readonly choices?: readonly string[];
  readonly byDefault?: string;
  /** May be given several times: its value is then a list. */
  readonly isRepeated?: true;
  /** Undefined where the option is not given, true where it takes no value. */
  read(given: unknown): T;
}

/** By the name that the long flag has in code: `--with-denied` is `withDenied`. */
export type Options = Readonly<Record<string, Option<unknown>>>;

export type Values<O extends Options> = {
  readonly [name in keyof O]: O[name] extends Option<infer T> ? T : never;
};

/** One that takes no value. */
export function flag(flags: string, help: string): Option<boolean> {
  return { flags, help, read: (given) => given === true };
}

export function text(flags: string, help: string): Option<string | undefined> {
  return { flags, help, read: (given) => (typeof given === "string" ? given : undefined) };
}

/** One that may be given several times. */
export function texts(flags: string, help: string): Option<readonly string[]> {
  const read = (given: unknown) =>
    Array.isArray(given) ? given.filter((each) => typeof each === "string") : [];
  return { flags, help, isRepeated: true, read };
}

export function textOr(byDefault: string, flags: string, help: string): Option<string> {
  const read = (given: unknown) => (typeof given === "string" ? given : byDefault);
  return { flags, help, byDefault, read };
}

export function choice<T extends string>(
  choices: readonly T[],
  flags: string,
  help: string,
): Option<T | undefined> {
  return { flags, help, choices, read: (given) => choices.find((one) => one === given) };
}

export function choiceOr<T extends string>(
  byDefault: T,
  choices: readonly T[],
  flags: string,
  help: string,
): Option<T> {
  const read = (given: unknown) => choices.find((one) => one === given) ?? byDefault;
  return { flags, help, choices, byDefault, read };
}

export function valuesOf<O extends Options>(
  options: O | undefined,
  given: Readonly<Record<string, unknown>>,
): Values<O> {
  const values = Object.entries(options ?? {}).map(([name, option]) => [
    name,
    option.read(given[name]),
  ]);
  // The compiler does not follow a type through its entries.
  return Object.fromEntries(values) as Values<O>;
}

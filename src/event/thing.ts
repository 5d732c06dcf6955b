/**
 * What one place in a record calls things, and in which role.
 */

/** What one place in the record calls one thing. */
export interface Thing {
  readonly names: readonly string[];
  /** Its tag `Name`, which others may have too. */
  readonly tag?: string;
  /** Where it is reached, as the service answers it: a host, an endpoint, an address. */
  readonly reached?: readonly string[];
}

/** What one place in the record names, by role. */
export interface Evidence {
  readonly targets: readonly Thing[];
  readonly wholes: readonly string[];
  /** These are other things than those that were named before. */
  readonly apart?: true;
}

/** A thing of which only this name is known. */
export function alone(name: string): Thing {
  return { names: [name] };
}

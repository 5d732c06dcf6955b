/**
 * An operation of an AWS service: how often each kind of caller uses it, and how a call looks.
 */

import type { Random } from "../random.ts";
import type { Call, Caller } from "../record.ts";
import type { Account, World } from "../world.ts";

/** Where and by whom a call is made. */
export interface Scene {
  readonly random: Random;
  readonly world: World;
  readonly account: Account;
  readonly region: string;
  readonly caller: Caller;
  readonly time: number;
}

export type Details = Pick<Call, "requestJson"> &
  Partial<Pick<Call, "responseJson" | "additionalJson" | "resourcesJson">>;

export interface Operation {
  readonly service: string;
  readonly name: string;
  readonly readOnly: boolean;
  readonly data?: boolean;
  /** Share of the calls of each kind of caller; absent: never. */
  readonly usedBy: Partial<Record<Caller["kind"], number>>;
  /** How such a call fails when it is not denied. */
  readonly failure: { readonly code: string; readonly message: string };
  readonly details: (scene: Scene) => Details;
}

export const throttled = { code: "ThrottlingException", message: "Rate exceeded" };

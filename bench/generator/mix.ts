/**
 * What logs are made of, as far as it decides how fast they are read. No two trails are alike, and a
 * program tuned to one mix may fall off a cliff on the next.
 */

export interface Mix {
  /** Share of the events that issue credentials. */
  readonly issuing: number;
  /** Share of the sessions whose beginning is not in the logs, as where these are cut out of a longer trail. */
  readonly unseen: number;
  /** Events a file on average: 1 gives a file to each event, Infinity puts all into one. */
  readonly fileSize: number;
  readonly accounts: number;
  /** Share of the events with long parameters: policies, templates, lists of a thousand ids. */
  readonly long: number;
}

/** Named after how many events in a hundred issue credentials. */
export const mixes = {
  /** Much traffic of few long sessions that began before the logs do; large files, long records. */
  "1": { issuing: 0.01, unseen: 0.8, fileSize: 2000, accounts: 2, long: 0.02 },
  /** Four accounts, all of their sessions from beginning to end. */
  "5": { issuing: 0.05, unseen: 0, fileSize: 615, accounts: 4, long: 0 },
  /** Roles taken on all the time, in many accounts; half of the sessions began earlier; small files. */
  "25": { issuing: 0.25, unseen: 0.5, fileSize: 150, accounts: 24, long: 0.005 },
} as const satisfies Readonly<Record<string, Mix>>;

export type MixName = keyof typeof mixes;
export const mixNames: readonly MixName[] = ["1", "5", "25"];

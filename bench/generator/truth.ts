/**
 * The right answers, collected while the logs are written.
 */

import { asked, period } from "./plants.ts";
import { type Draft, isoTime } from "./record.ts";

export type Counts = Readonly<Record<string, number>>;

export interface Truth {
  readonly seed: number;
  readonly events: number;
  readonly files: number;
  /** Of the NDJSON file. */
  readonly bytes: number;
  /** Events that issue credentials. */
  readonly issuing: number;
  readonly from: string;
  readonly until: string;
  readonly bucket: {
    readonly name: string;
    readonly deletions: readonly string[];
    readonly attempts: readonly string[];
    /** Where in the tree these events stand, from its root. */
    readonly files: readonly string[];
  };
  /** A deletion that a service made, and what led to it. */
  readonly behind: {
    readonly table: string;
    readonly deletions: readonly string[];
    readonly attempts: readonly string[];
    /** ARNs of whoever is behind the deletion. */
    readonly origins: readonly string[];
    /** The calls that issued the credentials, and those that started the service. */
    readonly issuing: readonly string[];
    readonly starters: readonly string[];
  };
  readonly user: {
    readonly name: string;
    readonly since: string;
    readonly until: string;
    readonly eventIDs: readonly string[];
  };
  /** All that a user did, through a role and through a service, too. */
  readonly throughRoles: { readonly name: string; readonly eventIDs: readonly string[] };
  readonly address: { readonly address: string; readonly eventIDs: readonly string[] };
  readonly instance: { readonly id: string; readonly eventIDs: readonly string[] };
  readonly counts: {
    readonly eventName: Counts;
    readonly awsRegion: Counts;
    readonly errorCode: Counts;
    /** By identity, as the field catalogue has it. */
    readonly identity: Counts;
    /** By the name of the IAM user who made the call or took on the role that made it, of all accounts. */
    readonly user: Counts;
    /** By the access key that a session began with. */
    readonly session: Counts;
    /** By identity, as the field catalogue has it. */
    readonly denied: Counts;
    readonly signInsByAddress: Counts;
    /** By day, UTC. */
    readonly day: Counts;
  };
}

export const deniedCodes = [
  "AccessDenied",
  "AccessDeniedException",
  "Client.UnauthorizedOperation",
];

export class TruthCollector {
  #events = 0;
  #bytes = 0;
  #issuing = 0;
  readonly #counts = {
    eventName: new Map<string, number>(),
    awsRegion: new Map<string, number>(),
    errorCode: new Map<string, number>(),
    identity: new Map<string, number>(),
    user: new Map<string, number>(),
    session: new Map<string, number>(),
    denied: new Map<string, number>(),
    signInsByAddress: new Map<string, number>(),
    day: new Map<string, number>(),
  };
  readonly #deletions: string[] = [];
  readonly #attempts: string[] = [];
  readonly #bucketFiles = new Set<string>();
  readonly #behind = {
    table: asked.table,
    deletions: [] as string[],
    attempts: [] as string[],
    origins: [] as string[],
    issuing: [] as string[],
    starters: [] as string[],
  };
  /** Who took on a role, by the access key that the session got. */
  readonly #begunBy = new Map<string, string>();
  readonly #byUser: string[] = [];
  readonly #throughRoles: string[] = [];
  readonly #fromAddress: string[] = [];
  readonly #ofInstance: string[] = [];

  get events(): number {
    return this.#events;
  }

  get issuing(): number {
    return this.#issuing;
  }

  addText(bytes: number): void {
    this.#bytes += bytes;
  }

  /** An event, and the file it is in. */
  add({ call, caller, place, time, eventID }: Draft, file: string, planted: boolean): void {
    const counts = this.#counts;
    const code = call.error?.code;
    this.#events++;
    if (call.issues !== undefined) this.#issuing++;
    const { session, user = this.#begunBy.get(session ?? "") } = caller;
    if (call.issues !== undefined && user !== undefined) this.#begunBy.set(call.issues, user);
    if (user !== undefined) count(counts.user, user);
    if (session !== undefined) count(counts.session, session);
    if (user === asked.behind) this.#throughRoles.push(eventID);
    count(counts.identity, caller.identity);
    count(counts.eventName, call.name);
    count(counts.awsRegion, place.region);
    count(counts.day, isoTime(time).slice(0, 10));
    if (code !== undefined) count(counts.errorCode, code);
    if (code !== undefined && deniedCodes.includes(code)) count(counts.denied, caller.identity);
    if (call.name === "ConsoleLogin") count(counts.signInsByAddress, caller.address);
    if (caller.address === asked.address) this.#fromAddress.push(eventID);
    // What follows has planted answers only: nothing else is drawn with these names.
    if (!planted) return;
    const text = call.requestJson + (call.responseJson ?? "");
    if (text.includes(`"${asked.instance}"`)) this.#ofInstance.push(eventID);
    if (caller.arn.endsWith(`/${asked.user}`) && time >= asked.since && time < asked.until) {
      this.#byUser.push(eventID);
    }
    if (call.name === "DeleteBucket" && text.includes(`"${asked.bucket}"`)) {
      (call.error ? this.#attempts : this.#deletions).push(eventID);
      this.#bucketFiles.add(file);
    }
    const behind = this.#behind;
    if (call.name === "DeleteTable" && text.includes(`"${asked.table}"`)) {
      (call.error ? behind.attempts : behind.deletions).push(eventID);
    }
    if (call.name === "DeleteStack") behind.starters.push(eventID);
    if (call.name === "AssumeRole") {
      behind.issuing.push(eventID);
      behind.origins.push(caller.arn);
    }
  }

  truth(seed: number, files: number): Truth {
    const counts = this.#counts;
    return {
      seed,
      events: this.#events,
      files,
      bytes: this.#bytes,
      issuing: this.#issuing,
      from: isoTime(period.from),
      until: isoTime(period.until),
      bucket: {
        name: asked.bucket,
        deletions: this.#deletions,
        attempts: this.#attempts,
        files: [...this.#bucketFiles],
      },
      behind: this.#behind,
      user: {
        name: asked.user,
        since: isoTime(asked.since),
        until: isoTime(asked.until),
        eventIDs: this.#byUser,
      },
      throughRoles: { name: asked.behind, eventIDs: this.#throughRoles },
      address: { address: asked.address, eventIDs: this.#fromAddress },
      instance: { id: asked.instance, eventIDs: this.#ofInstance },
      counts: {
        eventName: sorted(counts.eventName),
        awsRegion: sorted(counts.awsRegion),
        errorCode: sorted(counts.errorCode),
        identity: sorted(counts.identity),
        user: sorted(counts.user),
        session: sorted(counts.session),
        denied: sorted(counts.denied),
        signInsByAddress: sorted(counts.signInsByAddress),
        day: sorted(counts.day),
      },
    };
  }
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function sorted(counts: Map<string, number>): Counts {
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * The logs: deliveries filled with events, written as an S3-style tree and as one NDJSON file.
 */

import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import {
  drawUserCaller,
  openPassingSession,
  openSession,
  type Session,
  serviceCaller,
  signIn,
} from "./callers.ts";
import { type Delivery, planDeliveries, windowOf } from "./delivery.ts";
import type { Mix } from "./mix.ts";
import { nextLongOperation, nextOperation } from "./operations/index.ts";
import type { Operation, Scene } from "./operations/operation.ts";
import { plantAll } from "./plants.ts";
import { Random } from "./random.ts";
import {
  type Call,
  type CallError,
  type Caller,
  type Draft,
  isoTime,
  recordText,
} from "./record.ts";
import { type TreeWriter, treeOfFiles, treeOfOneFile } from "./tree.ts";
import { type Truth, TruthCollector } from "./truth.ts";
import { type Account, buildWorld, type World } from "./world.ts";

export interface LogPlan {
  readonly events: number;
  readonly seed: number;
  readonly mix: Mix;
  /** Root of the tree; gets `AWSLogs/…`, or one file. */
  readonly tree: string;
  readonly ndjson: string;
}

export async function writeLogs({ events, seed, mix, tree, ndjson }: LogPlan): Promise<Truth> {
  const random = new Random(seed);
  const world = buildWorld(random, mix.accounts);
  const collector = new TruthCollector();
  const sessions = new Map(world.accounts.map(({ id }) => [id, [] as Session[]]));
  const begun = new Set<string>();
  const usual = usualSessions(events, mix);
  const files: TreeWriter =
    mix.fileSize === Number.POSITIVE_INFINITY ? treeOfOneFile(tree) : treeOfFiles(tree);
  mkdirSync(dirname(ndjson), { recursive: true });
  const lines = openSync(ndjson, "w");
  for (const delivery of planDeliveries(random, world, plantAll(world), events, mix)) {
    const path = files.pathOf(pathOf(delivery, random));
    const live = sessions.get(delivery.account.id) ?? [];
    const texts = fill(delivery, { random, world, mix, usual, begun, live, collector, path });
    const text = `${texts.join("\n")}\n`;
    writeSync(lines, text, null, "latin1");
    collector.addText(text.length);
    await files.write(path, texts);
  }
  closeSync(lines);
  return collector.truth(seed, await files.end());
}

/** An account's sessions at a time: fewer, where those that begin would alone be more than the mix has. */
function usualSessions(events: number, { issuing, unseen, accounts }: Mix): number {
  const begunInTwoWeeks = 62;
  const seen = accounts * begunInTwoWeeks * (1 - unseen);
  return Math.max(2, Math.min(24, Math.floor((events * issuing) / 2 / seen)));
}

function pathOf({ account, region, delivered }: Delivery, random: Random): string {
  const iso = isoTime(delivered);
  const stamp = iso.slice(0, 16).replaceAll(/[-:]/g, "");
  const day = iso.slice(0, 10).replaceAll("-", "/");
  const name = `${account.id}_CloudTrail_${region}_${stamp}Z_${random.mixed(16)}.json.gz`;
  return `AWSLogs/${account.id}/CloudTrail/${region}/${day}/${name}`;
}

interface Setting {
  readonly random: Random;
  readonly world: World;
  readonly mix: Mix;
  /** How many sessions an account has at a time. */
  readonly usual: number;
  /** The account, name and second of every session. */
  readonly begun: Set<string>;
  /** The account's sessions; renewed here as they expire. */
  readonly live: Session[];
  readonly collector: TruthCollector;
  readonly path: string;
}

/**
 * Services take on roles all the time. Most such sessions make no call that is logged; one in so many
 * takes the place of another one that does.
 */
const usedPassingSessions = 0.25;

/**
 * No two sessions of one name begin in the same second: whose a call is would then be told by the keys
 * alone, and not at all where the logs lack the call that issued one of them.
 */
function opened(
  open: typeof openSession,
  { random, world, begun }: Setting,
  account: Account,
  time: number,
): Session {
  for (;;) {
    const session = open(random, world, account, time);
    const name = `${session.caller.arn} ${time}`;
    if (begun.has(name)) continue;
    begun.add(name);
    return session;
  }
}

/** The records of one file. */
function fill(delivery: Delivery, setting: Setting): string[] {
  const { random, world, mix, live, collector, path } = setting;
  const { account, region, size, plants } = delivery;
  const { from, until } = windowOf(delivery);
  const place = { account: account.id, region };
  const texts: string[] = [];
  const write = (caller: Caller, call: Call, time: number, planted = false) => {
    const draft: Draft = { call, caller, place, time, eventID: random.uuid() };
    collector.add(draft, path, planted);
    texts.push(recordText(draft, random));
  };
  const used: Session[] = [];
  for (const { caller, call, time } of plants) write(caller, call, time, true);
  for (const { opening } of renew(delivery, setting)) {
    if (texts.length < size && !random.chance(mix.unseen))
      write(opening.caller, opening.call, from);
  }
  while (texts.length < size) {
    const time = from + random.below((until - from) / 1000) * 1000;
    // Twice as often as wanted while there are too few, and not at all while there are too many.
    const behind = collector.issuing < mix.issuing * collector.events;
    if (behind && random.chance(2 * mix.issuing)) {
      const session = opened(openPassingSession, setting, account, time);
      write(session.opening.caller, session.opening.call, time);
      if (random.chance(usedPassingSessions)) {
        const unseen = random.chance(mix.unseen);
        used.push(unseen ? opened(openPassingSession, setting, account, time) : session);
      }
    } else if (random.chance(0.003)) {
      const { caller, call } = signIn(random, account);
      write(caller, call, time);
    } else {
      const caller = nextCaller(random, live, delivery);
      const scene = { random, world, account, region, caller, time };
      write(caller, nextCall(scene, mix), time);
    }
  }
  // Its calls are in later files, so that none comes before the call that issued the credentials.
  for (const session of used) replacePassingSession(live, session);
  shuffle(texts, random);
  return texts;
}

/** The oldest of its kind goes: people and pipelines keep their share of the calls. */
function replacePassingSession(live: Session[], session: Session): void {
  const oldest = live.findIndex(({ caller }) => caller.kind === session.caller.kind);
  if (oldest === -1) return;
  live.splice(oldest, 1);
  live.push(session);
}

/** Replaces sessions that ended, and adds some up to the usual number; small files show few. */
function renew(delivery: Delivery, setting: Setting): Session[] {
  const { live, usual } = setting;
  const { from } = windowOf(delivery);
  const kept = live.filter(({ until }) => until > from);
  const room = Math.ceil(delivery.size / 20);
  const fresh = Array.from({ length: Math.min(usual - kept.length, room) }, () =>
    opened(openSession, setting, delivery.account, from),
  );
  live.splice(0, live.length, ...kept, ...fresh);
  return fresh;
}

const callingServices = [
  "cloudtrail.amazonaws.com",
  "delivery.logs.amazonaws.com",
  "secretsmanager.amazonaws.com",
  "events.amazonaws.com",
  "autoscaling.amazonaws.com",
  "config.amazonaws.com",
];

function nextCaller(random: Random, live: readonly Session[], { account }: Delivery): Caller {
  const lot = random.fraction();
  if (lot < 0.09) return serviceCaller(account.id, random.pick(callingServices));
  if (lot < 0.16 || live.length === 0) return drawUserCaller(random, account);
  return random.pick(live).caller;
}

function nextCall(scene: Scene, { long }: Mix): Call {
  const { random, caller } = scene;
  const operation = random.chance(long)
    ? nextLongOperation(random)
    : nextOperation[caller.kind](random);
  const { service, name, readOnly, data = false } = operation;
  const error = nextError(operation, scene);
  return {
    service,
    name,
    readOnly,
    data,
    ...operation.details(scene),
    ...(error ? { error } : {}),
  };
}

/** Three calls in a hundred fail, half of them denied. */
function nextError(
  operation: Operation,
  { random, caller, account, region }: Scene,
): CallError | undefined {
  const lot = random.fraction();
  if (lot >= 0.03) return undefined;
  if (lot >= 0.016 || caller.kind === "service") return operation.failure;
  const { service, name } = operation;
  const action = `${service}:${name}`;
  const refusal = `is not authorized to perform: ${action} on resource: arn:aws:${service}:${region}:${account.id}:*`;
  if (service === "ec2") {
    return {
      code: "Client.UnauthorizedOperation",
      message: `You are not authorized to perform this operation. User: ${caller.arn} ${refusal} because no identity-based policy allows the ${action} action. Encoded authorization failure message: ${random.mixed(400)}`,
    };
  }
  return {
    code: service === "s3" || service === "iam" ? "AccessDenied" : "AccessDeniedException",
    message: `User: ${caller.arn} ${refusal} because no identity-based policy allows the ${action} action`,
  };
}

function shuffle(texts: string[], random: Random): void {
  for (let i = texts.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [texts[i], texts[j]] = [texts[j] ?? "", texts[i] ?? ""];
  }
}

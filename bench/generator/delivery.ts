/**
 * Which log files are delivered, when, and how many events each holds, following the working day.
 *
 * CloudTrail delivers some five minutes after the events, in one file an account and region; sizes
 * vary as widely as they do in real buckets: from 10 events to eight times the mean and more.
 */

import type { Mix } from "./mix.ts";
import { type Plant, period } from "./plants.ts";
import { type Random, weighted } from "./random.ts";
import type { Account, World } from "./world.ts";

export interface Delivery {
  readonly account: Account;
  readonly region: string;
  /** In the file's name; its events are 5 to 15 minutes older. */
  readonly delivered: number;
  /** Events in all, the planted ones among them. */
  readonly size: number;
  readonly plants: readonly Plant[];
}

const minute = 60_000;
/** Of deliveries that are put into one file in the end. */
const usualSize = 615;

/** The ten minutes whose events a file delivered then holds. */
export function windowOf({ delivered }: Delivery): { from: number; until: number } {
  return { from: delivered - 15 * minute, until: delivered - 5 * minute };
}

export function planDeliveries(
  random: Random,
  world: World,
  plants: readonly Plant[],
  events: number,
  { fileSize }: Mix,
): Delivery[] {
  const mean = fileSize === Number.POSITIVE_INFINITY ? usualSize : fileSize;
  const planted = plantedDeliveries(random, world, plants, mean);
  const left = events - planted.reduce((sum, { size }) => sum + size, 0);
  if (left < 0) throw new Error(`the planted events and their neighbours need more than ${events}`);
  const sizes = drawSizes(random, left, mean);
  const anyAccount = weighted(world.accounts.map((account, i) => [account, [5, 2, 3, 1][i] ?? 1]));
  const anyRegion = weighted(world.regions.map((region, i) => [region, [4, 5, 2, 1][i] ?? 1]));
  const ordinary = sizes.map(
    (size): Delivery => ({
      account: anyAccount(random),
      region: anyRegion(random),
      delivered: drawTime(random),
      size,
      plants: [],
    }),
  );
  return [...planted, ...ordinary].sort((a, b) => a.delivered - b.delivered);
}

/** Planted events come in small files of their own time, among some neighbours. */
function plantedDeliveries(
  random: Random,
  world: World,
  plants: readonly Plant[],
  most: number,
): Delivery[] {
  const groups = new Map<string, Plant[]>();
  for (const plant of plants) {
    const { place, time } = plant;
    const delivered = time - (time % (10 * minute)) + 15 * minute;
    const key = `${place.account} ${place.region} ${delivered}`;
    groups.set(key, [...(groups.get(key) ?? []), plant]);
  }
  return [...groups].flatMap(([key, group]) => {
    const [account, region = "", delivered] = key.split(" ");
    return chunks(group, most).map((together) => ({
      account: accountOf(world, account),
      region,
      delivered: Number(delivered),
      size: Math.min(together.length + random.between(10, 40), Math.max(most, together.length)),
      plants: together,
    }));
  });
}

function chunks<T>(items: readonly T[], most: number): (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / most) }, (_, i) =>
    items.slice(i * most, (i + 1) * most),
  );
}

function accountOf(world: World, wanted: string | undefined): Account {
  const account = world.accounts.find(({ id }) => id === wanted);
  if (account === undefined) throw new Error(`no account ${wanted}`);
  return account;
}

function drawSizes(random: Random, events: number, mean: number): number[] {
  const spread = mean > 1 ? 1 : 0;
  const median = mean / Math.exp(spread ** 2 / 2);
  const [least, most] = [Math.min(mean, 10), Math.max(8 * mean, 5000)];
  const sizes: number[] = [];
  for (let left = events; left > 0; ) {
    const drawn = Math.round(median * Math.exp(spread * random.normal()));
    const size = spread === 0 ? mean : Math.min(Math.max(drawn, least), most, left);
    sizes.push(size);
    left -= size;
  }
  return sizes;
}

/** Nights and weekends are quiet: a time in them is often drawn again. */
function drawTime(random: Random): number {
  const first = period.from + 15 * minute;
  const slots = (period.until - first) / (5 * minute);
  for (;;) {
    const time = first + random.below(slots) * 5 * minute;
    const date = new Date(time);
    const weekend = date.getUTCDay() % 6 === 0;
    const night = date.getUTCHours() < 6 || date.getUTCHours() > 19;
    if (random.chance(weekend || night ? 0.4 : 1)) return time;
  }
}

/**
 * The invented company whose logs are generated: accounts, regions, and what stands in them.
 * Everything is drawn from the documentation's account numbers and address ranges.
 */

import type { Random } from "./random.ts";

export interface Role {
  readonly name: string;
  readonly arn: string;
  readonly id: string;
}

export interface User {
  readonly name: string;
  readonly arn: string;
  readonly id: string;
  readonly accessKeyId: string;
  /** Where the user works from. */
  readonly address: string;
}

export interface Account {
  readonly id: string;
  readonly stage: string;
  readonly users: readonly User[];
  /** By who may take them on. */
  readonly instanceRoles: readonly Role[];
  readonly functionRoles: readonly Role[];
  readonly peopleRoles: readonly Role[];
  readonly pipelineRoles: readonly Role[];
  readonly functions: readonly string[];
  readonly instances: readonly string[];
  readonly keys: readonly string[];
  readonly tables: readonly string[];
  readonly secrets: readonly string[];
  readonly endpoints: readonly string[];
}

export interface World {
  readonly accounts: readonly Account[];
  readonly regions: readonly string[];
  readonly buckets: readonly Bucket[];
  /** The busiest bucket of all, which nobody but a plant writes to or deletes. */
  readonly archive: Bucket;
  readonly people: readonly Person[];
  /** Public addresses the company's own networks leave from. */
  readonly gateways: readonly string[];
}

export interface Bucket {
  readonly name: string;
  readonly account: string;
}

/** Somebody who signs in through the identity provider. */
interface Person {
  readonly name: string;
  readonly address: string;
}

/** As the documentation writes account numbers: three digits, four times each. */
function accountNumbers(count: number): string[] {
  const digits = [..."1472580369"];
  const first = ["111122223333", "444455556666", "777788889999", "123456789012"];
  const others = digits.flatMap((a) =>
    digits.flatMap((b) => digits.map((c) => [a, b, c].map((digit) => digit.repeat(4)).join(""))),
  );
  const numbers = [...new Set([...first, ...others])];
  if (count > numbers.length) throw new Error(`at most ${numbers.length} accounts`);
  return numbers.slice(0, count);
}

const stages = ["prod", "staging", "data", "tools"];
const systems = [
  "orders",
  "billing",
  "catalog",
  "search",
  "checkout",
  "shipping",
  "ledger",
  "media",
  "reports",
  "clickstream",
  "profile",
  "audit",
];
const parts = ["api", "worker", "ingest", "export", "scheduler"];
const firstNames = ["ana", "ben", "chloe", "dmitri", "elif", "farid", "grace", "hugo", "ines"];
const lastNames = ["adler", "brandt", "costa", "duarte", "eriksen", "fontaine", "ghosh", "haddad"];

/** Addresses that only the plants use; see `plants.ts`. */
export const plantedAddresses = { rare: "198.51.100.7", eve: "203.0.113.99" };

export function buildWorld(random: Random, accounts: number): World {
  const owners = accountNumbers(accounts).map((id, i) => ({ id, stage: stages[i] ?? `team${i}` }));
  const gateways = range(2, 80)
    .map((host) => `198.51.100.${host}`)
    .filter((address) => address !== plantedAddresses.rare);
  const offices = range(2, 90).map((host) => `203.0.113.${host}`);
  const home = () =>
    random.chance(0.15) ? `2001:db8:${random.hex(4)}::${random.hex(4)}` : random.pick(offices);
  const people = firstNames.flatMap((first) =>
    lastNames.map((last) => ({ name: `${first}.${last}@corp.example.com`, address: home() })),
  );
  const archive = { name: "orders-archive-prod", account: "111122223333" };
  const buckets = owners.flatMap(({ id, stage }) =>
    systems.flatMap((system) =>
      ["assets", "logs", "lake"].map((use) => ({
        name: `${system}-${use}-${stage}`,
        account: id,
      })),
    ),
  );
  return {
    accounts: owners.map(({ id, stage }) => buildAccount(random, id, stage, gateways)),
    regions: ["us-east-1", "eu-west-1", "eu-central-1", "ap-southeast-2"],
    buckets,
    archive,
    people,
    gateways,
  };
}

function buildAccount(
  random: Random,
  id: string,
  stage: string,
  gateways: readonly string[],
): Account {
  const role = (path: string, name: string): Role => ({
    name,
    arn: `arn:aws:iam::${id}:role${path}${name}`,
    id: random.uniqueId("AROA"),
  });
  const user = (name: string): User => ({
    name,
    arn: `arn:aws:iam::${id}:user/${name}`,
    id: random.uniqueId("AIDA"),
    accessKeyId: random.uniqueId("AKIA"),
    address: random.pick(gateways),
  });
  const services = systems.flatMap((system) => parts.map((part) => `${system}-${part}`));
  return {
    id,
    stage,
    users: systems.flatMap((system) => [user(`svc-${system}`), user(`${system}-legacy`)]),
    instanceRoles: services.map((service) => role("/", `${stage}-${service}-node`)),
    functionRoles: services.map((service) => role("/service-role/", `${stage}-${service}-fn`)),
    peopleRoles: ["AdministratorAccess", "PowerUser", "ReadOnly", "Billing", "Support"].map(
      (name) =>
        role(
          "/aws-reserved/sso.amazonaws.com/eu-west-1/",
          `AWSReservedSSO_${name}_${random.hex(16)}`,
        ),
    ),
    pipelineRoles: systems.map((system) => role("/ci/", `deploy-${system}-${stage}`)),
    functions: services.map((service) => `${stage}-${service}`),
    instances: range(1, 240).map(() => `i-0${random.hex(16)}`),
    keys: range(1, 16).map(() => random.uuid()),
    tables: systems.flatMap((system) => [`${system}-${stage}`, `${system}-index-${stage}`]),
    secrets: systems.map((system) => `${stage}/${system}/database-${random.mixed(6)}`),
    endpoints: range(1, 4).map(() => `vpce-0${random.hex(16)}`),
  };
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

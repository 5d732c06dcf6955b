/** All operations, and which of them a caller uses next. */

import { type Chooser, weighted } from "../random.ts";
import type { Caller } from "../record.ts";
import { access } from "./access.ts";
import { compute } from "./compute.ts";
import { long } from "./long.ts";
import type { Operation } from "./operation.ts";
import { platform } from "./platform.ts";
import { storage } from "./storage.ts";

export const operations: readonly Operation[] = [...storage, ...compute, ...access, ...platform];

function usedBy(kind: Caller["kind"]): Chooser<Operation> {
  return weighted(
    operations.flatMap((operation): [Operation, number][] => {
      const weight = operation.usedBy[kind];
      return weight === undefined ? [] : [[operation, weight]];
    }),
  );
}

export const nextLongOperation: Chooser<Operation> = weighted(
  long.map((operation) => [operation, 1]),
);

export const nextOperation: { readonly [K in Caller["kind"]]: Chooser<Operation> } = {
  workload: usedBy("workload"),
  person: usedBy("person"),
  pipeline: usedBy("pipeline"),
  service: usedBy("service"),
};

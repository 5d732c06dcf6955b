/**
 * What a call that does several things at once did to each: a DELETE among the changes to a hosted zone,
 * a delete request among the writes to tables.
 *
 * Its event name says none of it. That the call succeeded is not asked here.
 */

import { foldCase } from "./fold-case.ts";
import type { ResourcePattern } from "./mention.ts";
import { type Operation, operationOf } from "./operation.ts";
import { type CloudTrailRecord, isObject, type Json, type JsonObject, valuesAt } from "./record.ts";
import { namedBy } from "./roles.ts";

type ItemDeed = "delete" | "create" | "change";

interface Item {
  readonly deed: ItemDeed;
  readonly names: readonly string[];
  /** What it is in. */
  readonly whole: readonly string[];
}

/** Calls that delete if they hold a key of this name. */
export const deletesInside: readonly { readonly eventName: string; readonly key: string }[] = [
  { eventName: "BatchWriteItem", key: "deleteRequest" },
  { eventName: "TransactWriteItems", key: "delete" },
];

/**
 * Whether the event does this to the resource, if it does anything; true of all events that do one thing
 * only, which their names tell.
 */
export function doesTo(
  record: CloudTrailRecord,
  pattern: ResourcePattern,
  infinitive: string,
): boolean {
  if (infinitive !== "delete" && infinitive !== "create") return true;
  const operation = operationOf(record);
  const items = itemsIn(record, operation);
  if (items === undefined) return true;
  const isNamed = namedBy(pattern, operation);
  const onIt = items.filter(({ names, whole }) => [...names, ...whole].some(isNamed));
  return onIt.length === 0 || onIt.some(({ deed }) => deed === infinitive);
}

function itemsIn(record: CloudTrailRecord, { event }: Operation): readonly Item[] | undefined {
  switch (event) {
    case "ChangeResourceRecordSets":
      return recordSets(record);
    case "BatchWriteItem":
      return tableWrites(record);
    case "TransactWriteItems":
      return transactWrites(record);
    default:
      return undefined;
  }
}

function recordSets(record: CloudTrailRecord): readonly Item[] {
  const whole = texts(valuesAt(record, ["requestParameters", "hostedZoneId"]));
  const changes = valuesAt(record, ["requestParameters", "changeBatch", "changes"]);
  const told = changes.filter(isObject).map((change) => {
    const under = (...path: readonly string[]) =>
      texts(valuesAt(change, ["resourceRecordSet", ...path]));
    const names = under("name");
    const dotless = names.map((name) => name.replace(/\.$/, ""));
    const set = [...dotless, ...under("type"), ...under("setIdentifier")].map(foldCase).join("\n");
    return { action: texts(valuesAt(change, ["action"]))[0]?.toUpperCase(), names, set };
  });
  const setsOf = (action: string) =>
    new Set(told.filter((change) => change.action === action).map(({ set }) => set));
  const deleted = setsOf("DELETE");
  const created = new Set([...setsOf("CREATE"), ...setsOf("UPSERT")]);
  return told.map(({ action, names, set }) => {
    // Deleted and created in one batch: that is how a record set is replaced.
    const isReplaced = deleted.has(set) && created.has(set);
    const deed = isReplaced ? "change" : action === "DELETE" ? "delete" : "change";
    return { deed: action === "CREATE" && !isReplaced ? "create" : deed, names, whole };
  });
}

/** `requestItems: { orders: [{ deleteRequest: { key } }, { putRequest: { item } }] }`. */
function tableWrites(record: CloudTrailRecord): readonly Item[] {
  const tables = valuesAt(record, ["requestParameters", "requestItems"]).filter(isObject);
  return tables.flatMap(Object.entries<Json | undefined>).flatMap(([table, writes = null]) =>
    valuesAt({ writes }, ["writes"])
      .filter(isObject)
      .map((write): Item => {
        const deed = holds(write, "deleteRequest") ? "delete" : "change";
        return { deed, names: [], whole: [table] };
      }),
  );
}

/** `transactItems: [{ delete: { tableName, key } }, { put: { tableName, item } }]`. */
function transactWrites(record: CloudTrailRecord): readonly Item[] {
  const items = valuesAt(record, ["requestParameters", "transactItems"]).filter(isObject);
  return items.flatMap(Object.entries<Json | undefined>).flatMap(([action, write]) =>
    isObject(write)
      ? [
          {
            deed: foldCase(action) === "delete" ? "delete" : "change",
            names: [],
            whole: texts(valuesAt(write, ["tableName"])),
          },
        ]
      : [],
  );
}

function holds(object: JsonObject, key: string): boolean {
  return valuesAt(object, [key]).length > 0;
}

function texts(values: readonly Json[]): readonly string[] {
  return values.filter((value): value is string => typeof value === "string");
}

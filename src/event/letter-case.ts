/**
 * Whether the case of letters tells things apart: as the service has it. `Main.json` and `main.json` are
 * two objects, `Orders` and `orders` two tables; of buckets, hosts, mail addresses and ids there is one.
 */

import { foldCase } from "./fold-case.ts";

/** Services, as eventSource names them, that keep names in lower case or do not look at it. */
export const caselessServices: readonly string[] = [
  ...["rds", "redshift", "elasticache", "es", "opensearchservice"],
  ...["route53", "route53domains", "acm", "ses"],
];

const caseless: ReadonlySet<string> = new Set(caselessServices);

/** Ids in hexadecimal, mail addresses and hosts of AWS, which nobody has to write as they are logged. */
const caselessForms: readonly RegExp[] = [
  /^[a-z]+(?:-[a-z]+)*-[0-9a-f]{8}(?:[0-9a-f]{9})?$/i,
  /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  /^[^\s/:@]+@[^\s/:@]+\.[a-z]{2,}$/i,
  /^(?:[a-z\d-]+\.)+(?:amazonaws\.com(?:\.cn)?|cloudfront\.net|on\.aws|aws\.dev)\.?$/i,
];

/** Whether the form of the text alone says that its case is nobody's choice. */
export function isCaseless(text: string): boolean {
  return caselessForms.some((form) => form.test(text));
}

/** Texts of one thing come out equal: as the service has it, or with all letters folded. */
export function comparable(text: string, service = ""): string {
  return caseless.has(service) || isCaseless(text) ? foldCase(text) : text;
}

/** May be a bucket's name, which has no capitals. */
export function isBucketName(text: string): boolean {
  return /^[a-z\d][a-z\d.-]{1,61}[a-z\d]$/i.test(text);
}

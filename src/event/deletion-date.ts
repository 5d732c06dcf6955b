/**
 * The date on which something will be deleted, in the forms in which responses give it.
 */

import type { Json } from "./record.ts";
import { parseEventTime } from "./time.ts";

const months = [
  ...["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
];

/** `Dec 5, 2026, 9:14:03 AM`; KMS also writes `18:58:30 PM`, and some Javas a thin blank before it. */
const american =
  /^([A-Za-z]{3})[a-z]* (\d{1,2}), (\d{4}),? (\d{1,2}):(\d\d):(\d\d)(?:[\s\u202f]?([AP])M)?$/;

export function parseDeletionDate(value: Json | undefined): number | undefined {
  const [, month = "", day, year, hour, minute, second, half] =
    (typeof value === "string" && american.exec(value)) || [];
  const at = months.indexOf(month.toLowerCase());
  if (at < 0) return parseEventTime(value);
  const hours = Number(hour);
  const ofDay = half === "P" && hours < 12 ? hours + 12 : half === "A" && hours === 12 ? 0 : hours;
  return Date.UTC(Number(year), at, Number(day), ofDay, Number(minute), Number(second));
}

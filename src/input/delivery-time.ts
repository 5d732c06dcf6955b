/**
 * The delivery time in the names CloudTrail gives its files:
 * `<account>_CloudTrail_<region>_<YYYYMMDDTHHmmZ>_<random>.json.gz` (user guide, log file names).
 *
 * It is when the file was delivered, minutes after its events as a rule and hours after some, so it
 * bounds them only with slack on both sides.
 */

const deliveryName =
  /_CloudTrail_[a-z0-9-]+_(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})Z_?[A-Za-z0-9]{16}\.json(?:\.gz)?$/;

/** Clocks of an endpoint and of the delivery may differ, and a name's time is cut to the minute. */
const clockSlackMs = 15 * 60_000;

/** Epoch milliseconds, or undefined when the name is not one of CloudTrail's. */
export function deliveryTime(fileName: string): number | undefined {
  const parts = deliveryName.exec(fileName);
  if (parts === null) return undefined;
  const [year, month, day, hour, minute] = parts.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
  ];
  return Date.UTC(year, month - 1, day, hour, minute);
}

export interface TimeWindow {
  /** Epoch milliseconds, inclusive. */
  readonly from?: number | undefined;
  /** Epoch milliseconds, exclusive. */
  readonly until?: number | undefined;
  /** How long after an event its file may still have been delivered. */
  readonly lateDeliveryMs: number;
}

/** Whether a file of that name can hold events of the window. A name without a time can. */
export function mayHoldWindow(fileName: string, window: TimeWindow): boolean {
  if (window.from === undefined && window.until === undefined) return true;
  const delivered = deliveryTime(fileName);
  if (delivered === undefined) return true;
  if (window.from !== undefined && delivered + clockSlackMs < window.from) return false;
  return window.until === undefined || delivered - window.lateDeliveryMs < window.until;
}

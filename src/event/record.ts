/**
 * The JSON of one CloudTrail record, and how to look inside it.
 *
 * A record is what the log file holds, parsed and otherwise untouched: nothing
 * about its shape is believed. Every reader below survives any JSON value.
 */

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/** A record as delivered; `event/` is the only place that reads meaning into it. */
export type CloudTrailRecord = JsonObject;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

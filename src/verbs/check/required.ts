/**
 * `--require`: what the logs must cover for a check to mean anything. An account whose trail was switched
 * off is as clean as one in which nothing happened.
 */

import { during, equals, every } from "../../query/build.ts";
import type { Filter } from "../../query/filter.ts";
import type { HistogramQuery, Question, Reading } from "../../query/query.ts";
import type { Gap } from "../../query/report.ts";
import { UserError } from "../../query/user-error.ts";
import { counted, grouped, period } from "../../words/sentences.ts";

/** Records of this account in this region, in so many hours of the time asked for. */
interface Requirement {
  readonly account: string | undefined;
  readonly region: string | undefined;
  readonly hours: number;
}

/** `account=111122223333,region=us-east-1,region=eu-west-1,hours=20`: each account in each region. */
export function requirementsIn(texts: readonly string[]): readonly Requirement[] {
  return texts.flatMap((text) => {
    const given = new Map<string, string[]>(Object.keys(forms).map((key) => [key, []]));
    for (const part of text.split(",")) {
      const [, key = "", value = ""] = /^\s*([a-z]+)\s*=\s*(.*?)\s*$/.exec(part) ?? [];
      const form = forms[key];
      if (form === undefined) {
        throw new UserError(
          `--require: "${part.trim()}" is none of account=, region= and hours=; ` +
            "give account=111122223333,region=us-east-1,hours=20",
        );
      }
      if (!form.pattern.test(value)) throw new UserError(`--require: ${key}= is ${form.says}`);
      given.get(key)?.push(value);
    }
    const [hours = "1", second] = given.get("hours") ?? [];
    if (second !== undefined) throw new UserError(`--require: hours= stands twice in "${text}"`);
    const eachOf = (key: string) => (given.get(key)?.length ? (given.get(key) ?? []) : [undefined]);
    return eachOf("account").flatMap((account) =>
      eachOf("region").map((region) => ({ account, region, hours: Number(hours) })),
    );
  });
}

const forms: Readonly<Record<string, { readonly pattern: RegExp; readonly says: string }>> = {
  account: { pattern: /^\d{12}$/, says: "followed by an account id of 12 digits" },
  region: { pattern: /^[a-z]{2,}(?:-[a-z]+)+-\d+$/, says: "followed by a region, as us-east-1" },
  hours: { pattern: /^[1-9]\d{0,4}$/, says: "followed by how many hours must have records" },
};

export function questionsFor(
  requirements: readonly Requirement[],
  filter: Filter,
): readonly Question[] {
  return requirements.map((requirement) => queryFor(requirement, filter));
}

/** What is not covered, each with what is. */
export async function uncovered(
  reading: Reading,
  requirements: readonly Requirement[],
  { filter, timeZone }: { readonly filter: Filter; readonly timeZone: string },
): Promise<readonly Gap[]> {
  const gaps: Gap[] = [];
  for (const requirement of requirements) {
    const { buckets } = await reading.histogram(queryFor(requirement, filter));
    const seen = buckets.filter(({ count }) => count > 0);
    if (seen.length >= requirement.hours) continue;
    const span = period({ ...end("first", seen[0]), ...end("last", seen.at(-1)) }, timeZone);
    const found = seen.length === 0 ? "no hour" : `only ${counted(seen.length, "hour")}`;
    gaps.push({
      about: "coverage",
      problem:
        `--require: ${placeWords(requirement)}: ${found} with records${span}; ` +
        `${grouped(requirement.hours)} must have some`,
    });
  }
  return gaps;
}

function end(name: "first" | "last", bucket: { readonly start: number } | undefined) {
  return bucket === undefined ? {} : { [name]: bucket.start };
}

function placeWords({ account, region }: Requirement): string {
  const where = region === undefined ? "" : ` in ${region}`;
  return account === undefined ? `what is read${where}` : `account ${account}${where}`;
}

/** The rest of the filter says whom to judge, and not what has to be there. */
function queryFor({ account, region }: Requirement, filter: Filter): HistogramQuery {
  return {
    kind: "histogram",
    filter: every([
      ...timesIn(filter),
      ...(account === undefined ? [] : [equals("recipientAccountId", account)]),
      ...(region === undefined ? [] : [equals("awsRegion", region)]),
    ]),
    unit: "hour",
    timeZone: "UTC",
  };
}

function timesIn(filter: Filter): readonly Filter[] {
  if (filter.kind === "time") return [during(filter)];
  return filter.kind === "every" ? filter.filters.flatMap(timesIn) : [];
}

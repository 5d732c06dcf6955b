/**
 * The meaning of a filter: whether a record matches, one obvious step at a time.
 *
 * Nothing is prepared or remembered between records. The engines are faster and are held to this by
 * property tests; they use it themselves for the records that their columns cannot vouch for. Regular
 * expressions in the filter must have been through `preparePatterns`.
 */

import { contains, parseAddress } from "../event/address.ts";
import { mentionables, mentions } from "../event/mention.ts";
import { type CloudTrailRecord, valuesEndingAt } from "../event/record.ts";
import { parseEventTime } from "../event/time.ts";
import { compares } from "./compare.ts";
import type { Filter } from "./filter.ts";
import { haveSame, holdsAmong, scalarsIn } from "./inside.ts";
import { fitsPair } from "./pairs.ts";
import { fits } from "./pattern.ts";
import { namesIn, textsOf } from "./subject.ts";

export function matches(filter: Filter, record: CloudTrailRecord): boolean {
  switch (filter.kind) {
    case "every":
      return filter.filters.every((part) => matches(part, record));
    case "some":
      return filter.filters.some((part) => matches(part, record));
    case "not":
      return !matches(filter.filter, record);
    case "text":
      return namesIn(filter.subject, record).some(fits(filter.pattern));
    case "pairs": {
      const [first, second] = filter.subjects;
      return fitsPair(filter)(namesIn(first, record), namesIn(second, record));
    }
    case "address":
      return textsOf(filter.subject, record).some((text) => {
        const address = parseAddress(text);
        return address !== undefined && contains(filter.range, address);
      });
    case "time": {
      const { from = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY } = filter;
      const { eventTime } = record;
      const time = parseEventTime(eventTime);
      return time !== undefined && time >= from && time < until;
    }
    case "compare":
      return textsOf(filter.subject, record).some(compares(filter));
    case "same":
      return haveSame(filter, record);
    case "anywhere":
      return scalarsIn(record).some(fits(filter.pattern));
    case "items":
      return holdsAmong(filter.take, valuesEndingAt(record, filter.path), (item) =>
        matches(filter.filter, { item }),
      );
    case "exists":
      return textsOf(filter.subject, record).length > 0;
    case "mentions":
      return [...mentionables(record)].some((text) => mentions(filter.resource, text));
  }
}

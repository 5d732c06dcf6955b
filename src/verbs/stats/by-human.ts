/**
 * Events counted by whoever is behind them.
 *
 * Sessions are told apart first, and then put together by whoever is behind them. Calls by services are
 * told apart one by one: each may have been started by somebody else.
 */

import { equals, every, field, not, path } from "../../query/build.ts";
import { byText } from "../../query/compare.ts";
import type { Filter, Subject } from "../../query/filter.ts";
import { groupsOf } from "../../query/found.ts";
import type { Group, GroupsQuery, Reading } from "../../query/query.ts";
import { joinedSpan } from "../../query/span.ts";
import { callerOf, callerSubjects } from "../../resolve/caller-groups.ts";
import { servicesDoing } from "../../resolve/prompted.ts";
import { humansOf } from "../../words/humans.ts";
import { namesakes } from "../../words/namesakes.ts";

/** What tells who is behind an event. */
const ofPeople: readonly Subject[] = [...callerSubjects, field("recipientAccountId")];
/** A copy in the caller's own account knows more of them. */
const ofOutsiders: readonly Subject[] = [...ofPeople, path("sharedEventID")];
const isOutsider = equals("identityType", "AWSAccount");
const ofServices: readonly Subject[] = [...ofPeople, field("eventID")];

/** What `groupsByHuman` asks. */
export function humanGroups(
  filter: Filter,
  by: readonly Subject[],
): readonly [people: GroupsQuery, outsiders: GroupsQuery, services: GroupsQuery] {
  const people = every([filter, not(servicesDoing)]);
  return [
    { kind: "groups", filter: every([people, not(isOutsider)]), by: [...ofPeople, ...by] },
    { kind: "groups", filter: every([people, isOutsider]), by: [...ofOutsiders, ...by] },
    { kind: "groups", filter: every([filter, servicesDoing]), by: [...ofServices, ...by] },
  ];
}

/** The values of each group: the label of whoever is behind it, and those of `by`. */
export async function groupsByHuman(
  reading: Reading,
  filter: Filter,
  by: readonly Subject[],
): Promise<readonly Group[]> {
  const humans = await humansOf(reading);
  const [people, outsiders, services] = humanGroups(filter, by);
  const told = [
    ...(await groupsOf(reading, people)).map(({ values, ...counts }) => {
      const [recipientAccountId, ...rest] = values.slice(callerSubjects.length);
      return { human: humans({ ...callerOf(values), recipientAccountId }), rest, counts };
    }),
    ...(await groupsOf(reading, outsiders)).map(({ values, ...counts }) => {
      const [recipientAccountId, sharedEventID, ...rest] = values.slice(callerSubjects.length);
      return {
        human: humans({ ...callerOf(values), recipientAccountId, sharedEventID }),
        rest,
        counts,
      };
    }),
    ...(await groupsOf(reading, services)).map(({ values, ...counts }) => {
      const [recipientAccountId, eventID, ...rest] = values.slice(callerSubjects.length);
      return { human: humans({ ...callerOf(values), recipientAccountId, eventID }), rest, counts };
    }),
  ];
  const label = namesakes(told.map(({ human }) => human));
  const merged = new Map<string, Group>();
  for (const { human, rest, counts } of told) {
    const key = JSON.stringify([label(human), ...rest.map((value) => value ?? null)]);
    merged.set(key, joined({ values: [label(human), ...rest], ...counts }, merged.get(key)));
  }
  return [...merged]
    .sort(([a, one], [b, other]) => other.count - one.count || byText(a, b))
    .map(([, group]) => group);
}

function joined(group: Group, before: Group | undefined): Group {
  if (before === undefined) return group;
  return {
    values: group.values,
    count: before.count + group.count,
    ...joinedSpan(before, group),
  };
}

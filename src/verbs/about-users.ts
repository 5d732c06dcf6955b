/**
 * What a verb tells where its filter names users: these are taken with what they did through roles and
 * without what only bears their name, and the answer says what that left out.
 */

import type { Told } from "../query/answer.ts";
import type { Engine, Question, Reading } from "../query/query.ts";
import { issuingQuestion } from "../resolve/gather.ts";
import { promptedQuestions } from "../resolve/prompted.ts";
import {
  claimFilters,
  namesOfUsers,
  namesUsers,
  type Reach,
  throughRoles,
} from "../resolve/through-roles.ts";
import { whoWasMeant } from "../words/absence.ts";
import { leftOutWords } from "../words/claim-words.ts";
import type { Scope, Verb } from "./verb.ts";

interface ToldFrom {
  readonly reading: Reading;
  readonly told: Told;
}

export async function toldAboutUsers(
  verb: Verb,
  engine: Engine,
  { scope, reach }: { readonly scope: Scope; readonly reach: Reach },
): Promise<ToldFrom> {
  const questions = verb.questions(scope);
  if (!namesUsers(scope.filter)) {
    const reading = engine.reading(questions);
    return { reading, told: await verb.run(reading, scope) };
  }
  // What users did through roles is known only when their sessions are.
  const first = engine.reading([
    ...questions,
    ...questionsAboutUsers(scope.filter, reach),
    { kind: "more" },
  ]);
  const { filter, claimed } = await throughRoles(first, scope.filter, reach);
  const left = claimed === undefined ? [] : [eventsOf(claimed.filter)];
  const reading =
    filter === scope.filter
      ? first
      : engine.reading([...verb.questions({ ...scope, filter }), ...left, { kind: "more" }]);
  const told = await verb.run(reading, { ...scope, filter });
  const hints = [...told.hints];
  if (!told.found) {
    for (const name of namesOfUsers(scope.filter)) {
      hints.push(...(await whoWasMeant(reading, name)));
    }
  }
  const [query] = left;
  const total = query === undefined ? 0 : (await reading.events({ ...query, limit: 0 })).total;
  if (claimed === undefined || total === 0) return { reading, told: { ...told, hints } };
  return {
    reading,
    told: {
      ...told,
      hints,
      sentences: [...told.sentences, leftOutWords(total, claimed.claimants)],
      facts: { ...told.facts, claimed: total },
    },
  };
}

/** What has to be at hand for telling what users did and what only bears their name. */
export function questionsAboutUsers(filter: Scope["filter"], reach: Reach): readonly Question[] {
  if (!namesUsers(filter)) return [];
  return [
    ...(reach.direct === true ? [] : [issuingQuestion]),
    ...(reach.byHuman === true ? promptedQuestions : []),
    ...(reach.claimed === true ? [] : claimFilters(filter).map(eventsOf)),
  ];
}

function eventsOf(filter: Scope["filter"]): Extract<Question, { kind: "events" }> {
  return { kind: "events", filter };
}

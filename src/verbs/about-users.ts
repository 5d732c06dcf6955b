/**
 * A verb's answer where its filter names users: these are taken with what they did through roles and
 * without what only bears their name, and the answer says what that left out.
 */

import type { Answer } from "../query/answer.ts";
import type { Engine } from "../query/query.ts";
import { namesOfUsers, type Reach, throughRoles } from "../resolve/through-roles.ts";
import { whoWasMeant } from "../words/absence.ts";
import { leftOutWords } from "../words/claim-words.ts";
import type { Scope, Verb } from "./verb.ts";

export async function answerAboutUsers(
  verb: Verb,
  engine: Engine,
  { scope, reach }: { readonly scope: Scope; readonly reach: Reach },
): Promise<Answer> {
  const { filter, claimed } = await throughRoles(engine, scope.filter, reach);
  const answer = await verb.run(engine, { ...scope, filter });
  const hints = [...answer.hints];
  if (!answer.found) {
    for (const name of namesOfUsers(scope.filter)) hints.push(...(await whoWasMeant(engine, name)));
  }
  const total =
    claimed === undefined
      ? 0
      : (await engine.events({ kind: "events", filter: claimed.filter, limit: 0 })).total;
  if (claimed === undefined || total === 0) return { ...answer, hints };
  return {
    ...answer,
    hints,
    sentences: [...answer.sentences, leftOutWords(total, claimed.claimants)],
    facts: { ...answer.facts, claimed: total },
  };
}

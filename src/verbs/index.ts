/**
 * The verbs, in the order in which `--help` lists them.
 */

import { check } from "./check.ts";
import { coverage } from "./coverage.ts";
import { denied } from "./denied.ts";
import { doors } from "./doors.ts";
import { fields } from "./fields.ts";
import { history } from "./history.ts";
import { whatIsNew } from "./new.ts";
import { policy } from "./policy.ts";
import { profile } from "./profile.ts";
import { rulesBacktest } from "./rules/backtest.ts";
import { rulesExplain } from "./rules/explain.ts";
import { rulesLint } from "./rules/lint.ts";
import { rulesList } from "./rules/list.ts";
import { rulesSchema } from "./rules/schema.ts";
import { rulesTest } from "./rules/test.ts";
import { savable } from "./savable.ts";
import { search } from "./search.ts";
import { sessions } from "./sessions.ts";
import { show } from "./show.ts";
import { stats } from "./stats.ts";
import { timeline } from "./timeline.ts";
import { trace } from "./trace.ts";
import type { Verb } from "./verb.ts";
import { verify } from "./verify.ts";
import { who } from "./who.ts";

export const verbs: readonly Verb[] = [
  who,
  trace,
  sessions,
  profile,
  whatIsNew,
  search,
  history,
  doors,
  savable,
  show,
  stats,
  timeline,
  denied,
  policy,
  check,
  rulesList,
  rulesLint,
  rulesTest,
  rulesExplain,
  rulesBacktest,
  rulesSchema,
  coverage,
  verify,
  fields,
];

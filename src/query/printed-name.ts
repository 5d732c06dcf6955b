/**
 * Names as answers print them, asked for again: `Deploy / ci`, `maria@example.com (SSO Admin)`, `root of
 * 111122223333`, `anonymous`. A record holds none of these as they stand.
 */

import { ownCalls } from "../event/app-user.ts";
import { anyOf, equals, every, exists, field, fitting, not, path, some } from "./build.ts";
import type { Filter } from "./filter.ts";

interface Form {
  readonly pattern: RegExp;
  readonly meaning: (...parts: readonly string[]) => Filter;
}

const inStore = (name: string) => fitting(field("role"), `AWSReservedSSO_${name}_*`);
const accountId = path("userIdentity.accountId");
const principalId = path("userIdentity.principalId");

const forms: readonly Form[] = [
  {
    pattern: /^(.+) \(SSO (.+)\)$/s,
    meaning: (session = "", set = "") => every([equals("session", session), inStore(set)]),
  },
  {
    pattern: /^(.+) \(service-linked role\)$/s,
    meaning: (service = "") => equals("role", `AWSServiceRoleFor${service}`),
  },
  {
    pattern: /^(.+) \(federated by .+\)$/s,
    meaning: (name = "") =>
      every([
        equals("identityType", "FederatedUser"),
        fitting(path("userIdentity.arn"), `*:federated-user/${name}`),
      ]),
  },
  {
    pattern: /^(.+) \/ (.+)$/s,
    meaning: (role = "", session = "") => every([equals("role", role), equals("session", session)]),
  },
  {
    pattern: /^root(?: of (\d{12}))?$/,
    meaning: (account = "") =>
      every([
        equals("identityType", "Root"),
        ...(account === "" ? [] : [equals(accountId, account)]),
      ]),
  },
  {
    pattern: /^(?:somebody )?anonymous$/,
    meaning: () =>
      some([
        equals(accountId, "anonymous"),
        ...["anonymous", "ANONYMOUS_PRINCIPAL"].map((text) => equals(principalId, text)),
      ]),
  },
  {
    pattern: /^account (\d{12})(?: \((.+)\))?$/s,
    meaning: (account = "", principal = "") =>
      every([
        equals("identityType", "AWSAccount"),
        equals(accountId, account),
        ...(principal === "" ? [] : [equals(principalId, principal)]),
      ]),
  },
  {
    pattern: /^(?:Cognito identity )?([a-z]{2}(?:-[a-z]+)+-\d:[0-9a-f-]{36})$/,
    meaning: (id = "") =>
      every([
        equals("eventSource", "cognito-identity.amazonaws.com"),
        anyOf("eventName", ownCalls),
        some(
          ["requestParameters", "responseElements"].map((at) =>
            equals(path(`${at}.identityId`), id),
          ),
        ),
      ]),
  },
  {
    pattern: /^([a-z0-9.-]+\.amazonaws\.com)$/,
    meaning: (host = "") =>
      every([
        equals("invokedBy", host),
        some([equals("identityType", "AWSService"), not(exists("identityType"))]),
      ]),
  },
];

/** Namesakes are printed with their accounts. */
const ofAccounts = /^(.+) of account (\d{12}(?:, \d{12})*)$/s;

/** What a name in the form of an answer means; undefined for one that records hold as it stands. */
export function printedName(text: string): Filter | undefined {
  const [, name = "", accounts = ""] = ofAccounts.exec(text) ?? [];
  if (name !== "") {
    const isFrom = some(accounts.split(", ").map((account) => equals(accountId, account)));
    return every([printedName(name) ?? equals("user", name), isFrom]);
  }
  for (const { pattern, meaning } of forms) {
    const match = pattern.exec(text);
    if (match) return meaning(...match.slice(1).map((part) => part ?? ""));
  }
  return undefined;
}

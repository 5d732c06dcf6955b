/**
 * What linking reads of a call that issued credentials: what it issued, to whom, and what tells its copies.
 * A sketch of these paths is all of the record that links and chains are made of.
 */

import { fields } from "../event/fields.ts";
import type { SketchesQuery } from "../query/query.ts";
import { issuingFilter } from "./issuers.ts";
import { issuingCalls } from "./issuing-calls.ts";

const ofEvent =
  "eventID eventTime eventName eventSource eventType errorCode recipientAccountId sharedEventID";

const ofCaller = `
  type principalId arn accountId accessKeyId userName invokedBy credentialId identityProvider
  onBehalfOf.userId onBehalfOf.identityStoreArn invokedByDelegate.accountId
  inScopeOf.issuerType inScopeOf.credentialsIssuedTo
  sessionContext.signInSessionArn sessionContext.webIdFederationData.federatedProvider
  sessionContext.sourceIdentity sessionContext.ec2RoleDelivery sessionContext.assumedRoot
  sessionContext.attributes.creationDate
  sessionContext.attributes.mfaAuthenticated
  sessionContext.sessionIssuer.type sessionContext.sessionIssuer.principalId
  sessionContext.sessionIssuer.arn sessionContext.sessionIssuer.accountId
  sessionContext.sessionIssuer.userName
`;

const ofCall = `
  requestParameters.roleArn requestParameters.roleSessionName requestParameters.principalArn
  requestParameters.identityId responseElements.identityId
  additionalEventData.SwitchFrom additionalEventData.UserName
`;

const issued = issuingCalls.flatMap(
  ({ key, principalId, arn, userName, assignment = [], created, signIn }) => [
    ...[key, principalId, arn, userName, created, signIn].filter((path) => path !== undefined),
    ...assignment,
  ],
);

function wordsIn(list: string): readonly string[] {
  return list.trim().split(/\s+/);
}

const paths = new Set([
  ...wordsIn(ofEvent),
  ...wordsIn(ofCaller).map((path) => `userIdentity.${path}`),
  ...wordsIn(ofCall),
  ...fields.outcome.sources.map(({ path }) => path),
  ...issued,
]);

export const linkPaths: SketchesQuery["paths"] = Array.from(paths, (path) => path.split("."));

/** Every call that issued credentials, as far as linking needs it. */
export const issuingSketches = { filter: issuingFilter, paths: linkPaths };

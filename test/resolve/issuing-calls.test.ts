import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Json, JsonObject } from "../../src/event/record.ts";
import { issuedBy } from "../../src/resolve/issuers.ts";
import { byUser, calling, event, failing, to } from "../support/events.ts";

const key = "ASIAISSUED";
const credentials = { credentials: { accessKeyId: key } };
const job = { data: { artifactCredentials: { accessKeyId: key } } };

/** Every operation whose answer hands out keys of AWS, and how it answers. */
const operations: readonly (readonly [source: string, responseElements: Json, names: string])[] = [
  [
    "sts",
    credentials,
    "AssumeRole AssumeRoleWithSAML AssumeRoleWithWebIdentity AssumeRoot GetDelegatedAccessToken " +
      "GetFederationToken GetSessionToken",
  ],
  ["signin", { accessToken: { accessKeyId: key } }, "CreateOAuth2Token"],
  ["iam", { accessKey: { accessKeyId: key } }, "CreateAccessKey"],
  ["cognito-identity", credentials, "GetCredentialsForIdentity"],
  ["eks-auth", credentials, "AssumeRoleForPodIdentity"],
  ["ssm", credentials, "GetAccessToken"],
  ["s3", credentials, "CreateSession GetDataAccess"],
  [
    "lakeformation",
    { accessKeyId: key },
    "AssumeDecoratedRoleWithSAML GetTemporaryGlueTableCredentials " +
      "GetTemporaryGluePartitionCredentials",
  ],
  ["lakeformation", credentials, "GetTemporaryDataLocationCredentials"],
  ["datazone", { accessKeyId: key }, "GetEnvironmentCredentials"],
  ["datazone", { connectionCredentials: { accessKeyId: key } }, "GetConnection"],
  [
    "deadline",
    credentials,
    "AssumeFleetRoleForRead AssumeFleetRoleForWorker AssumeQueueRoleForRead " +
      "AssumeQueueRoleForUser AssumeQueueRoleForWorker",
  ],
  ["codepipeline", { jobs: [job] }, "PollForJobs"],
  ["codepipeline", { jobDetails: job }, "GetJobDetails GetThirdPartyJobDetails"],
  ["gamelift", { uploadCredentials: { accessKeyId: key } }, "CreateBuild RequestUploadCredentials"],
  ["gamelift", credentials, "GetComputeAccess"],
  [
    "finspace-api",
    credentials,
    "GetProgrammaticAccessCredentials GetExternalDataViewAccessDetails",
  ],
  ["lightsail", { accessKey: { accessKeyId: key } }, "CreateBucketAccessKey"],
  ["lightsail", { accessKeys: [{ accessKeyId: key }] }, "GetBucketAccessKeys"],
  ["rolesanywhere", { credentialSet: [credentials] }, "CreateSession"],
];

describe("a key is read in the answer of", () => {
  for (const [source, responseElements, names] of operations) {
    for (const name of names.split(" ")) {
      const call = event(byUser("maria"), to(source), calling(name), { responseElements });
      it(`${source}:${name}`, () => assert.equal(issuedBy(call)?.issued.key, key));
    }
  }
});

describe("no key is read in the answer of", () => {
  const none = (name: string, ...parts: readonly JsonObject[]) =>
    it(name, () => assert.equal(issuedBy(event(byUser("maria"), ...parts)), undefined));
  const response = { responseElements: credentials };

  none("a poll that found no job", to("codepipeline"), calling("PollForJobs"), {
    responseElements: { jobs: [] },
  });
  none("a call that was denied", to("ssm"), calling("GetAccessToken"), failing("AccessDenied"));
  none("a call of that name to another service", to("glue"), calling("GetConnection"), response);
  none("an outside token", to("sts"), calling("GetWebIdentityToken"), {
    responseElements: { webIdentityToken: "HIDDEN_DUE_TO_SECURITY_REASONS" },
  });
  none("a grant to an agent that tells nothing", to("signin"), calling("CreateOAuth2Token"));
});

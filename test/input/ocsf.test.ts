import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { openingOf, recognise } from "../../src/input/formats/index.ts";

interface Case {
  readonly name: string;
  readonly document: object;
  readonly event?: unknown;
  readonly lacks?: readonly string[];
}

const metadata = (version: string, more: object = {}) => ({
  product: { name: "CloudTrail", vendor_name: "AWS", version: "1.11" },
  version,
  ...more,
});
const cases: readonly Case[] = [
  {
    name: "a role's session with its issuer",
    document: {
      class_uid: 6003,
      metadata: metadata("1.5.0", { uid: "id", event_code: "AwsApiCall" }),
      time: 1_790_000_000_000,
      api: {
        operation: "DescribeTargetHealth",
        service: { name: "elasticloadbalancing.amazonaws.com" },
        version: "2015-12-01",
        request: { data: '{"targetGroupArn":"arn:x"}', uid: "rq" },
        response: { data: "", error: "AccessDenied", message: "no" },
      },
      actor: {
        invoked_by: "ecs.amazonaws.com",
        session: {
          created_time_dt: "2026-09-21T16:13:20.000+02:00",
          is_mfa: false,
          issuer: "arn:r",
        },
        user: {
          account: { uid: "111122223333" },
          credential_uid: "ASIAEXAMPLE",
          type: "AssumedRole",
          uid: "arn:aws:sts::111122223333:assumed-role/Admin/s",
          uid_alt: "AROAEXAMPLE:s",
        },
      },
      src_endpoint: { domain: "ecs.amazonaws.com", uid: "" },
      cloud: { region: "us-east-2", account: { uid: "111122223333" } },
      resources: [{ uid: "arn:x", type: "T", owner: { account: { uid: "111122223333" } } }],
      unmapped: {
        managementEvent: "true",
        readOnly: "false",
        sharedEventID: "",
        "userIdentity.sessionContext.sessionIssuer.userName": "Admin",
      },
    },
    event: {
      eventVersion: "1.11",
      eventSource: "elasticloadbalancing.amazonaws.com",
      eventName: "DescribeTargetHealth",
      awsRegion: "us-east-2",
      sourceIPAddress: "ecs.amazonaws.com",
      errorCode: "AccessDenied",
      errorMessage: "no",
      requestID: "rq",
      eventID: "id",
      eventType: "AwsApiCall",
      apiVersion: "2015-12-01",
      userIdentity: {
        type: "AssumedRole",
        accountId: "111122223333",
        invokedBy: "ecs.amazonaws.com",
        sessionContext: {
          sessionIssuer: { arn: "arn:r", userName: "Admin" },
          attributes: { creationDate: "2026-09-21T14:13:20Z", mfaAuthenticated: "false" },
        },
        arn: "arn:aws:sts::111122223333:assumed-role/Admin/s",
        principalId: "AROAEXAMPLE:s",
        accessKeyId: "ASIAEXAMPLE",
      },
      eventTime: "2026-09-21T14:13:20Z",
      requestParameters: { targetGroupArn: "arn:x" },
      managementEvent: true,
      readOnly: false,
      resources: [{ ARN: "arn:x", accountId: "111122223333", type: "T" }],
      recipientAccountId: "111122223333",
    },
  },
  {
    name: "a sign-in",
    document: {
      class_uid: 3002,
      metadata: metadata("1.1.0"),
      time: 1_790_000_000_000,
      is_mfa: true,
      api: {
        operation: "ConsoleLogin",
        request: { uid: "''" },
        response: { data: '{"ConsoleLogin":"Success"}' },
      },
      dst_endpoint: { svc_name: "https://console.aws.amazon.com/" },
      unmapped: {
        "additionalEventData.MobileVersion": "No",
        resources: '[{"ARN":"a"}]',
        recipientAccountId: "111122223333",
      },
    },
    event: {
      eventVersion: "1.11",
      eventName: "ConsoleLogin",
      eventTime: "2026-09-21T14:13:20Z",
      additionalEventData: {
        LoginTo: "https://console.aws.amazon.com/",
        MobileVersion: "No",
        MFAUsed: "Yes",
      },
      responseElements: { ConsoleLogin: "Success" },
      resources: [{ ARN: "a" }],
      recipientAccountId: "111122223333",
    },
  },
  {
    name: "a user of Identity Center",
    document: {
      class_uid: 3002,
      metadata: metadata("1.5.0", { product: { name: "CloudTrail", feature: { name: "Data" } } }),
      api: { operation: "CredentialChallenge" },
      actor: {
        idp: { uid: "arn:aws:identitystore::111122223333:identitystore/d-1" },
        user: { credential_uid: "c", name: "ann", type: "IdentityCenterUser", uid_alt: "u" },
      },
      unmapped: { "serviceEventDetails.CredentialChallenge": "Success" },
    },
    event: {
      eventName: "CredentialChallenge",
      userIdentity: {
        type: "IdentityCenterUser",
        onBehalfOf: {
          userId: "u",
          identityStoreArn: "arn:aws:identitystore::111122223333:identitystore/d-1",
        },
        userName: "ann",
        credentialId: "c",
      },
      serviceEventDetails: { CredentialChallenge: "Success" },
      eventCategory: "Data",
    },
  },
  {
    name: "what the first version called otherwise",
    document: {
      class_uid: 3005,
      metadata: metadata("1.0.0-rc.2"),
      api: { operation: "A", response: {} },
      actor: { user: { account_uid: "1", type: "IAMUser", uid: "AIDAEXAMPLE", uuid: "arn:u" } },
      unmapped: { eventType: "AwsApiCall", "requestParameters.__proto__.b": "c" },
    },
    event: {
      eventVersion: "1.11",
      eventName: "A",
      userIdentity: { type: "IAMUser", accountId: "1", arn: "arn:u", principalId: "AIDAEXAMPLE" },
      eventType: "AwsApiCall",
      requestParameters: JSON.parse('{"__proto__":{"b":"c"}}'),
    },
  },
  {
    name: "the event as it was logged, where it was kept",
    document: {
      class_uid: 6003,
      metadata: metadata("1.3.0"),
      api: { operation: "Other" },
      raw_data: '{"eventVersion":"1.11","eventName":"A"}',
    },
    event: { eventVersion: "1.11", eventName: "A" },
  },
  {
    name: "no data, and says so",
    document: {
      class_uid: 6003,
      metadata: metadata("1.1.0"),
      time: 1e300,
      api: { operation: "A" },
    },
    event: { eventVersion: "1.11", eventName: "A" },
    lacks: [
      "an OCSF event without unmapped fields and the data of the request: it is known in part",
    ],
  },
  {
    name: "no event without an operation",
    document: { class_uid: 2004, metadata: metadata("1.1.0") },
    lacks: ["an OCSF event made of a CloudTrail event, without its operation"],
  },
];

describe("an OCSF event", () => {
  for (const { name, document, event, lacks = [] } of cases) {
    it(`gives ${name}`, () => {
      const opening = openingOf(Buffer.from(JSON.stringify(document)), 0);
      assert.ok(opening);
      const recognised = recognise(opening);
      assert.equal(recognised.kind, "translated");
      const [found, ...others] =
        recognised.kind === "translated"
          ? recognised.translate(JSON.parse(JSON.stringify(document)))
          : [];
      assert.equal(others.length, 0);
      assert.deepEqual(found?.text && JSON.parse(found.text), event);
      assert.deepEqual(found?.lacks, lacks);
    });
  }

  it("of another product is no log", () => {
    const document = {
      class_uid: 4001,
      metadata: { product: { name: "Amazon VPC" } },
      x: "CloudTrail",
    };
    const opening = openingOf(Buffer.from(JSON.stringify(document)), 0);
    assert.deepEqual(opening && recognise(opening), {
      kind: "not a log",
      what: "an OCSF event",
      isUsual: true,
    });
  });
});

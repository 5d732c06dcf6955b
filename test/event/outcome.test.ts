import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Outcome, outcomeOf } from "../../src/event/outcome.ts";
import type { CloudTrailRecord } from "../../src/event/record.ts";
import { calling, event, failing } from "../support/events.ts";

function is(outcome: Outcome, name: string, record: CloudTrailRecord): void {
  it(`${outcome} for ${name}`, () => assert.equal(outcomeOf(record), outcome));
}

const signIn = (result: string) =>
  event(calling("ConsoleLogin"), { responseElements: { ConsoleLogin: result } });

describe("outcomeOf is", () => {
  is("success", "a call without error", event());
  is("success", "an empty error code", event(failing("", "")));
  is("success", "an error code of null", event({ errorCode: null, errorMessage: null }));
  is("success", "a sign-in that says so", signIn("Success"));
  is("success", "responseElements that are no object", event({ responseElements: "Failure" }));

  for (const code of [
    "AccessDenied",
    "AccessDeniedException",
    "Client.UnauthorizedOperation",
    "UnauthorizedOperation",
    "Client.UnauthorizedAccess",
    "UnauthorizedException",
    "NotAuthorizedException",
    "AuthorizationError",
    "AuthorizationErrorException",
    "AuthFailure",
    "Client.AuthFailure",
    "ForbiddenException",
    "KMSAccessDeniedException",
    "InvalidAccessException",
    "VpceAccessDenied",
  ]) {
    is("denied", code, event(failing(code)));
  }
  is("denied", "a message alone that begins so", event(failing(undefined, "Access Denied")));
  is(
    "denied",
    "a message alone that names who may not",
    event(
      failing(
        undefined,
        "User: arn:aws:iam::111122223333:user/alice is not authorized to perform: s3:GetObject",
      ),
    ),
  );

  for (const code of [
    ...["NoSuchBucket", "NoSuchEntityException", "ResourceNotFoundException", "NotFoundException"],
    ...["TrailNotFoundException", "Client.InvalidInstanceID.NotFound", "DBInstanceNotFoundFault"],
    ...["ExpiredToken", "ExpiredTokenException", "InvalidClientTokenId", "SignatureDoesNotMatch"],
    ...["UnrecognizedClientException", "MissingAuthenticationToken", "InvalidAccessKeyId"],
    ...["ThrottlingException", "Client.RequestLimitExceeded", "Server.InternalError"],
    ...["LimitExceededException", "BucketNotEmpty", "InvalidDBInstanceStateFault"],
    "EntityTemporarilyUnmodifiableException",
  ]) {
    is("failed", code, event(failing(code)));
  }
  is(
    "failed",
    "a configuration error whose message speaks of access",
    event(failing("InsufficientS3BucketPolicyException", "Access denied for the bucket")),
  );
  is("failed", "any other message alone", event(failing(undefined, "Failed authentication")));
  is(
    "failed",
    "a message that only quotes a denial",
    event(failing(undefined, "Invalid name: Access Denied")),
  );
  is("failed", "a sign-in that says so", signIn("Failure"));
  for (const eventName of ["CheckMfa", "SwitchRole"]) {
    const told = (word: string) =>
      event(calling(eventName), { responseElements: { [eventName]: word } });
    is("failed", `a ${eventName} that says so`, told("Failure"));
    is("success", `a ${eventName} that says so`, told("Success"));
  }
  for (const eventName of ["CredentialVerification", "UserAuthentication"]) {
    const told = (word: string) =>
      event(calling(eventName), { serviceEventDetails: { [eventName]: word } });
    is("failed", `a ${eventName} of Identity Center that says so`, told("Failure"));
    is("success", `a ${eventName} of Identity Center that says so`, told("Success"));
  }
  is("failed", "a sign-in that says so in a message only", {
    ...signIn("Failure"),
    errorMessage: "Failed authentication",
  });
  is("success", "a response that has a Failure of its own", {
    ...event(calling("DescribeTests")),
    responseElements: { result: "Failure", failureReason: "none" },
  });
  is("failed", "a code that is no text", event({ errorCode: { a: 1 } }));

  is("dry-run", "DryRunOperation", event(failing("DryRunOperation")));
  is("dry-run", "EC2's spelling of it", event(failing("Client.DryRunOperation")));
});

/**
 * What the constructs of Sigma mean here: a detection, an event, and whether it matches. A row that says
 * `differs` names who does otherwise, in which version, and why we follow whom we follow.
 */

import type { CloudTrailRecord } from "../../src/event/record.ts";

export interface Conformance {
  /** From the specification: the modifier, the operator, the form of a value. */
  readonly construct: string;
  /** The lines below `detection:`. */
  readonly detection: string;
  readonly event: CloudTrailRecord;
  readonly matches: boolean;
  readonly differs?: string;
}

const bucket = { eventName: "DeleteBucket", eventSource: "s3.amazonaws.com" };
const policy = (text: string) => ({ requestParameters: { policyDocument: text } });
const from = (sourceIPAddress: string) => ({ sourceIPAddress });

/** One selection and the condition that it holds. */
function sel(lines: string): string {
  return `sel:\n  ${lines.replaceAll("\n", "\n  ")}\ncondition: sel`;
}

export const conformance: readonly Conformance[] = [
  {
    construct: "map: all keys hold",
    detection: sel("eventName: DeleteBucket\neventSource: s3.amazonaws.com"),
    event: bucket,
    matches: true,
  },
  {
    construct: "map: all keys hold",
    detection: sel("eventName: DeleteBucket\neventSource: ec2.amazonaws.com"),
    event: bucket,
    matches: false,
  },
  {
    construct: "list of maps: any of them",
    detection: sel("- eventName: CreateBucket\n- eventSource: s3.amazonaws.com"),
    event: bucket,
    matches: true,
  },
  {
    construct: "list of values: any of them",
    detection: sel("eventName: [CreateBucket, DeleteBucket]"),
    event: bucket,
    matches: true,
  },
  {
    construct: "a value is the whole text",
    detection: sel("eventSource: s3"),
    event: bucket,
    matches: false,
  },
  {
    construct: "values know no case",
    detection: sel("eventName: deletebucket"),
    event: bucket,
    matches: true,
    differs: "azuma 0.7.3 and the plain values of pysigma-backend-duckdb 0.1.4 compare with case",
  },
  {
    construct: "cased",
    detection: sel("eventName|cased: deletebucket"),
    event: bucket,
    matches: false,
  },
  {
    construct: "cased with a wildcard",
    detection: sel("eventName|cased: Delete*"),
    event: bucket,
    matches: true,
  },
  {
    construct: "`_` is a letter",
    detection: sel("eventName: Delete_ucket"),
    event: bucket,
    matches: false,
    differs: "pysigma-backend-duckdb 0.1.4 leaves it to LIKE, where it is any character",
  },
  {
    construct: "a path is nested",
    detection: sel("requestParameters.bucketName: orders"),
    event: { requestParameters: { bucketName: "orders" } },
    matches: true,
    differs: "azuma 0.7.3 takes the path for one key",
  },
  {
    construct: "any element of a list may match",
    detection: sel("requestParameters.items.id: i-2"),
    event: { requestParameters: { items: [{ id: "i-1" }, { id: "i-2" }] } },
    matches: true,
    differs: "sigma-rust 0.7.0 never looks into lists",
  },
  {
    construct: "a number is the text of its digits",
    detection: sel("requestParameters.retentionInDays: 7"),
    event: { requestParameters: { retentionInDays: 7 } },
    matches: true,
  },
  {
    construct: "an account keeps its zeros without quotes",
    detection: sel("recipientAccountId: 012345678901"),
    event: { recipientAccountId: "012345678901" },
    matches: true,
    differs: "PyYAML 6.0.4 reads a number in base eight, so pySigma looks for another account",
  },
  {
    construct: "null matches a missing field",
    detection: sel("errorCode: null"),
    event: bucket,
    matches: true,
    differs:
      "sigma-rust 0.7.0 wants the field to be there; CloudTrail leaves out what has no value",
  },
  {
    construct: "null matches null",
    detection: sel("errorCode: null"),
    event: { errorCode: null },
    matches: true,
  },
  {
    construct: "null in a list",
    detection: sel("errorCode: [null, AccessDenied]"),
    event: bucket,
    matches: true,
    differs: "rsigma 0.23.0 misses a missing field there",
  },
  {
    construct: "an empty text is not null",
    detection: sel("errorCode: ''"),
    event: bucket,
    matches: false,
  },
  {
    construct: "not is the exact complement",
    detection:
      "sel: { eventName: DeleteBucket }\nf: { errorCode: AccessDenied }\ncondition: sel and not f",
    event: bucket,
    matches: true,
    differs: "pysigma-backend-duckdb 0.1.4 loses events without the field: SQL's null",
  },
  {
    construct: "not before and, and before or",
    detection: "a: { eventName: DeleteBucket }\nb: { eventName: X }\ncondition: a or b and not a",
    event: bucket,
    matches: true,
  },
  {
    construct: "parentheses",
    detection: "a: { eventName: DeleteBucket }\nb: { eventName: X }\ncondition: (a or b) and not a",
    event: bucket,
    matches: false,
  },
  {
    construct: "1 of a pattern",
    detection: "s_1: { eventName: X }\ns_2: { eventName: DeleteBucket }\ncondition: 1 of s_*",
    event: bucket,
    matches: true,
  },
  {
    construct: "all of a pattern",
    detection: "s_1: { eventName: X }\ns_2: { eventName: DeleteBucket }\ncondition: all of s_*",
    event: bucket,
    matches: false,
  },
  {
    construct: "names that begin with _ are not among them",
    detection: "a: { eventName: X }\n_b: { eventName: DeleteBucket }\ncondition: 1 of them",
    event: bucket,
    matches: false,
    differs: "sigma-rust 0.7.0 counts them",
  },
  {
    construct: "a list of conditions: any of them",
    detection: "a: { eventName: X }\nb: { eventName: DeleteBucket }\ncondition: [a, b]",
    event: bucket,
    matches: true,
  },
  {
    construct: "a selection called no",
    detection: "no: { eventName: DeleteBucket }\ncondition: no",
    event: bucket,
    matches: true,
    differs: "PyYAML 6.0.4 reads the name as false",
  },
  {
    construct: "`*` crosses lines",
    detection: sel('requestParameters.policyDocument: \'*"Effect": "Allow"*"Principal": "*\''),
    event: policy('{\n "Effect": "Allow",\n "Principal": "*"}'),
    matches: true,
    differs: "rsigma 0.23.0 stops at a line break, but policies are logged as they were typed",
  },
  {
    construct: "`?` is one character",
    detection: sel("eventName: Delete?ucket"),
    event: bucket,
    matches: true,
  },
  {
    construct: "an escaped wildcard",
    detection: sel("requestParameters.policyDocument|contains: ':\\*'"),
    event: policy("s3:GetObject"),
    matches: false,
  },
  {
    construct: "an escaped wildcard",
    detection: sel("requestParameters.policyDocument|contains: ':\\*'"),
    event: policy("s3:*"),
    matches: true,
  },
  {
    construct: "a backslash elsewhere is a character",
    detection: sel("requestParameters.policyDocument|contains: 'a\\b'"),
    event: policy("xa\\bx"),
    matches: true,
  },
  {
    construct: "a value that ends in a backslash, within more text",
    detection: sel("requestParameters.policyDocument|contains: 'a\\'"),
    event: policy("xa\\x"),
    matches: true,
  },
  {
    construct: "two backslashes are one",
    detection: sel("requestParameters.policyDocument: 'a\\\\b'"),
    event: policy("a\\b"),
    matches: true,
  },
  {
    construct: "contains",
    detection: sel("eventName|contains: buck"),
    event: bucket,
    matches: true,
  },
  {
    construct: "startswith",
    detection: sel("eventName|startswith: Bucket"),
    event: bucket,
    matches: false,
  },
  {
    construct: "endswith",
    detection: sel("eventName|endswith: [Bucket, Key]"),
    event: bucket,
    matches: true,
  },
  {
    construct: "contains|all",
    detection: sel("eventName|contains|all: [Delete, Key]"),
    event: bucket,
    matches: false,
  },
  {
    construct: "re finds anywhere",
    detection: sel("eventName|re: 'te.*k'"),
    event: bucket,
    matches: true,
  },
  {
    construct: "re tells capitals apart",
    detection: sel("eventName|re: delete"),
    event: bucket,
    matches: false,
  },
  {
    construct: "re|i",
    detection: sel("eventName|re|i: delete"),
    event: bucket,
    matches: true,
  },
  {
    construct: "re: a dot does not cross lines",
    detection: sel("requestParameters.policyDocument|re: 'a.b'"),
    event: policy("a\nb"),
    matches: false,
  },
  {
    construct: "re|s",
    detection: sel("requestParameters.policyDocument|re|s: 'a.b'"),
    event: policy("a\nb"),
    matches: true,
  },
  {
    construct: "re|m",
    detection: sel("requestParameters.policyDocument|re|m: '^b'"),
    event: policy("a\nb"),
    matches: true,
  },
  {
    construct: "cidr",
    detection: sel("sourceIPAddress|cidr: 203.0.113.0/24"),
    event: from("203.0.113.7"),
    matches: true,
  },
  {
    construct: "cidr with host bits",
    detection: sel("sourceIPAddress|cidr: 203.0.113.9/24"),
    event: from("203.0.113.7"),
    matches: true,
  },
  {
    construct: "cidr of IPv6 off the boundaries of hexadecimal digits",
    detection: sel("sourceIPAddress|cidr: 2001:db8::/33"),
    event: from("2001:db8:8000::1"),
    matches: false,
    differs: "pySigma 1.5.1 makes a wildcard of it that takes in too much; 2.0.1 still does of /96",
  },
  {
    construct: "cidr and the name of a service",
    detection: sel("sourceIPAddress|cidr: 0.0.0.0/0"),
    event: from("cloudformation.amazonaws.com"),
    matches: false,
    differs: "azuma 0.7.3 breaks off",
  },
  {
    construct: "exists",
    detection: sel("errorCode|exists: false"),
    event: bucket,
    matches: true,
  },
  {
    construct: "exists: null is no value",
    detection: sel("errorCode|exists: true"),
    event: { errorCode: null },
    matches: false,
  },
  {
    construct: "lt",
    detection: sel("requestParameters.retentionInDays|lt: 7"),
    event: { requestParameters: { retentionInDays: 7 } },
    matches: false,
  },
  {
    construct: "gte, a number written as text on either side",
    detection: sel("requestParameters.retentionInDays|gte: '7'"),
    event: { requestParameters: { retentionInDays: "10" } },
    matches: true,
    differs: "pySigma refuses a quoted number",
  },
  {
    construct: "neq",
    detection: sel("userIdentity.type|neq: AWSService"),
    event: bucket,
    matches: true,
  },
  {
    construct: "neq of a list: none of them",
    detection: sel("eventName|neq: [CreateBucket, DeleteBucket]"),
    event: bucket,
    matches: false,
  },
];

export interface Refusal {
  readonly construct: string;
  readonly detection: string;
  /** A part of what is said. */
  readonly says: string;
}

export const refusals: readonly Refusal[] = [
  {
    construct: "an unknown modifier",
    detection: sel("eventName|contain: x"),
    says: 'did you mean "contains"?',
  },
  {
    construct: "an unknown field",
    detection: sel("eventname: x"),
    says: 'did you mean "eventName"?',
  },
  {
    construct: "an unknown selection",
    detection: "sel: { eventName: x }\ncondition: sle",
    says: 'did you mean "sel"?',
  },
  {
    construct: "all of a pattern that nothing fits",
    detection: "sel: { eventName: x }\ncondition: all of filter_*",
    says: "no selection is called like",
  },
  {
    construct: "an empty list",
    detection: sel("eventName: []"),
    says: "the list is empty",
  },
  {
    construct: "an aggregation",
    detection: "sel: { eventName: x }\ncondition: sel | count() > 5",
    says: "write a correlation",
  },
  {
    construct: "a regular expression that cannot be run in linear time",
    detection: sel("eventName|re: '(?=a)b'"),
    says: "without look-around",
  },
  {
    construct: "another number of selections",
    detection: "sel: { eventName: x }\ncondition: 2 of them",
    says: "not part of Sigma",
  },
  {
    construct: "two positions",
    detection: sel("eventName|contains|startswith: x"),
    says: "exclude each other",
  },
  {
    construct: "a key that stands twice",
    detection: sel("eventName: a\neventName: b"),
    says: "stands twice",
  },
];

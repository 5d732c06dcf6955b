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
  /** What the rule declares as `sigma-version`; nothing, if undefined. */
  readonly version?: string;
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
  {
    construct: "exists: null is no value",
    detection: sel("responseElements|exists: true"),
    event: { responseElements: null },
    matches: false,
    differs:
      "the specification counts null as there; CloudTrail writes null and leaves out for the same",
  },
  {
    construct: "re: several, with all",
    detection: sel("eventName|re|all: ['^Del', 'ket$']"),
    event: bucket,
    matches: true,
  },
  {
    construct: "re|i|s: both flags",
    detection: sel("requestParameters.policyDocument|re|i|s: 'A.b'"),
    event: policy("a\nB"),
    matches: true,
  },
  {
    construct: "cased with contains",
    detection: sel("eventName|contains|cased: bucket"),
    event: bucket,
    matches: false,
  },
  {
    construct: "cased with startswith",
    detection: sel("eventName|startswith|cased: Delete"),
    event: bucket,
    matches: true,
  },
  {
    construct: "all of one value is that value",
    detection: sel("eventName|contains|all: Delete"),
    event: bucket,
    matches: true,
    differs: "the specification calls it not allowed, because some back ends cannot do it",
  },
  {
    construct: "neq and a missing field",
    detection: sel("errorCode|neq: AccessDenied"),
    event: bucket,
    matches: true,
    differs: "back ends in SQL lose it; neq is the exact complement, as not is",
  },
  {
    construct: "neq with contains",
    detection: sel("eventName|contains|neq: Bucket"),
    event: bucket,
    matches: false,
  },
  {
    construct: "gt and lte of one field",
    detection: sel("requestParameters.n|gt: 1\nrequestParameters.n|lte: 2"),
    event: { requestParameters: { n: 2 } },
    matches: true,
  },
  {
    construct: "gt: a text is no number",
    detection: sel("requestParameters.n|gt: 1"),
    event: { requestParameters: { n: "many" } },
    matches: false,
  },
  {
    construct: "lt: no value is no number",
    detection: sel("requestParameters.n|lt: 1"),
    event: bucket,
    matches: false,
  },
  {
    construct: "base64",
    detection: sel("requestParameters.userData|base64|contains: foobar"),
    event: { requestParameters: { userData: "Zm9vYmFy" } },
    matches: true,
  },
  {
    construct: "base64: not the text itself",
    detection: sel("requestParameters.userData|base64|contains: foobar"),
    event: { requestParameters: { userData: "foobar" } },
    matches: false,
  },
  ...["xx", "x", ""].map((before) => ({
    construct: "base64offset: wherever it stands",
    detection: sel("requestParameters.userData|base64offset|contains: 'http://'"),
    event: {
      requestParameters: { userData: Buffer.from(`${before}http://a.example`).toString("base64") },
    },
    matches: true,
    differs:
      "rsigma 0.23.0 keeps the last letter, which what follows changes; pySigma leaves it out, and so do we",
  })),
  {
    construct: "wide|base64offset",
    detection: sel("requestParameters.commands|wide|base64offset|contains: Invoke"),
    event: {
      requestParameters: {
        commands: [`-enc ${Buffer.from("x Invoke-Web", "utf16le").toString("base64")}`],
      },
    },
    matches: true,
  },
  {
    construct: "utf16le|base64 is wide|base64",
    detection: sel("requestParameters.x|utf16le|base64: ab"),
    event: { requestParameters: { x: "YQBiAA==" } },
    matches: true,
  },
  {
    construct: "utf16be|base64",
    detection: sel("requestParameters.x|utf16be|base64: ab"),
    event: { requestParameters: { x: "AGEAYg==" } },
    matches: true,
  },
  {
    construct: "utf16|base64 begins with the byte order mark",
    detection: sel("requestParameters.x|utf16|base64: ab"),
    event: { requestParameters: { x: "//5hAGIA" } },
    matches: true,
  },
  {
    construct: "wide alone: the bytes as characters",
    detection: sel("requestParameters.x|wide|contains: ab"),
    event: { requestParameters: { x: "a\u0000b\u0000" } },
    matches: true,
  },
  ...["-enc x", "/enc x", "\u2013enc x"].map((text) => ({
    construct: "windash: any dash",
    detection: sel("requestParameters.commands|windash|contains: ' -enc'"),
    event: { requestParameters: { commands: [`powershell ${text}`] } },
    matches: true,
    differs:
      "pySigma 1.5.1 exchanges dashes before words alone, rsigma 0.23.0 no others than hyphens; the " +
      "specification names five characters and all of their permutations",
  })),
  {
    construct: "windash: no other character",
    detection: sel("requestParameters.commands|windash|contains: ' -enc'"),
    event: { requestParameters: { commands: ["powershell +enc x"] } },
    matches: false,
  },
  {
    construct: "fieldref",
    detection: sel("userIdentity.accountId|fieldref: recipientAccountId"),
    event: { userIdentity: { accountId: "111122223333" }, recipientAccountId: "111122223333" },
    matches: true,
  },
  {
    construct: "fieldref|neq",
    detection: sel("userIdentity.accountId|fieldref|neq: recipientAccountId"),
    event: { userIdentity: { accountId: "444455556666" }, recipientAccountId: "111122223333" },
    matches: true,
  },
  {
    construct: "fieldref: missing values are not the same",
    detection: sel("userIdentity.accountId|fieldref: recipientAccountId"),
    event: bucket,
    matches: false,
  },
  {
    construct: "fieldref|endswith",
    detection: sel("requestParameters.arn|fieldref|endswith: requestParameters.name"),
    event: { requestParameters: { arn: "arn:aws:s3:::orders", name: "orders" } },
    matches: true,
  },
  ...(
    [
      ["minute: 59", true],
      ["hour|gte: 22", true],
      ["hour|lt: 6", false],
      ["day: 30", true],
      ["week: 1", true],
      ["month: 12", true],
      ["year: 2024", true],
    ] as const
  ).map(([written, matches]) => ({
    construct: `eventTime|${written}, in UTC; weeks are ISO 8601's`,
    detection: sel(`eventTime|${written}`),
    event: { eventTime: "2024-12-30T23:59:00Z" },
    matches,
  })),
  {
    construct: "hour of what is no time",
    detection: sel("requestParameters.at|hour: 0"),
    event: { requestParameters: { at: "midnight" } },
    matches: false,
  },
  {
    construct: "keywords: any of them, anywhere",
    detection: "keywords: [nothing, SecretThing]\ncondition: keywords",
    event: { requestParameters: { a: [{ b: "the secretthing is out" }] } },
    matches: true,
  },
  {
    construct: "keywords: no key of the record",
    detection: "keywords: [requestParameters]\ncondition: keywords",
    event: { requestParameters: { a: "x" } },
    matches: false,
    differs:
      "back ends that search the raw message find keys, too; rsigma 0.23.0 looks at values, as we do",
  },
  {
    construct: "keywords with all",
    detection: "keywords:\n  '|all': [alpha, beta]\ncondition: keywords",
    event: { requestParameters: { a: "alpha" }, responseElements: { b: "beta" } },
    matches: true,
  },
  {
    construct: "keywords with all: one is missing",
    detection: "keywords:\n  '|all': [alpha, beta]\ncondition: keywords",
    event: { requestParameters: { a: "alpha" } },
    matches: false,
  },
  {
    construct: "keywords with re",
    detection: "keywords:\n  '|re': ['k[0-9]+']\ncondition: keywords",
    event: { requestParameters: { a: "k42" } },
    matches: true,
  },
  {
    construct: "keywords: a number",
    detection: "keywords: [4242]\ncondition: keywords",
    event: { requestParameters: { port: 4242 } },
    matches: true,
  },
  {
    construct: "keywords and maps in one list",
    detection: sel("- eventName: X\n- secret"),
    event: { requestParameters: { a: "my secret" } },
    matches: true,
  },
  {
    construct: "expand",
    detection: sel("userIdentity.userName|expand: '%admins%'"),
    event: { userIdentity: { userName: "joe" } },
    matches: true,
  },
  {
    construct: "expand: within more text, and an escaped percent sign",
    detection: sel("requestParameters.x|expand: '100\\%-%admins%'"),
    event: { requestParameters: { x: "100%-maria" } },
    matches: true,
  },
  {
    construct: "without expand the percent signs are characters",
    detection: sel("requestParameters.x: '%admins%'"),
    event: { requestParameters: { x: "maria" } },
    matches: false,
  },
  ...(
    [
      ["items[any].port: 22", [{ port: 22 }, { port: 80 }], true],
      ["items[all].port: 22", [{ port: 22 }, { port: 80 }], false],
      ["items[all].port: 22", [], false],
      ["items[all_or_empty].port: 22", [], true],
      ["items[none].port: 22", [{ port: 80 }], true],
      ["items[1].port: 80", [{ port: 22 }, { port: 80 }], true],
      ["items[-1].port: 22", [{ port: 22 }, { port: 80 }], false],
      ["items[0].port: 22", { port: 22 }, true],
      ["items[any]: { port: 22, cidr: 0.0.0.0/0 }", [{ port: 22, cidr: "10.0.0.0/8" }], false],
      [
        "items[any]: { port: 22, cidr: 0.0.0.0/0 }",
        [
          { port: 22, cidr: "10.0.0.0/8" },
          { port: 80, cidr: "0.0.0.0/0" },
        ],
        false,
      ],
      ["items[all]|startswith: 10.", ["10.0.0.1", "10.0.0.2"], true],
      ["items[any]: { .|contains: admin }", ["reader", "administrator"], true],
      ["items[any].ranges[any].cidr: 0.0.0.0/0", [{ ranges: [{ cidr: "0.0.0.0/0" }] }], true],
      [
        "items[any]: { condition: a and not b, a: { port: 22 }, b: { desc: known } }",
        [{ port: 22 }],
        true,
      ],
    ] as const
  ).map(([written, items, matches]) => ({
    construct: `version 3: ${written}`,
    detection: sel(`requestParameters.${written}`),
    version: "3",
    event: { requestParameters: { items } },
    matches,
  })),
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
  {
    construct: "base64 of a text with wildcards",
    detection: sel("requestParameters.x|base64: 'a*'"),
    says: "a text with wildcards cannot be encoded",
  },
  {
    construct: "base64offset of too little",
    detection: sel("requestParameters.x|base64offset|contains: a"),
    says: "too short to be told",
  },
  {
    construct: "a placeholder that nothing fills",
    detection: sel("userIdentity.userName|expand: '%admin%'"),
    says: 'did you mean "admins"?',
  },
  {
    construct: "an hour that no clock has",
    detection: sel("eventTime|hour: 24"),
    says: "is no number from 0 to 23",
  },
  {
    construct: "a reference to no field",
    detection: sel("userIdentity.accountId|fieldref: recipientAccountID"),
    says: 'did you mean "recipientAccountId"?',
  },
  {
    construct: "an encoding in the wrong order",
    detection: sel("requestParameters.x|base64|wide: abc"),
    says: "cannot follow base64",
  },
  {
    construct: "windash in Base64",
    detection: sel("requestParameters.x|windash|base64: -abc"),
    says: "windash beside base64 is not supported",
  },
  {
    construct: "an encoding of an expression",
    detection: sel("requestParameters.x|re|base64: abc"),
    says: "means nothing beside re",
  },
  {
    construct: "keywords with a modifier that needs a field",
    detection: "keywords:\n  '|startswith': [a]\ncondition: keywords",
    says: "startswith needs a field",
  },
  {
    construct: "items of a list without the version that has them",
    detection: sel("requestParameters.items[any].port: 22"),
    says: 'only with "sigma-version: 3"',
  },
  {
    construct: "null beside a modifier",
    detection: sel("errorCode|contains: null"),
    says: "leave the modifiers out",
  },
  {
    construct: "a map below a field",
    detection: sel("requestParameters.a: { b: c }"),
    says: "expected a value",
  },
  {
    construct: "a timeframe",
    detection: "sel: { eventName: x }\ntimeframe: 5m\ncondition: sel",
    says: "write a correlation",
  },
];

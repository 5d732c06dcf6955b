/**
 * What Sigma's correlations mean here: documents, events in any order, and which of them break the rule
 * together. A row that says `differs` names who does otherwise, in which version, and whom we follow.
 */

export interface CorrelationConformance {
  readonly construct: string;
  /** What stands below `correlation:`; its rules are `a` (AssumeRole), `d` (DeleteBucket), `g` (GetObject). */
  readonly correlation: string;
  /** Further documents. */
  readonly more?: string;
  /** Each event in its order of the file: name, minutes after midnight, address, and bytes or more. */
  readonly events: readonly Told[];
  /** Positions in `events` of those that break it, for each group. */
  readonly breaks: readonly (readonly number[])[];
  readonly differs?: string;
}

export type Told = readonly [
  event: "AssumeRole" | "DeleteBucket" | "GetObject",
  minute: number,
  address?: string | undefined,
  parameters?: Readonly<Record<string, string | number>>,
];

const one = "203.0.113.1";
const other = "203.0.113.2";
const bySource = "group-by: [sourceIPAddress]\ntimespan: 10m";
const gets = (...minutes: readonly number[]) =>
  minutes.map((minute): Told => ["GetObject", minute, one]);
const sizes = (...bytes: readonly (number | undefined)[]) =>
  bytes.map((size, minute): Told => ["GetObject", minute, one, size === undefined ? {} : { size }]);

const count = (condition: string) =>
  `type: event_count\nrules: [g]\n${bySource}\ncondition: ${condition}`;
const measured = (type: string, condition: string) =>
  `type: ${type}\nrules: [g]\n${bySource}\ncondition: { field: requestParameters.size, ${condition} }`;

export const correlationConformance: readonly CorrelationConformance[] = [
  {
    construct: "event_count: enough within the time",
    correlation: count("{ gte: 3 }"),
    events: gets(0, 5, 10),
    breaks: [[0, 1, 2]],
  },
  {
    construct: "event_count: too far apart",
    correlation: count("{ gte: 3 }"),
    events: gets(0, 5, 10.1),
    breaks: [],
  },
  {
    construct: "event_count: windows begin wherever an event is",
    correlation: count("{ gte: 3 }"),
    events: gets(0, 9, 11, 12),
    breaks: [[1, 2, 3]],
    differs: "back ends with fixed buckets of time miss what lies across a boundary",
  },
  {
    construct: "event_count: by the time of the events, in whatever order they are read",
    correlation: count("{ gte: 3 }"),
    events: gets(12, 0, 9, 11),
    breaks: [[2, 3, 0]],
  },
  {
    construct: "event_count: each group by itself",
    correlation: count("{ gte: 2 }"),
    events: [
      ["GetObject", 0, one],
      ["GetObject", 1, other],
      ["GetObject", 2, one],
    ],
    breaks: [[0, 2]],
  },
  {
    construct: "group-by: events that lack the field are in no group",
    correlation: count("{ gte: 2 }"),
    events: [
      ["GetObject", 0],
      ["GetObject", 1],
    ],
    breaks: [],
    differs: "rsigma 0.23.0 makes a group of those that lack the field",
  },
  {
    construct: "group-by: none, all together",
    correlation: "type: event_count\nrules: [g]\ntimespan: 10m\ncondition: { gte: 2 }",
    events: [
      ["GetObject", 0],
      ["GetObject", 1, other],
    ],
    breaks: [[0, 1]],
  },
  {
    construct: "group-by: capitals count",
    correlation:
      "type: event_count\nrules: [g]\ngroup-by: [requestParameters.key]\ntimespan: 1h\ncondition: { gte: 2 }",
    events: [
      ["GetObject", 0, one, { key: "a" }],
      ["GetObject", 1, one, { key: "A" }],
    ],
    breaks: [],
    differs: "the sqlite backend 2.1.1 of pySigma ignores case; keys of S3 are told apart by it",
  },
  {
    construct: "condition: a range is of the whole window",
    correlation: count("{ gt: 1, lte: 3 }"),
    events: gets(0, 1, 2, 3),
    breaks: [],
    differs:
      "rsigma 0.23.0 looks at each event and fires on the way to more; the specification counts what " +
      "the time frame holds",
  },
  {
    construct: "condition: eq",
    correlation: count("{ eq: 2 }"),
    events: gets(0, 1, 30, 31, 32),
    breaks: [[0, 1]],
  },
  {
    construct: "condition: neq",
    correlation: count("{ neq: 2 }"),
    events: gets(0, 1, 30),
    breaks: [[2]],
  },
  {
    construct: "condition: lt",
    correlation: count("{ lt: 2 }"),
    events: gets(0, 1, 30),
    breaks: [[2]],
  },
  {
    construct: "event_count of two rules: an event of both counts once",
    correlation: `type: event_count\nrules: [g, g2]\n${bySource}\ncondition: { gte: 3 }`,
    more: "title: G2\nname: g2\nlogsource: { product: aws, service: cloudtrail }\ndetection: { s: { eventName|startswith: Get }, condition: s }\n",
    events: gets(0, 1),
    breaks: [],
  },
  {
    construct: "value_count: different values",
    correlation: `type: value_count\nrules: [g]\n${bySource}\ncondition: { field: requestParameters.key, gte: 2 }`,
    events: [
      ["GetObject", 0, one, { key: "a" }],
      ["GetObject", 1, one, { key: "a" }],
      ["GetObject", 2, other, { key: "b" }],
      ["GetObject", 3, one, {}],
      ["GetObject", 4, other, { key: "c" }],
    ],
    breaks: [[2, 4]],
  },
  {
    construct: "value_count of several fields: different combinations",
    correlation: `type: value_count\nrules: [g]\n${bySource}\ncondition: { field: [requestParameters.key, requestParameters.size], gte: 3 }`,
    events: [
      ["GetObject", 0, one, { key: "a", size: 1 }],
      ["GetObject", 1, one, { key: "a", size: 2 }],
      ["GetObject", 2, one, { key: "b", size: 1 }],
    ],
    breaks: [[0, 1, 2]],
    differs: "pySigma 1.5.1 breaks off, the sqlite backend of 2.0.1 refuses it",
  },
  {
    construct: "value_sum",
    correlation: measured("value_sum", "gt: 10"),
    events: sizes(4, 4, 4),
    breaks: [[0, 1, 2]],
  },
  {
    construct: "value_sum: not of texts and what is missing",
    correlation: measured("value_sum", "gt: 10"),
    events: [...sizes(4, undefined, 4), ["GetObject", 4, one, { size: "many" }]],
    breaks: [],
  },
  {
    construct: "value_avg: of the events that have a number",
    correlation: measured("value_avg", "gte: 6"),
    events: sizes(4, 8, undefined),
    breaks: [[0, 1, 2]],
  },
  {
    construct: "value_avg: of the whole window",
    correlation: measured("value_avg", "gte: 6"),
    events: sizes(8, 1, 1),
    breaks: [],
    differs: "rsigma 0.23.0 fires at the first event; the specification averages over the period",
  },
  {
    construct: "value_percentile: the median, if none is named",
    correlation: measured("value_percentile", "gte: 5"),
    events: sizes(1, 5, 100),
    breaks: [[0, 1, 2]],
  },
  {
    construct: "value_percentile: between two values in proportion",
    correlation: measured("value_percentile", "percentile: 75, gt: 7, lt: 8"),
    events: sizes(0, 10),
    breaks: [[0, 1]],
  },
  {
    construct: "temporal: all rules, in any order",
    correlation: `type: temporal\nrules: [a, d]\n${bySource}`,
    events: [
      ["DeleteBucket", 0, one],
      ["AssumeRole", 9, one],
    ],
    breaks: [[0, 1]],
  },
  {
    construct: "temporal: one rule is not all",
    correlation: `type: temporal\nrules: [a, d]\n${bySource}`,
    events: [["DeleteBucket", 0, one]],
    breaks: [],
    differs: "rsigma 0.23.0 fires on one of them, if no condition stands there",
  },
  {
    construct: "temporal: how many of the rules",
    correlation: `type: temporal\nrules: [a, d, g]\n${bySource}\ncondition: { gte: 2 }`,
    events: [
      ["DeleteBucket", 0, one],
      ["AssumeRole", 9, one],
    ],
    breaks: [[0, 1]],
  },
  {
    construct: "temporal: a condition over the rules",
    correlation: `type: temporal\nrules: [a, d, g]\n${bySource}\ncondition: a and d and not g`,
    events: [
      ["DeleteBucket", 0, one],
      ["AssumeRole", 1, one],
      ["DeleteBucket", 0, other],
      ["AssumeRole", 1, other],
      ["GetObject", 2, other],
    ],
    breaks: [[0, 1]],
  },
  {
    construct: "temporal_ordered: in the order of the rules",
    correlation: `type: temporal_ordered\nrules: [a, d]\n${bySource}`,
    events: [
      ["DeleteBucket", 5, one],
      ["AssumeRole", 1, one],
      ["AssumeRole", 5, other],
      ["DeleteBucket", 1, other],
    ],
    breaks: [[1, 0]],
  },
  {
    construct: "temporal_ordered: too long between the first and the last",
    correlation: `type: temporal_ordered\nrules: [a, d, g]\n${bySource}`,
    events: [
      ["AssumeRole", 0, one],
      ["DeleteBucket", 6, one],
      ["GetObject", 11, one],
    ],
    breaks: [],
  },
  {
    construct: "temporal_ordered: within one second the order is not known, and counts",
    correlation: `type: temporal_ordered\nrules: [a, d]\n${bySource}`,
    events: [
      ["DeleteBucket", 1, one],
      ["AssumeRole", 1, one],
    ],
    breaks: [[1, 0]],
    differs: "the sqlite backend 2.1.1 of pySigma never fires there; CloudTrail has whole seconds",
  },
  {
    construct: "aliases: another field for each rule",
    correlation:
      "type: temporal\nrules: [a, d]\ngroup-by: [name]\ntimespan: 10m\n" +
      "aliases: { name: { a: requestParameters.key, d: requestParameters.bucketName } }",
    events: [
      ["AssumeRole", 0, one, { key: "x" }],
      ["DeleteBucket", 1, other, { bucketName: "x" }],
      ["DeleteBucket", 2, other, { bucketName: "y" }],
    ],
    breaks: [[0, 1]],
  },
  {
    construct: "a correlation of a correlation",
    correlation: `type: temporal_ordered\nrules: [many, d]\n${bySource}`,
    more: `title: Many\nname: many\ncorrelation:\n  type: event_count\n  rules: [g]\n  group-by: [sourceIPAddress]\n  timespan: 10m\n  condition: { gte: 2 }\n`,
    events: [
      ["GetObject", 0, one],
      ["GetObject", 1, one],
      ["DeleteBucket", 2, one],
      ["GetObject", 0, other],
      ["DeleteBucket", 2, other],
    ],
    breaks: [[0, 1, 2]],
  },
  {
    construct: "a correlation of a correlation that goes on when the next rule has its event",
    correlation: `type: temporal_ordered\nrules: [many, d]\n${bySource}`,
    more: `title: Many\nname: many\ncorrelation:\n  type: event_count\n  rules: [g]\n  group-by: [sourceIPAddress]\n  timespan: 10m\n  condition: { gte: 2 }\n`,
    events: [
      ["GetObject", 0, one],
      ["GetObject", 1, one],
      ["DeleteBucket", 2, one],
      ["GetObject", 3, one],
    ],
    breaks: [[0, 1, 2]],
  },
];

export interface CorrelationRefusal {
  readonly construct: string;
  readonly correlation: string;
  /** A part of what is said. */
  readonly says: string;
}

export const correlationRefusals: readonly CorrelationRefusal[] = [
  {
    construct: "a rule that there is not",
    correlation: "type: temporal\nrules: [a, dd]\ntimespan: 5m",
    says: 'no rule has the id or name "dd"',
  },
  {
    construct: "a type that there is not",
    correlation: "type: event_counts\nrules: [a]\ntimespan: 5m",
    says: 'did you mean "event_count"?',
  },
  {
    construct: "a timespan in no unit",
    correlation: "type: temporal\nrules: [a]\ntimespan: 5",
    says: "write a number and s, m, h or d",
  },
  {
    construct: "no condition",
    correlation: "type: event_count\nrules: [a]\ntimespan: 5m",
    says: "event_count needs a condition",
  },
  {
    construct: "a value of no field",
    correlation: "type: value_count\nrules: [a]\ntimespan: 5m\ncondition: { gte: 2 }",
    says: "value_count needs the field",
  },
  {
    construct: "an alias without one of the rules",
    correlation:
      "type: temporal\nrules: [a, d]\ngroup-by: [x]\ntimespan: 5m\naliases: { x: { a: eventName } }",
    says: 'has no field for "d"',
  },
  {
    construct: "itself",
    correlation: "type: temporal\nrules: [itself, a]\ntimespan: 5m",
    says: "is of itself",
  },
  {
    construct: "an order of some of the rules",
    correlation: "type: temporal_ordered\nrules: [a, d]\ntimespan: 5m\ncondition: { gte: 1 }",
    says: "another condition is not supported",
  },
  {
    construct: "a comparison that there is not",
    correlation: "type: event_count\nrules: [a]\ntimespan: 5m\ncondition: { ge: 2 }",
    says: 'did you mean "gt"?',
  },
];

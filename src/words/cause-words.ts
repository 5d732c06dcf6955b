/**
 * Causes in words: which call made a service do it, who made that call, and how much that is worth.
 */

import { describeIdentity } from "../event/identity.ts";
import { serviceIn, stackNameIn } from "../event/names.ts";
import { type CloudTrailRecord, textsAt } from "../event/record.ts";
import { primaryTargets } from "../event/targets.ts";
import type { Answer } from "../query/answer.ts";
import type { FoundEvent } from "../query/query.ts";
import { actingService } from "../resolve/acting-service.ts";
import type { CauseLink } from "../resolve/cause-links.ts";
import type { Cause, Started, Unprompted } from "../resolve/causes.ts";
import { callerOf, callOf, type NameOf, onDay, whoOf } from "./event-words.ts";
import { counted, listed } from "./sentences.ts";

const serviceNames: ReadonlyMap<string, string> = new Map([
  ["application-autoscaling", "Application Auto Scaling"],
  ["autoscaling", "Auto Scaling"],
  ["backup", "AWS Backup"],
  ["batch", "AWS Batch"],
  ["cloudcontrolapi", "Cloud Control"],
  ["cloudformation", "CloudFormation"],
  ["codedeploy", "CodeDeploy"],
  ["codepipeline", "CodePipeline"],
  ["config", "AWS Config"],
  ["controltower", "Control Tower"],
  ["dlm", "Data Lifecycle Manager"],
  ["drs", "Elastic Disaster Recovery"],
  ["ds", "Directory Service"],
  ["ec2", "EC2"],
  ["ec2fleet", "EC2 Fleet"],
  ["ecr", "ECR"],
  ["ecs", "ECS"],
  ["eks", "EKS"],
  ["eks-fargate", "EKS"],
  ["eks-nodegroup", "EKS"],
  ["elasticache", "ElastiCache"],
  ["elasticbeanstalk", "Elastic Beanstalk"],
  ["elasticfilesystem", "EFS"],
  ["elasticloadbalancing", "Elastic Load Balancing"],
  ["elasticmapreduce", "EMR"],
  ["es", "OpenSearch Service"],
  ["events", "EventBridge"],
  ["fis", "Fault Injection Service"],
  ["fsx", "FSx"],
  ["imagebuilder", "EC2 Image Builder"],
  ["kms", "KMS"],
  ["lambda", "Lambda"],
  ["mgn", "Application Migration Service"],
  ["rds", "RDS"],
  ["redshift", "Redshift"],
  ["sagemaker", "SageMaker"],
  ["scheduler", "EventBridge Scheduler"],
  ["secretsmanager", "Secrets Manager"],
  ["servicecatalog", "Service Catalog"],
  ["spot", "EC2 Spot"],
  ["spotfleet", "Spot Fleet"],
  ["ssm", "Systems Manager"],
  ["stacksets.cloudformation", "CloudFormation StackSets"],
  ["member.org.stacksets.cloudformation", "CloudFormation StackSets"],
]);

/** `CloudFormation` for `cloudformation.amazonaws.com`; a service without a name here keeps its own. */
export function serviceName(host: string): string {
  const service = serviceIn(host);
  const scaled = /\.application-autoscaling$/.test(service) ? "application-autoscaling" : service;
  return serviceNames.get(scaled) ?? host;
}

/** What else makes a service act than a call. */
const promptings: ReadonlyMap<string, string> = new Map([
  ["Auto Scaling", "an alarm, a schedule, a failed health check or a spot interruption"],
  ["Application Auto Scaling", "an alarm or a schedule"],
  ["AWS Backup", "an older plan"],
  ["Data Lifecycle Manager", "an older policy"],
  ["EventBridge Scheduler", "an older schedule"],
  ["EventBridge", "an older rule"],
  ["CodePipeline", "a change of the source"],
  ["ECS", "a failed health check or a deployment"],
  ["EKS", "a failed health check or an upgrade"],
]);

/** What events that no call made tell. */
const selfDone: ReadonlyMap<string, string> = new Map([
  ["BidEvictedEvent", "EC2 took the spot instance back"],
]);

/** The rule by which a service did it, where its event is named after the rule. */
const doers: ReadonlyMap<string, { readonly name: string; readonly part: string }> = new Map([
  ["PolicyExecutionEvent", { name: "ECR's lifecycle policy", part: "image" }],
]);

/** Stands in a sentence about such an event in place of the service's name. */
export function doerOf(record: CloudTrailRecord): string | undefined {
  return doers.get(callOf(record))?.name;
}

/** What such an event is about, which its name does not tell. */
export function partDoneTo(record: CloudTrailRecord): string | undefined {
  return doers.get(callOf(record))?.part;
}

const linkWords: Readonly<Record<CauseLink, string>> = {
  target: "it names what was acted on",
  session: "same session",
  caller: "same caller",
  role: "it was to act in that role",
  name: "by the names",
  time: "by the time alone",
  rule: "such a rule was set",
};

/** A sentence for each step, from the call back. `event` is the call that has the cause. */
export function causeSentences(
  event: FoundEvent,
  cause: Cause,
  timeZone: string,
  nameOf: NameOf = callerOf,
): readonly string[] {
  const sentences: string[] = [];
  let told = event;
  for (let step: Cause | undefined = cause; step !== undefined; ) {
    sentences.push(...stepSentences(told, step, { isFirst: step === cause, timeZone, nameOf }));
    if (step.kind !== "started") break;
    told = step.starters[0] ?? told;
    step = step.cause;
  }
  return sentences;
}

interface Telling {
  /** Of several steps, the one next to the call asked about. */
  readonly isFirst: boolean;
  readonly timeZone: string;
  readonly nameOf: NameOf;
}

/** None where there is nothing to say but that a service did what services do. */
function stepSentences(event: FoundEvent, cause: Cause, telling: Telling): readonly string[] {
  switch (cause.kind) {
    case "started":
      return [startedSentence(event, cause, telling)];
    case "unknown":
      return unknownSentences(event, cause, telling);
    case "nobody": {
      const done = selfDone.get(callOf(event.record));
      return [
        `No person called it: ${done ?? `${serviceName(cause.service)} tells what it did by itself`}.`,
      ];
    }
  }
}

function startedSentence(
  event: FoundEvent,
  { service, starters, link, certainty }: Started,
  { isFirst, timeZone, nameOf }: Telling,
): string {
  const whatWas = isFirst ? "it" : `that ${callOf(event.record)}`;
  const who = serviceName(service);
  if (certainty === "one of several") {
    const callers = new Set(starters.map(nameOf));
    const [caller] = callers.size === 1 ? callers : [];
    const calls = starters.map((starter) =>
      starterWords(starter, timeZone, caller === undefined ? nameOf : undefined),
    );
    const whose = caller === undefined ? "" : ` by ${caller}`;
    return (
      `${who} did ${whatWas} for one of ${counted(calls.length, "call")}${whose} that the logs cannot ` +
      `tell apart (${linkWords[link]}): ${listed(calls, 4, "or")}.`
    );
  }
  const calls = starters.map((starter) => starterWords(starter, timeZone, nameOf));
  const worth = certainty === "certain" ? linkWords[link] : `likely, ${linkWords[link]}`;
  return `${who} did ${whatWas} for ${calls.join("")} (${worth}).`;
}

/** `DeleteStack on orders-prod, called by maria on 2026-11-05 at 09:14:00 UTC`. */
function starterWords(event: FoundEvent, timeZone: string, nameOf?: NameOf): string {
  const { record } = event;
  // A stack's ARN ends with an id that nobody knows it by.
  const targets = listed(primaryTargets(record).map((name) => stackNameIn(name) ?? name));
  const caller = nameOf === undefined ? "" : `, called by ${nameOf(event)}`;
  return `${callOf(record)}${targets === "" ? "" : ` on ${targets}`}${caller}${onDay(record, timeZone)}`;
}

function unknownSentences(
  { record }: FoundEvent,
  { service }: Unprompted,
  { isFirst }: Telling,
): readonly string[] {
  const who = serviceName(service);
  const whatWas = isFirst ? "it" : `that ${callOf(record)}`;
  const prompting = promptings.get(who);
  if (prompting !== undefined) {
    return [
      `${who} did ${whatWas}, and no call in these logs told it to: perhaps ${prompting} did.`,
    ];
  }
  // Whoever it was done for is in the record itself.
  const isForSomebody = actingService(record)?.as === "caller";
  if (!isForSomebody && describeIdentity(record).kind === "service") return [];
  const forWhom = isForSomebody ? ` for ${whoOf(record)}` : "";
  return [`${who} did ${whatWas}${forWhom}; the call that told it to is not in these logs.`];
}

/** The same for machines. */
export function causeFacts(cause: Cause): NonNullable<Answer["facts"]> {
  const { kind, service } = cause;
  if (cause.kind !== "started") return { kind, service };
  const { link, certainty, starters } = cause;
  return {
    kind,
    service,
    tie: link,
    certainty,
    calls: starters.map(({ record }) => ({
      eventID: textsAt(record, "eventID")[0] ?? null,
      event: callOf(record),
      who: describeIdentity(record).name,
      what: primaryTargets(record),
    })),
    cause: cause.cause === undefined ? null : causeFacts(cause.cause),
  };
}

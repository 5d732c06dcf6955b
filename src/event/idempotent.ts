/**
 * Deletions that succeed although nothing is there any more. Of these the first after a creation did it,
 * and later ones found it done; a second success of any other tells of a second life.
 */

import { nameOf, serviceOf } from "./effect.ts";
import type { CloudTrailRecord } from "./record.ts";

/** By service, as their API references say; operations without API version. */
const operations: { readonly [service: string]: readonly string[] } = {
  autoscaling: ["TerminateInstanceInAutoScalingGroup"],
  cloudformation: ["DeleteStack", "DeleteChangeSet"],
  codebuild: ["DeleteProject"],
  codecommit: ["DeleteRepository"],
  codepipeline: ["DeletePipeline", "DeleteWebhook"],
  dynamodb: ["DeleteItem"],
  ec2: ["TerminateInstances", "DeleteKeyPair", "BidEvictedEvent"],
  ecs: ["StopTask", "DeleteCluster", "DeregisterTaskDefinition"],
  elasticloadbalancing: ["DeleteLoadBalancer", "DeleteTargetGroup", "DeleteListener", "DeleteRule"],
  elasticmapreduce: ["TerminateJobFlows"],
  events: ["DeleteRule", "DeleteEventBus"],
  glue: ["DeleteJob", "DeleteTrigger", "DeleteWorkflow", "DeleteDevEndpoint"],
  iot: ["DeleteThing", "DeleteThingGroup", "DeleteTopicRule"],
  kms: ["DeleteImportedKeyMaterial"],
  lambda: ["DeleteLayerVersion"],
  monitoring: ["DeleteAlarms", "DeleteDashboards", "DeleteInsightRules", "DeleteMetricStream"],
  s3: ["DeleteObject"],
  secretsmanager: ["DeleteSecret", "EndSecretVersionDelete"],
  ses: ["DeleteIdentity", "DeleteTemplate", "DeleteReceiptRule", "DeleteReceiptRuleSet"],
  sns: ["DeleteTopic", "DeleteEndpoint", "DeletePlatformApplication", "Unsubscribe"],
  sqs: ["DeleteQueue"],
  states: ["DeleteStateMachine", "DeleteActivity"],
  workspaces: ["TerminateWorkspaces"],
};

const table: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(operations).map(([service, names]) => [service, new Set(names)]),
);

export function succeedsOnNothing(record: CloudTrailRecord): boolean {
  return table.get(serviceOf(record))?.has(nameOf(record)) === true;
}

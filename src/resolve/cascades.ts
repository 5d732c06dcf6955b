/**
 * Which calls make a service call others: a table of services, how they show in the calls that they
 * make, and the calls that start them.
 *
 * Calls that start one run of many, as programs make them by the thousand (RunTask, SubmitJob,
 * StartExecution), are left out: all calls that start something are gathered beside a question's events.
 *
 * A row is data. What links a call to the one that started it, and how sure that is, is decided in
 * `causes.ts`; what a service does by itself, without being told, is not here.
 */

import { type CloudTrailRecord, textsAt } from "../event/record.ts";
import { withoutVersion } from "../event/verb-classes.ts";
import { anyOf, every } from "../query/build.ts";
import type { Filter } from "../query/filter.ts";

/** Calls that start one service, and where they say what it is to work on. */
export interface Starter {
  readonly eventSource: string;
  readonly eventNames: readonly string[];
  /** For how long the service may be at it. */
  readonly hours: number;
  /** Names the very thing that the service will call about, below `requestParameters`. */
  readonly targets: readonly string[];
  /** Names what that belongs to: a stack, a group, a cluster. */
  readonly wholes: readonly string[];
  /** The role that the service is to call in. */
  readonly role?: string;
  /** What the service puts before and after the name of a whole to name its parts: `eks-*-`. */
  readonly partNames: readonly string[];
  /** It sets a rule that works again and again. */
  readonly stands: boolean;
  /** It starts nothing: it tells the role for a call to come. */
  readonly prepares: boolean;
  /** What it is about takes one such call at a time, whichever. */
  readonly oneAtATime: boolean;
  /** The service calls in other accounts and regions too. */
  readonly reachesOut: boolean;
  /** The events that can come of it, where these are few. */
  readonly leadsTo?: readonly string[];
}

export interface Cascade {
  /** As `invokedBy` and source address name the service; the first is its usual name. */
  readonly hosts: readonly string[];
  /** Session names that the service gives. */
  readonly sessions: readonly string[];
  /** It calls in a role that it was given to take, hardly ever as whoever called it. */
  readonly takesRole: boolean;
  readonly starters: readonly Starter[];
}

type Row = Pick<Starter, "eventNames"> & Partial<Starter>;

function cascade(
  services: readonly string[],
  {
    sessions = [],
    takesRole = false,
    ...usual
  }: Partial<Starter> & Partial<Pick<Cascade, "sessions" | "takesRole">>,
  rows: readonly Row[],
): Cascade {
  const hosts = services.map((service) => `${service}.amazonaws.com`);
  const [eventSource = ""] = hosts;
  const starters = rows.map(
    (row): Starter => ({
      eventSource,
      hours: 1,
      targets: [],
      wholes: [],
      partNames: [],
      stands: false,
      prepares: false,
      oneAtATime: false,
      reachesOut: false,
      ...usual,
      ...row,
    }),
  );
  return { hosts, sessions, takesRole, starters };
}

const autoScalingGroup = { wholes: ["autoScalingGroupName"] } as const;

/** The table: of two rows with one host the first counts. */
export const cascades: readonly Cascade[] = [
  cascade(
    ["cloudformation", "cloudcontrolapi"],
    {
      hours: 24,
      wholes: ["stackName"],
      partNames: ["*-"],
      oneAtATime: true,
      sessions: ["AWSCloudFormation"],
    },
    [
      {
        eventNames: [
          ...["CreateStack", "UpdateStack", "DeleteStack", "RollbackStack"],
          "ContinueUpdateRollback",
        ],
        role: "roleARN",
      },
      { eventNames: ["CancelUpdateStack"] },
      { eventNames: ["ExecuteChangeSet"], wholes: ["stackName", "changeSetName"] },
      { eventNames: ["CreateChangeSet"], role: "roleARN", prepares: true },
      {
        eventNames: [
          ...["CreateStackInstances", "UpdateStackInstances", "DeleteStackInstances"],
          ...["UpdateStackSet", "ImportStacksToStackSet"],
        ],
        wholes: ["stackSetName"],
        partNames: ["StackSet-*-"],
        reachesOut: true,
      },
      {
        eventSource: "cloudcontrolapi.amazonaws.com",
        eventNames: ["CreateResource", "UpdateResource", "DeleteResource"],
        targets: ["identifier"],
        wholes: [],
        role: "roleArn",
      },
    ],
  ),
  cascade(
    ["stacksets.cloudformation", "member.org.stacksets.cloudformation"],
    {
      eventSource: "cloudformation.amazonaws.com",
      hours: 24,
      wholes: ["stackSetName"],
      partNames: ["StackSet-*-"],
      reachesOut: true,
    },
    [
      {
        eventNames: [
          ...["CreateStackInstances", "UpdateStackInstances", "DeleteStackInstances"],
          "UpdateStackSet",
        ],
      },
      // Stack sets follow accounts that join and leave.
      {
        eventSource: "organizations.amazonaws.com",
        eventNames: ["MoveAccount", "RemoveAccountFromOrganization"],
        targets: ["accountId"],
        wholes: [],
      },
    ],
  ),
  cascade(["autoscaling"], { ...autoScalingGroup, sessions: ["AutoScaling"] }, [
    {
      eventNames: [
        ...["SetDesiredCapacity", "UpdateAutoScalingGroup", "DeleteAutoScalingGroup"],
        ...["CreateAutoScalingGroup", "DetachInstances", "EnterStandby", "ResumeProcesses"],
        "ExecutePolicy",
      ],
    },
    {
      eventNames: ["TerminateInstanceInAutoScalingGroup", "SetInstanceHealth"],
      targets: ["instanceId"],
      wholes: [],
    },
    { eventNames: ["StartInstanceRefresh", "RollbackInstanceRefresh"], hours: 72 },
    { eventNames: ["PutScheduledUpdateGroupAction", "PutScalingPolicy"], stands: true },
    { eventNames: ["BatchPutScheduledUpdateGroupAction"], stands: true },
  ]),
  cascade(
    [
      ...["application-autoscaling", "ecs.application-autoscaling"],
      ...["dynamodb.application-autoscaling", "rds.application-autoscaling"],
      "ec2.application-autoscaling",
    ],
    // Its calls are logged under the name of its elder.
    { eventSource: "autoscaling.amazonaws.com", wholes: ["resourceId"], stands: true },
    [{ eventNames: ["RegisterScalableTarget", "PutScalingPolicy", "PutScheduledAction"] }],
  ),
  cascade(
    ["eks", "eks-nodegroup", "eks-fargate"],
    { wholes: ["nodegroupName", "fargateProfileName"], partNames: ["eks-*-"] },
    [
      {
        eventNames: [
          ...["CreateNodegroup", "UpdateNodegroupConfig", "UpdateNodegroupVersion"],
          ...["DeleteNodegroup", "CreateFargateProfile", "DeleteFargateProfile"],
        ],
      },
      {
        eventNames: ["CreateCluster", "DeleteCluster", "UpdateClusterConfig"],
        wholes: ["name", "clusterName"],
        partNames: ["eks-cluster-sg-*-"],
      },
    ],
  ),
  cascade(["ecs"], { wholes: ["service", "serviceName"], sessions: ["ecs-service-scheduler"] }, [
    { eventNames: ["CreateService", "UpdateService", "DeleteService"] },
    { eventNames: ["StopTask"], wholes: ["cluster"], targets: ["task"] },
    { eventNames: ["DeleteCluster"], wholes: ["cluster"] },
    { eventNames: ["UpdateCapacityProvider", "DeleteCapacityProvider"], wholes: [] },
  ]),
  cascade(
    ["elasticbeanstalk"],
    { takesRole: true, partNames: ["awseb-*-"], wholes: ["environmentId"] },
    [
      {
        eventNames: [
          ...["CreateEnvironment", "UpdateEnvironment", "RebuildEnvironment"],
          ...["TerminateEnvironment", "RestartAppServer", "SwapEnvironmentCNAMEs"],
        ],
        wholes: ["environmentId", "environmentName"],
      },
      { eventNames: ["DeleteApplication"], wholes: ["applicationName"] },
    ],
  ),
  cascade(["servicecatalog"], { wholes: ["provisionedProductName", "provisionedProductId"] }, [
    {
      eventNames: [
        ...["ProvisionProduct", "UpdateProvisionedProduct", "TerminateProvisionedProduct"],
        "ExecuteProvisionedProductServiceAction",
      ],
    },
    { eventNames: ["ExecuteProvisionedProductPlan"], wholes: ["planId"] },
  ]),
  cascade(["controltower"], { hours: 6, reachesOut: true }, [
    {
      eventNames: [
        ...["CreateManagedAccount", "UpdateManagedAccount", "DeregisterManagedAccount"],
        ...["SetupLandingZone", "UpdateLandingZone", "DeleteLandingZone"],
        ...["EnableControl", "DisableControl", "EnableBaseline", "DisableBaseline"],
      ],
    },
  ]),
  cascade(
    ["elasticmapreduce"],
    { takesRole: true, wholes: ["jobFlowId"], sessions: ["CCSSession"] },
    [
      { eventNames: ["RunJobFlow"], role: "serviceRole", wholes: ["name"] },
      { eventNames: ["TerminateJobFlows"], wholes: ["jobFlowIds"] },
      { eventNames: ["AddInstanceGroups", "ModifyInstanceGroups", "AddInstanceFleet"] },
      { eventNames: ["ModifyInstanceFleet"], wholes: ["clusterId"] },
      {
        eventNames: ["PutAutoTerminationPolicy", "PutManagedScalingPolicy", "PutAutoScalingPolicy"],
        wholes: ["clusterId"],
        stands: true,
      },
    ],
  ),
  cascade(["backup", "restore-testing.backup"], { takesRole: true }, [
    { eventNames: ["DeleteRecoveryPoint"], targets: ["recoveryPointArn"] },
    {
      eventNames: ["StartBackupJob", "StartCopyJob"],
      targets: ["resourceArn"],
      role: "iamRoleArn",
      hours: 24,
    },
    {
      eventNames: ["StartRestoreJob"],
      targets: ["recoveryPointArn"],
      role: "iamRoleArn",
      hours: 24,
    },
    {
      eventNames: ["UpdateRecoveryPointLifecycle"],
      targets: ["recoveryPointArn"],
      stands: true,
    },
    {
      eventNames: ["CreateBackupPlan", "UpdateBackupPlan"],
      wholes: ["backupPlanId", "backupPlan.backupPlanName"],
      stands: true,
    },
  ]),
  cascade(
    ["dlm"],
    { takesRole: true, wholes: ["policyId"], role: "executionRoleArn", stands: true },
    [{ eventNames: ["CreateLifecyclePolicy", "UpdateLifecyclePolicy"] }],
  ),
  cascade(["ssm"], { takesRole: true, hours: 24 }, [
    {
      eventNames: ["StartAutomationExecution", "StartChangeRequestExecution"],
      role: "parameters.AutomationAssumeRole",
      wholes: ["documentName"],
    },
    { eventNames: ["SendCommand"], targets: ["instanceIds"], wholes: ["documentName"], hours: 1 },
    {
      eventNames: ["CreateAssociation", "UpdateAssociation"],
      targets: ["instanceId"],
      wholes: ["name"],
      stands: true,
    },
    {
      eventNames: ["RegisterTaskWithMaintenanceWindow"],
      wholes: ["windowId"],
      role: "serviceRoleArn",
      stands: true,
    },
  ]),
  cascade(["config"], { takesRole: true, wholes: ["configRuleName"] }, [
    { eventNames: ["StartRemediationExecution"], targets: ["resourceKeys.resourceId"] },
    { eventNames: ["PutRemediationConfigurations"], stands: true },
  ]),
  cascade(["codepipeline"], { takesRole: true, wholes: ["name", "pipelineName"], hours: 24 }, [
    {
      eventNames: [
        ...["StartPipelineExecution", "RetryStageExecution", "PutApprovalResult"],
        "RollbackStage",
      ],
    },
  ]),
  cascade(
    ["codedeploy"],
    { takesRole: true, wholes: ["deploymentId", "deploymentGroupName"], hours: 6 },
    [{ eventNames: ["CreateDeployment", "StopDeployment", "ContinueDeployment"] }],
  ),
  cascade(["imagebuilder"], { takesRole: true, hours: 12 }, [
    { eventNames: ["CreateImage", "StartImagePipelineExecution", "DeleteImage"] },
    { eventNames: ["CreateLifecyclePolicy", "UpdateLifecyclePolicy"], stands: true },
  ]),
  cascade(
    ["ec2fleet", "spotfleet", "spot"],
    { eventSource: "ec2.amazonaws.com", wholes: ["spotFleetRequestId"] },
    [
      { eventNames: ["RequestSpotFleet", "ModifySpotFleetRequest"] },
      { eventNames: ["CancelSpotFleetRequests"] },
      { eventNames: ["CreateFleet"], wholes: [] },
      {
        eventNames: ["ModifyFleet", "DeleteFleets"],
        wholes: ["ModifyFleetRequest.FleetId", "DeleteFleetsRequest.FleetId.content"],
      },
      {
        eventNames: ["RequestSpotInstances", "CancelSpotInstanceRequests"],
        wholes: [],
      },
    ],
  ),
  cascade(
    ["batch"],
    { takesRole: true, wholes: ["computeEnvironment", "computeEnvironmentName"] },
    [
      {
        eventNames: [
          ...["CreateComputeEnvironment", "UpdateComputeEnvironment", "DeleteComputeEnvironment"],
        ],
      },
      { eventNames: ["TerminateJob"], wholes: [] },
    ],
  ),
  cascade(["rds"], { wholes: ["dBInstanceIdentifier", "dBClusterIdentifier"] }, [
    {
      eventNames: [
        ...["CreateDBInstance", "ModifyDBInstance", "DeleteDBInstance", "StartDBInstance"],
        ...["CreateDBCluster", "ModifyDBCluster", "DeleteDBCluster", "StopDBInstance"],
        ...["RestoreDBInstanceFromDBSnapshot", "RestoreDBClusterFromSnapshot"],
        ...["CreateDBInstanceReadReplica", "RestoreDBInstanceToPointInTime"],
      ],
    },
    {
      eventNames: ["CreateDBProxy", "DeleteDBProxy"],
      wholes: ["dBProxyName"],
    },
    {
      eventNames: ["CreateBlueGreenDeployment", "SwitchoverBlueGreenDeployment"],
      wholes: ["blueGreenDeploymentIdentifier"],
    },
    { eventNames: ["DeleteBlueGreenDeployment"], wholes: ["blueGreenDeploymentIdentifier"] },
  ]),
  cascade(["elasticache"], { wholes: ["cacheClusterId", "replicationGroupId"] }, [
    {
      eventNames: [
        ...["CreateCacheCluster", "DeleteCacheCluster", "CreateReplicationGroup"],
        ...["DeleteReplicationGroup", "ModifyReplicationGroup"],
      ],
    },
  ]),
  cascade(["redshift"], { wholes: ["clusterIdentifier"] }, [
    { eventNames: ["CreateCluster", "ModifyCluster", "DeleteCluster", "ResizeCluster"] },
  ]),
  cascade(["es", "opensearchservice"], { wholes: ["domainName"] }, [
    {
      eventNames: [
        ...["CreateDomain", "DeleteDomain", "UpdateDomainConfig"],
        ...["CreateElasticsearchDomain", "DeleteElasticsearchDomain"],
      ],
    },
  ]),
  cascade(["elasticloadbalancing"], { wholes: ["loadBalancerArn", "loadBalancerName", "name"] }, [
    { eventNames: ["CreateLoadBalancer", "DeleteLoadBalancer", "SetSubnets"] },
  ]),
  cascade(["lambda"], { wholes: ["functionName"] }, [
    { eventNames: ["CreateFunction", "UpdateFunctionConfiguration", "DeleteFunction"] },
  ]),
  cascade(["elasticfilesystem"], { wholes: ["fileSystemId"], targets: ["mountTargetId"] }, [
    { eventNames: ["CreateMountTarget", "DeleteMountTarget", "DeleteFileSystem"] },
  ]),
  cascade(["fsx"], { wholes: ["fileSystemId"] }, [
    { eventNames: ["CreateFileSystem", "DeleteFileSystem"] },
  ]),
  cascade(["sagemaker"], { wholes: ["endpointName", "notebookInstanceName", "domainId"] }, [
    {
      eventNames: [
        ...["CreateEndpoint", "UpdateEndpoint", "DeleteEndpoint", "DeleteDomain"],
        ...["CreateNotebookInstance", "StopNotebookInstance", "DeleteNotebookInstance"],
      ],
    },
  ]),
  cascade(["workspaces"], { wholes: ["terminateWorkspaceRequests.workspaceId"] }, [
    { eventNames: ["CreateWorkspaces", "TerminateWorkspaces", "RebuildWorkspaces"] },
  ]),
  cascade(["ds"], { wholes: ["directoryId"] }, [
    { eventNames: ["CreateMicrosoftAD", "CreateDirectory", "DeleteDirectory", "ConnectDirectory"] },
  ]),
  cascade(["amplify", "amplifybackend"], { wholes: ["appId"] }, [
    { eventNames: ["CreateApp", "DeleteApp", "DeleteBranch", "DeleteBackendEnvironment"] },
  ]),
  cascade(["mgn", "drs"], { targets: ["sourceServerID", "sourceServerIDs"] }, [
    { eventNames: ["StartTest", "StartCutover", "FinalizeCutover", "TerminateTargetInstances"] },
    {
      eventSource: "drs.amazonaws.com",
      eventNames: ["StartRecovery", "TerminateRecoveryInstances"],
    },
  ]),
  cascade(["fis"], { takesRole: true, wholes: ["experimentTemplateId"], hours: 12 }, [
    { eventNames: ["StartExperiment"] },
  ]),
  cascade(
    ["scheduler"],
    { takesRole: true, wholes: ["name"], role: "target.roleArn", stands: true },
    [{ eventNames: ["CreateSchedule", "UpdateSchedule"] }],
  ),
  cascade(
    ["events"],
    { takesRole: true, wholes: ["rule", "name"], role: "targets.roleArn", stands: true },
    [{ eventNames: ["PutTargets", "PutRule"] }],
  ),
  cascade(["ecr"], { wholes: ["repositoryName"], stands: true }, [
    { eventNames: ["PutLifecyclePolicy"], leadsTo: ["PolicyExecutionEvent"] },
  ]),
  cascade(["kms"], { targets: ["keyId"], hours: 31 * 24 }, [
    { eventNames: ["ScheduleKeyDeletion"], leadsTo: ["DeleteKey"] },
  ]),
  cascade(["ecr"], { targets: ["repositoryName"], stands: true }, [
    { eventNames: ["PutLifecyclePolicy"], leadsTo: ["PolicyExecutionEvent"] },
  ]),
  cascade(["secretsmanager"], { targets: ["secretId"], hours: 31 * 24 }, [
    {
      eventNames: ["DeleteSecret"],
      leadsTo: ["StartSecretVersionDelete", "EndSecretVersionDelete"],
    },
    {
      eventNames: ["RotateSecret"],
      hours: 1,
      leadsTo: ["RotationStarted", "RotationSucceeded", "RotationFailed"],
    },
  ]),
];

/** Every call that may start others, so that one pass can gather them beside a question's events. */
export const startersFilter: Filter = every([
  anyOf(
    "eventName",
    cascades.flatMap(({ starters }) => starters.flatMap(({ eventNames }) => eventNames)),
  ),
  anyOf(
    "eventSource",
    // By the first part, which is the same in all partitions.
    cascades.flatMap(({ starters }) =>
      starters.map(({ eventSource }) => eventSource.replace(".amazonaws.com", "")),
    ),
  ),
]);

/** In China services have names of their own. */
export function plain(host: string): string {
  return host.replace(/\.cn$/, "");
}

/** The row of the table for a call that starts this cascade. */
export function rowFor({ starters }: Cascade, record: CloudTrailRecord): Starter | undefined {
  const [eventSource = ""] = textsAt(record, "eventSource");
  const source = plain(eventSource);
  const name = withoutVersion(textsAt(record, "eventName")[0] ?? "");
  return starters.find((row) => row.eventSource === source && row.eventNames.includes(name));
}

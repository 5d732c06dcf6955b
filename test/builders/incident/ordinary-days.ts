/**
 * What goes on in any week: a watcher reads, builds are rolled out, functions and instances run, backups
 * are made and expire, people look at things. Two thirds of the incident's events are of this kind.
 */

import { hub, mailerAtWork, shop, tomas } from "./callers.ts";
import { inesByCli } from "./ines.ts";
import {
  backupAt,
  ciAt,
  instanceAt,
  lambdaAt,
  observerAt,
  ownEventsOf,
  scalingSince,
} from "./services.ts";
import { type Trail, timeOf, uuidOf, wordedTimeOf } from "./trail.ts";

/** What the trails did not see, of which `story.ts` tells: no word of it may be here. */
export interface Blind {
  readonly region: string;
  readonly from: string;
  readonly until: string;
}

const week = ["Mon", "Tue", "Wed", "Thu", "Fri"] as const;
type Day = (typeof week)[number];

export const webInstances = ["i-0a4c1e7b9d2f36581", "i-0b7d3f9a1c5e84206"] as const;
export const spareInstance = "i-0d2e8f4a6b1c97035";

export function ordinaryDays(trail: Trail, blind: readonly Blind[]): void {
  scaling(trail);
  for (const day of week) {
    for (const region of ["eu-west-1", "us-east-1", "eu-central-1"]) {
      for (const time of ["05:30", "15:30"]) {
        const isBlind = blind.some(
          (one) =>
            one.region === region &&
            timeOf(`${day} ${time}:00`) >= timeOf(one.from) &&
            timeOf(`${day} ${time}:00`) < timeOf(one.until),
        );
        if (!isBlind && !(day === "Fri" && time === "15:30")) watch(trail, day, time, region);
      }
    }
    watchHub(trail, day);
    backups(trail, day);
    functions(trail, day);
    instances(trail, day);
    report(trail, day);
  }
  for (const [run, at] of [
    "Mon 10:05",
    "Tue 09:35",
    "Wed 13:10",
    "Thu 12:00",
    "Fri 08:40",
  ].entries())
    rollOut(trail, at, 4180 + run);
  mondayAndTuesday(trail);
}

function watch(trail: Trail, day: Day, time: string, region: string): void {
  const watcher = observerAt(trail, `${day} ${time}:00`, region);
  trail.add(watcher, `${day} ${time}:02`, "ec2:DescribeInstances", {
    asks: { maxResults: 1000, instancesSet: {}, filterSet: {} },
    region,
  });
  trail.add(watcher, `${day} ${time}:03`, "monitoring:DescribeAlarms", {
    asks: { maxRecords: 100 },
    region,
  });
  trail.add(watcher, `${day} ${time}:05`, "rds:DescribeDBInstances", { region });
}

function watchHub(trail: Trail, day: Day): void {
  const watcher = observerAt(trail, `${day} 05:40:00`, "us-east-1", hub);
  trail.add(watcher, `${day} 05:40:02`, "organizations:ListAccounts");
  trail.add(watcher, `${day} 05:40:04`, "cloudtrail:DescribeTrails", {
    asks: { includeShadowTrails: true },
    region: "us-east-1",
  });
}

function backups(trail: Trail, day: Day): void {
  const backup = backupAt(trail, `${day} 02:00:10`);
  const table = `arn:aws:dynamodb:eu-west-1:${shop}:table/carts`;
  const backupArn = `${table}/backup/0176${timeOf(`${day} 02:00:12`).replace(/\D/g, "").slice(4, 13)}-a1b2c3d4`;
  trail.add(backup, `${day} 02:00:12`, "dynamodb:CreateBackup", {
    asks: { tableName: "carts", backupName: `nightly-${day.toLowerCase()}` },
    answers: {
      backupDetails: {
        backupArn,
        backupName: `nightly-${day.toLowerCase()}`,
        backupStatus: "CREATING",
      },
    },
    also: { resources: [{ accountId: shop, type: "AWS::DynamoDB::Table", ARN: table }] },
  });
  const point = `arn:aws:backup:eu-west-1:${shop}:recovery-point:${uuidOf(`point ${day}`)}`;
  trail.add(ownEventsOf("backup"), `${day} 02:06:00`, "backup:BackupDeleted", {
    also: {
      readOnly: false,
      serviceEventDetails: {
        recoveryPointArn: point,
        backupVaultName: "nightly",
        resourceArn: table,
        resourceType: "DynamoDB",
        state: "DELETED",
        lifecycle: { deleteAfterDays: 35 },
      },
    },
  });
}

function functions(trail: Trail, day: Day): void {
  for (const time of ["07:01", "11:31"]) {
    if (day === "Fri" && time === "11:31") continue;
    const orderEvents = lambdaAt(trail, `${day} ${time}:00`);
    const stream = `${timeOf(`${day} ${time}:00`).slice(0, 10).replaceAll("-", "/")}/[$LATEST]${uuidOf(`stream ${day} ${time}`).replaceAll("-", "")}`;
    trail.add(orderEvents, `${day} ${time}:01`, "logs:CreateLogStream", {
      asks: { logGroupName: "/aws/lambda/order-events", logStreamName: stream },
    });
    trail.add(orderEvents, `${day} ${time}:02`, "secretsmanager:GetSecretValue", {
      asks: { secretId: "shop/mail-relay" },
    });
  }
}

function instances(trail: Trail, day: Day): void {
  for (const [index, id] of webInstances.entries()) {
    // The two were ended on Thursday.
    if (day === "Fri") continue;
    const agent = instanceAt(trail, `${day} 06:1${index}:00`, id);
    trail.add(agent, `${day} 06:1${index}:04`, "ssm:UpdateInstanceInformation", {
      asks: {
        instanceId: id,
        agentVersion: "3.3.2656.0",
        agentStatus: "Active",
        platformType: "Linux",
      },
    });
  }
}

function report(trail: Trail, day: Day): void {
  trail.add(mailerAtWork, `${day} 06:20:00`, "ses:GetSendQuota");
  trail.add(mailerAtWork, `${day} 06:20:01`, "ses:SendRawEmail", {
    asks: {
      destinations: ["HIDDEN_DUE_TO_SECURITY_REASONS"],
      rawMessage: { data: "HIDDEN_DUE_TO_SECURITY_REASONS" },
    },
    answers: { messageId: `0107${uuidOf(`mail ${day}`)}-000000` },
  });
}

function rollOut(trail: Trail, at: string, run: number): void {
  const ci = ciAt(trail, `${at}:00`, run);
  const imageTag = uuidOf(`commit ${run}`).replaceAll("-", "").slice(0, 12);
  trail.add(ci, `${at}:03`, "ecr:GetAuthorizationToken", {
    answers: { authorizationData: [{ expiresAt: wordedTimeOf(`${at}:03`, 12) }] },
  });
  const repository = `arn:aws:ecr:eu-west-1:${shop}:repository/checkout`;
  trail.add(ci, `${at}:41`, "ecr:PutImage", {
    asks: { repositoryName: "checkout", imageTag, registryId: shop },
    answers: {
      image: { repositoryName: "checkout", registryId: shop, imageId: { imageTag } },
    },
    also: { resources: [{ accountId: shop, ARN: repository }] },
  });
  trail.add(ci, `${at}:50`, "ecs:RegisterTaskDefinition", {
    asks: {
      family: "checkout",
      containerDefinitions: [
        { name: "checkout", image: `${shop}.dkr.ecr.eu-west-1.amazonaws.com/checkout:${imageTag}` },
      ],
    },
    answers: {
      taskDefinition: {
        taskDefinitionArn: `arn:aws:ecs:eu-west-1:${shop}:task-definition/checkout:${run}`,
        family: "checkout",
        revision: run,
      },
    },
  });
  trail.add(ci, `${at}:52`, "ecs:UpdateService", {
    asks: { cluster: "shop", service: "checkout", taskDefinition: `checkout:${run}` },
  });
  trail.add(ci, `${at}:58`, "ecs:DescribeServices", {
    asks: { cluster: "shop", services: ["checkout"] },
  });
}

function scaling(trail: Trail): void {
  const made = { ...scalingSince("Mon 06:00:40") };
  for (const [index, id] of [...webInstances, spareInstance].entries()) {
    trail.add(made, `Mon 06:01:0${index}`, "ec2:RunInstances", {
      asks: {
        instancesSet: { items: [{ minCount: 1, maxCount: 1 }] },
        launchTemplate: { launchTemplateName: "shop-web", version: "$Default" },
        tagSpecificationSet: {
          items: [
            {
              resourceType: "instance",
              tags: [{ key: "aws:autoscaling:groupName", value: "shop-web" }],
            },
          ],
        },
      },
      answers: {
        instancesSet: {
          items: [{ instanceId: id, instanceState: { code: 0, name: "pending" } }],
        },
      },
    });
  }
}

/** What people did before anything was wrong; some of it matters later. */
function mondayAndTuesday(trail: Trail): void {
  const ines = inesByCli(trail, "Mon 08:50:00");
  trail.add(ines, "Mon 08:52:10", "s3:ListBuckets");
  trail.add(ines, "Mon 08:53:00", "dynamodb:DescribeTable", {
    asks: { tableName: "orders" },
    also: {
      resources: [
        {
          accountId: shop,
          type: "AWS::DynamoDB::Table",
          ARN: `arn:aws:dynamodb:eu-west-1:${shop}:table/orders`,
        },
      ],
    },
  });
  trail.add(ines, "Mon 09:20:00", "ec2:CreateSecurityGroup", {
    asks: {
      groupName: "bastion",
      groupDescription: "ssh from the office",
      vpcId: "vpc-0f1a2b3c4d5e60718",
    },
    answers: { _return: true, groupId: "sg-0b5a1e9d7c3f42861" },
  });
  trail.add(ines, "Mon 09:20:30", "ec2:AuthorizeSecurityGroupIngress", {
    asks: {
      groupId: "sg-0b5a1e9d7c3f42861",
      ipPermissions: {
        items: [
          {
            ipProtocol: "tcp",
            fromPort: 22,
            toPort: 22,
            groups: {},
            ipRanges: { items: [{ cidrIp: "203.0.113.0/26" }] },
            ipv6Ranges: {},
            prefixListIds: {},
          },
        ],
      },
    },
    answers: {
      _return: true,
      securityGroupRuleSet: {
        items: [
          {
            groupOwnerId: shop,
            groupId: "sg-0b5a1e9d7c3f42861",
            securityGroupRuleId: "sgr-0a11b22c33d44e550",
            isEgress: false,
            ipProtocol: "tcp",
            fromPort: 22,
            toPort: 22,
            cidrIpv4: "203.0.113.0/26",
          },
        ],
      },
    },
  });
  const ci = ciAt(trail, "Mon 10:12:00", 4179);
  for (const [index, logGroupName] of ["/ecs/checkout", "/aws/lambda/order-events"].entries())
    trail.add(ci, `Mon 10:12:0${index + 2}`, "logs:PutRetentionPolicy", {
      asks: { logGroupName, retentionInDays: 90 },
    });
  trail.add(ines, "Mon 14:05:00", "iam:GetUser", { asks: { userName: "old-exporter" } });
  trail.add(ines, "Mon 14:05:09", "iam:ListAccessKeys", { asks: { userName: "old-exporter" } });
  trail.add(tomas, "Mon 15:02:00", "rds:CreateDBSnapshot", {
    asks: { dBInstanceIdentifier: "orders-db", dBSnapshotIdentifier: "orders-db-2026-10-12" },
    answers: {
      dBInstanceIdentifier: "orders-db",
      dBSnapshotIdentifier: "orders-db-2026-10-12",
      dBSnapshotArn: `arn:aws:rds:eu-west-1:${shop}:snapshot:orders-db-2026-10-12`,
      status: "creating",
      engine: "postgres",
    },
  });
  trail.add(tomas, "Mon 15:04:00", "rds:DescribeDBInstances", {
    asks: { dBInstanceIdentifier: "ledger-replica" },
    region: "eu-central-1",
  });
  trail.add(tomas, "Tue 10:15:00", "ec2:CreateSnapshot", {
    asks: { volumeId: "vol-0c9b8a7d6e5f41302", description: "ledger archive" },
    answers: {
      snapshotId: "snap-0e7d6c5b4a3f29180",
      volumeId: "vol-0c9b8a7d6e5f41302",
      status: "pending",
      ownerId: shop,
      volumeSize: "200",
      description: "ledger archive",
      encrypted: false,
    },
  });
  const tuesday = inesByCli(trail, "Tue 09:08:00");
  trail.add(tuesday, "Tue 09:10:00", "dynamodb:CreateTable", {
    asks: {
      tableName: "returns",
      billingMode: "PAY_PER_REQUEST",
      attributeDefinitions: [{ attributeName: "id", attributeType: "S" }],
      keySchema: [{ attributeName: "id", keyType: "HASH" }],
    },
    answers: {
      tableDescription: {
        tableName: "returns",
        tableStatus: "CREATING",
        tableArn: `arn:aws:dynamodb:eu-west-1:${shop}:table/returns`,
      },
    },
  });
  trail.add(tuesday, "Tue 09:12:00", "ecs:DescribeServices", {
    asks: { cluster: "shop", services: ["checkout", "checkout-worker"] },
  });
}

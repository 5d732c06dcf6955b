/** Thursday and Friday: what was found is undone; some of it was not found. */

import { mailer, metricsKey, outside, shop, signIn, tomas } from "./callers.ts";
import { inesByCli } from "./ines.ts";
import { spareInstance, webInstances } from "./ordinary-days.ts";
import { ciAt, scalingSince } from "./services.ts";
import {
  alertsTopic,
  central,
  databaseGroup,
  dbPort,
  keyArn,
  keys,
  rule,
  savedKey,
  secretArn,
  snapshotAttribute,
  snapshotAttributes,
  trust,
} from "./things.ts";
import type { Call, Trail } from "./trail.ts";

export function colleaguesRepair(trail: Trail): void {
  const ci = ciAt(trail, "Thu 07:19:00", 4182);
  trail.add(ci, "Thu 07:20:00", "ecs:UpdateService", {
    asks: { cluster: "shop", service: "checkout-worker", desiredCount: 4 },
  });

  const inConsole = signIn(trail, tomas, "Thu 07:41:00");
  trail.add(inConsole, "Thu 07:44:00", "ec2:RevokeSecurityGroupIngress", {
    asks: rule(databaseGroup, dbPort),
    answers: { _return: true, unknownIpPermissionSet: {} },
  });
  trail.add(inConsole, "Thu 07:50:00", "rds:ModifyDBSnapshotAttribute", {
    asks: { ...snapshotAttribute, valuesToRemove: [outside] },
    answers: snapshotAttributes([]),
  });
  trail.add(inConsole, "Thu 07:55:00", "logs:PutRetentionPolicy", {
    asks: { logGroupName: "/ecs/checkout", retentionInDays: 90 },
  });
  trail.add(inConsole, "Thu 08:02:00", "secretsmanager:RestoreSecret", {
    asks: { secretId: "orders/api-token" },
    answers: { aRN: secretArn("orders/api-token"), name: "orders/api-token" },
  });
  trail.add(inConsole, "Thu 08:10:00", "rds:DescribeDBInstances", {
    asks: { dBInstanceIdentifier: "ledger-replica" },
    fails: ["DBInstanceNotFound", "DBInstance ledger-replica not found."],
    region: central,
  });
  trail.add(inConsole, "Thu 08:15:00", "sns:DeleteTopic", { asks: alertsTopic });

  const ines = inesByCli(trail, "Thu 08:30:00");
  trail.add(ines, "Thu 08:35:00", "kms:CancelKeyDeletion", {
    asks: { keyId: savedKey },
    answers: { keyId: keyArn(savedKey) },
    also: keys(savedKey),
  });
  trail.add(ines, "Thu 08:36:00", "kms:EnableKey", {
    asks: { keyId: savedKey },
    answers: { keyId: keyArn(savedKey) },
    also: keys(savedKey),
  });
  trail.add(
    ines,
    "Thu 08:40:00",
    "iam:UpdateAssumeRolePolicy",
    trust("audit-reader", [
      `arn:aws:iam::${shop}:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Audit_0a9b8c7d6e5f4031`,
    ]),
  );
  trail.add(ines, "Thu 08:44:00", "iam:DeleteAccessKey", {
    asks: { userName: "svc-metrics", accessKeyId: metricsKey },
  });
  trail.add(ines, "Thu 09:10:00", "s3:CreateBucket", {
    asks: {
      bucketName: "orders",
      Host: "orders.s3.eu-west-1.amazonaws.com",
      CreateBucketConfiguration: { LocationConstraint: "eu-west-1" },
    },
  });

  // A build removes what the code names no longer, whether it is there or not.
  const cleaning = ciAt(trail, "Thu 12:05:00", 4184);
  trail.add(cleaning, "Thu 12:05:30", "sns:DeleteTopic", { asks: alertsTopic });
}

export function groupShrinks(trail: Trail): void {
  const ines = inesByCli(trail, "Thu 12:58:00");
  trail.add(ines, "Thu 13:00:00", "autoscaling:SetDesiredCapacity", {
    asks: { autoScalingGroupName: "shop-web", desiredCapacity: 1, honorCooldown: false },
  });
  trail.add(
    scalingSince("Thu 12:49:30"),
    "Thu 13:00:21",
    "ec2:TerminateInstances",
    terminating(webInstances),
  );
}

function terminating(ids: readonly string[]): Call {
  return {
    asks: { instancesSet: { items: ids.map((instanceId) => ({ instanceId })) } },
    answers: {
      instancesSet: {
        items: ids.map((instanceId) => ({
          instanceId,
          currentState: { code: 32, name: "shutting-down" },
          previousState: { code: 16, name: "running" },
        })),
      },
    },
  };
}

export function lastTraces(trail: Trail): void {
  trail.add(mailer, "Fri 03:11:00", "sts:GetCallerIdentity");
  trail.add(mailer, "Fri 03:11:30", "s3:ListBuckets");
  // An alarm shrank the group; such alarms make no call.
  trail.add(
    scalingSince("Fri 03:21:10"),
    "Fri 03:30:12",
    "ec2:TerminateInstances",
    terminating([spareInstance]),
  );
  const ines = inesByCli(trail, "Fri 09:00:00");
  trail.add(ines, "Fri 09:02:00", "iam:ListAccessKeys", { asks: { userName: "svc-metrics" } });
  trail.add(ines, "Fri 09:03:00", "ec2:DescribeSecurityGroups", {
    asks: {
      securityGroupSet: {},
      securityGroupIdSet: { items: [{ groupId: databaseGroup }] },
      filterSet: {},
    },
  });
}

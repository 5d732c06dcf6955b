/** The night: logging is off in one region, and the made key deletes what matters. */

import { assume, dbMaintenance, mailer, shop } from "./callers.ts";
import { behindTomasName } from "./evening.ts";
import {
  central,
  centralTrail,
  deletedTable,
  keyArn,
  keys,
  lostKey,
  savedKey,
  secretArn,
  tableArn,
  tables,
} from "./things.ts";
import { type Trail, wordedTimeOf } from "./trail.ts";

export function loggingIsStopped(trail: Trail): void {
  const forged = behindTomasName(trail, "Wed 21:36:00", "Wed 21:38:00");
  trail.add(forged, "Wed 21:39:20", "rds:DescribeDBInstances", {
    asks: { dBInstanceIdentifier: "ledger-replica" },
    region: central,
  });
  trail.add(forged, "Wed 21:40:00", "cloudtrail:StopLogging", {
    asks: centralTrail,
    region: central,
  });
}

/** The made key, from an address that nobody else uses. */
export function tableIsDeleted(trail: Trail): void {
  trail.add(mailer, "Wed 23:05:00", "sts:GetCallerIdentity");
  trail.add(mailer, "Wed 23:06:00", "dynamodb:ListTables");
  const self = `User: arn:aws:iam::${shop}:user/report-mailer`;
  for (const at of ["Wed 23:08:00", "Wed 23:09:10"])
    trail.add(mailer, at, "dynamodb:DeleteTable", {
      asks: { tableName: "orders" },
      fails: [
        "AccessDenied",
        `${self} is not authorized to perform: dynamodb:DeleteTable on resource: ${tableArn("orders")} because no identity-based policy allows the dynamodb:DeleteTable action`,
      ],
      also: tables("orders"),
    });
  const nightly = assume(trail, mailer, "Wed 23:12:00", dbMaintenance, "nightly");
  trail.add(nightly, "Wed 23:14:00", "dynamodb:DeleteTable", {
    asks: { tableName: "orders" },
    fails: [
      "ValidationException",
      "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.",
    ],
    also: tables("orders"),
  });
  trail.add(nightly, "Wed 23:15:00", "dynamodb:UpdateTable", {
    asks: { tableName: "orders", deletionProtectionEnabled: false },
    also: tables("orders"),
  });
  trail.add(nightly, "Wed 23:16:30", "dynamodb:DeleteTable", {
    asks: { tableName: "orders" },
    answers: deletedTable("orders"),
    also: tables("orders"),
  });
  for (const [index, key] of [lostKey, savedKey].entries())
    trail.add(nightly, `Wed 23:2${index}:00`, "kms:ScheduleKeyDeletion", {
      asks: { keyId: key, pendingWindowInDays: 7 },
      answers: {
        keyId: keyArn(key),
        keyState: "PendingDeletion",
        deletionDate: wordedTimeOf(`Wed 23:2${index}:00`, 7 * 24),
        pendingWindowInDays: 7,
      },
      also: keys(key),
    });
  trail.add(nightly, "Wed 23:22:30", "secretsmanager:GetSecretValue", {
    asks: { secretId: "orders/db-password" },
  });
  const secrets: readonly (readonly [name: string, days: number | "at once"])[] = [
    ["orders/db-password", 7],
    ["orders/api-token", 30],
    ["orders/legacy-token", "at once"],
  ];
  for (const [index, [name, days]] of secrets.entries()) {
    const at = `Wed 23:2${index + 4}:00`;
    trail.add(nightly, at, "secretsmanager:DeleteSecret", {
      asks:
        days === "at once"
          ? { secretId: name, forceDeleteWithoutRecovery: true }
          : { secretId: name, recoveryWindowInDays: days },
      answers: {
        aRN: secretArn(name),
        name,
        deletionDate: wordedTimeOf(at, days === "at once" ? 0 : days * 24),
      },
    });
  }
  trail.add(nightly, "Wed 23:30:00", "backup:DeleteRecoveryPoint", {
    asks: {
      backupVaultName: "nightly",
      recoveryPointArn: `arn:aws:backup:eu-west-1:${shop}:recovery-point:1d2c3b4a-5e6f-4a7b-8c9d-0e1f2a3b4c5d`,
    },
    fails: [
      "AccessDeniedException",
      `User: arn:aws:sts::${shop}:assumed-role/db-maintenance/nightly is not authorized to perform: backup:DeleteRecoveryPoint on resource: arn:aws:backup:eu-west-1:${shop}:recovery-point:1d2c3b4a-5e6f-4a7b-8c9d-0e1f2a3b4c5d with an explicit deny in a resource-based policy`,
    ],
  });
}

export function loggingIsStarted(trail: Trail): void {
  const forged = behindTomasName(trail, "Thu 06:06:00", "Thu 06:08:00");
  trail.add(forged, "Thu 06:10:00", "cloudtrail:StartLogging", {
    asks: centralTrail,
    region: central,
  });
}

/** What things are called, and how calls name them. */

import type { JsonObject } from "../../../src/event/record.ts";
import { shop } from "./callers.ts";
import type { Call } from "./trail.ts";

export const alertsTopic = { topicArn: `arn:aws:sns:eu-west-1:${shop}:orders-alerts` };

export function tableArn(tableName: string): string {
  return `arn:aws:dynamodb:eu-west-1:${shop}:table/${tableName}`;
}

export function tables(tableName: string): JsonObject {
  return {
    resources: [{ accountId: shop, type: "AWS::DynamoDB::Table", ARN: tableArn(tableName) }],
  };
}

export function deletedTable(tableName: string): JsonObject {
  return {
    tableDescription: { tableName, tableStatus: "DELETING", tableArn: tableArn(tableName) },
  };
}

export const bastion = "sg-0b5a1e9d7c3f42861";
export const databaseGroup = "sg-0d4c3b2a19f8e7065";
export const dbPort = 5432;

/** The port, from everywhere. */
export function rule(groupId: string, port: number): JsonObject {
  return {
    groupId,
    ipPermissions: {
      items: [
        {
          ipProtocol: "tcp",
          fromPort: port,
          toPort: port,
          groups: {},
          ipRanges: { items: [{ cidrIp: "0.0.0.0/0" }] },
          ipv6Ranges: {},
          prefixListIds: {},
        },
      ],
    },
  };
}

export function ruleMade(groupId: string, port: number, securityGroupRuleId: string): JsonObject {
  const told = { isEgress: false, ipProtocol: "tcp", fromPort: port, toPort: port };
  const item = { groupOwnerId: shop, groupId, securityGroupRuleId, ...told, cidrIpv4: "0.0.0.0/0" };
  return { _return: true, securityGroupRuleSet: { items: [item] } };
}

export function trust(roleName: string, AWS: readonly string[]): Call {
  const Statement = [{ Effect: "Allow", Principal: { AWS }, Action: "sts:AssumeRole" }];
  return {
    asks: { roleName, policyDocument: JSON.stringify({ Version: "2012-10-17", Statement }) },
  };
}

export const snapshotAttribute = {
  dBSnapshotIdentifier: "orders-db-2026-10-12",
  attributeName: "restore",
};

export function snapshotAttributes(accounts: readonly string[]): JsonObject {
  const attribute = { attributeName: "restore", attributeValues: [...accounts] };
  return { dBSnapshotIdentifier: "orders-db-2026-10-12", dBSnapshotAttributes: [attribute] };
}

export const central = "eu-central-1";
export const centralTrail = { name: `arn:aws:cloudtrail:${central}:${shop}:trail/shop-central` };
export const lostKey = "7c1e9a34-5b2d-4f68-9a0c-1e2d3c4b5a69";
export const savedKey = "e4d5c6b7-a891-4023-8b4c-5d6e7f809112";

export function keyArn(keyId: string): string {
  return `arn:aws:kms:eu-west-1:${shop}:key/${keyId}`;
}

export function keys(keyId: string): JsonObject {
  return { resources: [{ accountId: shop, type: "AWS::KMS::Key", ARN: keyArn(keyId) }] };
}

const endings: ReadonlyMap<string, string> = new Map([
  ["orders/db-password", "Kx3vQz"],
  ["orders/api-token", "Pm7wRt"],
  ["orders/legacy-token", "Ab9cDe"],
]);

export function secretArn(name: string): string {
  return `arn:aws:secretsmanager:eu-west-1:${shop}:secret:${name}-${endings.get(name)}`;
}

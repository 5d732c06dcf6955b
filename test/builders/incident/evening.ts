/** Wednesday evening: Bela opens doors, through two roles and under a colleague's name. */

import {
  arnOf,
  assume,
  bela,
  buildAdmin,
  dbMaintenance,
  mailerKey,
  metricsKey,
  outside,
  shop,
  shopDeploy,
} from "./callers.ts";
import {
  bastion,
  databaseGroup,
  dbPort,
  rule,
  ruleMade,
  snapshotAttribute,
  snapshotAttributes,
  trust,
} from "./things.ts";
import { type Call, type Caller, type Trail, wordedTimeOf } from "./trail.ts";

/** From his user through the builds' role to the shop's, where he calls his session after Tomas. */
export function behindTomasName(trail: Trail, firstAt: string, secondAt: string): Caller {
  const builds = assume(trail, bela, firstAt, buildAdmin, "bela");
  return assume(trail, builds, secondAt, shopDeploy, "tomas.reuter");
}

export function doorsAreOpened(trail: Trail): void {
  trail.add(bela, "Wed 19:31:00", "sts:GetCallerIdentity");
  const forged = behindTomasName(trail, "Wed 19:32:00", "Wed 19:36:10");
  const self = `User: arn:aws:sts::${shop}:assumed-role/ShopDeploy/tomas.reuter`;
  trail.add(forged, "Wed 19:37:00", "iam:ListUsers");
  trail.add(forged, "Wed 19:38:00", "iam:GetAccountAuthorizationDetails", {
    fails: [
      "AccessDenied",
      `${self} is not authorized to perform: iam:GetAccountAuthorizationDetails on resource: * because no identity-based policy allows the iam:GetAccountAuthorizationDetails action`,
    ],
  });
  trail.add(forged, "Wed 19:39:00", "iam:CreateAccessKey", {
    asks: { userName: "tomas.reuter" },
    fails: [
      "AccessDenied",
      `${self} is not authorized to perform: iam:CreateAccessKey on resource: user tomas.reuter because no identity-based policy allows the iam:CreateAccessKey action`,
    ],
  });
  trail.add(
    forged,
    "Wed 19:41:12",
    "iam:CreateAccessKey",
    newKey("report-mailer", mailerKey, "Wed 19:41:12"),
  );
  trail.add(
    forged,
    "Wed 19:43:00",
    "iam:CreateAccessKey",
    newKey("svc-metrics", metricsKey, "Wed 19:43:00"),
  );
  trail.add(forged, "Wed 19:44:30", "iam:PutUserPolicy", {
    asks: {
      userName: "report-mailer",
      policyName: "mailer-extra",
      policyDocument: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Resource: arnOf(dbMaintenance) }],
      }),
    },
  });
  trail.add(
    forged,
    "Wed 19:46:00",
    "iam:UpdateAssumeRolePolicy",
    trust("db-maintenance", [
      `arn:aws:iam::${shop}:user/report-mailer`,
      `arn:aws:iam::${outside}:root`,
    ]),
  );
  trail.add(
    forged,
    "Wed 19:48:00",
    "iam:UpdateAssumeRolePolicy",
    trust("audit-reader", [`arn:aws:iam::${outside}:root`]),
  );
  trail.add(forged, "Wed 19:50:00", "ec2:AuthorizeSecurityGroupIngress", {
    asks: rule(bastion, 22),
    answers: ruleMade(bastion, 22, "sgr-0f66e77d88c99b001"),
  });
  trail.add(forged, "Wed 19:52:00", "ec2:AuthorizeSecurityGroupIngress", {
    asks: rule(databaseGroup, dbPort),
    answers: ruleMade(databaseGroup, dbPort, "sgr-0e55d44c33b22a110"),
  });
  trail.add(forged, "Wed 19:55:00", "ec2:ModifySnapshotAttribute", {
    asks: {
      snapshotId: "snap-0e7d6c5b4a3f29180",
      createVolumePermission: { add: { items: [{ userId: outside }] } },
      attributeType: "CREATE_VOLUME_PERMISSION",
    },
    answers: { _return: true },
  });
  const shared = trail.add(forged, "Wed 19:57:00", "rds:ModifyDBSnapshotAttribute", {
    asks: { ...snapshotAttribute, valuesToAdd: [outside] },
    answers: snapshotAttributes([outside]),
  });
  trail.deliverAgain(shared, "Wed 20:20:00");
  for (const [index, logGroupName] of ["/ecs/checkout", "/aws/lambda/order-events"].entries())
    trail.add(forged, `Wed 20:02:0${index}`, "logs:PutRetentionPolicy", {
      asks: { logGroupName, retentionInDays: 7 },
    });
  trail.add(forged, "Wed 20:10:00", "ecs:UpdateService", {
    asks: { cluster: "shop", service: "checkout-worker", desiredCount: 0 },
  });
}

function newKey(userName: string, accessKeyId: string, at: string): Call {
  const createDate = wordedTimeOf(at);
  return {
    asks: { userName },
    answers: { accessKey: { userName, accessKeyId, status: "Active", createDate } },
  };
}

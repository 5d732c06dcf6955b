/** Services, and the workloads for which they assume roles. */

import type { JsonObject } from "../../../src/event/record.ts";
import { cli, hub, issue, type Place, type Role, role, sessionOf, shop } from "./callers.ts";
import { type Caller, type Trail, timeOf } from "./trail.ts";

const ciDeploy = role(shop, "ci-deploy");
const orderEvents = role(shop, "order-events", "service-role/");
const webInstance = role(shop, "web-instance");
const backupRole = role(shop, "AWSBackupDefaultServiceRole", "service-role/");
const observerRole = role(shop, "ObserverRead");
const hubObserverRole = role(hub, "ObserverRead");
const scaling = role(
  shop,
  "AWSServiceRoleForAutoScaling",
  "aws-service-role/autoscaling.amazonaws.com/",
);
/** A service that watches the shop, under a contract. */
const vendor = "777788889999";

function byService(account: string, service: string): Caller {
  const invokedBy = `${service}.amazonaws.com`;
  const userIdentity = { type: "AWSService", invokedBy };
  return { account, userIdentity, sourceIPAddress: invokedBy, userAgent: invokedBy };
}

/** A service's own event, which has no type of identity. */
export function ownEventsOf(service: string): Caller {
  const invokedBy = `${service}.amazonaws.com`;
  return {
    account: shop,
    userIdentity: { accountId: shop, invokedBy },
    sourceIPAddress: invokedBy,
    userAgent: invokedBy,
    also: { eventType: "AwsServiceEvent" },
  };
}

/** What a service does with the credentials of whoever called it. */
export function through(by: Caller, service: string): Caller {
  const invokedBy = `${service}.amazonaws.com`;
  return {
    account: by.account,
    userIdentity: { ...by.userIdentity, invokedBy },
    sourceIPAddress: invokedBy,
    userAgent: invokedBy,
    newKeyEachCall: true,
  };
}

/** A service assumes a role for a workload. */
function workload(
  trail: Trail,
  at: string,
  service: string,
  of: Role,
  place: Place & { name: string },
): Caller {
  trail.add(byService(of.account, service), at, "sts:AssumeRole", issue(of, place.name, at));
  return sessionOf(of, { ...place, began: at });
}

export function lambdaAt(trail: Trail, at: string): Caller {
  const runtime =
    "aws-sdk-nodejs/3.888.0 os/linux/5.10 lang/js md/nodejs/22.19.0 exec-env/AWS_Lambda_nodejs22.x";
  return workload(trail, at, "lambda", orderEvents, {
    name: "order-events",
    from: "192.0.2.44",
    with: runtime,
  });
}

export function instanceAt(trail: Trail, at: string, instanceId: string): Caller {
  return workload(trail, at, "ec2", webInstance, {
    name: instanceId,
    from: "203.0.113.200",
    with: "aws-sdk-go/1.55.5 (go1.24.6; linux; amd64) amazon-ssm-agent/3.3.2656.0",
  });
}

export function backupAt(trail: Trail, at: string): Caller {
  const service = "backup.amazonaws.com";
  const session = workload(trail, at, "backup", backupRole, {
    name: `AWSBackup-AWSBackupDefaultServiceRole-${timeOf(at).slice(0, 10)}`,
    from: service,
    with: service,
  });
  return { ...session, userIdentity: { ...session.userIdentity, invokedBy: service } };
}

/** Auto Scaling works with a role of its own, whose keys are in no log. */
export function scalingSince(began: string): Caller {
  const service = "autoscaling.amazonaws.com";
  const session = sessionOf(scaling, { name: "AutoScaling", began, from: service, with: service });
  const { accessKeyId: _, ...identity } = session.userIdentity;
  return { ...session, userIdentity: { ...identity, invokedBy: service } };
}

/** A build of the main branch signs in with the token of its provider. */
export function ciAt(trail: Trail, at: string, run: number): Caller {
  const provider = `arn:aws:iam::${shop}:oidc-provider/token.actions.githubusercontent.com`;
  const subject = "repo:larkspur/shop:ref:refs/heads/main";
  const place = { from: "192.0.2.20", with: cli("ecs.update-service") };
  const name = `deploy-${run}`;
  const { asks, answers, also } = issue(ciDeploy, name, at);
  const caller: Caller = {
    account: shop,
    userIdentity: {
      type: "WebIdentityUser",
      principalId: `${provider}:sts.amazonaws.com:${subject}`,
      userName: subject,
      identityProvider: provider,
    },
    sourceIPAddress: place.from,
    userAgent: place.with,
  };
  trail.add(caller, at, "sts:AssumeRoleWithWebIdentity", {
    asks,
    answers: {
      ...(answers as JsonObject),
      subjectFromWebIdentityToken: subject,
      provider,
      audience: "sts.amazonaws.com",
    },
    also,
  });
  return sessionOf(ciDeploy, { ...place, name, began: at });
}

/** The vendor's watcher, from an account of its own. */
export function observerAt(trail: Trail, at: string, region: string, account = shop): Caller {
  const of = account === shop ? observerRole : hubObserverRole;
  const place = { from: "198.51.100.200", with: "aws-sdk-java/2.33.4 os/linux lang/java/21.0.8" };
  const name = `observer-${region}`;
  const { asks, answers, also } = issue(of, name, at);
  const caller: Caller = {
    account,
    userIdentity: {
      type: "AWSAccount",
      principalId: "AROAEXAMPLEVENDORWATC:collector",
      accountId: vendor,
    },
    sourceIPAddress: place.from,
    userAgent: place.with,
  };
  trail.add(caller, at, "sts:AssumeRole", {
    asks: { ...(asks as JsonObject), externalId: "larkspur-7c21" },
    answers,
    region,
    also,
  });
  return sessionOf(of, { ...place, name, began: at });
}

/**
 * The session of a role: which role, what the session is called, and whether AWS or the caller chose
 * that name.
 */

import type { Described } from "./identity.ts";
import { type ReadPath, workloadOf } from "./workload.ts";

const issuer = "userIdentity.sessionContext.sessionIssuer";

const ssoRole = /^AWSReservedSSO_(.+)_[^_]+$/;
const ssoPath = ":role/aws-reserved/sso.amazonaws.com/";
const serviceRole = /^AWSServiceRoleFor(.+)$/;
const servicePath = ":role/aws-service-role/";

const email = /^[^@\s]+@[^@\s.]+\.[^@\s]+$/;

/** Names that an SDK or a tool makes up where its user gives none. They are new for each session. */
const generatedName =
  /^(?:(?:botocore-session|aws-go-sdk|aws-sdk-[a-z]+(?:-session)?|aws-dotnet-sdk-session|aws-cli-session|terraform|assume-role-from-profile|assume-role-provider|web-identity-token)-[\d-]+|AssumeRoleSession\d*)$/;

export function isGenerated(session: string): boolean {
  return generatedName.test(session);
}

/** Identity Center gives people their user name as session name, whichever role they take. */
export function identityCenterKey(userName: string): string {
  return `identity-center:${userName}`;
}

export function describeRoleSession(read: ReadPath): Described {
  const [, arnRole, arnSession] = read("userIdentity.arn")?.split("/") ?? [];
  const roleArn = read(`${issuer}.arn`);
  const role = read(`${issuer}.userName`) ?? lastPart(roleArn) ?? arnRole;
  const session = arnSession ?? read("userIdentity.principalId")?.split(":")[1];
  const parts = { ...(role && { role }), ...(session && { session }) };
  const permissionSet = ssoRole.exec(role ?? "")?.[1];
  if (session && permissionSet && isAt(ssoPath, roleArn)) {
    return {
      name: `${session} (SSO ${permissionSet})`,
      key: identityCenterKey(session),
      kind: "person",
      isClaim: false,
      ...parts,
    };
  }
  const service = serviceRole.exec(role ?? "")?.[1];
  if (service !== undefined && isAt(servicePath, roleArn)) {
    const name = `${service} (service-linked role)`;
    return { name, key: sessionKey(read, role), kind: "service", isClaim: false, ...parts };
  }
  const name = [role, session].filter(Boolean).join(" / ") || "unknown";
  return { ...ordinary(read, session), name, key: sessionKey(read, role, session), ...parts };
}

export function isOfIdentityCenter(roleArn: string): boolean {
  return roleArn.includes(ssoPath);
}

/** Only AWS can put a role there; a role with such a name elsewhere was made to be mistaken. */
function isAt(path: string, roleArn: string | undefined): boolean {
  return roleArn === undefined || roleArn.includes(path);
}

function ordinary(
  read: ReadPath,
  session = "",
): Pick<Described, "kind" | "isClaim"> & { readonly workload?: string } {
  const workload = workloadOf(read, session);
  if (workload !== undefined) {
    return { kind: "workload", isClaim: !workload.isProven, workload: workload.words };
  }
  return { kind: email.test(session) ? "person" : "unknown", isClaim: session !== "" };
}

/**
 * The ARN of the session, or of all sessions of the role where the session's name says nothing. It
 * has no path, and so is the same whether or not a record tells that of the role.
 */
function sessionKey(read: ReadPath, role: string | undefined, session = ""): string | undefined {
  const told = isGenerated(session) ? "" : session;
  const [prefix, ownRole = role] = sessionArn(read)?.split("/") ?? [];
  const id = [read("userIdentity.principalId")?.split(":")[0], told].filter(Boolean).join(":");
  return prefix === undefined ? id : [prefix, ownRole, told].filter(Boolean).join("/");
}

/** Without the session, where it has to be made of the role's. */
function sessionArn(read: ReadPath): string | undefined {
  const arn = read("userIdentity.arn");
  if (arn?.includes(":assumed-role/")) return arn;
  const [, partition, account] =
    /^arn:([^:]*):iam::([^:]*):role\//.exec(read(`${issuer}.arn`) ?? "") ?? [];
  return partition === undefined ? undefined : `arn:${partition}:sts::${account}:assumed-role`;
}

export function lastPart(arn: string | undefined): string | undefined {
  return arn?.split(/[/:]/).at(-1) || undefined;
}

/**
 * What an event name says was done: its verb, its noun, its class, and the words of
 * `trailhound who <word> <resource>`.
 *
 * Names only: whether the call succeeded is `outcome.ts`, what it acted on is `targets.ts`. A few
 * calls do one thing or another depending on a parameter; a deed names them in `sometimes`, and
 * `amounts-to.ts` tells the others.
 */

import { entering, mayExist, switches } from "./effect-table.ts";
import { namesFor } from "./names.ts";
import { settings } from "./settings-table.ts";

export type VerbClass = "destroy" | "weaken" | "create" | "change" | "expose" | "identity" | "read";

interface ClassMembers {
  /** First words of event names; `Batch`, `Admin` and `Force` may stand before them. */
  readonly verbs: readonly string[];
  /** Event names of which the first word tells nothing or something else, without API version. */
  readonly names: readonly string[];
}

/** `AdminDeleteUser` is `Delete` and `User`; `DeleteFunction20150331` is `Delete` and `Function`; `CreateClusterV2` is `Create` and `Cluster`. */
interface EventWords {
  readonly verb: string;
  readonly noun: string;
}

const classes: { readonly [name in VerbClass]: ClassMembers } = {
  destroy: {
    verbs: [
      ...["Delete", "Terminate", "Remove", "Deregister", "Purge", "Destroy", "Release", "Empty"],
      ...["Discard", "Expire", "Leave", "Close", "Revoke", "Retire", "Deprovision", "Drop", "Wipe"],
    ],
    names: [
      ...["ScheduleKeyDeletion", "StartSecretVersionDelete", "EndSecretVersionDelete"],
      ...["BidEvictedEvent", "PolicyExecutionEvent", "BackupDeleted"],
    ],
  },
  weaken: {
    verbs: [
      ...["Stop", "Disable", "Detach", "Disassociate", "Dissociate", "Deactivate", "Suspend"],
      ...["Cancel", "Abort", "Reject", "Decline", "Withdraw", "Unsubscribe", "Unassign", "Unlink"],
      ...["Untag", "Evict", "Pause", "Reset", "Archive"],
    ],
    names: [
      ...["UpdateTrail", "PutEventSelectors", "PutInsightSelectors", "UpdateDetector"],
      ...["PutRetentionPolicy", "PutLifecyclePolicy", "PutLifecycleConfiguration"],
      ...["PutBucketLifecycle", "PutBucketLifecycleConfiguration", "PutBucketVersioning"],
      ...["PutConfigurationRecorder", "PutDeliveryChannel", "UpdateTimeToLive"],
      ...["DeregisterTargets", "DeregisterInstancesFromLoadBalancer"],
    ],
  },
  create: {
    verbs: [
      ...[
        "Create",
        "Run",
        "Register",
        "Allocate",
        "Import",
        "Copy",
        "Restore",
        "Launch",
        "Request",
      ],
      ...["Purchase", "Upload", "Issue", "Provision", "Clone"],
    ],
    names: [],
  },
  change: {
    verbs: [
      ...["Update", "Modify", "Put", "Set", "Change", "Replace", "Attach", "Associate", "Add"],
      ...["Assign", "Enable", "Tag", "Rotate", "Start", "Resume", "Reboot", "Activate", "Accept"],
      ...["Edit", "Rename", "Move", "Link", "Publish", "Subscribe"],
      ...["Send", "Transfer", "Verify"],
    ],
    names: [
      ...["CancelKeyDeletion", "RestoreSecret", "RestoreObject", "RestoreEventDataStore"],
      ...["CreateTags", "BatchWriteItem", "CompleteMultipartUpload"],
      ...["RegisterTargets", "RegisterInstancesWithLoadBalancer"],
    ],
  },
  expose: {
    verbs: ["Authorize", "Share", "Grant"],
    names: [
      ...["PutBucketPolicy", "PutBucketAcl", "PutObjectAcl", "PutBucketPublicAccessBlock"],
      ...["PutAccountPublicAccessBlock", "PutPublicAccessBlock"],
      ...["PutAccessPointPolicy"],
      ...["AttachUserPolicy", "AttachRolePolicy", "AttachGroupPolicy", "PutUserPolicy"],
      ...["PutRolePolicy", "PutGroupPolicy", "CreatePolicyVersion", "SetDefaultPolicyVersion"],
      ...["UpdateAssumeRolePolicy", "PutKeyPolicy", "CreateGrant", "PutResourcePolicy"],
      ...["AddPermission", "AddLayerVersionPermission", "CreateFunctionUrlConfig"],
      ...["ModifySnapshotAttribute", "ModifyImageAttribute", "ModifyDBSnapshotAttribute"],
      "ModifySecurityGroupRules",
      ...["ModifyDBClusterSnapshotAttribute", "ModifyVpcEndpointServicePermissions"],
      ...["CreateResourceShare", "AssociateResourceShare", "SetRepositoryPolicy"],
      ...["PutBackupVaultAccessPolicy", "PutPermissionPolicy", "PutImagePolicy"],
    ],
  },
  identity: {
    verbs: ["Assume", "Federate", "Authenticate"],
    names: [
      ...["GetSessionToken", "GetFederationToken", "GetSigninToken", "GetRoleCredentials"],
      ...["GetWebIdentityToken", "GetDelegatedAccessToken", "GetDataAccess", "GetAccessToken"],
      ...["GetCredentialsForIdentity", "ConsoleLogin", "SwitchRole", "CreateToken"],
      ...["CreateTokenWithIAM", "AuthorizeOAuth2Access", "CreateOAuth2Token"],
      ...["CreateOAuth2TokenWithIAM"],
    ],
  },
  read: {
    verbs: [
      ...["Get", "List", "Describe", "Head", "Lookup", "Search", "Select", "Query", "Scan", "View"],
      ...["Check", "Test", "Preview", "Download", "Decrypt", "Validate", "Simulate", "Estimate"],
    ],
    names: [],
  },
};

export const verbClasses = Object.keys(classes) as readonly VerbClass[];

const prefixes = ["Batch", "Admin", "Force"] as const;

const firstWord = new RegExp(`^(?:${prefixes.join("|")})?([A-Z][a-z]+)(.*)$`);

/** Both empty for names that do not begin with a capitalised word, as some service events do. */
export function wordsOf(eventName: string): EventWords {
  const [, verb = "", noun = ""] = firstWord.exec(withoutVersion(eventName)) ?? [];
  return { verb, noun: noun.replace(nounVersion, "") };
}

/** `CreateClusterV2` is about a cluster; the name of the operation keeps its end. */
const nounVersion = /(?<=[a-z])_?V\d+$/;

export function withoutVersion(eventName: string): string {
  return namesFor("event", eventName).at(-1) ?? eventName;
}

const classOfName = indexed((members) => members.names);
const classOfVerb = indexed((members) => members.verbs);

/** Undefined when neither the name nor its verb is known: not the same as harmless. */
export function classOf(eventName: string): VerbClass | undefined {
  return classOfName.get(withoutVersion(eventName)) ?? classOfVerb.get(wordsOf(eventName).verb);
}

function indexed(
  pick: (members: ClassMembers) => readonly string[],
): ReadonlyMap<string, VerbClass> {
  return new Map(
    verbClasses.flatMap((name) => pick(classes[name]).map((key) => [key, name] as const)),
  );
}

/** An event that amounts to the deed only when a parameter has this value. */
interface Sometimes {
  readonly eventName: string;
  readonly path: readonly string[];
  readonly value: string;
}

/** Something a user may ask about: `trailhound who <word> <resource>`. */
export interface Deed {
  /** What the user may write; the first is the usual one and stands in sentences: "maria deleted it". */
  readonly words: readonly [string, ...string[]];
  /** "maria tried to delete it". */
  readonly infinitive: string;
  /** One line for `--help`. */
  readonly help: string;
  /** Globs over event names without API version. */
  readonly eventNames: readonly string[];
  /** Event names that the globs take in and that mean something else. */
  readonly except: readonly string[];
  readonly sometimes: readonly Sometimes[];
  /** Doing it to a part is doing it to the whole: a new policy changes the bucket, deleting one
   *  does not delete it. */
  readonly partsCount: boolean;
}

function globs(verbs: readonly string[]): readonly string[] {
  return verbs.flatMap((verb) => [`${verb}*`, ...prefixes.map((prefix) => `${prefix}${verb}*`)]);
}

/** Everything in these classes, and nothing that is in another by its whole name. */
function ofClasses(...names: readonly VerbClass[]): Pick<Deed, "eventNames" | "except"> {
  const verbs = names.flatMap((name) => classes[name].verbs);
  return {
    eventNames: [...globs(verbs), ...names.flatMap((name) => classes[name].names)],
    except: [...classOfName]
      .filter(([name, its]) => !names.includes(its) && verbs.includes(wordsOf(name).verb))
      .map(([name]) => name),
  };
}

function ofVerbs(...verbs: readonly string[]): Pick<Deed, "eventNames" | "except"> {
  return { eventNames: globs(verbs), except: [] };
}

/** Who opens a shell on a thing neither starts nor changes it. */
function withoutEntering({
  eventNames,
  except,
}: Pick<Deed, "eventNames" | "except">): Pick<Deed, "eventNames" | "except"> {
  return { eventNames, except: [...except, ...entering] };
}

function when(eventName: string, path: string, value: string): Sometimes {
  return { eventName, path: `requestParameters.${path}`.split("."), value };
}

/** Calls that switch a thing itself off, or on, by a parameter or by their name. */
function switching(position: "off" | "on"): readonly string[] {
  const own = switches.filter(({ part, isNoStop }) => part === undefined && isNoStop !== true);
  return [...new Set(own.flatMap((row) => row[position]?.names ?? []))];
}

/** In the order in which `--help` lists them. */
export const deeds: readonly Deed[] = [
  {
    words: ["deleted", "destroyed", "removed", "terminated"],
    infinitive: "delete",
    help: "ended its existence: Delete, Terminate, Deregister, Purge, ...",
    ...ofClasses("destroy"),
    sometimes: [when("ChangeResourceRecordSets", "changeBatch.changes.action", "DELETE")],
    partsCount: false,
  },
  {
    words: ["created", "launched", "made"],
    infinitive: "create",
    help: "brought it into being: Create, Run, Register, Import, Copy, Restore, ...",
    eventNames: [
      ...ofClasses("create").eventNames,
      // These create or overwrite; the log does not tell which. Items are never told one by one.
      ...[...mayExist].filter((name) => !name.startsWith("Create") && name !== "PutItem"),
    ],
    // What is created to expose or to sign in is created all the same. The first two bring it back, the
    // others put under a load balancer what there is.
    except: [
      ...["RestoreSecret", "RestoreEventDataStore"],
      ...["RegisterTargets", "RegisterInstancesWithLoadBalancer"],
    ],
    sometimes: [when("ChangeResourceRecordSets", "changeBatch.changes.action", "CREATE")],
    partsCount: false,
  },
  {
    words: ["changed", "modified", "updated", "edited"],
    infinitive: "change",
    help: "any write to it or a part of it: Update, Put, Attach, Disable, ...",
    ...withoutEntering(ofClasses("change", "weaken", "expose", "create", "destroy")),
    sometimes: [],
    partsCount: true,
  },
  {
    words: ["accessed", "read", "opened", "downloaded"],
    infinitive: "access",
    help: "read it or got into it: Get, List, Decrypt, StartSession, SendCommand, ...",
    eventNames: [...ofClasses("read").eventNames, ...entering],
    except: ofClasses("read").except,
    sometimes: [],
    partsCount: true,
  },
  {
    words: ["stopped", "disabled", "deactivated", "suspended", "paused"],
    infinitive: "stop",
    help: "switched it off: Stop, Disable, Deactivate, Suspend, Pause, ...",
    eventNames: [
      ...globs(["Stop", "Disable", "Deactivate", "Suspend", "Pause"]),
      ...switching("off"),
    ],
    except: [],
    sometimes: [
      when("PutBucketVersioning", "VersioningConfiguration.Status", "Suspended"),
      when(
        "UpdateContinuousBackups",
        "pointInTimeRecoverySpecification.pointInTimeRecoveryEnabled",
        "false",
      ),
      when("PutFunctionConcurrency", "reservedConcurrentExecutions", "0"),
    ],
    partsCount: false,
  },
  {
    words: ["weakened"],
    infinitive: "weaken",
    help: "took protection, logging or a connection away: Stop, Detach, Reset, ...",
    eventNames: [
      ...ofClasses("weaken").eventNames,
      ...switches.flatMap(({ off }) => off.names),
      ...settings.flatMap(({ sets, safer }) => (safer === undefined ? [] : sets)),
      ...["DeleteTrail", "DeleteEventDataStore", "DeleteFlowLogs", "DeleteDetector"],
      ...["DeleteConfigurationRecorder", "DeleteDeliveryChannel", "DeleteConfigRule"],
      ...["DeleteAlarms", "DeleteMetricFilter", "DeleteSubscriptionFilter", "DeleteWebACL"],
      ...["DeletePublishingDestination", "DeleteResolverQueryLogConfig"],
      "DeleteLoggingConfiguration",
    ],
    except: ofClasses("weaken").except,
    sometimes: [],
    partsCount: true,
  },
  {
    words: ["started", "enabled", "resumed", "activated", "rebooted"],
    infinitive: "start",
    help: "switched it on: Start, Enable, Resume, Activate, Reboot",
    ...withoutEntering({
      eventNames: [
        ...globs(["Start", "Enable", "Resume", "Activate", "Reboot"]),
        ...switching("on"),
      ],
      except: [],
    }),
    sometimes: [],
    partsCount: false,
  },
  {
    words: ["attached", "associated", "added"],
    infinitive: "attach",
    help: "joined it to something: Attach, Associate, Add, Register",
    ...ofVerbs("Attach", "Associate", "Add", "Register"),
    sometimes: [],
    partsCount: true,
  },
  {
    words: ["detached", "disassociated"],
    infinitive: "detach",
    help: "parted it from something: Detach, Disassociate, Remove, Deregister",
    ...ofVerbs("Detach", "Disassociate", "Dissociate", "Remove", "Deregister"),
    sometimes: [],
    partsCount: true,
  },
  {
    words: ["shared", "exposed"],
    infinitive: "share",
    help: "let others in: Authorize, Share, Put*Policy, Modify*Attribute, CreateGrant, ...",
    eventNames: [...ofClasses("expose").eventNames, "Delete*PublicAccessBlock"],
    except: [],
    sometimes: [],
    partsCount: true,
  },
  {
    words: ["restored", "recovered", "saved"],
    infinitive: "restore",
    help: "brought it back: Restore, CancelKeyDeletion, DeleteObject of a delete marker",
    eventNames: [...globs(["Restore"]), "CancelKeyDeletion", "DeleteObject"],
    except: [],
    sometimes: [],
    partsCount: false,
  },
  {
    words: ["assumed"],
    infinitive: "assume",
    help: "took on a role: AssumeRole and its kin, SwitchRole",
    eventNames: [...globs(["Assume"]), "SwitchRole"],
    except: [],
    sometimes: [],
    partsCount: false,
  },
  {
    words: ["tagged", "untagged"],
    infinitive: "tag",
    help: "put tags on it or took them off",
    eventNames: [
      ...[
        "Tag*",
        "Untag*",
        "AddTags*",
        "RemoveTags*",
        "CreateTags",
        "DeleteTags",
        "CreateOrUpdateTags",
      ],
      "*Tagging",
    ],
    except: ["Get*"],
    sometimes: [],
    partsCount: true,
  },
  {
    words: ["touched", "used"],
    infinitive: "touch",
    help: "did anything with it",
    eventNames: ["*"],
    except: [],
    sometimes: [],
    partsCount: true,
  },
];

const deedOfWord = new Map(
  deeds.flatMap((deed) => deed.words.map((word) => [word, deed] as const)),
);

export function deedOf(word: string): Deed | undefined {
  return deedOfWord.get(word.toLowerCase());
}

// KMS: data at rest is encrypted by the services that hold it, in the name of whoever makes it there; and keys of the
// environment's own.

import type { Environment } from "../../model/environment";
import { copyKeyAlias } from "../../model/names/keys";
import { actions, type Grant, type PermissionsOf, THROUGH_A_SERVICE } from "../grant";

export const kms: PermissionsOf = (scope) => {
  const { environment, account, regions } = scope;
  const { region, names, backup, encryption, monitoring } = environment;
  const copyRegion = backup?.copyTo?.region;
  const keys = regions.map((each) => `arn:aws:kms:${each}:${account}:key/*`);
  const aliases = [
    ...(encryption.key === "own" ? [`arn:aws:kms:${region}:${account}:${names.keyAlias}`] : []),
    // Copies of backups have a key of their own.
    ...(copyRegion === undefined
      ? []
      : [`arn:aws:kms:${copyRegion}:${account}:${copyKeyAlias(names.keyAlias)}`]),
  ];
  const through: Grant = {
    sid: "EncryptThroughServices",
    access: "write",
    actions: actions("kms", [
      "CreateGrant",
      "Decrypt",
      "DescribeKey",
      "GenerateDataKey",
      // "Why do I get an Access Denied error when I try to create an AWS Backup vault?", AWS re:Post.
      ...(backup ? ["RetireGrant"] : []),
      // "Amazon EFS key policies for AWS KMS", Amazon EFS user guide.
      ...(Object.keys(environment.fileSystems).length > 0 ? ["GenerateDataKeyWithoutPlaintext"] : []),
    ]),
    resources: keys,
    conditions: {
      StringEquals: {
        "kms:ViaService": [
          ...encryptingServices(environment).map((service) => `${service}.${region}.amazonaws.com`),
          ...(copyRegion === undefined ? [] : [`backup.${copyRegion}.amazonaws.com`]),
        ],
      },
    },
    boundaryConditions: THROUGH_A_SERVICE,
  };
  return {
    grants: [
      through,
      // The topic of the alarms has a key without an alias.
      ...(aliases.length > 0 || monitoring ? keyGrants(keys) : []),
      ...(aliases.length > 0 ? aliasGrants(keys, aliases) : []),
    ],
    own: aliases,
  };
};

/** The services that call KMS in the name of whoever has them keep something. */
function encryptingServices({ database, cache, fileSystems, queues, backup }: Environment): string[] {
  return [
    "secretsmanager",
    ...(database ? ["rds"] : []),
    ...(cache ? ["elasticache"] : []),
    ...(Object.keys(fileSystems).length > 0 ? ["elasticfilesystem"] : []),
    ...(Object.keys(queues).length > 0 ? ["sqs"] : []),
    ...(backup ? ["backup"] : []),
  ];
}

/**
 * What is done to a key in the moments after it is made is allowed without its tag, too: "It might take up to five minutes
 * for tag and alias changes to affect KMS key authorization", "ABAC for AWS KMS", AWS KMS developer guide.
 */
const AT_ONCE = "own-or-none";

function keyGrants(keys: readonly string[]): Grant[] {
  return [
    {
      sid: "ReadKeys",
      access: "read",
      actions: actions("kms", ["DescribeKey", "GetKeyPolicy", "GetKeyRotationStatus", "ListResourceTags"]),
      resources: keys,
      tag: AT_ONCE,
    },
    { sid: "NewKeys", access: "write", actions: ["kms:CreateKey"], resources: ["*"], tag: "new" },
    {
      // KMS does not tell a key that is being made from one that is there ("Controlling access to tags", AWS KMS developer
      // guide). What is in use has an alias as a rule, and a new key has none.
      sid: "TagNewKeys",
      access: "write",
      actions: ["kms:TagResource"],
      resources: keys,
      tag: "untagged",
      conditions: { Null: { "kms:ResourceAliases": "true" } },
    },
    {
      sid: "RotateNewKeys",
      access: "write",
      actions: ["kms:EnableKeyRotation"],
      resources: keys,
      tag: AT_ONCE,
    },
    {
      sid: "OwnKeys",
      access: "write",
      actions: actions("kms", [
        "PutKeyPolicy",
        "ScheduleKeyDeletion",
        "TagResource",
        "UntagResource",
        "UpdateKeyDescription",
      ]),
      resources: keys,
      tag: "own",
    },
  ];
}

/** Whoever gives a key an alias, or takes it away, has to be allowed both. */
function aliasGrants(keys: readonly string[], aliases: readonly string[]): Grant[] {
  const change = actions("kms", ["CreateAlias", "DeleteAlias", "UpdateAlias"]);
  return [
    { sid: "ListAliases", access: "read", actions: ["kms:ListAliases"], resources: ["*"] },
    { sid: "OwnAliases", access: "write", actions: change, resources: aliases },
    { sid: "AliasesOfOwnKeys", access: "write", actions: change, resources: keys, tag: AT_ONCE },
  ];
}

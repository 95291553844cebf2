// KMS: data at rest is encrypted by the services that hold it, in the name of whoever makes it there; and keys of the
// environment's own.
import { actions, type Grant, type PermissionsOf } from "../grant";

export const kms: PermissionsOf = (scope) => {
  const { environment, arn } = scope;
  const { name, region, database, cache, queues, backup, encryption, monitoring } = environment;
  const services = [
    "secretsmanager",
    ...(database ? ["rds"] : []),
    ...(cache ? ["elasticache"] : []),
    ...(Object.keys(queues).length > 0 ? ["sqs"] : []),
    ...(backup ? ["backup"] : []),
  ];
  const regions = [region, ...(backup?.copyTo ? [backup.copyTo.region] : [])];
  const keys = regions.map((each) => `arn:aws:kms:${each}:${scope.account}:key/*`);
  const use = actions("kms", ["CreateGrant", "Decrypt", "DescribeKey", "GenerateDataKey"]);
  const through: Grant = {
    sid: "EncryptThroughServices",
    access: "write",
    actions: use,
    resources: keys,
    conditions: {
      StringEquals: {
        "kms:ViaService": [
          ...services.map((service) => `${service}.${region}.amazonaws.com`),
          ...(backup?.copyTo ? [`backup.${backup.copyTo.region}.amazonaws.com`] : []),
        ],
      },
    },
    boundaryConditions: { Null: { "kms:ViaService": "false" } },
  };
  const aliases = [arn("kms", `alias/${name}*`)];
  // The topic of the alarms has a key of its own wherever there is one.
  if (encryption?.key !== "own" && !monitoring) {
    return { grants: [through] };
  }
  return {
    grants: [
      through,
      {
        sid: "ReadKeys",
        access: "read",
        actions: actions("kms", ["DescribeKey", "GetKeyPolicy", "GetKeyRotationStatus", "ListResourceTags"]),
        resources: keys,
        tag: "own",
      },
      {
        sid: "ListAliases",
        access: "read",
        actions: ["kms:ListAliases"],
        resources: ["*"],
      },
      {
        sid: "NewKeys",
        access: "write",
        actions: ["kms:CreateKey"],
        resources: ["*"],
        tag: "new",
      },
      {
        sid: "TagNewKeys",
        access: "write",
        actions: ["kms:TagResource"],
        resources: keys,
        tag: "untagged",
      },
      {
        sid: "OwnKeys",
        access: "write",
        actions: actions("kms", [
          "CreateAlias",
          "DeleteAlias",
          "EnableKeyRotation",
          "PutKeyPolicy",
          "ScheduleKeyDeletion",
          "TagResource",
          "UntagResource",
          "UpdateAlias",
          "UpdateKeyDescription",
        ]),
        resources: keys,
        tag: "own",
      },
      {
        sid: "OwnAliases",
        access: "write",
        actions: actions("kms", ["CreateAlias", "DeleteAlias", "UpdateAlias"]),
        resources: aliases,
      },
    ],
    own: aliases,
  };
};

// What the platform's own roles may do with what keeps its data: database, cache, files, queues, buckets, keys, backups.
import type { Statement } from "../../iam/document";
import { passwordRotationOf, restartedServices } from "../../model/database-login";
import { bucketName } from "../../model/names/buckets";
import { givenKeyArn } from "../../schema/encryption";
import { type Scope, THROUGH_A_SERVICE, tagConditions } from "../grant";
import { allow } from "../statements";

/** RDS names its secrets itself; a tag of RDS's own says whose each is: "Password management with Amazon RDS". */
export function managedPassword({ environment, arn }: Scope): Statement[] {
  const { database, names } = environment;
  return passwordRotationOf(database)
    ? [
        allow(
          "ReadManagedPassword",
          [
            "secretsmanager:GetSecretValue",
            ...(restartedServices(environment).length > 0
              ? ["secretsmanager:DescribeSecret", "secretsmanager:ListSecretVersionIds"]
              : []),
          ],
          [arn("secretsmanager", "secret:rds!db-*")],
          {
            StringEquals: {
              "aws:ResourceTag/aws:rds:primaryDBInstanceArn": arn("rds", `db:${names.database}`),
            },
          },
        ),
      ]
    : [];
}

export function cache({ environment, arn }: Scope): Statement[] {
  const { cache, names } = environment;
  return cache?.authentication === "iam"
    ? [
        allow(
          "ConnectToCache",
          ["elasticache:Connect"],
          [
            arn("elasticache", `replicationgroup:${names.cache}`),
            arn("elasticache", `user:${names.cacheUser}`),
          ],
        ),
      ]
    : [];
}

/** By an access point, and no other way. Which file systems there are has no name. */
export function files({ environment, arn }: Scope): Statement[] {
  return Object.keys(environment.fileSystems).length > 0
    ? [
        allow(
          "MountFiles",
          ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
          [arn("elasticfilesystem", "file-system/*")],
          { Null: { "elasticfilesystem:AccessPointArn": "false" } },
        ),
      ]
    : [];
}

export function queues({ environment, arn }: Scope): Statement[] {
  const names = Object.values(environment.names.queues);
  const actions = [
    "sqs:ChangeMessageVisibility",
    "sqs:DeleteMessage",
    "sqs:GetQueueAttributes",
    "sqs:GetQueueUrl",
    "sqs:ReceiveMessage",
    "sqs:SendMessage",
  ];
  return names.length > 0
    ? [
        allow(
          "UseQueues",
          actions,
          names.map((name) => arn("sqs", name)),
        ),
      ]
    : [];
}

export function buckets({ environment, account }: Scope): Statement[] {
  const { buckets } = environment.names;
  const arns = Object.values(buckets).map((naming) => `arn:aws:s3:::${bucketName(naming, account)}`);
  return arns.length > 0
    ? [
        allow(
          "UseBuckets",
          [
            "s3:AbortMultipartUpload",
            "s3:DeleteObject",
            "s3:GetObject",
            "s3:ListBucket",
            "s3:ListMultipartUploadParts",
            "s3:PutObject",
          ],
          arns.flatMap((arn) => [arn, `${arn}/*`]),
        ),
      ]
    : [];
}

export function ownKey({ environment, arn }: Scope): Statement[] {
  const { encryption } = environment;
  return encryption.key === "aws-managed"
    ? []
    : [
        allow(
          "UseKeys",
          ["kms:Decrypt", "kms:GenerateDataKey"],
          [givenKeyArn(encryption) ?? arn("kms", "key/*")],
          THROUGH_A_SERVICE,
        ),
      ];
}

/**
 * What AWS Backup does with the database, and files: the managed policy AWSBackupServiceRolePolicyForBackup, as far as these go, and with
 * this database alone. Any role of the platform can be given it, and changing a database is changing its password, too.
 */
export function backups(scope: Scope): Statement[] {
  const { environment, account } = scope;
  const { backup, names } = environment;
  return backup
    ? [
        allow(
          "FindDatabase",
          [
            "backup:CopyFromBackupVault",
            "kms:DescribeKey",
            "rds:DescribeDBInstances",
            "rds:DescribeDBSnapshots",
            "tag:GetResources",
          ],
          ["*"],
        ),
        allow(
          "SaveDatabase",
          [
            "rds:AddTagsToResource",
            "rds:CopyDBSnapshot",
            "rds:CreateDBSnapshot",
            "rds:DeleteDBSnapshot",
            "rds:ListTagsForResource",
            "rds:ModifyDBInstance",
          ],
          // In the second region, too; all snapshots of AWS Backup are called so, and have their database's tags.
          [`db:${names.database}`, "snapshot:awsbackup:*"].map(
            (resource) => `arn:aws:rds:*:${account}:${resource}`,
          ),
          tagConditions("own-or-none", scope),
        ),
        ...(Object.values(environment.fileSystems).some((one) => one.backup)
          ? [
              allow(
                "SaveFiles",
                ["elasticfilesystem:Backup", "elasticfilesystem:DescribeTags"],
                [scope.arn("elasticfilesystem", "file-system/*")],
                tagConditions("own-or-none", scope),
              ),
            ]
          : []),
        allow(
          "FillVaults",
          ["backup:CopyIntoBackupVault", "backup:DescribeBackupVault"],
          [`arn:aws:backup:*:${account}:backup-vault:${names.backup}`],
        ),
        // Never to anybody but AWS's services: a grant could let in another account.
        allow("EncryptBackups", ["kms:CreateGrant"], [`arn:aws:kms:*:${account}:key/*`], {
          Bool: { "kms:GrantIsForAWSResource": "true" },
        }),
      ]
    : [];
}

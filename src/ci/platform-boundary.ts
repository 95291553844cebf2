// The boundary of the platform's own roles. The deploy role writes their policies: without a boundary on them it could give
// one of them anything at all, and run a task with it.

import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import type { IAspect } from "cdktf";
import type { IConstruct } from "constructs";
import type { Statement } from "../iam/document";
import { passwordRotationOf, restartedServices } from "../model/database-login";
import { bucketName } from "../model/names/buckets";
import { databaseRestart } from "../model/names/data-stores";
import { namesOfService } from "../model/names/resolved";
import { oneOffFamily, scheduledRun, undeliveredSchedules } from "../model/names/services";
import { isTraced, SEND_TRACES } from "../model/open-telemetry";
import { distinctPermissions, permissionShares } from "../model/permissions";
import { schedulesOf } from "../model/schedules";
import { readSharedSecrets } from "../model/secrets";
import { givenKeyArn } from "../schema/encryption";
import { type Scope, THROUGH_A_SERVICE, tagConditions } from "./grant";
import { writtenLogGroupArns } from "./permissions/logs";
import { existingSecretArns, ownSecretArns } from "./permissions/secretsmanager";
import { existingParameterArns } from "./permissions/ssm";
import { allow } from "./statements";

/** What the roles of an environment can have at most: what its tasks, its flow logs and its backups may need. */
export function platformBoundary(scope: Scope): Statement[] {
  return [
    allow(
      "WriteLogs",
      ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      writtenLogGroupArns(scope),
    ),
    // For these, IAM knows no resource.
    allow(
      "LogInAndOpenSessions",
      [
        "ecr:GetAuthorizationToken",
        "logs:DescribeLogGroups",
        "ssmmessages:CreateControlChannel",
        "ssmmessages:CreateDataChannel",
        "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel",
      ],
      ["*"],
    ),
    allow(
      "PullImages",
      ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      ["arn:aws:ecr:*:*:repository/*"],
    ),
    allow(
      "ReadSecrets",
      ["secretsmanager:GetSecretValue"],
      [...ownSecretArns(scope), ...existingSecretArns(scope)],
    ),
    ...parameters(scope),
    ...managedPassword(scope),
    ...restart(scope),
    ...schedules(scope),
    ...cache(scope),
    ...files(scope),
    ...queues(scope),
    ...traces(scope),
    ...buckets(scope),
    ...publishedMetrics(scope),
    ...ownKey(scope),
    ...backups(scope),
    ...ownPermissions(scope),
  ];
}

/** ECS asks for several at once, code that reads one itself for that one. */
function parameters(scope: Scope): Statement[] {
  const existing = existingParameterArns(scope);
  const isRead = Object.values(scope.environment.services).some(
    (service) => readSharedSecrets(service).length > 0,
  );
  return existing.length > 0
    ? [allow("ReadParameters", ["ssm:GetParameters", ...(isRead ? ["ssm:GetParameter"] : [])], existing)]
    : [];
}

/** RDS names its secrets itself; a tag of RDS's own says whose each is: "Password management with Amazon RDS". */
function managedPassword({ environment, arn }: Scope): Statement[] {
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

/** What follows a change of the password: new tasks of the environment's own services. */
function restart({ environment, arn }: Scope): Statement[] {
  const { name, names } = environment;
  return restartedServices(environment).length > 0
    ? [
        allow(
          "RestartServices",
          ["ecs:DescribeServices", "ecs:UpdateService"],
          [arn("ecs", `service/${names.cluster}/*`)],
        ),
        allow(
          "StartRestart",
          ["states:StartExecution"],
          [arn("states", `stateMachine:${databaseRestart(name)}`)],
        ),
      ]
    : [];
}

/** What runs by the clock: tasks of the environment's own families, in its own cluster, with the roles of its own services. */
function schedules({ environment, account, arn }: Scope): Statement[] {
  const { name, names, services } = environment;
  const scheduled = schedulesOf(services);
  if (scheduled.length === 0) {
    return [];
  }
  const keys = [...new Set(scheduled.map(({ service }) => service))];
  const inCluster = { ArnLike: { "ecs:cluster": arn("ecs", `cluster/${names.cluster}`) } };
  const ofServices = keys.map((key) => namesOfService(names, key));
  return [
    allow(
      "RunScheduled",
      ["ecs:RunTask"],
      ofServices.map(({ taskDefinition }) =>
        arn("ecs", `task-definition/${oneOffFamily(taskDefinition, "*")}`),
      ),
      inCluster,
    ),
    allow("WatchScheduled", ["ecs:DescribeTasks", "ecs:ListTasks", "ecs:StopTask"], ["*"], inCluster),
    allow(
      "PassScheduled",
      ["iam:PassRole"],
      ofServices.flatMap(({ executionRole, taskRole }) =>
        [executionRole, taskRole].map((role) => `arn:aws:iam::${account}:role/${role}`),
      ),
      { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
    ),
    allow(
      "StartScheduled",
      ["states:StartExecution"],
      keys.map((key) => arn("states", `stateMachine:${scheduledRun(name, key, "*")}`)),
    ),
    allow("KeepUndelivered", ["sqs:SendMessage"], [arn("sqs", undeliveredSchedules(name))]),
  ];
}

function cache({ environment, arn }: Scope): Statement[] {
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
function files({ environment, arn }: Scope): Statement[] {
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

function queues({ environment, arn }: Scope): Statement[] {
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

/** X-Ray's traces are of no resource that IAM knows. */
function traces({ environment }: Scope): Statement[] {
  return isTraced(environment.services) ? [allow("SendTraces", [...SEND_TRACES], ["*"])] : [];
}

function buckets({ environment, account }: Scope): Statement[] {
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

/** What services may publish, in all of their namespaces together. */
function publishedMetrics({ environment }: Scope): Statement[] {
  const namespaces = Object.values(environment.services).flatMap(({ publishesMetrics }) => publishesMetrics);
  return namespaces.length > 0
    ? [
        allow("PublishMetrics", ["cloudwatch:PutMetricData"], ["*"], {
          StringEquals: { "cloudwatch:namespace": [...new Set(namespaces)] },
        }),
      ]
    : [];
}

function ownKey({ environment, arn }: Scope): Statement[] {
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
function backups(scope: Scope): Statement[] {
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

/** What policies of a team's own may allow the platform's roles, and what services say themselves. */
function ownPermissions({ environment }: Scope): Statement[] {
  const roles = environment.ci?.own.roles ?? [];
  return [
    ...roles.map(({ actions, resources }, index) => allow(`Own${index + 1}`, actions, resources)),
    ...distinctPermissions(environment.services),
  ];
}

/** What to do where the boundary is too long because of services' own permissions; `undefined` where there are none. */
export function boundaryRemedy({ services }: Scope["environment"]): string | undefined {
  const shares = permissionShares(services);
  return shares === ""
    ? undefined
    : `Shorten the permissions of services (characters: ${shares}): fewer resources by a * at the end of an ARN, fewer actions; or give the ` +
        "environment shorter names, or names that begin with its own.";
}

/** Puts a boundary on every role below. */
export class RoleBoundary implements IAspect {
  /** @param arn the boundary's */
  constructor(private readonly arn: string) {}

  visit(node: IConstruct): void {
    if (node instanceof IamRole) {
      node.permissionsBoundary = this.arn;
    }
  }
}

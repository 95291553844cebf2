// Nobody's role is wider than it needs: every action of every role, and on what, typed out by hand. Whoever gives a role
// something new says so here, too.
import { TerraformStack, Testing } from "cdktf";
import type { PolicyDocument } from "../../src/iam/document";
import type { Environment } from "../../src/model/environment";
import type { TerraformConfigs } from "../../src/reachability/terraform-config";
import { addPlatform } from "../../src/stacks/platform";
import { defineEnvironment } from "../../src/validation/define-environment";
import { ciPolicies, everythingInput, shopInput } from "../ci/fixtures";
import { allOptions } from "../support/all-options";
import { type RolePermissions, rolePermissions } from "../support/iam-roles";
import { systems } from "../support/systems";

type Granted = RolePermissions[string];

const WRITE = ["logs:CreateLogStream", "logs:PutLogEvents"];
const WRITE_AND_FIND = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"];
const READ_SECRET = ["secretsmanager:GetSecretValue"];

/** What writes the flow logs of a VPC. */
const flowLogs = (environment: string, logGroup = `/vpc/${environment}/flow-logs`): Granted => ({
  [`arn:aws:logs:::log-group:${logGroup}`]: WRITE_AND_FIND,
  [`arn:aws:logs:::log-group:${logGroup}:*`]: WRITE_AND_FIND,
});

/** What starts a service's tasks: its own log, and the secrets that its containers are given. */
const execution = (logGroup: string, ...secrets: readonly string[]): Granted => ({
  [`cloudwatch_log_group ${logGroup}:*`]: WRITE,
  ...Object.fromEntries(secrets.map((secret) => [secret, READ_SECRET])),
});

const WRITE_OBJECTS = [
  "s3:AbortMultipartUpload",
  "s3:DeleteObject",
  "s3:ListMultipartUploadParts",
  "s3:PutObject",
];

/** What a service's containers do: sessions of ECS Exec with their transcripts, and what the service asks for. */
const SESSIONS = [
  "logs:DescribeLogGroups",
  "ssmmessages:CreateControlChannel",
  "ssmmessages:CreateDataChannel",
  "ssmmessages:OpenControlChannel",
  "ssmmessages:OpenDataChannel",
];
const task = (cluster: string, more: Granted = {}): Granted => ({
  "*": SESSIONS,
  [`cloudwatch_log_group /ecs/${cluster}/exec-sessions:*`]: WRITE_AND_FIND,
  ...more,
});

/** What gives services new tasks after a change of the password, which it never sees; and what starts it. */
const restart = (
  base: string,
  cluster: string,
  password: string,
  ...services: readonly string[]
): RolePermissions => ({
  [`${base}-database-restart`]: {
    [password]: ["secretsmanager:DescribeSecret", "secretsmanager:ListSecretVersionIds"],
    ...Object.fromEntries(
      services.map((service) => [
        `arn:aws:ecs:us-east-1::service/ecs_cluster ${cluster}/ecs_service ${service}`,
        ["ecs:DescribeServices", "ecs:UpdateService"],
      ]),
    ),
  },
  [`${base}-database-restart-start`]: {
    [`arn:aws:states:us-east-1::stateMachine:${base}-database-restart`]: ["states:StartExecution"],
  },
});

/** What runs commands of a service by the clock, as that service. @param commands task definitions, as Terraform calls them */
const scheduled = (
  base: string,
  cluster: string,
  service: string,
  ...commands: readonly string[]
): RolePermissions => ({
  [`${base}-${service}-cron-task`]: {
    "* if ecs:cluster": ["ecs:ListTasks"],
    [`arn:aws:ecs:us-east-1::task/ecs_cluster ${cluster}/* if ecs:cluster`]: [
      "ecs:DescribeTasks",
      "ecs:StopTask",
    ],
    ...Object.fromEntries(
      commands.flatMap((command) =>
        ["", ":*"].map((revision) => [
          `arn:aws:ecs:us-east-1::task-definition/ecs_task_definition ${command}${revision} if ecs:cluster`,
          ["ecs:RunTask"],
        ]),
      ),
    ),
    [`iam_role ${base}-${service}-execution if iam:PassedToService`]: ["iam:PassRole"],
    [`iam_role ${base}-${service}-task if iam:PassedToService`]: ["iam:PassRole"],
  },
});

const connectTo = (cache: string): Granted => ({
  [`elasticache_replication_group ${cache}`]: ["elasticache:Connect"],
  [`elasticache_user ${cache}-app`]: ["elasticache:Connect"],
});

const REALTIME_PASSWORD = "db_instance realtime-platform master_user_secret";
const PDF_EXCEL_PASSWORD = "db_instance pdf-excel-saas-prod-db master_user_secret";
const SENTRY = "secretsmanager_secret pdf-excel-prod/sentry-dsn";

const ALL_OPTIONS_MARK = "secretsmanager_secret all-options/shared/mark";
const ALL_OPTIONS_USER = "secretsmanager_secret all-options/database-user";
const ALL_OPTIONS_PASSWORD = "db_instance all-options master_user_secret";
const ALL_OPTIONS_CACHE = "secretsmanager_secret all-options/cache";
const pullOf = (name: string): Granted => ({
  [`arn:aws:ecr:us-east-1:123456789012:repository/all-options/${name}`]: [
    "ecr:BatchCheckLayerAvailability",
    "ecr:BatchGetImage",
    "ecr:GetDownloadUrlForLayer",
  ],
});
/** Logging in to ECR reaches no repository. */
const PULL: Granted = { "*": ["ecr:GetAuthorizationToken"], ...pullOf("web") };
/** The key is there for what a certain service does in the role's name. */
const throughService = (...actions: readonly string[]): Granted => ({
  "kms_key all-options if kms:ViaService": actions,
});

const EXPECTED: Readonly<Record<string, RolePermissions>> = {
  "all-options": {
    "all-options-flow-logs": flowLogs("all-options"),
    "all-options-backup": {
      "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup": [
        "everything in this policy",
      ],
    },
    "all-options-web-execution": {
      ...PULL,
      ...pullOf("nginx"),
      ...execution(
        "/ecs/all-options/web",
        ALL_OPTIONS_PASSWORD,
        ALL_OPTIONS_CACHE,
        "secretsmanager_secret all-options/secret-key",
        "secretsmanager_secret all-options/secret-key-previous",
        ALL_OPTIONS_MARK,
      ),
      ...throughService("kms:Decrypt"),
    },
    // It has ECS Exec switched off.
    "all-options-web-task": {
      "* if cloudwatch:namespace": ["cloudwatch:PutMetricData"],
      "arn:aws:ses:us-east-1:123456789012:identity/example.com": ["ses:SendEmail"],
      [ALL_OPTIONS_MARK]: READ_SECRET,
      // It is bound to the secret's ARN. Nobody connects to the cache by IAM.
      [ALL_OPTIONS_CACHE]: READ_SECRET,
      "efs_file_system all-options-media if elasticfilesystem:AccessPointArn": [
        "elasticfilesystem:ClientMount",
        "elasticfilesystem:ClientWrite",
      ],
      // Its nginx alone finds that, and only reads it.
      "efs_file_system all-options-public if elasticfilesystem:AccessPointArn": [
        "elasticfilesystem:ClientMount",
      ],
      "sqs_queue all-options-jobs": ["sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:SendMessage"],
      // The account's number follows; it is known when it is deployed.
      "arn:aws:s3:::all-options-media-": ["s3:ListBucket"],
      "arn:aws:s3:::all-options-media-/*": [...WRITE_OBJECTS, "s3:GetObject"].sort(),
      ...throughService("kms:Decrypt", "kms:GenerateDataKey"),
    },
    "all-options-worker-execution": {
      ...PULL,
      ...pullOf("reporter"),
      ...pullOf("collector"),
      ...execution(
        "/ecs/all-options/worker",
        "secretsmanager_secret all-options/database-user-url",
        ALL_OPTIONS_MARK,
        "secretsmanager_secret all-options/worker/SIGNING_KEY",
        "secretsmanager_secret all-options/worker/reporter/REPORTER_KEY",
      ),
      // Without an account: the one that it is deployed to.
      "arn:aws:ssm:us-east-1::parameter/mail/all-options/KEY": ["ssm:GetParameters"],
      ...throughService("kms:Decrypt"),
    },
    "all-options-worker-task": task("all-options", {
      // Traces are of no resource that IAM knows.
      "*": [...SESSIONS, "xray:PutTelemetryRecords", "xray:PutTraceSegments"],
      [ALL_OPTIONS_USER]: READ_SECRET,
      "arn:aws:ssm:us-east-1::parameter/mail/all-options/OTHER": ["ssm:GetParameter"],
      // It only reads there.
      "efs_file_system all-options-media if elasticfilesystem:AccessPointArn": [
        "elasticfilesystem:ClientMount",
      ],
      "sqs_queue all-options-jobs": [
        "sqs:ChangeMessageVisibility",
        "sqs:DeleteMessage",
        "sqs:GetQueueAttributes",
        "sqs:GetQueueUrl",
        "sqs:ReceiveMessage",
        // A process of Celery: a retry is a message of its own.
        "sqs:SendMessage",
      ],
      "arn:aws:s3:::all-options-media-": ["s3:ListBucket"],
      "arn:aws:s3:::all-options-media-/*": ["s3:GetObject"],
      "arn:aws:s3:::all-options-media-/exports/*": WRITE_OBJECTS,
      "* if cloudwatch:namespace": ["cloudwatch:PutMetricData"],
      ...throughService("kms:Decrypt", "kms:GenerateDataKey"),
    }),
    // It logs in as the master to make the other user; what runs in it has no role.
    "all-options-database-user-execution": {
      ...PULL,
      ...execution("/ecs/all-options/database-user", ALL_OPTIONS_PASSWORD, ALL_OPTIONS_USER),
      ...throughService("kms:Decrypt"),
    },
    // Of the image that tries connections, nothing has to be allowed: it is public. What runs in it has no role.
    "all-options-collector-execution": { ...PULL, ...execution("/ecs/all-options/collector") },
    "all-options-collector-task": task("all-options"),
    "all-options-connectivity-execution": execution("/ecs/all-options/connectivity"),
    "all-options-start-cron-task": {
      ...Object.fromEntries(
        ["web-clearsessions", "web-migrate", "worker-report"].map((run) => [
          `arn:aws:states:us-east-1::stateMachine:all-options-${run}`,
          ["states:StartExecution"],
        ]),
      ),
      "sqs_queue all-options-undelivered-schedules": ["sqs:SendMessage"],
      ...throughService("kms:Decrypt", "kms:GenerateDataKey"),
    },
    ...scheduled("all-options", "all-options", "web", "web_clearsessions", "web_migrate"),
    ...scheduled("all-options", "all-options", "worker", "worker_report"),
    ...restart("all-options", "all-options", ALL_OPTIONS_PASSWORD, "all-options-web"),
  },
  "ecs-webapp": {
    "ecs-webapp-flow-logs": flowLogs("ecs-webapp"),
    "ecs-webapp-web-execution": execution("/ecs/ecs-webapp"),
    "ecs-webapp-web-task": task("ecs-webapp-cluster"),
  },
  helloapi: {
    "helloapi-flow-logs": flowLogs("helloapi", "/aws/vpc/helloapi"),
    "helloapi-api-execution": execution(
      "/ecs/helloapi/api",
      "secretsmanager_secret helloapi/db/PASSWORD",
      "secretsmanager_secret helloapi/secret-key",
      "secretsmanager_secret helloapi/secret-key-previous",
    ),
    "helloapi-api-task": task("helloapi"),
  },
  "lightwave-prod": {
    "lightwave-django-prod-flow-logs": flowLogs("lightwave-django-prod"),
    "lightwave-django-prod-django-execution": execution(
      "/ecs/lightwave-django-prod",
      "db_instance lightwave-django-prod master_user_secret",
      "secretsmanager_secret lightwave-django-prod/secret-key",
      "secretsmanager_secret lightwave-django-prod/secret-key-previous",
    ),
    "lightwave-django-prod-django-task": task("lightwave-prod", connectTo("lightwave-django-prod")),
    ...restart(
      "lightwave-django-prod",
      "lightwave-prod",
      "db_instance lightwave-django-prod master_user_secret",
      "lightwave-django-prod",
    ),
  },
  "pdf-excel-prod": {
    "pdf-excel-prod-flow-logs": flowLogs("pdf-excel-prod"),
    "pdf-excel-prod-frontend-execution": execution(
      "/ecs/pdf-excel-prod/frontend",
      PDF_EXCEL_PASSWORD,
      SENTRY,
    ),
    "pdf-excel-prod-frontend-task": task("pdf-excel-prod"),
    "pdf-excel-prod-backend-execution": execution(
      "/ecs/pdf-excel-prod/backend",
      PDF_EXCEL_PASSWORD,
      "secretsmanager_secret pdf-excel-prod/secret-key",
      "secretsmanager_secret pdf-excel-prod/secret-key-previous",
      SENTRY,
    ),
    "pdf-excel-prod-backend-task": task("pdf-excel-prod"),
    "pdf-excel-prod-connectivity-execution": execution("/ecs/pdf-excel-prod/connectivity"),
    ...restart(
      "pdf-excel-prod",
      "pdf-excel-prod",
      PDF_EXCEL_PASSWORD,
      "pdf-excel-prod-frontend",
      "pdf-excel-prod-backend",
    ),
  },
  "realtime-platform": {
    "realtime-platform-flow-logs": flowLogs("realtime-platform"),
    "realtime-platform-api-execution": execution("/ecs/realtime-platform/api", REALTIME_PASSWORD),
    "realtime-platform-api-task": task("realtime-platform", {
      ...connectTo("realtime-platform"),
      "sqs_queue realtime-platform-jobs": ["sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:SendMessage"],
    }),
    "realtime-platform-realtime-execution": execution("/ecs/realtime-platform/realtime", REALTIME_PASSWORD),
    "realtime-platform-realtime-task": task("realtime-platform", connectTo("realtime-platform")),
    "realtime-platform-workers-execution": execution("/ecs/realtime-platform/workers", REALTIME_PASSWORD),
    "realtime-platform-workers-task": task("realtime-platform", {
      ...connectTo("realtime-platform"),
      "sqs_queue realtime-platform-jobs": [
        "sqs:ChangeMessageVisibility",
        "sqs:DeleteMessage",
        "sqs:GetQueueAttributes",
        "sqs:GetQueueUrl",
        "sqs:ReceiveMessage",
      ],
    }),
    "realtime-platform-connectivity-execution": execution("/ecs/realtime-platform/connectivity"),
    ...restart(
      "realtime-platform",
      "realtime-platform",
      REALTIME_PASSWORD,
      "realtime-platform-api",
      "realtime-platform-realtime",
      "realtime-platform-workers",
    ),
  },
};

/** Every stack of an environment, whatever stacks there are. */
function allStacks(environment: Environment): TerraformConfigs {
  const app = Testing.app();
  addPlatform(app, environment);
  const stacks = app.node.findAll().filter(TerraformStack.isStack);
  for (const stack of stacks) {
    stack.prepareStack();
  }
  return Object.fromEntries(
    stacks.map((stack) => [stack.node.id, JSON.parse(JSON.stringify(stack.toTerraform()))]),
  );
}

it.each([
  ...systems.names().map((name): [string, Environment] => [name, systems.load(name)]),
  ["all-options", allOptions],
])("gives the roles of %s exactly these actions on exactly these resources", (name, environment) => {
  expect(rolePermissions(allStacks(environment))).toEqual(EXPECTED[name]);
});

/** Actions by service. On what CI may use them is the matter of __tests__/ci. */
type Actions = Readonly<Record<string, readonly string[]>>;

/** What both roles may do. */
const LOOK: Actions = {
  acm: ["DescribeCertificate", "ListTagsForCertificate"],
  "application-autoscaling": ["DescribeScalableTargets", "DescribeScalingPolicies", "ListTagsForResource"],
  cloudwatch: ["DescribeAlarms", "GetDashboard", "ListTagsForResource"],
  ec2: [
    "DescribeAccountAttributes",
    "DescribeAddresses",
    "DescribeAddressesAttribute",
    "DescribeAvailabilityZones",
    "DescribeFlowLogs",
    "DescribeInternetGateways",
    "DescribeNatGateways",
    "DescribeNetworkAcls",
    "DescribeNetworkInterfaces",
    "DescribePrefixLists",
    "DescribeRouteTables",
    "DescribeSecurityGroupRules",
    "DescribeSecurityGroups",
    "DescribeSubnets",
    "DescribeVpcAttribute",
    "DescribeVpcEndpoints",
    "DescribeVpcs",
    "GetManagedPrefixListEntries",
  ],
  ecr: ["DescribeImages"],
  ecs: [
    "DescribeClusters",
    "DescribeServices",
    "DescribeTaskDefinition",
    "DescribeTasks",
    "ListTagsForResource",
    "ListTasks",
  ],
  elasticache: [
    "DescribeCacheClusters",
    "DescribeCacheParameterGroups",
    "DescribeCacheParameters",
    "DescribeCacheSubnetGroups",
    "DescribeEvents",
    "DescribeReplicationGroups",
    "DescribeUserGroups",
    "DescribeUsers",
    "ListTagsForResource",
  ],
  elasticloadbalancing: [
    "DescribeCapacityReservation",
    "DescribeListenerAttributes",
    "DescribeListeners",
    "DescribeLoadBalancerAttributes",
    "DescribeLoadBalancers",
    "DescribeRules",
    "DescribeTags",
    "DescribeTargetGroupAttributes",
    "DescribeTargetGroups",
    "DescribeTargetHealth",
  ],
  events: ["DescribeRule", "ListTagsForResource", "ListTargetsByRule"],
  iam: [
    "GetRole",
    "GetRolePolicy",
    "ListAttachedRolePolicies",
    "ListInstanceProfilesForRole",
    "ListRolePolicies",
  ],
  kms: ["DescribeKey", "GetKeyPolicy", "GetKeyRotationStatus", "ListResourceTags"],
  logs: ["DescribeLogGroups", "DescribeMetricFilters", "DescribeResourcePolicies", "ListTagsForResource"],
  rds: [
    "DescribeDBInstances",
    "DescribeDBParameterGroups",
    "DescribeDBParameters",
    "DescribeDBSubnetGroups",
    "DescribeEvents",
    "DescribeOrderableDBInstanceOptions",
    "ListTagsForResource",
  ],
  route53: ["GetChange", "GetHostedZone", "ListResourceRecordSets", "ListTagsForResource"],
  s3: [
    "DeleteObject",
    "GetAccelerateConfiguration",
    "GetBucketAcl",
    "GetBucketCORS",
    "GetBucketLogging",
    "GetBucketObjectLockConfiguration",
    "GetBucketOwnershipControls",
    "GetBucketPolicy",
    "GetBucketPublicAccessBlock",
    "GetBucketRequestPayment",
    "GetBucketTagging",
    "GetBucketVersioning",
    "GetBucketWebsite",
    "GetEncryptionConfiguration",
    "GetLifecycleConfiguration",
    "GetObject",
    "GetReplicationConfiguration",
    "ListBucket",
    "ListTagsForResource",
    "PutObject",
  ],
  secretsmanager: ["DescribeSecret", "GetRandomPassword", "GetResourcePolicy", "ListSecretVersionIds"],
  servicequotas: ["GetAWSDefaultServiceQuota", "GetServiceQuota"],
  sns: ["GetSubscriptionAttributes", "GetTopicAttributes", "ListTagsForResource"],
  sqs: ["GetQueueAttributes", "GetQueueUrl", "ListQueueTags"],
  states: [
    "DescribeStateMachine",
    "ListStateMachineVersions",
    "ListTagsForResource",
    "ValidateStateMachineDefinition",
  ],
  wafv2: ["GetIPSet", "GetLoggingConfiguration", "GetWebACL", "GetWebACLForResource", "ListTagsForResource"],
};

/** What the deploy role may do beyond that. */
const CHANGE: Actions = {
  acm: ["AddTagsToCertificate", "DeleteCertificate", "RemoveTagsFromCertificate", "RequestCertificate"],
  "application-autoscaling": [
    "DeleteScalingPolicy",
    "DeregisterScalableTarget",
    "PutScalingPolicy",
    "RegisterScalableTarget",
    "TagResource",
    "UntagResource",
  ],
  cloudwatch: [
    "DeleteAlarms",
    "DeleteDashboards",
    "PutDashboard",
    "PutMetricAlarm",
    "TagResource",
    "UntagResource",
  ],
  ec2: [
    "AllocateAddress",
    "AssociateRouteTable",
    "AttachInternetGateway",
    "AuthorizeSecurityGroupEgress",
    "AuthorizeSecurityGroupIngress",
    "CreateFlowLogs",
    "CreateInternetGateway",
    "CreateNatGateway",
    "CreateNetworkAcl",
    "CreateNetworkAclEntry",
    "CreateRoute",
    "CreateRouteTable",
    "CreateSecurityGroup",
    "CreateSubnet",
    "CreateTags",
    "CreateVpc",
    "CreateVpcEndpoint",
    "DeleteFlowLogs",
    "DeleteInternetGateway",
    "DeleteNatGateway",
    "DeleteNetworkAcl",
    "DeleteNetworkAclEntry",
    "DeleteRoute",
    "DeleteRouteTable",
    "DeleteSecurityGroup",
    "DeleteSubnet",
    "DeleteTags",
    "DeleteVpc",
    "DeleteVpcEndpoints",
    "DetachInternetGateway",
    "DisassociateAddress",
    "DisassociateRouteTable",
    "ModifySecurityGroupRules",
    "ModifySubnetAttribute",
    "ModifyVpcAttribute",
    "ModifyVpcEndpoint",
    "ReleaseAddress",
    "ReplaceNetworkAclAssociation",
    "ReplaceNetworkAclEntry",
    "ReplaceRoute",
    "ReplaceRouteTableAssociation",
    "RevokeSecurityGroupEgress",
    "RevokeSecurityGroupIngress",
  ],
  ecs: [
    "CreateCluster",
    "CreateService",
    "DeleteCluster",
    "DeleteService",
    "DeregisterTaskDefinition",
    "PutClusterCapacityProviders",
    "RegisterTaskDefinition",
    "RunTask",
    "StopTask",
    "TagResource",
    "UntagResource",
    "UpdateCluster",
    "UpdateService",
  ],
  elasticache: [
    "AddTagsToResource",
    "CreateCacheParameterGroup",
    "CreateCacheSubnetGroup",
    "CreateReplicationGroup",
    "CreateSnapshot",
    "CreateUser",
    "CreateUserGroup",
    "DecreaseReplicaCount",
    "DeleteCacheParameterGroup",
    "DeleteCacheSubnetGroup",
    "DeleteReplicationGroup",
    "DeleteUser",
    "DeleteUserGroup",
    "IncreaseReplicaCount",
    "ModifyCacheParameterGroup",
    "ModifyCacheSubnetGroup",
    "ModifyReplicationGroup",
    "ModifyUser",
    "ModifyUserGroup",
    "RemoveTagsFromResource",
    "ResetCacheParameterGroup",
  ],
  elasticloadbalancing: [
    "AddTags",
    "CreateListener",
    "CreateLoadBalancer",
    "CreateRule",
    "CreateTargetGroup",
    "DeleteListener",
    "DeleteLoadBalancer",
    "DeleteRule",
    "DeleteTargetGroup",
    "ModifyListener",
    "ModifyListenerAttributes",
    "ModifyLoadBalancerAttributes",
    "ModifyRule",
    "ModifyTargetGroup",
    "ModifyTargetGroupAttributes",
    "RemoveTags",
    "SetRulePriorities",
    "SetSecurityGroups",
    "SetSubnets",
    "SetWebAcl",
  ],
  events: ["DeleteRule", "PutRule", "PutTargets", "RemoveTargets", "TagResource", "UntagResource"],
  iam: [
    "CreateRole",
    "CreateServiceLinkedRole",
    "DeleteRole",
    "DeleteRolePolicy",
    "PassRole",
    "PutRolePermissionsBoundary",
    "PutRolePolicy",
    "TagRole",
    "UntagRole",
    "UpdateAssumeRolePolicy",
    "UpdateRole",
  ],
  kms: [
    "CreateGrant",
    "CreateKey",
    "Decrypt",
    "EnableKeyRotation",
    "GenerateDataKey",
    "PutKeyPolicy",
    "ScheduleKeyDeletion",
    "TagResource",
    "UntagResource",
    "UpdateKeyDescription",
  ],
  logs: [
    "CreateLogDelivery",
    "CreateLogGroup",
    "DeleteLogDelivery",
    "DeleteLogGroup",
    "DeleteMetricFilter",
    "GetLogDelivery",
    "GetLogEvents",
    "ListLogDeliveries",
    "PutMetricFilter",
    "PutResourcePolicy",
    "PutRetentionPolicy",
    "TagResource",
    "UntagResource",
    "UpdateLogDelivery",
  ],
  rds: [
    "AddTagsToResource",
    "CreateDBInstance",
    "CreateDBParameterGroup",
    "CreateDBSnapshot",
    "CreateDBSubnetGroup",
    "DeleteDBInstance",
    "DeleteDBParameterGroup",
    "DeleteDBSubnetGroup",
    "ModifyDBInstance",
    "ModifyDBParameterGroup",
    "ModifyDBSubnetGroup",
    "RemoveTagsFromResource",
    "ResetDBParameterGroup",
  ],
  route53: ["ChangeResourceRecordSets"],
  s3: [
    "CreateBucket",
    "DeleteBucket",
    "DeleteBucketPolicy",
    "DeleteObjectVersion",
    "ListBucketVersions",
    "PutBucketOwnershipControls",
    "PutBucketPolicy",
    "PutBucketPublicAccessBlock",
    "PutBucketTagging",
    "PutEncryptionConfiguration",
    "PutLifecycleConfiguration",
    "TagResource",
    "UntagResource",
  ],
  secretsmanager: [
    "CancelRotateSecret",
    "CreateSecret",
    "DeleteSecret",
    "GetSecretValue",
    "PutSecretValue",
    "RotateSecret",
    "TagResource",
    "UntagResource",
    "UpdateSecret",
    "UpdateSecretVersionStage",
  ],
  sns: [
    "CreateTopic",
    "DeleteTopic",
    "SetTopicAttributes",
    "Subscribe",
    "TagResource",
    "Unsubscribe",
    "UntagResource",
  ],
  sqs: ["CreateQueue", "DeleteQueue", "SetQueueAttributes", "TagQueue", "UntagQueue"],
  states: ["CreateStateMachine", "DeleteStateMachine", "TagResource", "UntagResource", "UpdateStateMachine"],
  wafv2: [
    "AssociateWebACL",
    "CreateIPSet",
    "CreateWebACL",
    "DeleteIPSet",
    "DeleteLoggingConfiguration",
    "DeleteWebACL",
    "DisassociateWebACL",
    "PutLoggingConfiguration",
    "TagResource",
    "UntagResource",
    "UpdateIPSet",
    "UpdateWebACL",
  ],
};

/** What both may do besides, for repositories, backups, keys and a zone that is looked up by its name. */
const LOOK_AT_EVERYTHING: Actions = {
  "application-autoscaling": ["DescribeScheduledActions"],
  backup: ["DescribeBackupVault", "GetBackupPlan", "GetBackupSelection", "ListTags"],
  ecr: ["DescribeRepositories", "ListTagsForResource"],
  elasticfilesystem: [
    "DescribeAccessPoints",
    "DescribeBackupPolicy",
    "DescribeFileSystemPolicy",
    "DescribeFileSystems",
    "DescribeLifecycleConfiguration",
    "DescribeMountTargetSecurityGroups",
    "DescribeMountTargets",
    "ListTagsForResource",
  ],
  kms: ["Decrypt", "GenerateDataKey", "ListAliases"],
  route53: ["ListHostedZones"],
  servicediscovery: ["GetNamespace", "GetOperation", "GetService", "ListInstances", "ListTagsForResource"],
  scheduler: ["GetSchedule", "GetScheduleGroup", "ListTagsForResource"],
  states: ["ListExecutions"],
  ssm: ["DescribeParameters", "GetParameter", "GetParameters", "ListTagsForResource"],
};

/** What the deploy role may do beyond that. */
const CHANGE_EVERYTHING: Actions = {
  "application-autoscaling": ["DeleteScheduledAction", "PutScheduledAction"],
  backup: [
    "CreateBackupPlan",
    "CreateBackupSelection",
    "CreateBackupVault",
    "DeleteBackupPlan",
    "DeleteBackupSelection",
    "DeleteBackupVault",
    "TagResource",
    "UntagResource",
    "UpdateBackupPlan",
  ],
  "backup-storage": ["MountCapsule"],
  ec2: [
    "CreateNetworkInterface",
    "DeleteNetworkInterface",
    "DescribeRegions",
    "ModifyNetworkInterfaceAttribute",
  ],
  elasticfilesystem: [
    "CreateAccessPoint",
    "CreateFileSystem",
    "CreateMountTarget",
    "DeleteAccessPoint",
    "DeleteFileSystem",
    "DeleteFileSystemPolicy",
    "DeleteMountTarget",
    "ModifyMountTargetSecurityGroups",
    "PutBackupPolicy",
    "PutFileSystemPolicy",
    "PutLifecycleConfiguration",
    "TagResource",
    "UntagResource",
    "UpdateFileSystem",
  ],
  iam: ["AttachRolePolicy", "DetachRolePolicy"],
  kms: ["CreateAlias", "DeleteAlias", "GenerateDataKeyWithoutPlaintext", "RetireGrant", "UpdateAlias"],
  logs: ["AssociateKmsKey", "DisassociateKmsKey"],
  s3: ["PutBucketCORS", "PutBucketVersioning"],
  route53: ["AssociateVPCWithHostedZone", "CreateHostedZone", "DeleteHostedZone", "ListHostedZonesByName"],
  servicediscovery: [
    "CreatePrivateDnsNamespace",
    "CreateService",
    "DeleteNamespace",
    "DeleteService",
    "DeregisterInstance",
    "TagResource",
    "UntagResource",
    "UpdatePrivateDnsNamespace",
    "UpdateService",
  ],
  scheduler: [
    "CreateSchedule",
    "CreateScheduleGroup",
    "DeleteSchedule",
    "DeleteScheduleGroup",
    "TagResource",
    "UntagResource",
    "UpdateSchedule",
  ],
  ssm: ["AddTagsToResource", "DeleteParameter", "PutParameter", "RemoveTagsFromResource"],
};

describe("the roles of CI", () => {
  const actionsOf = (documents: readonly PolicyDocument[]) =>
    [
      ...new Set(
        documents.flatMap(({ Statement }) => Statement.flatMap(({ Action = [] }) => [Action].flat())),
      ),
    ].sort();
  const expected = (...lists: readonly Actions[]) => {
    const all = lists.flatMap((list) =>
      Object.entries(list).flatMap(([service, names]) => names.map((name) => `${service}:${name}`)),
    );
    return [...new Set(all)].sort();
  };

  it("are the only ones that an environment has besides", () => {
    const roles = Object.keys(rolePermissions(allStacks(defineEnvironment(shopInput))));
    expect(roles).toEqual([
      "shop-flow-logs",
      "shop-web-execution",
      "shop-web-task",
      "shop-database-restart",
      "shop-database-restart-start",
      "shop-ci-plan",
      "shop-ci-deploy",
    ]);
  });

  it("look, and the one that plans does nothing else", () => {
    expect(actionsOf(ciPolicies(shopInput).plan)).toEqual(expected(LOOK));
    expect(actionsOf(ciPolicies(everythingInput).plan)).toEqual(expected(LOOK, LOOK_AT_EVERYTHING));
  });

  it("deploy with exactly these actions", () => {
    expect(actionsOf(ciPolicies(shopInput).deploy)).toEqual(expected(LOOK, CHANGE));
    expect(actionsOf(ciPolicies(everythingInput).deploy)).toEqual(
      expected(LOOK, CHANGE, LOOK_AT_EVERYTHING, CHANGE_EVERYTHING),
    );
  });
});

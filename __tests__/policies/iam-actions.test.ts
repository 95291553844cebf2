// Nobody's role is wider than it needs: every action of every role, and on what, typed out by hand. Whoever gives a role
// something new says so here, too.
import { TerraformStack, Testing } from "cdktf";
import { defineEnvironment } from "../../src/config/define-environment";
import type { Environment } from "../../src/config/environment";
import { environmentNames, loadEnvironment } from "../../src/environments";
import type { TerraformConfigs } from "../../src/reachability/terraform-config";
import { addPlatform } from "../../src/stacks/platform";
import { shopInput } from "../ci/fixtures";
import { type RolePermissions, rolePermissions } from "../support/iam-roles";

type Granted = RolePermissions[string];

const WRITE = ["logs:CreateLogStream", "logs:PutLogEvents"];
const WRITE_AND_FIND = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"];
const READ_SECRET = ["secretsmanager:GetSecretValue"];

/** What writes the flow logs of a VPC. */
const flowLogs = (environment: string): Granted => ({
  [`arn:aws:logs:::log-group:/vpc/${environment}/flow-logs`]: WRITE_AND_FIND,
  [`arn:aws:logs:::log-group:/vpc/${environment}/flow-logs:*`]: WRITE_AND_FIND,
});

/** What starts a service's tasks: its own log, and the secrets that its containers are given. */
const execution = (logGroup: string, ...secrets: readonly string[]): Granted => ({
  [`cloudwatch_log_group ${logGroup}:*`]: WRITE,
  ...Object.fromEntries(secrets.map((secret) => [secret, READ_SECRET])),
});

/** What a service's containers do: sessions of ECS Exec with their transcripts, and what the service asks for. */
const task = (cluster: string, more: Granted = {}): Granted => ({
  "*": [
    "logs:DescribeLogGroups",
    "ssmmessages:CreateControlChannel",
    "ssmmessages:CreateDataChannel",
    "ssmmessages:OpenControlChannel",
    "ssmmessages:OpenDataChannel",
  ],
  [`cloudwatch_log_group /ecs/${cluster}/exec-sessions:*`]: WRITE_AND_FIND,
  ...more,
});

const connectTo = (cache: string): Granted => ({
  [`elasticache_replication_group ${cache}`]: ["elasticache:Connect"],
  [`elasticache_user ${cache}-app`]: ["elasticache:Connect"],
});

const REALTIME_PASSWORD = "db_instance realtime-platform master_user_secret";
const PDF_EXCEL_PASSWORD = "db_instance pdf-excel-saas-prod-db master_user_secret";
const SENTRY = "secretsmanager_secret pdf-excel-prod/sentry-dsn";

const EXPECTED: Readonly<Record<string, RolePermissions>> = {
  "ecs-webapp": {
    "ecs-webapp-flow-logs": flowLogs("ecs-webapp"),
    "ecs-webapp-web-execution": execution("/ecs/ecs-webapp"),
    "ecs-webapp-web-task": task("ecs-webapp-cluster"),
  },
  helloapi: {
    "helloapi-flow-logs": flowLogs("helloapi"),
    "helloapi-api-execution": execution(
      "/ecs/helloapi/api",
      "secretsmanager_secret helloapi/database",
      "secretsmanager_secret helloapi/secret-key",
    ),
    "helloapi-api-task": task("helloapi"),
  },
  "lightwave-prod": {
    "lightwave-django-prod-flow-logs": flowLogs("lightwave-django-prod"),
    "lightwave-django-prod-django-execution": execution(
      "/ecs/lightwave-django-prod",
      "db_instance lightwave-django-prod master_user_secret",
      "secretsmanager_secret lightwave-django-prod/secret-key",
    ),
    "lightwave-django-prod-django-task": task("lightwave-prod", connectTo("lightwave-django-prod")),
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
      SENTRY,
    ),
    "pdf-excel-prod-backend-task": task("pdf-excel-prod"),
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

it.each(environmentNames())(
  "gives the roles of %s exactly these actions on exactly these resources",
  (name) => {
    expect(rolePermissions(allStacks(loadEnvironment(name)))).toEqual(EXPECTED[name]);
  },
);

/** Actions by service. On what CI may use them is the matter of __tests__/ci. */
type Actions = Readonly<Record<string, readonly string[]>>;

/** What both roles may do. */
const LOOK: Actions = {
  acm: ["DescribeCertificate", "ListTagsForCertificate"],
  "application-autoscaling": ["DescribeScalableTargets", "DescribeScalingPolicies", "ListTagsForResource"],
  cloudwatch: ["DescribeAlarms"],
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
  iam: [
    "GetRole",
    "GetRolePolicy",
    "ListAttachedRolePolicies",
    "ListInstanceProfilesForRole",
    "ListRolePolicies",
  ],
  logs: ["DescribeLogGroups", "DescribeResourcePolicies", "ListTagsForResource"],
  rds: [
    "DescribeDBInstances",
    "DescribeDBParameterGroups",
    "DescribeDBParameters",
    "DescribeDBSubnetGroups",
    "DescribeEvents",
    "ListTagsForResource",
  ],
  route53: ["GetChange", "GetHostedZone", "ListResourceRecordSets"],
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
  sqs: ["GetQueueAttributes", "GetQueueUrl", "ListQueueTags"],
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
  cloudwatch: ["DeleteAlarms", "PutMetricAlarm"],
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
  ],
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
  kms: ["CreateGrant", "Decrypt", "DescribeKey", "GenerateDataKey"],
  logs: [
    "CreateLogDelivery",
    "CreateLogGroup",
    "DeleteLogDelivery",
    "DeleteLogGroup",
    "GetLogDelivery",
    "GetLogEvents",
    "ListLogDeliveries",
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
  sqs: ["CreateQueue", "DeleteQueue", "SetQueueAttributes", "TagQueue", "UntagQueue"],
};

describe("the roles of CI", () => {
  const permissions = rolePermissions(allStacks(defineEnvironment(shopInput)));

  const actionsOf = (role: string) => [...new Set(Object.values(permissions[role] ?? {}).flat())].sort();
  const expected = (...lists: readonly Actions[]) =>
    lists
      .flatMap((list) =>
        Object.entries(list).flatMap(([service, names]) => names.map((name) => `${service}:${name}`)),
      )
      .sort();

  it("look, and the one that plans does nothing else", () => {
    expect(actionsOf("shop-ci-plan")).toEqual(expected(LOOK));
  });

  it("deploy with exactly these actions", () => {
    expect(actionsOf("shop-ci-deploy")).toEqual(expected(LOOK, CHANGE));
  });
});

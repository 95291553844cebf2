// What each command needs of IAM, in one table: docs/operations.md shows it as policies, and e2e compares it with the calls.
import type { Statement } from "../iam/document";

/** Names of actions by their service, such as `DescribeVpcs` by `ec2`. */
export type Actions = Readonly<Record<string, readonly string[]>>;

export interface Permissions {
  /** Every API call that the command makes. Each also asks who it is: that one goes without saying. */
  readonly calls: Actions;
  /** Every call that it makes besides where the environment has VPC endpoints. Default: none. */
  readonly withEndpoints?: Actions;
  /** What IAM asks for besides where the environment has buckets. Default: nothing. */
  readonly withBuckets?: Actions;
  /** Every call that it makes besides where services have schedules. Default: none. */
  readonly withSchedules?: Actions;
  /** Every call that it makes besides where the environment has file systems. Default: none. */
  readonly withFileSystems?: Actions;
  /** What IAM asks for without a call of that name, as "Service Authorization Reference" says. Default: nothing. */
  readonly withoutCall?: Actions;
  /** Every call that the Terraform which it runs makes, for a state that is a local file. Default: it runs none. */
  readonly terraform?: Actions;
  /** What of all this IAM can allow on less than everything: on what, as it is in lightwave-prod. Default: nothing. */
  readonly narrowed?: readonly Statement[];
}

/** How a file system is found, with the security groups of its mount targets. */
const FILE_SYSTEMS = {
  elasticfilesystem: ["DescribeFileSystems", "DescribeMountTargetSecurityGroups", "DescribeMountTargets"],
} as const;

/** A row for each command that operates an account, by what is typed: `discover`, or `contain undo`. */
export const PERMISSIONS = {
  adopt: {
    calls: { ec2: ["DescribeSecurityGroupRules", "DescribeSecurityGroups", "DescribeVpcs"] },
  },
  "cache-user": {
    calls: {
      ecs: ["DescribeServices", "UpdateService"],
      elasticache: ["DescribeUsers", "ModifyUser"],
      secretsmanager: [
        "DescribeSecret",
        "GetSecretValue",
        "ListSecretVersionIds",
        "PutSecretValue",
        "UpdateSecretVersionStage",
      ],
    },
    narrowed: [
      {
        actions: [
          "ecs:UpdateService",
          "elasticache:ModifyUser",
          "secretsmanager:DescribeSecret",
          "secretsmanager:GetSecretValue",
          "secretsmanager:ListSecretVersionIds",
          "secretsmanager:PutSecretValue",
          "secretsmanager:UpdateSecretVersionStage",
        ],
        resources: [
          "arn:aws:ecs:us-east-1:123456789012:service/lightwave-prod/*",
          "arn:aws:elasticache:us-east-1:123456789012:user:lightwave-django-prod-app",
          "arn:aws:secretsmanager:us-east-1:123456789012:secret:lightwave-django-prod/cache-*",
        ],
      },
    ],
  },
  checklist: {
    calls: {
      "application-autoscaling": ["DescribeScalableTargets"],
      ec2: [
        "DescribeFlowLogs",
        "DescribeNatGateways",
        "DescribeNetworkAcls",
        "DescribeSecurityGroupRules",
        "DescribeSecurityGroups",
        "DescribeSubnets",
        "DescribeVpcs",
        "GetManagedPrefixListEntries",
      ],
      ecs: ["DescribeServices", "DescribeTaskDefinition"],
      elasticache: ["DescribeCacheClusters", "DescribeReplicationGroups"],
      elasticloadbalancing: [
        "DescribeListeners",
        "DescribeLoadBalancerAttributes",
        "DescribeLoadBalancers",
        "DescribeRules",
        "DescribeTargetGroups",
        "DescribeTargetHealth",
      ],
      logs: ["DescribeLogGroups"],
      rds: ["DescribeDBInstances"],
    },
    withEndpoints: { ec2: ["DescribeVpcEndpoints"] },
    withFileSystems: FILE_SYSTEMS,
  },
  "contain block-ip": {
    calls: { ec2: ["CreateNetworkAclEntry", "DescribeNetworkAcls", "DescribeVpcs"] },
    narrowed: [
      {
        actions: ["ec2:CreateNetworkAclEntry"],
        resources: ["arn:aws:ec2:us-east-1:123456789012:network-acl/*"],
      },
    ],
  },
  "contain changes": {
    calls: { cloudtrail: ["LookupEvents"], ec2: ["DescribeSecurityGroups", "DescribeVpcs"] },
  },
  "contain logs": {
    calls: { logs: ["FilterLogEvents"] },
    narrowed: [
      {
        actions: ["logs:FilterLogEvents"],
        resources: ["arn:aws:logs:us-east-1:123456789012:log-group:/ecs/lightwave-django-prod:*"],
      },
    ],
  },
  "contain scale-down": {
    calls: {
      "application-autoscaling": ["DescribeScalableTargets", "RegisterScalableTarget"],
      ecs: ["DescribeServices", "UpdateService"],
    },
    narrowed: [
      {
        actions: [
          "application-autoscaling:RegisterScalableTarget",
          "ecs:DescribeServices",
          "ecs:UpdateService",
        ],
        resources: [
          "arn:aws:application-autoscaling:us-east-1:123456789012:scalable-target/*",
          "arn:aws:ecs:us-east-1:123456789012:service/lightwave-prod/*",
        ],
      },
    ],
  },
  "contain undo": {
    calls: {
      "application-autoscaling": ["DescribeScalableTargets", "RegisterScalableTarget"],
      ec2: ["DeleteNetworkAclEntry", "DescribeNetworkAcls"],
      ecs: ["DescribeServices", "UpdateService"],
    },
    narrowed: [
      {
        actions: [
          "application-autoscaling:RegisterScalableTarget",
          "ec2:DeleteNetworkAclEntry",
          "ecs:DescribeServices",
          "ecs:UpdateService",
        ],
        resources: [
          "arn:aws:application-autoscaling:us-east-1:123456789012:scalable-target/*",
          "arn:aws:ec2:us-east-1:123456789012:network-acl/*",
          "arn:aws:ecs:us-east-1:123456789012:service/lightwave-prod/*",
        ],
      },
    ],
  },
  "database-user": {
    calls: {
      ecs: ["DescribeServices", "DescribeTaskDefinition", "DescribeTasks", "RunTask", "StopTask"],
      logs: ["GetLogEvents"],
      secretsmanager: ["DescribeSecret", "UpdateSecretVersionStage"],
    },
    // RunTask hands the role of the task definition on.
    withoutCall: { iam: ["PassRole"] },
    narrowed: [
      {
        actions: [
          "ecs:DescribeTasks",
          "ecs:RunTask",
          "ecs:StopTask",
          "logs:GetLogEvents",
          "secretsmanager:DescribeSecret",
          "secretsmanager:UpdateSecretVersionStage",
        ],
        resources: [
          "arn:aws:ecs:us-east-1:123456789012:task-definition/lightwave-django-prod-database-user:*",
          "arn:aws:ecs:us-east-1:123456789012:task/lightwave-prod/*",
          "arn:aws:logs:us-east-1:123456789012:log-group:/ecs/lightwave-django-prod/database-user:log-stream:*",
          "arn:aws:secretsmanager:us-east-1:123456789012:secret:lightwave-django-prod/database-user-*",
        ],
      },
      {
        actions: ["iam:PassRole"],
        resources: ["arn:aws:iam::123456789012:role/lightwave-django-prod-database-user-execution"],
        conditions: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
      },
    ],
  },
  discover: {
    calls: {
      ec2: ["DescribeSecurityGroups", "DescribeVpcs"],
      ecs: ["DescribeServices"],
      elasticache: ["DescribeCacheClusters", "DescribeReplicationGroups"],
      elasticloadbalancing: ["DescribeLoadBalancers"],
      rds: ["DescribeDBInstances"],
    },
    withEndpoints: { ec2: ["DescribeVpcEndpoints"] },
    withFileSystems: FILE_SYSTEMS,
  },
  preflight: {
    calls: {
      acm: ["DescribeCertificate"],
      ec2: [
        "DescribeAddresses",
        "DescribeAvailabilityZones",
        "DescribeNatGateways",
        "DescribeSecurityGroupRules",
        "DescribeSecurityGroups",
        "DescribeSubnets",
        "DescribeVpcs",
      ],
      ecr: ["DescribeImages", "DescribeRepositories", "ListTagsForResource"],
      ecs: ["DescribeClusters", "DescribeServices"],
      elasticache: [
        "DescribeCacheParameterGroups",
        "DescribeCacheSubnetGroups",
        "DescribeReplicationGroups",
        "DescribeUserGroups",
        "DescribeUsers",
        "ListTagsForResource",
      ],
      elasticloadbalancing: ["DescribeLoadBalancers", "DescribeTags", "DescribeTargetGroups"],
      iam: ["GetRole"],
      logs: ["DescribeLogGroups", "ListTagsForResource"],
      rds: [
        "DescribeDBInstances",
        "DescribeDBParameterGroups",
        "DescribeDBSubnetGroups",
        "DescribeOrderableDBInstanceOptions",
        "ListTagsForResource",
      ],
      route53: ["GetHostedZone", "ListHostedZones", "ListResourceRecordSets"],
      s3: ["GetBucketTagging", "ListBucket"],
      secretsmanager: ["DescribeSecret", "GetSecretValue"],
      servicequotas: ["GetAWSDefaultServiceQuota", "GetServiceQuota"],
      sqs: ["GetQueueUrl", "ListQueueTags"],
      ssm: ["GetParameter"],
    },
    withFileSystems: { elasticfilesystem: ["DescribeFileSystems"] },
    narrowed: [
      {
        actions: ["ssm:GetParameter"],
        resources: ["arn:aws:ssm:us-east-1:123456789012:parameter/helloapi/*"],
      },
      {
        actions: ["secretsmanager:GetSecretValue"],
        resources: ["arn:aws:secretsmanager:us-east-1:123456789012:secret:helloapi/sentry-*"],
      },
    ],
  },
  rollback: {
    calls: {
      ec2: [
        "DescribeSecurityGroupRules",
        "DescribeSecurityGroups",
        "DescribeVpcs",
        "GetManagedPrefixListEntries",
      ],
    },
    terraform: {
      ec2: [
        "DescribeRouteTables",
        "DescribeSecurityGroupRules",
        "DescribeSecurityGroups",
        "DescribeVpcAttribute",
        "DescribeVpcs",
        "RevokeSecurityGroupEgress",
        "RevokeSecurityGroupIngress",
      ],
    },
  },
  verify: {
    calls: {
      ec2: [
        "DescribeNetworkAcls",
        "DescribeSecurityGroupRules",
        "DescribeSecurityGroups",
        "DescribeSubnets",
        "DescribeVpcs",
        "GetManagedPrefixListEntries",
      ],
      ecs: ["DescribeServices", "DescribeTaskDefinition", "DescribeTasks", "RunTask", "StopTask"],
      elasticache: ["DescribeCacheClusters", "DescribeReplicationGroups", "DescribeUsers"],
      elasticloadbalancing: [
        "DescribeListeners",
        "DescribeLoadBalancers",
        "DescribeTargetGroups",
        "DescribeTargetHealth",
      ],
      logs: ["GetLogEvents"],
      rds: ["DescribeDBInstances"],
      secretsmanager: ["DescribeSecret"],
    },
    withEndpoints: { ec2: ["DescribeVpcEndpoints"] },
    withBuckets: { s3: ["GetBucketPublicAccessBlock"] },
    withSchedules: { states: ["DescribeStateMachine", "ListExecutions"] },
    withFileSystems: FILE_SYSTEMS,
    // RunTask hands the roles of the task definition on.
    withoutCall: { iam: ["PassRole"] },
    narrowed: [
      {
        actions: ["ecs:DescribeTasks", "ecs:RunTask", "ecs:StopTask", "logs:GetLogEvents"],
        resources: [
          "arn:aws:ecs:us-east-1:123456789012:task-definition/lightwave-django-prod:*",
          "arn:aws:ecs:us-east-1:123456789012:task/lightwave-prod/*",
          "arn:aws:logs:us-east-1:123456789012:log-group:/ecs/lightwave-django-prod:log-stream:*",
        ],
      },
      {
        actions: ["iam:PassRole"],
        resources: [
          "arn:aws:iam::123456789012:role/lightwave-django-prod-django-execution",
          "arn:aws:iam::123456789012:role/lightwave-django-prod-django-task",
        ],
        conditions: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
      },
    ],
  },
  wait: {
    calls: {
      ecs: ["DescribeServices", "DescribeTasks", "ListTasks"],
      elasticache: ["DescribeCacheClusters", "DescribeEvents", "DescribeReplicationGroups"],
      elasticloadbalancing: ["DescribeLoadBalancers", "DescribeTargetGroups", "DescribeTargetHealth"],
      rds: ["DescribeDBInstances", "DescribeEvents"],
    },
  },
} as const satisfies Readonly<Record<string, Permissions>>;

/** A command that operates an account, as typed: `discover`, or `contain undo`. */
export type OperationName = keyof typeof PERMISSIONS;

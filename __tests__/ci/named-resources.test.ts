// Whether the deploy role is let near everything that the stacks make: names in policies are texts, and nothing but this
// compares them with the names that are given.

import { type Block, blocks } from "../../src/reachability/terraform-config";
import { defineEnvironment } from "../../src/validation/define-environment";
import { type IamRequest, isAllowed } from "../support/iam-evaluator";
import { platformConfigs } from "../support/platform-configs";
import { ACCOUNT, everythingInput, policiesOf, shopInput } from "./fixtures";

/** An ARN with what AWS adds behind a name, and what is done there. */
type Named = readonly [arn: string, ...actions: readonly string[]];

const REGION = "us-east-1";

const arn = (service: string, resource: string, region = REGION) =>
  `arn:aws:${service}:${region}:${ACCOUNT}:${resource}`;
const text = (value: unknown) => String(value).replaceAll(/\$\{data\.aws_caller_identity\.[^}]*\}/g, ACCOUNT);
const regionOf = ({ provider }: Block["body"]) => text(provider ?? REGION).replace("aws.", "");

/** What has a name in its ARN, by type: "Service Authorization Reference". */
const NAMED: Readonly<Record<string, (body: Block["body"]) => Named>> = {
  aws_backup_vault: (body) => [
    arn("backup", `backup-vault:${text(body.name)}`, regionOf(body)),
    "backup:CreateBackupVault",
    "backup:DeleteBackupVault",
    "backup:DescribeBackupVault",
    "backup:ListTags",
    "backup:TagResource",
  ],
  aws_cloudwatch_dashboard: ({ dashboard_name }) => [
    `arn:aws:cloudwatch::${ACCOUNT}:dashboard/${text(dashboard_name)}`,
    "cloudwatch:DeleteDashboards",
    "cloudwatch:GetDashboard",
    "cloudwatch:PutDashboard",
  ],
  aws_cloudwatch_event_rule: ({ name }) => [
    arn("events", `rule/${text(name)}`),
    "events:DeleteRule",
    "events:DescribeRule",
    "events:ListTagsForResource",
    "events:ListTargetsByRule",
    "events:PutRule",
    "events:PutTargets",
    "events:RemoveTargets",
    "events:TagResource",
  ],
  aws_cloudwatch_log_group: ({ name }) => [
    arn("logs", `log-group:${text(name)}`),
    "logs:AssociateKmsKey",
    "logs:CreateLogGroup",
    "logs:DeleteLogGroup",
    "logs:DescribeMetricFilters",
    "logs:ListTagsForResource",
    "logs:PutMetricFilter",
    "logs:PutRetentionPolicy",
    "logs:TagResource",
  ],
  aws_cloudwatch_metric_alarm: ({ alarm_name }) => [
    arn("cloudwatch", `alarm:${text(alarm_name)}`),
    "cloudwatch:DeleteAlarms",
    "cloudwatch:DescribeAlarms",
    "cloudwatch:ListTagsForResource",
    "cloudwatch:PutMetricAlarm",
    "cloudwatch:TagResource",
  ],
  aws_db_instance: ({ identifier }) => [
    arn("rds", `db:${text(identifier)}`),
    "rds:AddTagsToResource",
    "rds:CreateDBInstance",
    "rds:DeleteDBInstance",
    "rds:ModifyDBInstance",
  ],
  aws_db_parameter_group: ({ name }) => [
    arn("rds", `pg:${text(name)}`),
    "rds:CreateDBInstance",
    "rds:CreateDBParameterGroup",
    "rds:DeleteDBParameterGroup",
  ],
  aws_db_subnet_group: ({ name }) => [
    arn("rds", `subgrp:${text(name)}`),
    "rds:CreateDBInstance",
    "rds:CreateDBSubnetGroup",
    "rds:DeleteDBSubnetGroup",
  ],
  aws_ecs_cluster: ({ name }) => [
    arn("ecs", `cluster/${text(name)}`),
    "ecs:CreateCluster",
    "ecs:DeleteCluster",
    "ecs:PutClusterCapacityProviders",
  ],
  aws_ecs_service: ({ name }) => [
    arn("ecs", `service/all-options/${text(name)}`),
    "ecs:CreateService",
    "ecs:DeleteService",
    "ecs:UpdateService",
  ],
  aws_ecs_task_definition: ({ family }) => [
    arn("ecs", `task-definition/${text(family)}:1`),
    "ecs:RegisterTaskDefinition",
    "ecs:RunTask",
    "ecs:TagResource",
  ],
  aws_elasticache_parameter_group: ({ name }) => [
    arn("elasticache", `parametergroup:${text(name)}`),
    "elasticache:CreateCacheParameterGroup",
    "elasticache:CreateReplicationGroup",
    "elasticache:DeleteCacheParameterGroup",
  ],
  aws_elasticache_replication_group: ({ replication_group_id }) => [
    arn("elasticache", `replicationgroup:${text(replication_group_id)}`),
    "elasticache:CreateReplicationGroup",
    "elasticache:DeleteReplicationGroup",
    "elasticache:ModifyReplicationGroup",
  ],
  aws_elasticache_subnet_group: ({ name }) => [
    arn("elasticache", `subnetgroup:${text(name)}`),
    "elasticache:CreateCacheSubnetGroup",
    "elasticache:CreateReplicationGroup",
    "elasticache:DeleteCacheSubnetGroup",
  ],
  aws_elasticache_user: ({ user_id }) => [
    arn("elasticache", `user:${text(user_id)}`),
    "elasticache:CreateUser",
    "elasticache:CreateUserGroup",
    "elasticache:DeleteUser",
  ],
  aws_elasticache_user_group: ({ user_group_id }) => [
    arn("elasticache", `usergroup:${text(user_group_id)}`),
    "elasticache:CreateReplicationGroup",
    "elasticache:CreateUserGroup",
    "elasticache:DeleteUserGroup",
  ],
  aws_iam_role: ({ name }) => [
    `arn:aws:iam::${ACCOUNT}:role/${text(name)}`,
    "iam:CreateRole",
    "iam:DeleteRole",
    "iam:GetRole",
    "iam:PassRole",
    "iam:PutRolePolicy",
    "iam:TagRole",
  ],
  aws_kms_alias: (body) => [
    arn("kms", text(body.name), regionOf(body)),
    "kms:CreateAlias",
    "kms:DeleteAlias",
    "kms:UpdateAlias",
  ],
  aws_lb: ({ name }) => [
    arn("elasticloadbalancing", `loadbalancer/app/${text(name)}/0a1b`),
    "elasticloadbalancing:CreateListener",
    "elasticloadbalancing:CreateLoadBalancer",
    "elasticloadbalancing:DeleteLoadBalancer",
    "wafv2:AssociateWebACL",
    "wafv2:DisassociateWebACL",
    "wafv2:GetWebACLForResource",
  ],
  aws_lb_target_group: ({ name }) => [
    arn("elasticloadbalancing", `targetgroup/${text(name)}/0a1b`),
    "elasticloadbalancing:CreateTargetGroup",
    "elasticloadbalancing:DeleteTargetGroup",
    "elasticloadbalancing:ModifyTargetGroup",
  ],
  aws_s3_bucket: ({ bucket }) => [
    `arn:aws:s3:::${text(bucket)}`,
    "s3:CreateBucket",
    "s3:DeleteBucket",
    "s3:ListBucket",
    "s3:PutBucketCORS",
    "s3:PutBucketPolicy",
    "s3:PutBucketVersioning",
  ],
  aws_scheduler_schedule: ({ name }) => [
    arn("scheduler", `schedule/all-options/${text(name)}`),
    "scheduler:CreateSchedule",
    "scheduler:DeleteSchedule",
    "scheduler:GetSchedule",
    "scheduler:UpdateSchedule",
  ],
  aws_scheduler_schedule_group: ({ name }) => [
    arn("scheduler", `schedule-group/${text(name)}`),
    "scheduler:CreateScheduleGroup",
    "scheduler:DeleteScheduleGroup",
    "scheduler:GetScheduleGroup",
    "scheduler:ListTagsForResource",
    "scheduler:TagResource",
    "scheduler:UntagResource",
  ],
  aws_secretsmanager_secret: ({ name }) => [
    arn("secretsmanager", `secret:${text(name)}-aBcDeF`),
    "secretsmanager:CreateSecret",
    "secretsmanager:DeleteSecret",
    "secretsmanager:DescribeSecret",
    "secretsmanager:PutSecretValue",
  ],
  aws_sfn_state_machine: ({ name }) => [
    arn("states", `stateMachine:${text(name)}`),
    "states:CreateStateMachine",
    "states:DeleteStateMachine",
    "states:DescribeStateMachine",
    "states:ListStateMachineVersions",
    "states:ListTagsForResource",
    "states:TagResource",
    "states:UpdateStateMachine",
  ],
  aws_sns_topic: ({ name }) => [
    arn("sns", text(name)),
    "sns:CreateTopic",
    "sns:DeleteTopic",
    "sns:GetTopicAttributes",
    "sns:ListTagsForResource",
    "sns:SetTopicAttributes",
    "sns:Subscribe",
    "sns:TagResource",
  ],
  aws_sqs_queue: ({ name }) => [
    arn("sqs", text(name)),
    "sqs:CreateQueue",
    "sqs:DeleteQueue",
    "sqs:GetQueueAttributes",
    "sqs:SetQueueAttributes",
  ],
  aws_ssm_parameter: ({ name }) => [
    arn("ssm", `parameter${text(name)}`),
    "ssm:AddTagsToResource",
    "ssm:DeleteParameter",
    "ssm:GetParameter",
    "ssm:GetParameters",
    "ssm:ListTagsForResource",
    "ssm:PutParameter",
    "ssm:RemoveTagsFromResource",
  ],
  aws_wafv2_ip_set: ({ name }) => [
    arn("wafv2", `regional/ipset/${text(name)}/0a1b`),
    "wafv2:CreateIPSet",
    "wafv2:CreateWebACL",
    "wafv2:DeleteIPSet",
    "wafv2:GetIPSet",
    "wafv2:UpdateIPSet",
    "wafv2:UpdateWebACL",
  ],
  aws_wafv2_web_acl: ({ name }) => [
    arn("wafv2", `regional/webacl/${text(name)}/0a1b`),
    "wafv2:AssociateWebACL",
    "wafv2:CreateWebACL",
    "wafv2:DeleteLoggingConfiguration",
    "wafv2:DeleteWebACL",
    "wafv2:GetLoggingConfiguration",
    "wafv2:GetWebACL",
    "wafv2:GetWebACLForResource",
    "wafv2:ListTagsForResource",
    "wafv2:PutLoggingConfiguration",
    "wafv2:TagResource",
    "wafv2:UpdateWebACL",
  ],
};

/** What AWS knows by an ID, or as a part of something above. */
const UNNAMED = [
  "aws_acm_certificate",
  "aws_acm_certificate_validation",
  "aws_appautoscaling_policy",
  "aws_appautoscaling_scheduled_action",
  "aws_appautoscaling_target",
  "aws_backup_plan",
  "aws_backup_selection",
  "aws_cloudwatch_event_target",
  "aws_cloudwatch_log_metric_filter",
  "aws_default_security_group",
  "aws_ecs_cluster_capacity_providers",
  "aws_efs_access_point",
  "aws_efs_backup_policy",
  "aws_efs_file_system",
  "aws_efs_file_system_policy",
  "aws_efs_mount_target",
  "aws_flow_log",
  "aws_iam_role_policy",
  "aws_iam_role_policy_attachment",
  "aws_internet_gateway",
  "aws_kms_key",
  "aws_lb_listener",
  "aws_lb_listener_rule",
  "aws_network_acl",
  "aws_network_acl_association",
  "aws_network_acl_rule",
  "aws_route",
  "aws_route53_record",
  "aws_route_table",
  "aws_route_table_association",
  "aws_s3_bucket_cors_configuration",
  "aws_s3_bucket_lifecycle_configuration",
  "aws_s3_bucket_ownership_controls",
  "aws_s3_bucket_policy",
  "aws_s3_bucket_public_access_block",
  "aws_s3_bucket_server_side_encryption_configuration",
  "aws_s3_bucket_versioning",
  "aws_secretsmanager_secret_rotation",
  "aws_secretsmanager_secret_version",
  "aws_security_group",
  "aws_service_discovery_private_dns_namespace",
  "aws_service_discovery_service",
  "aws_sns_topic_policy",
  "aws_sns_topic_subscription",
  "aws_sqs_queue_policy",
  "aws_sqs_queue_redrive_allow_policy",
  "aws_subnet",
  "aws_vpc",
  "aws_vpc_endpoint",
  "aws_vpc_security_group_egress_rule",
  "aws_vpc_security_group_ingress_rule",
  "aws_wafv2_web_acl_association",
  "aws_wafv2_web_acl_logging_configuration",
  "terraform_data",
];

const everything = defineEnvironment(everythingInput);
const { deploy, deployBoundary } = policiesOf(everything);
const made = blocks(platformConfigs(everything)).filter(({ mode }) => mode === "resource");

const may = (action: string, resource: string) => {
  const restart = resource.includes("-database-r");
  const context: IamRequest["context"] = {
    "aws:RequestedRegion": resource.split(":")[3] || REGION,
    "aws:RequestTag/Environment": "all-options",
    "iam:PermissionsBoundary": `arn:aws:iam::${ACCOUNT}:policy/all-options-ci-platform-boundary`,
    "iam:PassedToService": "ecs-tasks.amazonaws.com",
    "ecs:cluster": arn("ecs", "cluster/all-options"),
    "events:source": restart ? "aws.secretsmanager" : "aws.ec2",
    "events:detail-type": "AWS API Call via CloudTrail",
    "events:TargetArn": restart
      ? arn("states", "stateMachine:all-options-database-restart")
      : arn("sns", "all-options-alarms"),
  };
  return isAllowed({ action, resource, context }, deploy, deployBoundary);
};

const cases = made.flatMap(({ type, body }) => {
  const [resource, ...actions] = NAMED[type]?.(body) ?? [];
  return resource === undefined ? [] : actions.map((action) => ({ type, resource, action }));
});

it("knows every type of resource that the stacks have", () => {
  const types = [...new Set(made.map(({ type }) => type))].sort();
  expect(types).toEqual([...Object.keys(NAMED), ...UNNAMED].sort());
});

it("may make, change and delete everything that has a name, by that name", () => {
  expect(cases.filter(({ action, resource }) => !may(action, resource))).toEqual([]);
  expect(new Set(cases.map(({ type }) => type)).size).toBe(Object.keys(NAMED).length);
});

describe("names of their own, which do not begin with the environment's", () => {
  const given = defineEnvironment({
    ...shopInput,
    names: {
      databaseSecret: "old/db/PASSWORD",
      flowLogs: "/aws/vpc/old",
      webAcl: "old-waf",
      alarms: { "web/failed-logins": "old-failed-logins" },
    },
    database: { credentials: "secrets-manager" },
  });
  const own = policiesOf(given);
  const at = (service: string, resource: string) => `arn:aws:${service}:eu-west-1:${ACCOUNT}:${resource}`;

  it.each([
    ["secretsmanager:CreateSecret", at("secretsmanager", "secret:old/db/PASSWORD-aBcDeF")],
    ["logs:CreateLogGroup", at("logs", "log-group:/aws/vpc/old")],
    ["wafv2:CreateWebACL", at("wafv2", "regional/webacl/old-waf/0a1b")],
    ["wafv2:CreateIPSet", at("wafv2", "regional/ipset/shop-blocked/0a1b")],
    ["cloudwatch:PutMetricAlarm", at("cloudwatch", "alarm:old-failed-logins")],
    ["cloudwatch:PutMetricAlarm", at("cloudwatch", "alarm:shop/web/errors")],
  ])("%s on %s is allowed", (action, resource) => {
    const context = { "aws:RequestedRegion": "eu-west-1", "aws:RequestTag/Environment": "shop" };
    expect(isAllowed({ action, resource, context }, own.deploy, own.deployBoundary)).toBe(true);
    expect(
      isAllowed(
        { action, resource: `${resource}`.replace(/old|shop/, "other"), context },
        own.deploy,
        own.deployBoundary,
      ),
    ).toBe(false);
  });

  it("lets the platform's roles read the secret", () => {
    const request = {
      action: "secretsmanager:GetSecretValue",
      resource: at("secretsmanager", "secret:old/db/PASSWORD-aBcDeF"),
      context: { "aws:RequestedRegion": "eu-west-1" },
    };
    expect(isAllowed(request, [own.platformBoundary])).toBe(true);
  });
});

it("may not so with what has another environment's name", () => {
  const elsewhere = cases
    .map((each) => ({ ...each, resource: each.resource.replaceAll("all-options", "other") }))
    // Alarms are found by listing them all.
    .filter(({ action }) => action !== "cloudwatch:DescribeAlarms");
  expect(elsewhere.filter(({ action, resource }) => may(action, resource))).toEqual([]);
});

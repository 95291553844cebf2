// The names that preflight looks for are those that a deployment gives: compared with what is synthesized.
import { TerraformStack, Testing } from "cdktf";
import type { Environment } from "../../../src/model/environment";
import type { WantedKind } from "../../../src/model/names/kinds";
import { wantedNames } from "../../../src/model/names/wanted";
import { wantedAddresses } from "../../../src/operations/preflight/quotas-judgement";
import { addPlatform } from "../../../src/stacks/platform";
import { defineEnvironment } from "../../../src/validation/define-environment";
import { shopInput } from "../../ci/fixtures";
import { allOptions } from "../../support/all-options";
import { type Block, resources, type Synthesized } from "../../support/synthesized";
import { systems } from "../../support/systems";

const ACCOUNT = "111122223333";

/** Where Terraform writes each kind's name. */
const RESOURCES: Readonly<Record<WantedKind, readonly [type: string, argument: string]>> = {
  VPC: ["aws_vpc", "Name"],
  "load balancer": ["aws_lb", "name"],
  "target group": ["aws_lb_target_group", "name"],
  "ECS cluster": ["aws_ecs_cluster", "name"],
  "ECS service": ["aws_ecs_service", "name"],
  database: ["aws_db_instance", "identifier"],
  "DB subnet group": ["aws_db_subnet_group", "name"],
  "DB parameter group": ["aws_db_parameter_group", "name"],
  "replication group": ["aws_elasticache_replication_group", "replication_group_id"],
  "cache user": ["aws_elasticache_user", "user_id"],
  "cache user group": ["aws_elasticache_user_group", "user_group_id"],
  "cache subnet group": ["aws_elasticache_subnet_group", "name"],
  "cache parameter group": ["aws_elasticache_parameter_group", "name"],
  "file system": ["aws_efs_file_system", "creation_token"],
  "log group": ["aws_cloudwatch_log_group", "name"],
  secret: ["aws_secretsmanager_secret", "name"],
  "IAM role": ["aws_iam_role", "name"],
  queue: ["aws_sqs_queue", "name"],
  bucket: ["aws_s3_bucket", "bucket"],
  repository: ["aws_ecr_repository", "name"],
};

/** Resources that AWS makes any number of, whatever their names, or that belong to one that is looked for. */
const OTHERS = [
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
  "aws_ecr_lifecycle_policy",
  "aws_ecr_repository_policy",
  "aws_ecs_cluster_capacity_providers",
  "aws_ecs_task_definition",
  "aws_efs_access_point",
  "aws_efs_backup_policy",
  "aws_efs_file_system_policy",
  "aws_efs_mount_target",
  "aws_eip",
  "aws_flow_log",
  "aws_iam_role_policy",
  "aws_iam_role_policy_attachment",
  "aws_internet_gateway",
  "aws_kms_key",
  "aws_lb_listener",
  "aws_lb_listener_rule",
  "aws_nat_gateway",
  "aws_network_acl",
  "aws_network_acl_association",
  "aws_network_acl_rule",
  "aws_route",
  "aws_route53_record",
  "aws_route_table",
  "aws_route_table_association",
  "aws_s3_bucket_cors_configuration",
  "aws_s3_bucket_lifecycle_configuration",
  "aws_s3_bucket_logging",
  "aws_s3_bucket_ownership_controls",
  "aws_s3_bucket_policy",
  "aws_s3_bucket_public_access_block",
  "aws_s3_bucket_server_side_encryption_configuration",
  "aws_s3_bucket_versioning",
  "aws_secretsmanager_secret_rotation",
  "aws_secretsmanager_secret_version",
  "aws_security_group",
  // A VPC has one domain of a name, and the VPC is the environment's own; a name stands in that domain.
  "aws_service_discovery_private_dns_namespace",
  "aws_service_discovery_service",
  "aws_sns_topic_policy",
  "aws_sns_topic_subscription",
  "aws_sqs_queue_policy",
  "aws_sqs_queue_redrive_allow_policy",
  "aws_subnet",
  "aws_vpc_endpoint",
  "aws_vpc_security_group_egress_rule",
  "aws_vpc_security_group_ingress_rule",
  "aws_wafv2_web_acl_association",
  "aws_wafv2_web_acl_logging_configuration",
  "terraform_data",
];

/**
 * Names that AWS does not give twice, and that are not looked for all the same: they are called after the environment, as the
 * flow logs and their role are, by which another environment of that name is found. `terraform apply` stops at what somebody
 * has made by hand, as docs/operations.md says. For none of their services is an SDK client
 * among the dependencies, but for Step Functions, which `verify` asks what has run.
 */
const REFUSED = [
  "aws_backup_vault",
  "aws_kms_alias",
  // ParameterAlreadyExists: PutParameter API reference; without Overwrite, with which AWS's provider never creates one.
  "aws_ssm_parameter",
  // ConflictException: CreateSchedule and CreateScheduleGroup API reference.
  "aws_scheduler_schedule",
  "aws_scheduler_schedule_group",
  // StateMachineAlreadyExists: CreateStateMachine API reference.
  "aws_sfn_state_machine",
  // SNS hands out one that exists, but only to whoever asks for the tags that it has: CreateTopic API reference, and its error.
  "aws_sns_topic",
  "aws_wafv2_ip_set",
  "aws_wafv2_web_acl",
];

/**
 * Names that AWS gives to whoever writes last, without a word, and where it says so. docs/operations.md warns of them: no SDK
 * client is among the dependencies that could tell whose they are.
 */
const OVERWRITTEN: Readonly<Record<string, string>> = {
  aws_cloudwatch_dashboard: "PutDashboard API reference",
  aws_cloudwatch_event_rule: "PutRule API reference",
  aws_cloudwatch_metric_alarm: "PutMetricAlarm API reference",
};

/** Stacks that stand by themselves, deployed once and by hand, and the page that says what to do where one stops. */
const BY_HAND: Readonly<Record<string, string>> = {
  "account-security": "docs/account-security.md",
  "ci-access": "docs/ci.md",
};

/** What the five environments have not. */
const unlike = defineEnvironment({
  name: "unlike",
  region: "eu-central-1",
  network: {
    cidr: "10.1.0.0/16",
    availabilityZones: ["eu-central-1a", "eu-central-1b"],
    natGateways: "single",
  },
  services: {
    worker: {
      image: "unlike/worker:1",
      cpu: 256,
      memory: 512,
      secrets: { SIGNING_KEY: { generate: { length: 40 } } },
    },
  },
  names: { secrets: "elsewhere" },
});

const ENVIRONMENTS: [string, Environment][] = [
  ...systems.names().map((name): [string, Environment] => [name, systems.load(name)]),
  ["unlike", unlike],
  ["all-options", allOptions],
  ["shop, with ci", defineEnvironment(shopInput)],
];

/** What is synthesized for an environment, without the stacks that are deployed by hand. */
function stacksOf(environment: Environment): Synthesized[] {
  const app = Testing.app();
  addPlatform(app, environment);
  return app.node.children.flatMap((stack) => {
    if (!TerraformStack.isStack(stack) || stack.node.id in BY_HAND) {
      return [];
    }
    stack.prepareStack();
    return [JSON.parse(JSON.stringify(stack.toTerraform()))];
  });
}

/** An argument, or a tag, with the account filled in. */
function textOf(block: Block, argument: string): string {
  const { [argument]: value, tags } = block;
  const text = argument === "Name" ? Object(tags).Name : value;
  return String(text).replace(/\$\{data\.aws_caller_identity\.[^}]+\}/, ACCOUNT);
}

describe.each(ENVIRONMENTS)("%s", (_name, environment) => {
  const stacks = stacksOf(environment);
  const given = (type: string, argument: string) =>
    stacks.flatMap((stack) => resources(stack, type).map(([, block]) => textOf(block, argument)));

  it("is looked for under every name that its stacks give", () => {
    const expected = Object.entries(RESOURCES).map(([kind, [type, argument]]) => [
      kind,
      given(type, argument).sort(),
    ]);
    const wanted = Object.entries(wantedNames(environment, ACCOUNT)).map(([kind, names]) => [
      kind,
      [...names].sort(),
    ]);
    expect(Object.fromEntries(wanted)).toEqual(Object.fromEntries(expected));
  });

  it("makes nothing of which nobody has said whether its name is unique", () => {
    const unseen = [...REFUSED, ...Object.keys(OVERWRITTEN)];
    const known = [...OTHERS, ...unseen, ...Object.values(RESOURCES).map(([type]) => type)];
    const types = stacks.flatMap(({ resource }) => Object.keys(resource ?? {}));
    expect(types.filter((type) => !known.includes(type))).toEqual([]);
  });

  it("takes as many Elastic IP addresses as its NAT gateways have", () => {
    expect(wantedAddresses(environment)).toEqual(given("aws_eip", "Name"));
  });
});

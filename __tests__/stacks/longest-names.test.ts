// The longest name that the schema takes for an environment: what every stack makes of it is still a name that AWS takes.
import { TerraformStack, Testing } from "cdktf";
import { addPlatform } from "../../src/stacks/platform";
import { defineEnvironment } from "../../src/validation/define-environment";
import { allOptionsInput } from "../support/all-options";
import { resources, type Synthesized } from "../support/synthesized";

const ACCOUNT = "123456789012";
const BASE = "n".repeat(40);

/** As long as their own limits let them be, since these need not follow the base name. */
const environment = defineEnvironment({
  ...allOptionsInput,
  name: BASE,
  outputs: { parameterPrefix: `/${"p".repeat(127)}` },
  account: ACCOUNT,
  names: {
    loadBalancer: "l".repeat(32),
    database: "d".repeat(63),
    cache: "c".repeat(36),
    services: { web: { targetGroup: "t".repeat(32) } },
  },
  monitoring: {},
  accountSecurity: {},
  state: { backend: "s3", region: "us-east-1", bucket: "s".repeat(58), createBucket: true },
});

/** By type and argument: the longest name that AWS takes, in characters, from the API reference of its Create action. */
const LONGEST: Readonly<Record<string, readonly [argument: string, length: number]>> = {
  aws_accessanalyzer_analyzer: ["analyzer_name", 255],
  aws_backup_plan: ["name", 50],
  aws_backup_selection: ["name", 50],
  aws_backup_vault: ["name", 50],
  aws_cloudtrail: ["name", 128],
  aws_cloudwatch_dashboard: ["dashboard_name", 255],
  aws_cloudwatch_event_rule: ["name", 64],
  aws_cloudwatch_log_group: ["name", 512],
  aws_cloudwatch_log_metric_filter: ["name", 512],
  aws_cloudwatch_metric_alarm: ["alarm_name", 255],
  aws_config_configuration_recorder: ["name", 256],
  aws_config_delivery_channel: ["name", 256],
  aws_db_instance: ["identifier", 63],
  aws_db_parameter_group: ["name", 255],
  aws_db_subnet_group: ["name", 255],
  aws_ecr_repository: ["name", 256],
  aws_ecs_cluster: ["name", 255],
  aws_ecs_service: ["name", 255],
  aws_ecs_task_definition: ["family", 255],
  aws_elasticache_parameter_group: ["name", 255],
  aws_elasticache_replication_group: ["replication_group_id", 40],
  aws_elasticache_subnet_group: ["name", 255],
  aws_elasticache_user: ["user_id", 40],
  aws_elasticache_user_group: ["user_group_id", 40],
  aws_iam_role: ["name", 64],
  aws_iam_role_policy: ["name", 128],
  aws_kms_alias: ["name", 256],
  aws_lb: ["name", 32],
  aws_lb_target_group: ["name", 32],
  aws_s3_bucket: ["bucket", 63],
  aws_scheduler_schedule: ["name", 64],
  aws_scheduler_schedule_group: ["name", 64],
  aws_secretsmanager_secret: ["name", 512],
  aws_security_group: ["name", 255],
  aws_sfn_state_machine: ["name", 80],
  aws_sns_topic: ["name", 256],
  aws_sqs_queue: ["name", 80],
  // As long as a tag: it is one of its own.
  aws_ssm_parameter: ["name", 256],
  aws_wafv2_ip_set: ["name", 128],
  aws_wafv2_web_acl: ["name", 128],
};

const app = Testing.app();
addPlatform(app, environment);
const configs = app.node
  .findAll()
  .filter(TerraformStack.isStack)
  .map((stack): Synthesized => {
    stack.prepareStack();
    return JSON.parse(JSON.stringify(stack.toTerraform()));
  });

/** The names of all resources of a type, with the account as it will be. */
function names(type: string, argument: string): string[] {
  return configs
    .flatMap((config) => resources(config, type))
    .flatMap(([, { [argument]: name }]) => (typeof name === "string" ? [name] : []))
    .map((name) => name.replace(/\$\{data\.aws_caller_identity\.[\w-]+\.account_id\}/g, ACCOUNT))
    .filter((name) => !name.includes("${"));
}

it.each(Object.entries(LONGEST))("%s", (type, [argument, length]) => {
  const found = names(type, argument);
  expect(found).not.toEqual([]);
  expect(found.filter((name) => name.length > length)).toEqual([]);
});

it("looks at every type of resource that has a name of its own", () => {
  const named = configs
    .flatMap(({ resource }) => Object.entries(resource ?? {}))
    .filter(([, blocks]) => Object.values(blocks).some(({ name }) => String(name).includes(BASE)))
    .map(([type]) => type);
  expect([...new Set(named)].filter((type) => LONGEST[type] === undefined)).toEqual([]);
});

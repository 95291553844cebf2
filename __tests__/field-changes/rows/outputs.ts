// The rows of where outputs are published.
import type { PathsOf } from "../../../src/schema/field-path";
import type { Rows } from "../row";

/** Every output of the broad environment, and every key of those that have keys. */
const PUBLISHED = [
  "vpc_id",
  "public_subnet_ids",
  "private_subnet_ids",
  "data_subnet_ids",
  "service_subnet_ids",
  "route_table_ids_public",
  "route_table_ids_private",
  "route_table_ids_data",
  "nat_addresses",
  "security_group_ids_alb",
  "security_group_ids_web",
  "security_group_ids_api",
  "security_group_ids_worker",
  "security_group_ids_postgres",
  "security_group_ids_redis",
  "security_group_ids_endpoints",
  "security_group_ids_mail",
  "entrance_rule_ids_alb_from_internet_80_tcp",
  "entrance_rule_ids_alb_from_internet_443_tcp",
  "cluster_name",
  "cluster_arn",
  "services_web",
  "services_api",
  "services_worker",
  "one_off_tasks_web",
  "one_off_tasks_api",
  "one_off_tasks_worker",
  "url",
  "load_balancer_arn",
  "load_balancer_dns_name",
  "load_balancer_zone_id",
  "listener_arns_http",
  "listener_arns_https",
  "target_group_arns_web",
  "target_group_arns_api",
  "hosted_zone_id",
  "certificate_validation_records",
  "web_acl_arn",
  "database_endpoint",
  "database_port",
  "database_name",
  "database_identifier",
  "database_resource_id",
  "database_secret_arn",
  "backup_vault",
  "cache_endpoint",
  "cache_port",
  "queue_urls_jobs",
  "queue_arns_jobs",
  "dead_letter_queue_urls_jobs",
  "dead_letter_queue_arns_jobs",
  "django_secret_key_arn",
  "alarm_kms_key_arn",
  "log_group_names_flow_logs",
  "log_group_names_exec_sessions",
  "log_group_names_web_acl",
  "log_group_names_database_postgresql",
  "log_group_names_database_upgrade",
  "log_group_names_cache_slow_log",
  "log_group_names_cache_engine_log",
  "alarm_topic_arn",
];

const OF_PUBLIC_SERVICE = [
  "missing_tasks",
  "cpu",
  "memory",
  "unhealthy_targets",
  "latency",
  "errors",
  "failed_logins",
  "failed_logins_axes",
];

const ALARMS: Readonly<Record<string, readonly string[]>> = {
  alb: ["server_errors", "rejected_connections"],
  waf: ["blocked_requests"],
  web: OF_PUBLIC_SERVICE,
  api: OF_PUBLIC_SERVICE,
  worker: ["missing_tasks", "cpu", "memory", "errors"],
  postgres: ["cpu", "free_storage", "connections", "cpu_credits"],
  redis: ["cpu", "memory", "evictions", "cpu_credits"],
};

export const outputsRows: Rows<PathsOf<"outputs">> = {
  outputs: {
    plan: "published",
    set: { outputs: { parameterPrefix: "/platforms" } },
    shows: [
      ...PUBLISHED,
      ...Object.entries(ALARMS).flatMap(([subject, kinds]) =>
        kinds.map((kind) => `alarm_arns_${subject}_${kind}`),
      ),
    ].map((output) => `create aws_ssm_parameter.output_${output}`),
  },
  "outputs.parameterPrefix": {
    unplanned:
      "Nothing is published here; __tests__/e2e/all-options.test.ts plans another prefix where everything is.",
  },
};

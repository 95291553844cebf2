// The rows of names.
import type { PathsOf } from "../../../src/schema/field-path";
import type { Rows } from "../row";

export const namesRows: Rows<PathsOf<"names">> = {
  names: "its fields",
  "names.vpc": {
    plan: "added",
    set: { "names.vpc": "fields-net" },
    shows: ["update aws_vpc.main: tags", "update aws_vpc.main: tags_all"],
  },
  "names.cluster": {
    plan: "renames",
    set: { "names.cluster": "fields-other" },
    shows: [
      "delete, create aws_cloudwatch_log_group.exec_sessions: name",
      "delete, create aws_ecs_cluster.cluster: name",
    ],
  },
  "names.loadBalancer": {
    plan: "names",
    set: { "names.loadBalancer": "fields-other" },
    shows: ["delete, create aws_lb.load_balancer: name"],
  },
  "names.database": {
    plan: "renames",
    set: { "names.database": "fields-other" },
    shows: [
      "create, delete aws_db_parameter_group.database: name",
      "delete, create aws_cloudwatch_log_group.database_postgresql: name",
      "delete, create aws_cloudwatch_log_group.database_upgrade: name",
      "delete, create aws_db_subnet_group.database: name",
    ],
  },
  "names.cache": {
    plan: "renames",
    set: { "names.cache": "fields-other" },
    shows: [
      "delete, create aws_cloudwatch_log_group.cache_engine_log: name",
      "delete, create aws_cloudwatch_log_group.cache_slow_log: name",
      "delete, create aws_ecs_task_definition.web: container_definitions",
      "delete, create aws_ecs_task_definition.web_migrate: container_definitions",
      "delete, create aws_ecs_task_definition.worker: container_definitions",
      "delete, create aws_ecs_task_definition.worker_nightly: container_definitions",
      "delete, create aws_ecs_task_definition.worker_report: container_definitions",
      "delete, create aws_ecs_task_definition.worker_weekly: container_definitions",
      "create, delete aws_elasticache_parameter_group.cache: name",
      "delete, create aws_elasticache_replication_group.cache: replication_group_id",
      "delete, create aws_elasticache_subnet_group.cache: name",
      "delete, create aws_elasticache_user.cache_app: user_id",
      "delete, create aws_elasticache_user.cache_default: user_id",
      "delete, create aws_elasticache_user_group.cache: user_group_id",
      "delete, create terraform_data.cache_final_snapshot: triggers_replace",
    ],
  },
  "names.queues": {
    plan: "names",
    set: { "names.queues.jobs": "fields-other" },
    shows: [
      "delete, create aws_sqs_queue.jobs: name",
      "delete, create aws_sqs_queue.jobs_dead_letters: name",
    ],
  },
  "names.buckets": {
    plan: "names",
    set: { "names.buckets.media": "fields-other" },
    shows: ["delete, create aws_s3_bucket.media: bucket"],
  },
  "names.secrets": {
    plan: "names",
    set: { "names.secrets": "fields-other" },
    shows: [
      "delete, create aws_secretsmanager_secret.api_signing_key: name",
      "delete, create aws_secretsmanager_secret.database: name",
      "delete, create aws_secretsmanager_secret.secret_key: name",
      "delete, create aws_secretsmanager_secret.secret_key_previous: name",
    ],
  },
  "names.databaseSecret": {
    plan: "renames",
    set: { "names.databaseSecret": "fields/db/PASSWORD" },
    shows: ["delete, create aws_secretsmanager_secret.database: name"],
  },
  "names.flowLogs": {
    plan: "names",
    set: { "names.flowLogs": "/aws/vpc/fields" },
    shows: ["delete, create aws_cloudwatch_log_group.flow_logs: name"],
  },
  "names.webAcl": {
    plan: "names",
    set: { "names.webAcl": "fields-waf" },
    shows: ["delete, create aws_wafv2_web_acl.load_balancer: name"],
  },
  "names.alarms": {
    plan: "second",
    set: { "names.alarms": { "web/failed-logins": "fields-failed-logins" } },
    shows: ["delete, create aws_cloudwatch_metric_alarm.web_failed_logins: alarm_name"],
  },
  "names.securityGroups": {
    plan: "added",
    set: { "names.securityGroups.web": "fields-other-sg" },
    shows: ["update aws_security_group.web: tags"],
  },
  "names.services": "its fields",
  "names.services.*.service": {
    plan: "names",
    set: {
      "names.services.web.service": "fields-other",
      "names.services.web.taskDefinition": "fields-web",
      "names.services.web.targetGroup": "fields-web",
    },
    shows: ["delete, create aws_ecs_service.web: name"],
  },
  "names.services.*.taskDefinition": {
    plan: "first",
    set: { "names.services.web.taskDefinition": "fields-other" },
    shows: [
      "delete, create aws_ecs_task_definition.web: family",
      "delete, create aws_ecs_task_definition.web_migrate: family",
      "update aws_ecs_service.web: task_definition",
    ],
  },
  "names.services.*.targetGroup": {
    plan: "third",
    set: { "names.services.web.targetGroup": "fields-other" },
    shows: [
      "create, delete aws_lb_target_group.web: name",
      "update aws_appautoscaling_policy.web_requests: target_tracking_scaling_policy_configuration",
      "update aws_cloudwatch_metric_alarm.web_latency: dimensions",
      "update aws_cloudwatch_metric_alarm.web_unhealthy_targets: dimensions",
      "update aws_ecs_service.web: load_balancer",
      "update aws_lb_listener.https: default_action",
      "update aws_lb_listener_rule.web_declared_hosts: action",
    ],
  },
  "names.services.*.logGroup": {
    plan: "names",
    set: { "names.services.web.logGroup": "/ecs/fields/other" },
    shows: ["delete, create aws_cloudwatch_log_group.service_web: name"],
  },
};

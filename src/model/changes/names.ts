// What a change of a name does to a running platform: AWS renames very little.
import type { PathsOf } from "../../schema/field-path";
import type { Change } from "./change";

const SECOND_SERVICE =
  "Add the service under a second key with the new names, send it the requests by its routes, and remove the first.";

export const namesChanges: Readonly<Record<PathsOf<"names">, Change>> = {
  names: "its fields",
  "names.vpc": "in place",
  "names.cluster": {
    replaces: [
      "aws_ecs_cluster.name",
      "aws_ecs_cluster_capacity_providers.cluster_name",
      "aws_ecs_service.cluster",
      "aws_cloudwatch_log_group.name",
      "aws_appautoscaling_target.resource_id",
      "aws_appautoscaling_policy.resource_id",
    ],
    instead: "ECS renames no cluster, and a service cannot move to another one. Keep the name.",
  },
  "names.loadBalancer": {
    replaces: ["aws_lb.name"],
    instead:
      "Elastic Load Balancing renames no load balancer: another one has another DNS name. Keep the name.",
  },
  "names.database": {
    replaces: [
      "aws_db_subnet_group.name",
      "aws_db_parameter_group.name",
      "aws_cloudwatch_log_group.name",
      "aws_db_instance.identifier",
    ],
    instead: "RDS keeps the database's logs and its subnet group under its first name. Keep the name.",
  },
  "names.cache": {
    replaces: [
      "aws_elasticache_replication_group.replication_group_id",
      "aws_elasticache_replication_group.subnet_group_name",
      "aws_elasticache_subnet_group.name",
      "aws_elasticache_parameter_group.name",
      "aws_elasticache_user.user_id",
      "aws_elasticache_user_group.user_group_id",
      "aws_cloudwatch_log_group.name",
    ],
    instead: "ElastiCache renames no replication group. Keep the name.",
  },
  "names.queues": {
    replaces: ["aws_sqs_queue.name"],
    instead: "SQS renames no queue. Add a second queue, let the first one run empty, and remove it.",
  },
  "names.buckets": {
    replaces: ["aws_s3_bucket.bucket"],
    instead:
      "S3 renames no bucket. Add a second one, copy what is in the first (aws s3 sync), let the services use it, and remove the first.",
  },
  "names.secrets": {
    replaces: ["aws_secretsmanager_secret.name"],
    instead: "Secrets Manager renames no secret, and another one gets another value. Keep the name.",
  },
  "names.databaseSecret": {
    replaces: ["aws_secretsmanager_secret.name"],
    instead: "Secrets Manager renames no secret, and another one gets another value. Keep the name.",
  },
  "names.flowLogs": {
    replaces: ["aws_cloudwatch_log_group.name", "aws_flow_log.log_destination"],
    instead:
      "CloudWatch renames no log group, and what the first one holds goes with it. Copy that to a bucket before, or keep the name.",
  },
  "names.webAcl": {
    replaces: [
      "aws_wafv2_web_acl.name",
      "aws_wafv2_web_acl_association.web_acl_arn",
      "aws_wafv2_web_acl_logging_configuration.resource_arn",
    ],
    instead:
      "WAF renames no web ACL, and until the other one stands the load balancer is without. Choose a quiet hour, or keep the name.",
  },
  "names.alarms": "in place",
  "names.securityGroups": "in place",
  "names.services": "its fields",
  "names.services.*.service": {
    replaces: [
      "aws_ecs_service.name",
      "aws_appautoscaling_target.resource_id",
      "aws_appautoscaling_policy.resource_id",
    ],
    instead: `ECS renames no service. ${SECOND_SERVICE}`,
  },
  "names.services.*.taskDefinition": "new tasks",
  "names.services.*.targetGroup": "made first",
  "names.services.*.logGroup": {
    replaces: ["aws_cloudwatch_log_group.name"],
    instead: `CloudWatch renames no log group. ${SECOND_SERVICE}`,
  },
};

// The names and the commands of the five documented systems, typed out from their documentation.

/** The system, and a resource's type, its argument, and what that must be. */
export type DocumentedName = readonly [
  system: string,
  type: string,
  argument: string,
  value: string | number,
];

export const DOCUMENTED_NAMES: readonly DocumentedName[] = [
  ["lightwave-prod", "aws_ecs_cluster", "name", "lightwave-prod"],
  ["lightwave-prod", "aws_ecs_service", "name", "lightwave-django-prod"],
  ["lightwave-prod", "aws_lb", "name", "lightwave-django-prod"],
  ["lightwave-prod", "aws_db_instance", "identifier", "lightwave-django-prod"],
  ["lightwave-prod", "aws_elasticache_replication_group", "replication_group_id", "lightwave-django-prod"],
  ["lightwave-prod", "aws_cloudwatch_log_group", "name", "/ecs/lightwave-django-prod"],
  ["lightwave-prod", "aws_acm_certificate", "domain_name", "api.lightwave-media.ltd"],
  ["lightwave-prod", "aws_security_group", "name", "lightwave-django-prod-alb-sg"],
  ["lightwave-prod", "aws_security_group", "name", "lightwave-django-prod-ecs-sg"],
  ["lightwave-prod", "aws_security_group", "name", "lightwave-django-prod-postgres-sg"],
  ["lightwave-prod", "aws_security_group", "name", "lightwave-django-prod-redis-sg"],
  ["realtime-platform", "aws_security_group", "name", "realtime-platform-alb-sg"],
  ["realtime-platform", "aws_security_group", "name", "realtime-platform-ecs-api-sg"],
  ["realtime-platform", "aws_security_group", "name", "realtime-platform-ecs-realtime-sg"],
  ["realtime-platform", "aws_security_group", "name", "realtime-platform-ecs-workers-sg"],
  ["realtime-platform", "aws_security_group", "name", "realtime-platform-rds-sg"],
  ["realtime-platform", "aws_security_group", "name", "realtime-platform-redis-sg"],
  ["pdf-excel-prod", "aws_db_instance", "identifier", "pdf-excel-saas-prod-db"],
  ["ecs-webapp", "aws_ecs_cluster", "name", "ecs-webapp-cluster"],
  ["ecs-webapp", "aws_cloudwatch_log_group", "name", "/ecs/ecs-webapp"],
  ["helloapi", "aws_lb", "name", "helloapi-alb"],
  ["helloapi", "aws_lb_target_group", "name", "helloapi-tg"],
  ["helloapi", "aws_db_instance", "identifier", "helloapi-db"],
  ["helloapi", "aws_wafv2_web_acl", "name", "helloapi-waf"],
  ["helloapi", "aws_cloudwatch_log_group", "name", "/aws/vpc/helloapi"],
  ["helloapi", "aws_secretsmanager_secret", "name", "helloapi/db/PASSWORD"],
  ["helloapi", "aws_cloudwatch_metric_alarm", "alarm_name", "helloapi-failed-logins"],
  // Where the account's trail is its own: see src/environments/helloapi.ts.
  ["helloapi, alone in its account", "aws_cloudtrail", "name", "helloapi-trail"],
];

/** More than ten failed log-ins within five minutes. */
export const DOCUMENTED_ALARM = {
  alarm_name: "helloapi-failed-logins",
  statistic: "Sum",
  period: 300,
  evaluation_periods: 1,
  threshold: 10,
  comparison_operator: "GreaterThanThreshold",
};

/** The scripts and targets of the documents, each of which docs/from-shell-scripts.md has to name. */
export const DOCUMENTED_SCRIPTS = [
  "discover-security-groups.sh",
  "add-security-group-rules.sh",
  "test-connectivity.sh",
  "make plan-prod",
  "make apply-prod",
  "aws ec2 describe-security-groups",
  "aws ec2 authorize-security-group-ingress",
  "aws ec2 revoke-security-group-ingress",
  "aws logs tail",
] as const;

/** The system, a command of its document's with what it names, and where that stands; `*` is anything. */
export type DocumentedCommand = readonly [
  system: string,
  command: string,
  value: string,
  type: string,
  argument: string,
];

export const DOCUMENTED_COMMANDS: readonly DocumentedCommand[] = [
  ["lightwave-prod", "aws ecs describe-services --cluster", "lightwave-prod", "aws_ecs_cluster", "name"],
  [
    "lightwave-prod",
    "aws ecs describe-services --services",
    "lightwave-django-prod",
    "aws_ecs_service",
    "name",
  ],
  [
    "lightwave-prod",
    "aws rds describe-db-instances --db-instance-identifier",
    "lightwave-django-prod",
    "aws_db_instance",
    "identifier",
  ],
  [
    "lightwave-prod",
    "aws elasticache describe-replication-groups --replication-group-id",
    "lightwave-django-prod",
    "aws_elasticache_replication_group",
    "replication_group_id",
  ],
  ["lightwave-prod", "aws elbv2 describe-load-balancers --names", "lightwave-django-prod", "aws_lb", "name"],
  ["lightwave-prod", "aws logs tail", "/ecs/lightwave-django-prod", "aws_cloudwatch_log_group", "name"],
  [
    "lightwave-prod",
    "aws ecs execute-command --container",
    "django",
    "aws_ecs_task_definition",
    "container_definitions.name",
  ],
  [
    "lightwave-prod",
    "curl https://api.lightwave-media.ltd",
    "/health/live/",
    "aws_lb_target_group",
    "health_check.path",
  ],
  [
    "pdf-excel-prod",
    "aws ec2 describe-security-groups --group-names",
    "pdf-excel-rds*",
    "aws_security_group",
    "name",
  ],
  [
    "pdf-excel-prod",
    "aws ec2 describe-security-groups --group-names",
    "pdf-excel-ecs*",
    "aws_security_group",
    "name",
  ],
  [
    "pdf-excel-prod",
    "aws rds describe-db-instances --db-instance-identifier",
    "pdf-excel-saas-prod-db",
    "aws_db_instance",
    "identifier",
  ],
  ["helloapi", "aws elbv2 describe-load-balancers --names", "helloapi-alb", "aws_lb", "name"],
  [
    "helloapi",
    "aws rds modify-db-instance --db-instance-identifier",
    "helloapi-db",
    "aws_db_instance",
    "identifier",
  ],
  ["helloapi", "aws wafv2 create-web-acl --name", "helloapi-waf", "aws_wafv2_web_acl", "name"],
  [
    "helloapi",
    "aws logs create-log-group --log-group-name",
    "/aws/vpc/helloapi",
    "aws_cloudwatch_log_group",
    "name",
  ],
  [
    "helloapi",
    "aws secretsmanager rotate-secret --secret-id",
    "helloapi/db/PASSWORD",
    "aws_secretsmanager_secret",
    "name",
  ],
  [
    "helloapi",
    "aws cloudwatch put-metric-alarm --alarm-name",
    "helloapi-failed-logins",
    "aws_cloudwatch_metric_alarm",
    "alarm_name",
  ],
  [
    "helloapi, alone in its account",
    "aws cloudtrail create-trail --name",
    "helloapi-trail",
    "aws_cloudtrail",
    "name",
  ],
];

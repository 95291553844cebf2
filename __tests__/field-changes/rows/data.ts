// The rows of what keeps data.
import type { PathsOf } from "../../../src/schema/field-path";
import type { Rows } from "../row";

export const dataRows: Rows<PathsOf<"database" | "cache" | "queues" | "encryption" | "backup" | "registry">> =
  {
    database: {
      plan: "removed",
      set: {
        database: undefined,
        backup: undefined,
        "services.web.connectsTo": [],
        "services.api.connectsTo": [],
      },
      shows: [
        "delete aws_backup_plan.database",
        "delete aws_backup_selection.database",
        "delete aws_backup_vault.database",
        "delete aws_cloudwatch_log_group.database_postgresql",
        "delete aws_cloudwatch_log_group.database_upgrade",
        "delete aws_cloudwatch_metric_alarm.postgres_connections",
        "delete aws_cloudwatch_metric_alarm.postgres_cpu",
        "delete aws_cloudwatch_metric_alarm.postgres_cpu_credits",
        "delete aws_cloudwatch_metric_alarm.postgres_free_storage",
        "delete aws_db_instance.database",
        "delete aws_db_parameter_group.database",
        "delete aws_db_subnet_group.database",
        "delete aws_iam_role.backup",
        "delete aws_iam_role_policy_attachment.backup",
        "delete aws_network_acl_rule.data_egress_1024_65535_tcp_to_203_0_113_7_32",
        "delete aws_network_acl_rule.data_ingress_5432_tcp_from_10_80_64_0_21",
        "delete aws_network_acl_rule.data_ingress_5432_tcp_from_10_80_72_0_21",
        "delete aws_network_acl_rule.data_ingress_5432_tcp_from_203_0_113_7_32",
        "delete aws_secretsmanager_secret.database",
        "delete aws_secretsmanager_secret_version.database",
        "delete aws_security_group.postgres",
        "delete terraform_data.database_final_snapshot",
        "delete, create aws_ecs_task_definition.api: container_definitions",
        "delete, create aws_ecs_task_definition.web: container_definitions",
        "delete, create aws_ecs_task_definition.web_migrate: container_definitions",
      ],
    },
    "database.engineVersion": {
      plan: "second",
      set: { "database.engineVersion": "16.4" },
      shows: [
        "update aws_db_instance.database: auto_minor_version_upgrade",
        "update aws_db_instance.database: engine_version",
      ],
    },
    "database.instanceClass": {
      plan: "first",
      set: { "database.instanceClass": "db.m6g.large" },
      shows: [
        "delete aws_cloudwatch_metric_alarm.postgres_cpu_credits",
        "update aws_cloudwatch_metric_alarm.postgres_connections: threshold",
        "update aws_db_instance.database: instance_class",
      ],
    },
    "database.databaseName": {
      plan: "names",
      set: { "database.databaseName": "other" },
      shows: [
        "delete, create aws_db_instance.database: db_name",
        "delete, create aws_ecs_task_definition.api: container_definitions",
        "delete, create aws_ecs_task_definition.web: container_definitions",
        "delete, create aws_ecs_task_definition.web_migrate: container_definitions",
        "delete, create terraform_data.database_final_snapshot: triggers_replace",
      ],
    },
    "database.username": {
      plan: "names",
      set: { "database.username": "other" },
      shows: ["delete, create aws_db_instance.database: username"],
    },
    "database.credentials": {
      plan: "key",
      set: { "database.credentials": "rds-managed" },
      shows: [
        "delete aws_secretsmanager_secret.database",
        "delete aws_secretsmanager_secret_version.database",
        "delete, create aws_ecs_task_definition.api: container_definitions",
        "delete, create aws_ecs_task_definition.web: container_definitions",
        "delete, create aws_ecs_task_definition.web_migrate: container_definitions",
      ],
    },
    "database.allowMajorUpgrade": {
      plan: "third",
      set: { "database.allowMajorUpgrade": true },
      shows: [
        "update aws_db_instance.database: allow_major_version_upgrade",
        "update aws_db_instance.database: apply_immediately",
      ],
    },
    "database.passwordRotation": "its fields",
    "database.passwordRotation.restartServices": {
      unplanned:
        "Only a password that RDS keeps rotates, and Terraform keeps the one here: its own tests change it.",
    },
    "database.passwordRotation.schedule": {
      unplanned:
        "Only a password that RDS keeps rotates, and Terraform keeps the one here: its own tests change it.",
    },
    "database.passwordRotation.windowHours": {
      unplanned:
        "Only a password that RDS keeps rotates, and Terraform keeps the one here: its own tests change it.",
    },
    "database.applicationUser": {
      unplanned:
        "Services of a platform that runs are the master until the user is made: its own tests add it in these steps.",
    },
    "database.applicationUser.name": { unplanned: "There is no such user here: its own tests rename it." },
    "database.applicationUser.image": {
      unplanned:
        "There is no such user here. It changes the one task that the command runs, and nothing else.",
    },
    "database.allocatedStorageGib": {
      plan: "first",
      set: { "database.allocatedStorageGib": 200 },
      shows: ["update aws_db_instance.database: allocated_storage"],
    },
    "database.maxAllocatedStorageGib": {
      plan: "first",
      set: { "database.maxAllocatedStorageGib": 2000 },
      shows: ["update aws_db_instance.database: max_allocated_storage"],
    },
    "database.multiAz": {
      plan: "first",
      set: { "database.multiAz": false },
      shows: ["update aws_db_instance.database: multi_az"],
    },
    "database.backupRetentionDays": {
      plan: "first",
      set: { "database.backupRetentionDays": 14 },
      shows: ["update aws_db_instance.database: backup_retention_period"],
    },
    "database.backupWindow": {
      plan: "first",
      set: { "database.backupWindow": "01:00-02:00" },
      shows: ["update aws_db_instance.database: backup_window"],
    },
    "database.maintenanceWindow": {
      plan: "first",
      set: { "database.maintenanceWindow": "mon:04:00-mon:05:00" },
      shows: ["update aws_db_instance.database: maintenance_window"],
    },
    "database.performanceInsightsRetentionDays": {
      plan: "first",
      set: { "database.performanceInsightsRetentionDays": 31 },
      shows: ["update aws_db_instance.database: performance_insights_retention_period"],
    },
    "database.ingressFromVpc": {
      plan: "first",
      set: { "database.ingressFromVpc": true },
      shows: [
        "create aws_network_acl_rule.data_egress_1024_65535_tcp_to_10_80_0_0_16",
        "create aws_network_acl_rule.data_ingress_5432_tcp_from_10_80_0_0_16",
        "create aws_vpc_security_group_ingress_rule.postgres-from-10-80-0-0-16-5432-tcp",
      ],
    },
    "database.developerAddress": {
      plan: "first",
      set: { "database.developerAddress": "203.0.113.8/32" },
      shows: [
        "create aws_network_acl_rule.data_egress_1024_65535_tcp_to_203_0_113_8_32",
        "create aws_network_acl_rule.data_ingress_5432_tcp_from_203_0_113_8_32",
        "create aws_vpc_security_group_ingress_rule.postgres-from-203-0-113-8-32-5432-tcp",
        "delete aws_network_acl_rule.data_egress_1024_65535_tcp_to_203_0_113_7_32",
        "delete aws_network_acl_rule.data_ingress_5432_tcp_from_203_0_113_7_32",
        "delete aws_vpc_security_group_ingress_rule.postgres-from-203-0-113-7-32-5432-tcp",
      ],
    },
    "database.parameters": {
      plan: "first",
      set: { "database.parameters.log_min_duration_statement": "500" },
      shows: ["update aws_db_parameter_group.database: parameter"],
    },
    cache: {
      plan: "removed",
      set: { cache: undefined, "services.web.connectsTo": [], "services.worker.connectsTo": [] },
      shows: ["delete aws_elasticache_replication_group.cache"],
    },
    "cache.engine": {
      plan: "third",
      set: { "cache.engine": "valkey", "cache.applyImmediately": true },
      shows: [
        "create, delete aws_elasticache_parameter_group.cache: family",
        "create, delete aws_elasticache_parameter_group.cache: name",
        "delete, create terraform_data.cache_final_snapshot: triggers_replace",
        "update aws_elasticache_replication_group.cache: apply_immediately",
        "update aws_elasticache_replication_group.cache: engine",
        "update aws_elasticache_replication_group.cache: engine_version",
        "update aws_elasticache_replication_group.cache: final_snapshot_identifier",
        "update aws_elasticache_replication_group.cache: parameter_group_name",
      ],
    },
    "cache.applyImmediately": {
      plan: "first",
      set: { "cache.applyImmediately": true },
      shows: ["update aws_elasticache_replication_group.cache: apply_immediately"],
    },
    "cache.transitEncryption": {
      unplanned:
        "It is for a cache that asks nobody for a password or a token, and the one here does: its own tests change it.",
    },
    "cache.engineVersion": {
      plan: "key",
      set: { "cache.engineVersion": "7.0" },
      shows: [
        "delete, create aws_elasticache_replication_group.cache: engine_version",
        "delete, create terraform_data.cache_final_snapshot: triggers_replace",
      ],
    },
    "cache.nodeType": {
      plan: "first",
      set: { "cache.nodeType": "cache.m7g.large" },
      shows: [
        "delete aws_cloudwatch_metric_alarm.redis_cpu_credits",
        "update aws_elasticache_replication_group.cache: node_type",
      ],
    },
    "cache.nodes": {
      plan: "third",
      set: { "cache.nodes": 3 },
      shows: [
        "update aws_cloudwatch_metric_alarm.redis_cpu: metric_query",
        "update aws_cloudwatch_metric_alarm.redis_cpu_credits: metric_query",
        "update aws_cloudwatch_metric_alarm.redis_evictions: metric_query",
        "update aws_cloudwatch_metric_alarm.redis_memory: metric_query",
        "update aws_elasticache_replication_group.cache: member_clusters",
        "update aws_elasticache_replication_group.cache: num_cache_clusters",
      ],
    },
    "cache.authentication": {
      plan: "second",
      set: { "cache.authentication": "password" },
      shows: [
        "create aws_cloudwatch_metric_alarm.redis_refused_logins",
        "create aws_secretsmanager_secret.cache",
        "create aws_secretsmanager_secret_version.cache",
        "create terraform_data.cache",
        "delete, create aws_ecs_task_definition.web: container_definitions",
        "delete, create aws_ecs_task_definition.web_migrate: container_definitions",
        "delete, create aws_ecs_task_definition.worker: container_definitions",
        "delete, create aws_ecs_task_definition.worker_nightly: container_definitions",
        "delete, create aws_ecs_task_definition.worker_report: container_definitions",
        "delete, create aws_ecs_task_definition.worker_weekly: container_definitions",
        "update aws_ecs_service.web: task_definition",
        "update aws_ecs_service.worker: task_definition",
        "update aws_iam_role_policy.web_execution: policy",
        "update aws_iam_role_policy.web_task: policy",
        "update aws_iam_role_policy.worker_execution: policy",
        "update aws_iam_role_policy.worker_task: policy",
      ],
    },
    "cache.snapshotRetentionDays": {
      plan: "first",
      set: { "cache.snapshotRetentionDays": 14 },
      shows: ["update aws_elasticache_replication_group.cache: snapshot_retention_limit"],
    },
    "cache.snapshotWindow": {
      plan: "first",
      set: { "cache.snapshotWindow": "02:00-03:00" },
      shows: ["update aws_elasticache_replication_group.cache: snapshot_window"],
    },
    "cache.maintenanceWindow": {
      plan: "first",
      set: { "cache.maintenanceWindow": "mon:05:00-mon:06:00" },
      shows: ["update aws_elasticache_replication_group.cache: maintenance_window"],
    },
    "cache.parameters": {
      plan: "first",
      set: { "cache.parameters.maxmemory-policy": "noeviction" },
      shows: ["update aws_elasticache_parameter_group.cache: parameter"],
    },
    queues: {
      plan: "first",
      set: { "queues.mails": {} },
      shows: [
        "create aws_sqs_queue.mails",
        "create aws_sqs_queue.mails_dead_letters",
        "create aws_sqs_queue_policy.mails",
        "create aws_sqs_queue_policy.mails_dead_letters",
        "create aws_sqs_queue_redrive_allow_policy.mails_dead_letters",
      ],
    },
    "queues.*.visibilityTimeoutSeconds": {
      plan: "first",
      set: { "queues.jobs.visibilityTimeoutSeconds": 600 },
      shows: ["update aws_sqs_queue.jobs: visibility_timeout_seconds"],
    },
    "queues.*.maxReceiveCount": {
      plan: "first",
      set: { "queues.jobs.maxReceiveCount": 3 },
      shows: ["update aws_sqs_queue.jobs: redrive_policy"],
    },
    "queues.*.retentionSeconds": {
      plan: "first",
      set: { "queues.jobs.retentionSeconds": 86400 },
      shows: ["update aws_sqs_queue.jobs: message_retention_seconds"],
    },
    encryption: "its fields",
    "encryption.key": {
      plan: "key",
      set: { "encryption.key": "own" },
      shows: [
        "delete, create aws_backup_vault.database: kms_key_arn",
        "delete, create aws_db_instance.database: kms_key_id",
        "delete, create aws_elasticache_replication_group.cache: kms_key_id",
      ],
    },
    backup: {
      plan: "removed",
      set: { backup: undefined },
      shows: ["delete aws_backup_plan.database", "delete aws_backup_vault.database"],
    },
    "backup.schedule": {
      plan: "first",
      set: { "backup.schedule": "cron(0 7 * * ? *)" },
      shows: ["update aws_backup_plan.database: rule"],
    },
    "backup.retentionDays": {
      plan: "second",
      set: { "backup.retentionDays": 60 },
      shows: ["update aws_backup_plan.database: rule"],
    },
    "backup.copyTo": {
      plan: "added",
      set: { "backup.copyTo": { region: "us-west-2" } },
      shows: [
        "create aws_backup_vault.database_copies",
        "create aws_kms_alias.database_copies",
        "create aws_kms_key.database_copies",
        "update aws_backup_plan.database: rule",
      ],
    },
    "backup.copyTo.region": {
      unplanned:
        "Terraform itself refuses: the provider of the former region is gone, and the vault there is not.",
    },
    "backup.copyTo.retentionDays": {
      unplanned:
        "It is a number in the plan of backups, as backup.retentionDays is, and changes as that does.",
    },
    registry: {
      unplanned: "A stack that is not declared any more is left as it stands, until somebody destroys it.",
    },
    "registry.repositories": {
      plan: "repositories",
      set: { "registry.repositories": ["web", "api"] },
      shows: ["create aws_ecr_lifecycle_policy.api", "create aws_ecr_repository.api"],
    },
    "registry.namespace": {
      plan: "renamed repositories",
      set: { "registry.namespace": "broad-images" },
      shows: ["delete, create aws_ecr_repository.web: name"],
    },
    "registry.pulledBy": {
      plan: "repositories",
      set: { "registry.pulledBy": ["210987654321"] },
      // Of the repository that the same plan adds, too.
      shows: ["create aws_ecr_repository_policy.api", "create aws_ecr_repository_policy.web"],
    },
    "registry.keepImages": {
      plan: "repositories",
      set: { "registry.keepImages": 60 },
      shows: ["delete, create aws_ecr_lifecycle_policy.web: policy"],
    },
    "registry.untaggedDays": {
      plan: "repositories",
      set: { "registry.untaggedDays": 14 },
      shows: ["delete, create aws_ecr_lifecycle_policy.web: policy"],
    },
  };

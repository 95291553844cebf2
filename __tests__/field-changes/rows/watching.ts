// The rows of what watches and guards.
import type { PathsOf } from "../../../src/schema/field-path";
import type { Rows } from "../row";

export const watchingRows: Rows<PathsOf<"monitoring" | "accountSecurity">> = {
  monitoring: {
    plan: "removed",
    set: { monitoring: false },
    shows: [
      "delete aws_cloudwatch_dashboard.platform",
      "delete aws_cloudwatch_event_rule.security_group_changes",
      "delete aws_cloudwatch_event_target.security_group_changes",
      "delete aws_cloudwatch_log_metric_filter.api_errors",
      "delete aws_cloudwatch_log_metric_filter.api_errors_critical",
      "delete aws_cloudwatch_log_metric_filter.api_failed_logins",
      "delete aws_cloudwatch_log_metric_filter.api_failed_logins_axes",
      "delete aws_cloudwatch_log_metric_filter.web_errors",
      "delete aws_cloudwatch_log_metric_filter.web_errors_critical",
      "delete aws_cloudwatch_log_metric_filter.web_failed_logins",
      "delete aws_cloudwatch_log_metric_filter.web_failed_logins_axes",
      "delete aws_cloudwatch_log_metric_filter.worker_errors",
      "delete aws_cloudwatch_log_metric_filter.worker_errors_critical",
      "delete aws_cloudwatch_metric_alarm.alb_rejected_connections",
      "delete aws_cloudwatch_metric_alarm.alb_server_errors",
      "delete aws_cloudwatch_metric_alarm.api_cpu",
      "delete aws_cloudwatch_metric_alarm.api_errors",
      "delete aws_cloudwatch_metric_alarm.api_failed_logins",
      "delete aws_cloudwatch_metric_alarm.api_failed_logins_axes",
      "delete aws_cloudwatch_metric_alarm.api_latency",
      "delete aws_cloudwatch_metric_alarm.api_memory",
      "delete aws_cloudwatch_metric_alarm.api_missing_tasks",
      "delete aws_cloudwatch_metric_alarm.api_unhealthy_targets",
      "delete aws_cloudwatch_metric_alarm.postgres_connections",
      "delete aws_cloudwatch_metric_alarm.postgres_cpu",
      "delete aws_cloudwatch_metric_alarm.postgres_cpu_credits",
      "delete aws_cloudwatch_metric_alarm.postgres_free_storage",
      "delete aws_cloudwatch_metric_alarm.redis_cpu",
      "delete aws_cloudwatch_metric_alarm.redis_cpu_credits",
      "delete aws_cloudwatch_metric_alarm.redis_evictions",
      "delete aws_cloudwatch_metric_alarm.redis_memory",
      "delete aws_cloudwatch_metric_alarm.waf_blocked_requests",
      "delete aws_cloudwatch_metric_alarm.web_cpu",
      "delete aws_cloudwatch_metric_alarm.web_errors",
      "delete aws_cloudwatch_metric_alarm.web_failed_logins",
      "delete aws_cloudwatch_metric_alarm.web_failed_logins_axes",
      "delete aws_cloudwatch_metric_alarm.web_latency",
      "delete aws_cloudwatch_metric_alarm.web_memory",
      "delete aws_cloudwatch_metric_alarm.web_missing_tasks",
      "delete aws_cloudwatch_metric_alarm.web_unhealthy_targets",
      "delete aws_cloudwatch_metric_alarm.worker_cpu",
      "delete aws_cloudwatch_metric_alarm.worker_errors",
      "delete aws_cloudwatch_metric_alarm.worker_memory",
      "delete aws_cloudwatch_metric_alarm.worker_missing_tasks",
      "delete aws_kms_key.alarms",
      "delete aws_sns_topic.alarms",
      "delete aws_sns_topic_policy.alarms",
      'delete aws_sns_topic_subscription.alarms["ops@fields.example.com"]',
    ],
  },
  "monitoring.emails": {
    plan: "first",
    set: { "monitoring.emails": ["other@fields.example.com"] },
    shows: [
      'create aws_sns_topic_subscription.alarms["other@fields.example.com"]',
      'delete aws_sns_topic_subscription.alarms["ops@fields.example.com"]',
    ],
  },
  "monitoring.runbookUrl": {
    plan: "third",
    set: { "monitoring.runbookUrl": "https://fields.example.com/runbook" },
    shows: ["update aws_cloudwatch_event_target.security_group_changes: input_transformer"],
  },
  "monitoring.thresholds": "its fields",
  "monitoring.thresholds.missingTasks": {
    plan: "first",
    set: { "monitoring.thresholds.missingTasks": 2 },
    shows: [
      "update aws_cloudwatch_metric_alarm.api_missing_tasks: threshold",
      "update aws_cloudwatch_metric_alarm.web_missing_tasks: threshold",
      "update aws_cloudwatch_metric_alarm.worker_missing_tasks: threshold",
    ],
  },
  "monitoring.thresholds.serviceCpuPercent": {
    plan: "first",
    set: { "monitoring.thresholds.serviceCpuPercent": 80 },
    shows: [
      "update aws_cloudwatch_metric_alarm.api_cpu: threshold",
      "update aws_cloudwatch_metric_alarm.web_cpu: threshold",
      "update aws_cloudwatch_metric_alarm.worker_cpu: threshold",
    ],
  },
  "monitoring.thresholds.serviceMemoryPercent": {
    plan: "first",
    set: { "monitoring.thresholds.serviceMemoryPercent": 80 },
    shows: [
      "update aws_cloudwatch_metric_alarm.api_memory: threshold",
      "update aws_cloudwatch_metric_alarm.web_memory: threshold",
      "update aws_cloudwatch_metric_alarm.worker_memory: threshold",
    ],
  },
  "monitoring.thresholds.logErrors": {
    plan: "first",
    set: { "monitoring.thresholds.logErrors": 20 },
    shows: [
      "update aws_cloudwatch_metric_alarm.api_errors: threshold",
      "update aws_cloudwatch_metric_alarm.web_errors: threshold",
      "update aws_cloudwatch_metric_alarm.worker_errors: threshold",
    ],
  },
  "monitoring.thresholds.failedLogins": {
    plan: "first",
    set: { "monitoring.thresholds.failedLogins": 20 },
    shows: [
      "update aws_cloudwatch_metric_alarm.api_failed_logins: threshold",
      "update aws_cloudwatch_metric_alarm.api_failed_logins_axes: threshold",
      "update aws_cloudwatch_metric_alarm.web_failed_logins: threshold",
      "update aws_cloudwatch_metric_alarm.web_failed_logins_axes: threshold",
    ],
  },
  "monitoring.thresholds.unhealthyTargets": {
    plan: "first",
    set: { "monitoring.thresholds.unhealthyTargets": 2 },
    shows: [
      "update aws_cloudwatch_metric_alarm.api_unhealthy_targets: threshold",
      "update aws_cloudwatch_metric_alarm.web_unhealthy_targets: threshold",
    ],
  },
  "monitoring.thresholds.latencySeconds": {
    plan: "first",
    set: { "monitoring.thresholds.latencySeconds": 1 },
    shows: [
      "update aws_cloudwatch_metric_alarm.api_latency: threshold",
      "update aws_cloudwatch_metric_alarm.web_latency: threshold",
    ],
  },
  "monitoring.thresholds.serverErrorPercent": {
    plan: "first",
    set: { "monitoring.thresholds.serverErrorPercent": 3 },
    shows: ["update aws_cloudwatch_metric_alarm.alb_server_errors: threshold"],
  },
  "monitoring.thresholds.serverErrorMinimumRequests": {
    plan: "first",
    set: { "monitoring.thresholds.serverErrorMinimumRequests": 50 },
    shows: ["update aws_cloudwatch_metric_alarm.alb_server_errors: metric_query"],
  },
  "monitoring.thresholds.rejectedConnections": {
    plan: "first",
    set: { "monitoring.thresholds.rejectedConnections": 2 },
    shows: ["update aws_cloudwatch_metric_alarm.alb_rejected_connections: threshold"],
  },
  "monitoring.thresholds.databaseCpuPercent": {
    plan: "first",
    set: { "monitoring.thresholds.databaseCpuPercent": 70 },
    shows: ["update aws_cloudwatch_metric_alarm.postgres_cpu: threshold"],
  },
  "monitoring.thresholds.databaseFreeStorageGib": {
    plan: "first",
    set: { "monitoring.thresholds.databaseFreeStorageGib": 20 },
    shows: ["update aws_cloudwatch_metric_alarm.postgres_free_storage: threshold"],
  },
  "monitoring.thresholds.databaseConnections": {
    plan: "second",
    set: { "monitoring.thresholds.databaseConnections": 100 },
    shows: ["update aws_cloudwatch_metric_alarm.postgres_connections: threshold"],
  },
  "monitoring.thresholds.databaseCpuCredits": {
    plan: "second",
    set: { "monitoring.thresholds.databaseCpuCredits": 20 },
    shows: ["update aws_cloudwatch_metric_alarm.postgres_cpu_credits: threshold"],
  },
  "monitoring.thresholds.cacheCpuPercent": {
    plan: "first",
    set: { "monitoring.thresholds.cacheCpuPercent": 70 },
    shows: ["update aws_cloudwatch_metric_alarm.redis_cpu: threshold"],
  },
  "monitoring.thresholds.cacheMemoryPercent": {
    plan: "first",
    set: { "monitoring.thresholds.cacheMemoryPercent": 70 },
    shows: ["update aws_cloudwatch_metric_alarm.redis_memory: threshold"],
  },
  "monitoring.thresholds.cacheCpuCredits": {
    plan: "second",
    set: { "monitoring.thresholds.cacheCpuCredits": 20 },
    shows: ["update aws_cloudwatch_metric_alarm.redis_cpu_credits: threshold"],
  },
  "monitoring.thresholds.cacheRefusedLogins": {
    unplanned: "Only a cache with a password has this alarm, and the one here has none.",
  },
  "monitoring.thresholds.cacheEvictions": {
    plan: "first",
    set: { "monitoring.thresholds.cacheEvictions": 200 },
    shows: ["update aws_cloudwatch_metric_alarm.redis_evictions: threshold"],
  },
  "monitoring.thresholds.fileSystemBurstCreditsGib": {
    plan: "third",
    set: { "monitoring.thresholds.fileSystemBurstCreditsGib": 500 },
    shows: ["update aws_cloudwatch_metric_alarm.media_burst_credits: threshold"],
  },
  "monitoring.thresholds.wafBlockedRequests": {
    plan: "first",
    set: { "monitoring.thresholds.wafBlockedRequests": 2000 },
    shows: ["update aws_cloudwatch_metric_alarm.waf_blocked_requests: threshold"],
  },
  "monitoring.thresholds.scalingMetricValues": {
    unplanned:
      "No service of the plans scales by a metric of its own; failedRestarts has the plan of a threshold.",
  },
  "monitoring.thresholds.failedRestarts": {
    unplanned: "Nothing is restarted where no password rotates, as here: its own tests change it.",
  },
  "monitoring.thresholds.failedRuns": {
    plan: "first",
    set: { "monitoring.thresholds.failedRuns": 2 },
    shows: [
      "update aws_cloudwatch_metric_alarm.worker_hourly_failed_runs: threshold",
      "update aws_cloudwatch_metric_alarm.worker_nightly_failed_runs: threshold",
      "update aws_cloudwatch_metric_alarm.worker_weekly_failed_runs: threshold",
    ],
  },
  "monitoring.thresholds.scheduleGraceHours": {
    plan: "first",
    set: { "monitoring.thresholds.scheduleGraceHours": 2 },
    shows: [
      "update aws_cloudwatch_metric_alarm.worker_hourly_missed_runs: evaluation_periods",
      "update aws_cloudwatch_metric_alarm.worker_nightly_missed_runs: evaluation_periods",
    ],
  },
  "monitoring.thresholds.undeliveredRuns": {
    plan: "first",
    set: { "monitoring.thresholds.undeliveredRuns": 3 },
    shows: ["update aws_cloudwatch_metric_alarm.schedules_undelivered: threshold"],
  },
  "monitoring.dashboard": {
    plan: "third",
    set: { "monitoring.dashboard": false },
    shows: ["delete aws_cloudwatch_dashboard.platform"],
  },
  accountSecurity: {
    unplanned: "A stack that is not declared any more is left as it stands, until somebody destroys it.",
  },
  "accountSecurity.logRetentionDays": {
    plan: "guards",
    set: { "accountSecurity.logRetentionDays": 400 },
    shows: [
      "update aws_s3_bucket_lifecycle_configuration.access_logs: rule",
      "update aws_s3_bucket_lifecycle_configuration.audit: rule",
    ],
  },
  "accountSecurity.cloudTrail": {
    plan: "no trail",
    set: { "accountSecurity.cloudTrail": false },
    shows: ["delete aws_cloudtrail.audit", "delete aws_kms_alias.trail", "delete aws_kms_key.trail"],
  },
  "accountSecurity.cloudTrail.kmsKeyArn": {
    plan: "another key",
    set: {
      "accountSecurity.cloudTrail.kmsKeyArn":
        "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555",
    },
    shows: ["delete aws_kms_alias.trail", "delete aws_kms_key.trail"],
  },
  "accountSecurity.configRecorder": {
    plan: "fewer guards",
    set: { "accountSecurity.configRecorder": false },
    shows: [
      "delete aws_config_configuration_recorder.account",
      "delete aws_config_configuration_recorder_status.account",
      "delete aws_config_delivery_channel.account",
      "delete aws_iam_service_linked_role.config",
      "update aws_s3_bucket_policy.audit: policy",
    ],
  },
  "accountSecurity.guardDuty": {
    plan: "fewer guards",
    set: { "accountSecurity.guardDuty": false },
    shows: [
      "delete aws_cloudwatch_event_rule.guardduty_findings",
      "delete aws_cloudwatch_event_target.guardduty_findings",
      "delete aws_guardduty_detector.account",
    ],
  },
  "accountSecurity.guardDuty.findingPublishingFrequency": {
    plan: "guards",
    set: { "accountSecurity.guardDuty.findingPublishingFrequency": "ONE_HOUR" },
    shows: ["update aws_guardduty_detector.account: finding_publishing_frequency"],
  },
  "accountSecurity.securityHub": {
    plan: "fewer guards",
    set: { "accountSecurity.securityHub": false },
    shows: [
      "delete aws_cloudwatch_event_rule.security_hub_findings",
      "delete aws_cloudwatch_event_target.security_hub_findings",
      "delete aws_securityhub_account.account",
      "delete aws_securityhub_standards_subscription.aws_foundational_security_best_practices_v_1_0_0",
    ],
  },
  "accountSecurity.securityHub.standards": {
    plan: "guards",
    set: { "accountSecurity.securityHub.standards": ["cis-aws-foundations-benchmark/v/3.0.0"] },
    shows: [
      "create aws_securityhub_standards_subscription.cis_aws_foundations_benchmark_v_3_0_0",
      "delete aws_securityhub_standards_subscription.aws_foundational_security_best_practices_v_1_0_0",
    ],
  },
  "accountSecurity.findings": {
    plan: "fewer guards",
    set: { "accountSecurity.findings": false },
    shows: [
      "delete aws_cloudwatch_event_rule.guardduty_findings",
      "delete aws_cloudwatch_event_rule.security_hub_findings",
      "delete aws_cloudwatch_event_target.guardduty_findings",
      "delete aws_cloudwatch_event_target.security_hub_findings",
    ],
  },
  "accountSecurity.findings.severity": {
    plan: "guards",
    set: { "accountSecurity.findings": { severity: "MEDIUM" } },
    shows: [
      "update aws_cloudwatch_event_rule.guardduty_findings: event_pattern",
      "update aws_cloudwatch_event_rule.security_hub_findings: event_pattern",
    ],
  },
  "accountSecurity.accessAnalyzer": {
    plan: "guards",
    set: { "accountSecurity.accessAnalyzer": false },
    shows: ["delete aws_accessanalyzer_analyzer.account"],
  },
  "accountSecurity.ebsEncryption": {
    plan: "guards",
    set: { "accountSecurity.ebsEncryption": false },
    shows: ["delete aws_ebs_encryption_by_default.account"],
  },
  "accountSecurity.s3PublicAccessBlock": {
    plan: "guards",
    set: { "accountSecurity.s3PublicAccessBlock": false },
    shows: ["delete aws_s3_account_public_access_block.account"],
  },
};

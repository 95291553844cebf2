// What Checkov finds in the output and stays.
import type { Accepted } from "./accepted";
import {
  filesBucketWithout,
  isOfFilesBucket,
  isPlainHttp,
  isReachedByRules,
  under,
  unreferredBy,
  without,
  withoutValue,
} from "./conditions";

type Row = Omit<Accepted, "scanner">;

const LOGS: readonly Row[] = [
  {
    check: "CKV_AWS_158",
    asks: "log groups under a KMS key",
    addresses: "aws_cloudwatch_log_group",
    reason: "CloudWatch Logs' own key, until `encryption.key` names another",
    where: without("kms_key_id"),
  },
  {
    check: "CKV_AWS_338",
    asks: "logs kept for a year",
    addresses: "aws_cloudwatch_log_group",
    reason: "the environment says for how long; each gigabyte costs every month",
    where: under("retention_in_days", 365),
  },
];

const FILE_SYSTEMS: readonly Row[] = [
  {
    check: "CKV_AWS_184",
    asks: "file systems under a KMS key",
    addresses: "aws_efs_file_system",
    reason: "EFS's own key, until `encryption.key` names another",
    where: without("kms_key_id"),
  },
  {
    check: "CKV2_AWS_18",
    asks: "file systems in a plan of AWS Backup",
    addresses: "aws_efs_file_system",
    reason: "EFS's own plan saves it every day, unless the environment says that nothing has to",
    where: unreferredBy("aws_backup_selection"),
  },
];

const SECRETS: readonly Row[] = [
  {
    check: "CKV_AWS_149",
    asks: "secrets under a KMS key",
    addresses: "aws_secretsmanager_secret",
    reason: "Secrets Manager's own key, until `encryption.key` names another",
    where: without("kms_key_id"),
  },
  {
    check: "CKV2_AWS_57",
    asks: "secrets that are rotated",
    addresses: "aws_secretsmanager_secret",
    reason: "whoever uses it has to take the new value along: an operator rotates it, no timer",
    where: unreferredBy("aws_secretsmanager_secret_rotation"),
  },
  {
    check: "CKV2_AWS_34",
    asks: "encrypted parameters",
    addresses: "aws_ssm_parameter.database_password",
    reason: "says that the password was written, and when; it holds no password",
  },
  {
    check: "CKV2_AWS_34",
    asks: "encrypted parameters",
    addresses: "aws_ssm_parameter",
    reason: "no output is a secret, and who reads it needs no key",
    where: ({ address }) => address.startsWith("aws_ssm_parameter.output_"),
  },
];

/** The buckets are ours by name: those of a team's own are for the team to judge. */
const BUCKETS: readonly Row[] = [
  ...["access_logs", "audit", "state"].flatMap((bucket): Row[] => [
    {
      check: "CKV_AWS_144",
      asks: "buckets copied to another region",
      addresses: `aws_s3_bucket.${bucket}`,
      reason: "the region's own copies are enough for logs and for old states",
    },
    {
      check: "CKV2_AWS_62",
      asks: "buckets that tell of new objects",
      addresses: `aws_s3_bucket.${bucket}`,
      reason: "nothing waits for what is written here",
    },
  ]),
  ...["access_logs", "audit"].map(
    (bucket): Row => ({
      check: "CKV_AWS_145",
      asks: "buckets under a KMS key",
      addresses: `aws_s3_bucket.${bucket}`,
      reason:
        bucket === "audit"
          ? "CloudTrail's files have their KMS key; S3's own is for AWS Config's beside them"
          : "the services that write access logs can use S3's own keys alone",
    }),
  ),
  {
    check: "CKV_AWS_145",
    asks: "buckets under a KMS key",
    addresses: "aws_s3_bucket.state",
    reason: "S3's own key, until `state.kmsKeyId` names another",
    where: ({ resources }) => !JSON.stringify(resources).includes('"aws:kms"'),
  },
  {
    check: "CKV_AWS_18",
    asks: "buckets with access logs",
    addresses: "aws_s3_bucket.access_logs",
    reason: "it holds the access logs: those of its own would be a log of the logging",
  },
  {
    check: "CKV_AWS_21",
    asks: "buckets with versions",
    addresses: "aws_s3_bucket.access_logs",
    reason: "each log is written once, and old versions would outlive their days",
  },
];

const ENCRYPTION = "aws_s3_bucket_server_side_encryption_configuration";

/** The buckets for an application's files. */
const FILES: readonly Row[] = [
  {
    check: "CKV_AWS_144",
    asks: "buckets copied to another region",
    addresses: "aws_s3_bucket",
    reason:
      "S3 keeps files in three zones, and old versions beside them; a copy elsewhere is for a team to want",
    where: isOfFilesBucket,
  },
  {
    check: "CKV2_AWS_62",
    asks: "buckets that tell of new objects",
    addresses: "aws_s3_bucket",
    reason: "the application writes them itself, and knows",
    where: isOfFilesBucket,
  },
  {
    check: "CKV_AWS_18",
    asks: "buckets with access logs",
    addresses: "aws_s3_bucket",
    reason: "only the roles of services come in; data events of CloudTrail tell more",
    where: isOfFilesBucket,
  },
  {
    check: "CKV_AWS_145",
    asks: "buckets under a KMS key",
    addresses: "aws_s3_bucket",
    reason: "S3's own key, until `encryption.key` names another",
    where: filesBucketWithout(ENCRYPTION, "aws:kms"),
  },
  {
    check: "CKV_AWS_21",
    asks: "buckets with versions",
    addresses: "aws_s3_bucket",
    reason: "the environment says `versioned: false`",
    where: filesBucketWithout("aws_s3_bucket_versioning", "Enabled"),
  },
];

const LOAD_BALANCER: readonly Row[] = [
  {
    check: "CKV_AWS_260",
    asks: "no port 80 from everywhere",
    addresses: "aws_vpc_security_group_ingress_rule.alb-from-internet-80-tcp",
    reason: "with a domain it only redirects to HTTPS; without one it is the way in",
  },
  {
    check: "CKV2_AWS_20",
    asks: "HTTP redirected to HTTPS",
    addresses: "aws_lb.load_balancer",
    reason: "no certificate without a domain: the environment's `dns` turns HTTPS on",
    where: isPlainHttp,
  },
  {
    check: "CKV2_AWS_76",
    asks: "a firewall against Log4j and anonymous addresses",
    addresses: "aws_lb.load_balancer",
    reason: "KnownBadInputs stops Log4j; AnonymousIpList would turn away users behind a VPN",
    where: (resource) => !unreferredBy("aws_wafv2_web_acl_association")(resource),
  },
  ...["CKV_AWS_2", "CKV_AWS_103"].map(
    (check): Row => ({
      check,
      asks: check === "CKV_AWS_2" ? "listeners with HTTPS" : "listeners with TLS 1.2",
      addresses: "aws_lb_listener.http",
      reason: "no certificate without a domain: the environment's `dns` turns HTTPS on",
      where: isPlainHttp,
    }),
  ),
  {
    check: "CKV_AWS_378",
    asks: "target groups with HTTPS",
    addresses: "aws_lb_target_group",
    reason: "TLS ends at the load balancer; from there on only its security group reaches the tasks",
    where: isReachedByRules,
  },
];

const DATA_STORES: readonly Row[] = [
  {
    check: "CKV_AWS_118",
    asks: "enhanced monitoring",
    addresses: "aws_db_instance.database",
    reason: "it costs by the metric; Performance Insights and the alarms are on",
  },
  {
    check: "CKV_AWS_161",
    asks: "logging on to the database with IAM",
    addresses: "aws_db_instance.database",
    reason: "the application logs on with its password; another way in is one more to guard",
  },
  {
    check: "CKV_AWS_354",
    asks: "Performance Insights under a KMS key",
    addresses: "aws_db_instance.database",
    reason: "RDS's own key, until `encryption.key` names another: it cannot change later",
    where: without("performance_insights_kms_key_id"),
  },
  {
    check: "CKV_AWS_191",
    asks: "a cache under a KMS key",
    addresses: "aws_elasticache_replication_group.cache",
    reason: "ElastiCache's own key, until `encryption.key` names another: a cache cannot change it",
    where: without("kms_key_id"),
  },
  {
    check: "CKV2_AWS_1",
    asks: "network ACLs that belong to subnets",
    addresses: "aws_network_acl.data_subnets",
    reason: "it does: by aws_network_acl_association, which this check does not know",
  },
  {
    check: "CKV_AWS_297",
    asks: "schedules under a KMS key",
    addresses: "aws_scheduler_schedule",
    reason: "it says when a state machine is started, and holds no data",
  },
  ...["CKV_AWS_284", "CKV_AWS_285"].map(
    (check): Row => ({
      check,
      asks: check === "CKV_AWS_284" ? "state machines that X-Ray traces" : "state machines that log",
      addresses: "aws_sfn_state_machine",
      reason: "Step Functions keeps the steps of each run for 90 days, and an alarm tells of a failed one",
    }),
  ),
];

const OTHERS: readonly Row[] = [
  {
    check: "CKV_AWS_136",
    asks: "repositories under a KMS key",
    addresses: "aws_ecr_repository",
    reason: "ECR's own key, until `encryption.key` names another: a repository cannot change it",
    where: withoutValue("KMS"),
  },
  {
    check: "CKV_AWS_166",
    asks: "backups under a KMS key",
    addresses: "aws_backup_vault.database",
    reason: "AWS Backup's own key, until `encryption.key` names another",
    where: without("kms_key_arn"),
  },
  {
    check: "CKV_AWS_224",
    asks: "ECS Exec under a KMS key",
    addresses: "aws_ecs_cluster.cluster",
    reason: "sessions have TLS; a key would ask every operator, and every task's way out, for KMS",
  },
  {
    check: "CKV2_AWS_10",
    asks: "CloudTrail to CloudWatch Logs",
    addresses: "aws_cloudtrail.audit",
    reason: "the files in S3 are the record, and EventBridge tells of what alarms are about",
  },
  {
    check: "CKV_AWS_252",
    asks: "a topic that tells of CloudTrail's files",
    addresses: "aws_cloudtrail.audit",
    reason: "nothing waits for each file",
  },
  {
    check: "CKV2_AWS_3",
    asks: "GuardDuty for the organization",
    addresses: "aws_guardduty_detector.account",
    reason: "this stack is about one account, and the detector is on",
  },
];

export const CHECKOV: readonly Accepted[] = [
  ...LOGS,
  ...FILE_SYSTEMS,
  ...SECRETS,
  ...BUCKETS,
  ...FILES,
  ...LOAD_BALANCER,
  ...DATA_STORES,
  ...OTHERS,
].map((row) => ({ scanner: "checkov", ...row }));

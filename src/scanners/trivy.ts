// What Trivy finds in the output and stays.
import type { Accepted } from "./accepted";
import { filesBucketWithout, isOfFilesBucket, isPlainHttp, without, withoutValue } from "./conditions";

type Row = Omit<Accepted, "scanner">;

const FOUND: readonly Row[] = [
  {
    check: "AWS-0017",
    asks: "log groups under a KMS key",
    addresses: "aws_cloudwatch_log_group",
    reason: "CloudWatch Logs' own key, until `encryption.key` names another",
    where: without("kms_key_id"),
  },
  {
    check: "AWS-0098",
    asks: "secrets under a KMS key",
    addresses: "aws_secretsmanager_secret",
    reason: "Secrets Manager's own key, until `encryption.key` names another",
    where: without("kms_key_id"),
  },
  {
    check: "AWS-0078",
    asks: "Performance Insights under a KMS key",
    addresses: "aws_db_instance.database",
    reason: "RDS's own key, until `encryption.key` names another: it cannot change later",
    where: without("performance_insights_kms_key_id"),
  },
  {
    check: "AWS-0176",
    asks: "logging on to the database with IAM",
    addresses: "aws_db_instance.database",
    reason: "the application logs on with its password; another way in is one more to guard",
  },
  {
    check: "AWS-0053",
    asks: "load balancers that are not public",
    addresses: "aws_lb.load_balancer",
    reason: "it is where users come in",
  },
  {
    check: "AWS-0054",
    asks: "listeners with HTTPS",
    addresses: "aws_lb_listener.http",
    reason: "no certificate without a domain: the environment's `dns` turns HTTPS on",
    where: isPlainHttp,
  },
  {
    check: "AWS-0104",
    asks: "no way out to everywhere",
    addresses: "aws_vpc_security_group_egress_rule",
    reason: "a service calls whom it likes, until it has an `egress` of its own",
    where: ({ body }) => body.cidr_ipv4 === "0.0.0.0/0" && body.ip_protocol === "-1",
  },
  {
    check: "AWS-0089",
    asks: "buckets with access logs",
    addresses: "aws_s3_bucket.access_logs",
    reason: "it holds the access logs: those of its own would be a log of the logging",
  },
  {
    check: "AWS-0090",
    asks: "buckets with versions",
    addresses: "aws_s3_bucket.access_logs",
    reason: "each log is written once, and old versions would outlive their days",
  },
  {
    check: "AWS-0132",
    asks: "buckets under a KMS key",
    addresses: "aws_s3_bucket_server_side_encryption_configuration.access_logs",
    reason: "the services that write access logs can use S3's own keys alone",
  },
  {
    check: "AWS-0132",
    asks: "buckets under a KMS key",
    addresses: "aws_s3_bucket_server_side_encryption_configuration.audit",
    reason: "CloudTrail's files have their KMS key; S3's own is for AWS Config's beside them",
  },
  {
    check: "AWS-0132",
    asks: "buckets under a KMS key",
    addresses: "aws_s3_bucket_server_side_encryption_configuration.state",
    reason: "S3's own key, until `state.kmsKeyId` names another",
    where: withoutValue("aws:kms"),
  },
  {
    check: "AWS-0089",
    asks: "buckets with access logs",
    addresses: "aws_s3_bucket",
    reason: "only the roles of services come in; data events of CloudTrail tell more",
    where: isOfFilesBucket,
  },
  {
    check: "AWS-0132",
    asks: "buckets under a KMS key",
    addresses: "aws_s3_bucket_server_side_encryption_configuration",
    reason: "S3's own key, until `encryption.key` names another",
    where: (resource) => isOfFilesBucket(resource) && withoutValue("aws:kms")(resource),
  },
  {
    check: "AWS-0090",
    asks: "buckets with versions",
    addresses: "aws_s3_bucket_versioning",
    reason: "the environment says `versioned: false`",
    where: filesBucketWithout("aws_s3_bucket_versioning", "Enabled"),
  },
  {
    check: "AWS-0033",
    asks: "repositories under a KMS key",
    addresses: "aws_ecr_repository",
    reason: "ECR's own key, until `encryption.key` names another: a repository cannot change it",
    where: withoutValue("KMS"),
  },
  {
    check: "AWS-0162",
    asks: "CloudTrail to CloudWatch Logs",
    addresses: "aws_cloudtrail.audit",
    reason: "the files in S3 are the record, and EventBridge tells of what alarms are about",
  },
];

const NESTED = "it is there, but Trivy reads no nested block";

/** What it does not find in the same stack as HCL. */
const MISREAD: readonly (Omit<Row, "reason"> & Partial<Pick<Row, "reason">>)[] = [
  {
    check: "AWS-0054",
    asks: "listeners with HTTPS",
    addresses: "aws_lb_listener.http",
    where: (resource) => !isPlainHttp(resource),
  },
  { check: "AWS-0034", asks: "clusters with Container Insights", addresses: "aws_ecs_cluster.cluster" },
  { check: "AWS-0090", asks: "buckets with versions", addresses: "aws_s3_bucket_versioning.audit" },
  { check: "AWS-0090", asks: "buckets with versions", addresses: "aws_s3_bucket_versioning.state" },
  {
    check: "AWS-0090",
    asks: "buckets with versions",
    addresses: "aws_s3_bucket_versioning",
    where: (resource) => isOfFilesBucket(resource) && !withoutValue("Enabled")(resource),
  },
  {
    check: "AWS-0132",
    asks: "buckets under a KMS key",
    addresses: "aws_s3_bucket_server_side_encryption_configuration",
    where: (resource) => isOfFilesBucket(resource) && !withoutValue("aws:kms")(resource),
  },
  { check: "AWS-0030", asks: "images that are scanned", addresses: "aws_ecr_repository" },
  {
    check: "AWS-0033",
    asks: "repositories under a KMS key",
    addresses: "aws_ecr_repository",
    where: (resource) => !withoutValue("KMS")(resource),
  },
  {
    check: "AWS-0065",
    asks: "keys that are rotated",
    addresses: "aws_kms_key.database_copies",
    reason: "it is rotated, but Trivy reads no argument beside `provider`",
  },
];

export const TRIVY: readonly Accepted[] = [
  ...FOUND,
  ...MISREAD.map((row): Row => ({ reason: NESTED, only: "json", ...row })),
].map((row) => ({ scanner: "trivy", ...row }));

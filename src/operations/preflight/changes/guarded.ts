// What of a platform holds data or serves requests, so that nobody removes or replaces it without having said so.

/** By type: what goes with it. Not even a successor that is made first would have it. */
export const GUARDED: Readonly<Record<string, string>> = {
  aws_backup_vault: "a vault, with the backups in it",
  aws_cloudwatch_log_group: "a log group, with its logs",
  aws_db_instance: "the database, with all that is in it",
  aws_ecr_repository: "a repository, with its images",
  aws_ecs_cluster: "the cluster, with its services",
  aws_ecs_service: "a service: its requests or its work stop",
  aws_efs_access_point:
    "the way to shared files: the new one leads a new owner to files that stay the former one's",
  aws_efs_file_system: "a file system, with its files",
  aws_elasticache_replication_group: "the cache, with all that is in it",
  aws_internet_gateway: "the way to the Internet",
  aws_kms_key: "a key, and with it what it has encrypted",
  aws_lb: "the load balancer: nothing is reached, and its DNS name is another one afterwards",
  aws_lb_listener: "a listener: its port is closed",
  aws_nat_gateway:
    "a NAT gateway: private subnets are cut off, and its public address is another one afterwards",
  aws_s3_bucket: "a bucket, with its objects",
  aws_secretsmanager_secret: "a secret, with its value",
  aws_security_group: "a security group: AWS refuses while it is in use, after its rules are gone",
  aws_sqs_queue: "a queue, with its messages",
  aws_subnet: "a subnet, with what runs in it",
  aws_vpc: "the network, with all that is in it",
};

/** What the addresses begin with of what may be removed before its successor stands: nothing that runs needs it meanwhile. */
const REPLACEABLE: readonly string[] = [
  // It waits for a certificate, and is nothing in AWS.
  "aws_acm_certificate_validation.",
  "aws_appautoscaling_policy.",
  "aws_appautoscaling_scheduled_action.",
  "aws_appautoscaling_target.",
  "aws_backup_selection.",
  "aws_cloudwatch_dashboard.",
  "aws_cloudwatch_event_target.",
  "aws_cloudwatch_log_metric_filter.",
  "aws_cloudwatch_metric_alarm.",
  "aws_ecr_lifecycle_policy.",
  // Its revisions stay: see `keepRevisions`.
  "aws_ecs_task_definition.",
  // ACM looks for it when it issues and when it renews; a name's record is the same for each of its certificates.
  "aws_route53_record.validation_",
  // Meanwhile the subnet has the VPC's own ACL, which lets everything through; the security groups hold.
  "aws_network_acl_association.",
  "aws_sns_topic_subscription.",
  // It only says where something else is.
  "aws_ssm_parameter.output_",
  "terraform_data.",
];

/** Whether the resource at this address may be removed and made anew. */
export function isReplaceable(address: string): boolean {
  return REPLACEABLE.some((beginning) => address.startsWith(beginning));
}

"""Every gap of the emulator, listed here and closed in the module of its service, which says what real AWS does.

A gap is closed with state of its own where AWS has state, so that what Terraform writes is what it reads back.

One gap lies before the emulator and is closed in ../../child-environment.ts: S3 Control's endpoints begin with the
account's number, and no such name leads to this machine.
"""

from . import (
    access_analyzer,
    application_autoscaling,
    backup,
    backup_jobs,
    cloudtrail,
    ecs,
    efs,
    elasticache_parameter_groups,
    elasticache_replication_groups,
    elasticache_users,
    elbv2,
    instances,
    nat_gateways,
    rds,
    route53,
    s3,
    secretsmanager,
    security_groups,
    security_hub,
    service_quotas,
    signatures,
    sqs,
    stepfunctions,
    unimplemented_calls,
    vpc_endpoints,
    wafv2,
)

GAPS = {
    unimplemented_calls: ["calls that moto does not implement: a 500, which clients retry for minutes"],
    access_analyzer: ["IAM Access Analyzer: the whole service"],
    application_autoscaling: [
        "Application Auto Scaling: ListTagsForResource, TagResource, UntagResource",
        "DescribeScalableTargets: says nothing of what is suspended",
    ],
    backup: [
        "AWS Backup: CreateBackupSelection, GetBackupSelection, DeleteBackupSelection",
        "DeleteBackupPlan: ignores selections, and keeps the plan's name",
        "ListTags: wants a slash at the end of the path",
    ],
    backup_jobs: [
        "AWS Backup: StartBackupJob, DescribeBackupJob, StartCopyJob, DescribeCopyJob",
        "ListRecoveryPointsByBackupVault",
    ],
    cloudtrail: ["CloudTrail: StartLogging, StopLogging and DeleteTrail fail on a trail's ARN"],
    ecs: [
        "ECS CreateService: keeps a handful of properties, and a launch type where none was given",
        "services: start no tasks",
        "RunTask: fails where the memory is the task's",
    ],
    efs: ["EFS: PutBackupPolicy, UpdateFileSystem, DeleteFileSystemPolicy"],
    elasticache_parameter_groups: [
        "ElastiCache: cache parameter groups",
        "ModifyCacheSubnetGroup, DeleteCacheSubnetGroup",
    ],
    elasticache_replication_groups: [
        "ElastiCache DescribeCacheClusters: knows no members of a replication group",
        "CreateReplicationGroup: makes one member, however many are asked for",
        "ModifyReplicationGroup",
        "DeleteReplicationGroup: takes no final snapshot, and never ends",
    ],
    elasticache_users: ["ElastiCache: ModifyUser, and user groups"],
    elbv2: ["Elastic Load Balancing DeleteLoadBalancer: ignores deletion protection"],
    instances: ["EC2 RunInstances: forgets the groups of the network interface that it is asked for"],
    nat_gateways: ["EC2 DeleteNatGateway: leaves the network interface behind"],
    rds: [
        "RDS DescribeDBInstances: one and the same id for all, no Enhanced Monitoring, no Performance Insights",
        "DescribeDBParameters: does not say which ones a user has set",
    ],
    route53: ["Route 53 ChangeResourceRecordSets: refuses records that were there before, and takes two of a name"],
    s3: [
        "S3 bucket policies: refuse the emulator's plain HTTP",
        "PutBucketLifecycleConfiguration: forgets NewerNoncurrentVersions",
        "PutObject: If-None-Match lets two through that come at the same time",
        "DeleteObject: fails on the last version below a delete marker",
    ],
    secretsmanager: [
        "Secrets Manager RotateSecret, CancelRotateSecret: secrets that RDS rotates by itself",
        "ListSecretVersionIds: says of every version that it was made just now",
    ],
    security_groups: [
        "EC2 security group rules: no description between groups, and it tells duplicates apart",
        "ModifySecurityGroupRules: of rules with a CIDR block only",
        "DeleteSecurityGroup: takes one that is in use",
    ],
    security_hub: [
        "Security Hub: UpdateSecurityHubConfiguration",
        "BatchEnableStandards, BatchDisableStandards, GetEnabledStandards",
    ],
    service_quotas: ["Service Quotas: GetAWSDefaultServiceQuota, and defaults given as if they were granted"],
    signatures: ["IAM: another signature than AWS's for escaped characters in queries"],
    sqs: [
        "SQS: the attribute RedriveAllowPolicy",
        "SetQueueAttributes: forgets the policy, and writes the redrive policy with spaces",
        "ReceiveMessage: a call that waits holds up all others",
    ],
    stepfunctions: ["Step Functions: ValidateStateMachineDefinition, ListStateMachineVersions"],
    vpc_endpoints: ["EC2 DeleteVpcEndpoints: fails where a gateway endpoint's route is gone already"],
    wafv2: ["AWS WAF IP sets: a lock token of six digits, where AWS has a UUID"],
}
"""What moto 5.2.1 lacks or does otherwise than AWS, by the module that closes it."""


def close_all():
    for gap in GAPS:
        gap.close()

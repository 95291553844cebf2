// What the shop's own resources are called, and what CI needs for them: both environment files and constructs read it here.
import type { OwnInput } from "django-on-aws-cdktf/environment";

export const ACCOUNT = "123456789012";
export const REGION = "eu-central-1";

/** The bucket of what customers upload; bucket names are unique across all AWS accounts. */
export function uploadsBucket(environment: string): string {
  return `example-${environment}-uploads`;
}

/** What a pipeline's roles, and the boundary of the platform's roles, have to let through. */
export function ownPermissions(environment: string, hostedZoneId: string): OwnInput {
  const bucket = `arn:aws:s3:::${uploadsBucket(environment)}`;
  const alarm = `arn:aws:cloudwatch:${REGION}:${ACCOUNT}:alarm:${uploadsBucket(environment)}-size`;
  return {
    stacks: ["status-page"],
    resources: [
      {
        types: [
          "aws_s3_bucket",
          "aws_s3_bucket_ownership_controls",
          "aws_s3_bucket_policy",
          "aws_s3_bucket_public_access_block",
          "aws_s3_bucket_server_side_encryption_configuration",
        ],
        read: [
          "s3:GetAccelerateConfiguration",
          "s3:GetBucket*",
          "s3:GetEncryptionConfiguration",
          "s3:GetLifecycleConfiguration",
          "s3:GetReplicationConfiguration",
          "s3:ListBucket",
          "s3:ListTagsForResource",
        ],
        write: [
          "s3:CreateBucket",
          "s3:DeleteBucket",
          "s3:DeleteBucketPolicy",
          "s3:PutBucketOwnershipControls",
          "s3:PutBucketPolicy",
          "s3:PutBucketPublicAccessBlock",
          "s3:PutBucketTagging",
          "s3:PutEncryptionConfiguration",
          "s3:TagResource",
          "s3:UntagResource",
        ],
        resources: [bucket],
      },
      {
        types: ["aws_iam_role_policy"],
        read: ["iam:GetRolePolicy"],
        write: ["iam:DeleteRolePolicy", "iam:PutRolePolicy"],
        resources: [`arn:aws:iam::${ACCOUNT}:role/${environment}-web-task`],
      },
      {
        types: ["aws_cloudwatch_metric_alarm"],
        read: ["cloudwatch:DescribeAlarms", "cloudwatch:ListTagsForResource"],
        write: ["cloudwatch:DeleteAlarms", "cloudwatch:PutMetricAlarm", "cloudwatch:TagResource"],
        resources: [alarm],
      },
      {
        types: ["aws_opensearch_domain"],
        read: ["es:DescribeDomain", "es:DescribeDomainConfig", "es:GetCompatibleVersions", "es:ListTags"],
        write: ["es:AddTags", "es:CreateDomain", "es:DeleteDomain", "es:RemoveTags", "es:UpdateDomainConfig"],
        resources: [`arn:aws:es:${REGION}:${ACCOUNT}:domain/${environment}`],
      },
      {
        types: ["aws_route53_record"],
        read: ["route53:GetHostedZone", "route53:ListResourceRecordSets"],
        write: ["route53:ChangeResourceRecordSets"],
        resources: [`arn:aws:route53:::hostedzone/${hostedZoneId}`],
      },
    ],
    // The service reads and writes uploads: a policy of ours says so, and the boundary of its role has to agree.
    roles: [{ actions: ["s3:GetObject", "s3:PutObject"], resources: [`${bucket}/*`] }],
  };
}

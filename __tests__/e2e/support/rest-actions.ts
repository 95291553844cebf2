// What IAM calls the requests of services whose operation is nowhere but in method and path: "Service Authorization
// Reference".

/** Patterns of service, method and path, and the action; the first one that matches counts. */
const REST_ACTIONS: readonly (readonly [request: RegExp, action: string])[] = [
  [/^route53:GET \/2013-04-01\/hostedzone$/, "route53:ListHostedZones"],
  [/^route53:POST \/2013-04-01\/hostedzone\/[^/?]+\/rrset/, "route53:ChangeResourceRecordSets"],
  [/^route53:GET \/2013-04-01\/hostedzone\/[^/?]+\/rrset/, "route53:ListResourceRecordSets"],
  [/^route53:GET \/2013-04-01\/hostedzone\/[^/?]+$/, "route53:GetHostedZone"],
  [/^route53:GET \/2013-04-01\/change\//, "route53:GetChange"],
  [/^route53:GET \/2013-04-01\/tags\//, "route53:ListTagsForResource"],
  [/^scheduler:POST \/schedules\//, "scheduler:CreateSchedule"],
  [/^scheduler:GET \/schedules\//, "scheduler:GetSchedule"],
  [/^scheduler:PUT \/schedules\//, "scheduler:UpdateSchedule"],
  [/^scheduler:DELETE \/schedules\//, "scheduler:DeleteSchedule"],
  [/^scheduler:POST \/schedule-groups\//, "scheduler:CreateScheduleGroup"],
  [/^scheduler:GET \/schedule-groups\//, "scheduler:GetScheduleGroup"],
  [/^scheduler:DELETE \/schedule-groups\//, "scheduler:DeleteScheduleGroup"],
  [/^scheduler:GET \/tags\//, "scheduler:ListTagsForResource"],
  [/^backup:PUT \/backup-vaults\//, "backup:CreateBackupVault"],
  [/^backup:GET \/backup-vaults\//, "backup:DescribeBackupVault"],
  [/^backup:DELETE \/backup-vaults\//, "backup:DeleteBackupVault"],
  [/^backup:PUT \/backup\/plans\/[^/]+\/selections/, "backup:CreateBackupSelection"],
  [/^backup:GET \/backup\/plans\/[^/]+\/selections\//, "backup:GetBackupSelection"],
  [/^backup:DELETE \/backup\/plans\/[^/]+\/selections\//, "backup:DeleteBackupSelection"],
  [/^backup:PUT \/backup\/plans/, "backup:CreateBackupPlan"],
  [/^backup:GET \/backup\/plans\//, "backup:GetBackupPlan"],
  [/^backup:DELETE \/backup\/plans\//, "backup:DeleteBackupPlan"],
  [/^backup:GET \/tags\//, "backup:ListTags"],
  [/^elasticfilesystem:POST \/2015-02-01\/file-systems$/, "elasticfilesystem:CreateFileSystem"],
  [/^elasticfilesystem:GET \/2015-02-01\/file-systems(\?|$)/, "elasticfilesystem:DescribeFileSystems"],
  [/^elasticfilesystem:PUT \/2015-02-01\/file-systems\/[^/?]+$/, "elasticfilesystem:UpdateFileSystem"],
  [/^elasticfilesystem:DELETE \/2015-02-01\/file-systems\/[^/?]+$/, "elasticfilesystem:DeleteFileSystem"],
  [/^elasticfilesystem:GET \/.*\/backup-policy$/, "elasticfilesystem:DescribeBackupPolicy"],
  [/^elasticfilesystem:PUT \/.*\/backup-policy$/, "elasticfilesystem:PutBackupPolicy"],
  [/^elasticfilesystem:GET \/.*\/policy$/, "elasticfilesystem:DescribeFileSystemPolicy"],
  [/^elasticfilesystem:PUT \/.*\/policy$/, "elasticfilesystem:PutFileSystemPolicy"],
  [/^elasticfilesystem:DELETE \/.*\/policy$/, "elasticfilesystem:DeleteFileSystemPolicy"],
  [
    /^elasticfilesystem:GET \/.*\/lifecycle-configuration$/,
    "elasticfilesystem:DescribeLifecycleConfiguration",
  ],
  [/^elasticfilesystem:PUT \/.*\/lifecycle-configuration$/, "elasticfilesystem:PutLifecycleConfiguration"],
  [/^elasticfilesystem:GET \/.*\/security-groups$/, "elasticfilesystem:DescribeMountTargetSecurityGroups"],
  [/^elasticfilesystem:PUT \/.*\/security-groups$/, "elasticfilesystem:ModifyMountTargetSecurityGroups"],
  [/^elasticfilesystem:POST \/2015-02-01\/mount-targets$/, "elasticfilesystem:CreateMountTarget"],
  [/^elasticfilesystem:GET \/2015-02-01\/mount-targets(\?|$)/, "elasticfilesystem:DescribeMountTargets"],
  [/^elasticfilesystem:DELETE \/2015-02-01\/mount-targets\//, "elasticfilesystem:DeleteMountTarget"],
  [/^elasticfilesystem:POST \/2015-02-01\/access-points$/, "elasticfilesystem:CreateAccessPoint"],
  [/^elasticfilesystem:GET \/2015-02-01\/access-points(\?|$)/, "elasticfilesystem:DescribeAccessPoints"],
  [/^elasticfilesystem:DELETE \/2015-02-01\/access-points\//, "elasticfilesystem:DeleteAccessPoint"],
  [/^elasticfilesystem:GET \/2015-02-01\/resource-tags\//, "elasticfilesystem:ListTagsForResource"],
  [/^elasticfilesystem:POST \/2015-02-01\/resource-tags\//, "elasticfilesystem:TagResource"],
  [/^elasticfilesystem:DELETE \/2015-02-01\/resource-tags\//, "elasticfilesystem:UntagResource"],
  [/^s3:GET \/v20180820\/tags\//, "s3:ListTagsForResource"],
  [/^s3:POST \/v20180820\/tags\//, "s3:TagResource"],
  [/^s3:DELETE \/[^/?]+\/?\?policy/, "s3:DeleteBucketPolicy"],
  [/^s3:GET \/[^/?]+\/?\?versions/, "s3:ListBucketVersions"],
  [/^s3:POST \/[^/?]+\/?\?delete/, "s3:DeleteObject"],
  [/^s3:PUT \/[^/?]+\/?$/, "s3:CreateBucket"],
  [/^s3:DELETE \/[^/?]+\/?$/, "s3:DeleteBucket"],
  [/^s3:(HEAD \/[^/?]+\/?$|GET \/[^/?]+\/?(\?list-type|$))/, "s3:ListBucket"],
];

/** What IAM calls a bucket's settings, by what the query begins with. Who may put one may also take it away. */
const BUCKET_SETTINGS: Readonly<Record<string, string>> = {
  accelerate: "AccelerateConfiguration",
  acl: "BucketAcl",
  cors: "BucketCORS",
  encryption: "EncryptionConfiguration",
  lifecycle: "LifecycleConfiguration",
  logging: "BucketLogging",
  "object-lock": "BucketObjectLockConfiguration",
  ownershipControls: "BucketOwnershipControls",
  policy: "BucketPolicy",
  publicAccessBlock: "BucketPublicAccessBlock",
  replication: "ReplicationConfiguration",
  requestPayment: "BucketRequestPayment",
  tagging: "BucketTagging",
  versioning: "BucketVersioning",
  website: "BucketWebsite",
};

/** @param request such as `s3:GET /bucket?tagging` */
export function restActionOf(request: string): string | undefined {
  const found = REST_ACTIONS.find(([pattern]) => pattern.test(request))?.[1];
  const [, method, query = ""] = /^s3:(\w+) \/[^/?]+\/?\?([\w-]+)/.exec(request) ?? [];
  const setting = BUCKET_SETTINGS[query];
  return found ?? (setting && `s3:${method === "GET" ? "Get" : "Put"}${setting}`);
}

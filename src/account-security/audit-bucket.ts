// The bucket for the files of CloudTrail and AWS Config: what an intruder would want to read, change or delete first.

import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import type { IResolvable, ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { policyDocument } from "../iam/policy-document";
import { auditBucket, auditBucketTag, auditLogsBucket } from "../model/names/buckets";
import { PrivateBucket, UNFINISHED_UPLOAD_DAYS } from "../storage/private-bucket";
import { ServerAccessLogs } from "../storage/server-access-logs";

/** Days in which a file that was deleted or overwritten can be brought back. */
const OLD_VERSION_DAYS = 90;

/** A service of AWS that writes to the bucket, on behalf of this account alone. */
export interface AuditWriter {
  /** In letters and digits, for the policy's statements. */
  readonly name: string;
  /** Such as `cloudtrail.amazonaws.com`. */
  readonly service: string;
  /** Which files within `AWSLogs/<account id>` are its own, such as `Config/*`. */
  readonly files: string;
  /** What the service may do to the bucket itself, to find out whether it may write. */
  readonly bucketActions: readonly string[];
  /** The only thing that the service may act for: a global condition key, and its value. */
  readonly onlyFor: {
    readonly variable: "aws:SourceArn" | "aws:SourceAccount";
    readonly value: string;
  };
}

export interface AuditBucketProps {
  /** Base of the buckets' names. */
  readonly base: string;
  /** The account's number. */
  readonly accountId: string;
  readonly writers: readonly AuditWriter[];
  /** Days that files are kept. */
  readonly retentionDays: number;
  /** Whether destroying the bucket fails while there are files in it. */
  readonly deletionProtection: boolean | IResolvable;
  /**
   * What must outlive the bucket: the key that its files are encrypted with.
   *
   * @default - nothing
   */
  readonly dependsOn?: readonly ITerraformDependable[] | undefined;
}

/** A private, versioned bucket that only the given services write to, and a second one with a line for every request. */
export class AuditBucket extends Construct {
  /** The bucket's name. Whoever refers to it waits until the services may write. */
  readonly bucketName: string;

  constructor(scope: Construct, id: string, props: AuditBucketProps) {
    super(scope, id);
    const { base, accountId, writers, retentionDays, deletionProtection, dependsOn } = props;
    const tag = auditBucketTag(base);
    const bucket = new PrivateBucket(this, "bucket", {
      resourceName: "audit",
      name: auditBucket(base, accountId),
      tag,
      deletionProtection,
      dependsOn,
    });
    const versioning = new S3BucketVersioningA(this, "versioning:audit", {
      bucket: bucket.id,
      versioningConfiguration: { status: "Enabled" },
    });
    new S3BucketLifecycleConfiguration(this, "lifecycle:audit", {
      // The bucket's own name: scanners take a bucket without a direct reference for one without a lifecycle.
      bucket: bucket.id,
      dependsOn: [versioning],
      rule: [
        {
          id: "expire-audit-files",
          status: "Enabled",
          filter: [{ prefix: "" }],
          expiration: [{ days: retentionDays }],
          noncurrentVersionExpiration: [{ noncurrentDays: OLD_VERSION_DAYS }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: UNFINISHED_UPLOAD_DAYS }],
        },
      ],
    });
    new ServerAccessLogs(this, "access-logs", {
      source: bucket,
      name: auditLogsBucket(base, accountId),
      retentionDays,
      deletionProtection,
    });
    const policy = new S3BucketPolicy(this, "policy:audit", {
      bucket: bucket.id,
      policy: policyDocument([
        ...writers.flatMap(({ name, service, files, bucketActions, onlyFor }) => {
          const principal = { Service: service };
          const own = { [onlyFor.variable]: onlyFor.value };
          return [
            {
              sid: `${name}Check`,
              principal,
              actions: bucketActions,
              resources: [bucket.arn],
              conditions: { StringEquals: own },
            },
            {
              sid: `${name}Write`,
              principal,
              actions: ["s3:PutObject"],
              resources: [`${bucket.arn}/AWSLogs/${accountId}/${files}`],
              conditions: { StringEquals: { ...own, "s3:x-amz-acl": "bucket-owner-full-control" } },
            },
          ];
        }),
        bucket.denyInsecureTransport,
      ]),
    });
    // The policy's word for the bucket, not the bucket's own: both services try to write before they accept a bucket.
    this.bucketName = policy.bucket;
  }
}

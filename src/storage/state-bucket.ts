// The bucket for Terraform's state: the one bucket whose loss nobody could make good.
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Construct } from "constructs";
import { policyDocument } from "../iam/policy-document";
import { stateLogsBucket } from "../model/names/buckets";
import { PrivateBucket, UNFINISHED_UPLOAD_DAYS } from "./private-bucket";
import { ServerAccessLogs } from "./server-access-logs";

/** Days that a state stays restorable after it has been overwritten. */
const OLD_VERSION_DAYS = 90;

/** Old versions of each state that stay however old they are: a platform that rarely changes has them, too. */
const OLD_VERSIONS_KEPT = 20;

/** Days that it stays known who has read or written a state. */
const ACCESS_LOG_DAYS = 365;

export interface StateBucketProps {
  /** The bucket's name. */
  readonly name: string;
  /**
   * The KMS key that the states are encrypted with.
   *
   * @default - S3's own key
   */
  readonly kmsKeyId?: string | undefined;
  /** Whether Terraform refuses to destroy the bucket. Without, destroying it empties it, of old versions too. */
  readonly deletionProtection: boolean;
}

/**
 * An encrypted, versioned, private bucket, with a second one for its access logs. States are locked by S3 itself
 * (`use_lockfile`), so that no table is needed beside it.
 */
export class StateBucket extends Construct {
  readonly name: string;
  /** The name of the bucket with the access logs. */
  readonly accessLogsName: string;

  constructor(scope: Construct, id: string, { name, kmsKeyId, deletionProtection }: StateBucketProps) {
    super(scope, id);
    const bucket = new PrivateBucket(this, "state", {
      resourceName: "state",
      name,
      tag: name,
      kmsKeyId,
      deletionProtection,
      preventDestroy: deletionProtection,
    });
    const versioning = new S3BucketVersioningA(this, "versioning:state", {
      bucket: bucket.id,
      versioningConfiguration: { status: "Enabled" },
    });
    new S3BucketLifecycleConfiguration(this, "lifecycle:state", {
      // The bucket's own name: scanners take a bucket without a direct reference for one without a lifecycle.
      bucket: bucket.id,
      dependsOn: [versioning],
      rule: [
        {
          id: "expire-old-versions",
          status: "Enabled",
          filter: [{ prefix: "" }],
          noncurrentVersionExpiration: [
            { noncurrentDays: OLD_VERSION_DAYS, newerNoncurrentVersions: OLD_VERSIONS_KEPT },
          ],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: UNFINISHED_UPLOAD_DAYS }],
        },
      ],
    });
    new S3BucketPolicy(this, "policy:state", {
      bucket: bucket.id,
      policy: policyDocument([bucket.denyInsecureTransport]),
    });
    const accessLogsName = stateLogsBucket(name);
    new ServerAccessLogs(this, "access-logs", {
      source: bucket,
      name: accessLogsName,
      retentionDays: ACCESS_LOG_DAYS,
      deletionProtection,
    });
    this.name = name;
    this.accessLogsName = accessLogsName;
  }
}

// Where the load balancer leaves a line for every request: the first thing to read after an incident.
import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { type IResolvable, Op } from "cdktf";
import { Construct } from "constructs";

/** What Elastic Load Balancing's log files begin with: "Access logs for your Application Load Balancer". */
const LOG_PREFIX = "AWSLogs";

/** Days after which the parts of an upload that never finished are thrown away. */
const UNFINISHED_UPLOAD_DAYS = 7;

export interface AccessLogsBucketProps {
  /** The bucket is called `<prefix>-<account id>`, since bucket names are unique across all accounts. */
  readonly prefix: string;
  /** Days that access logs are kept. */
  readonly retentionDays: number;
  /** Whether destroying the bucket fails while there are logs in it. */
  readonly deletionProtection: boolean | IResolvable;
}

/**
 * A private bucket that only Elastic Load Balancing writes to, on behalf of this account.
 *
 * Encrypted with S3's own keys, the only ones that access logs support. Not versioned: each log is written once, under
 * a name of its own, and old versions would outlive the retention.
 */
export class AccessLogsBucket extends Construct {
  /** The bucket's name. Whoever refers to it waits until logs may be written. */
  readonly bucketName: string;

  constructor(scope: Construct, id: string, props: AccessLogsBucketProps) {
    super(scope, id);
    const { prefix, retentionDays, deletionProtection } = props;
    const account = new DataAwsCallerIdentity(this, "account");
    const name = `${prefix}-${account.accountId}`;
    const bucket = new S3Bucket(this, "bucket", {
      bucket: name,
      forceDestroy:
        typeof deletionProtection === "boolean" ? !deletionProtection : Op.not(deletionProtection),
      tags: { Name: prefix },
    });
    new S3BucketPublicAccessBlock(this, "public-access-block", {
      bucket: bucket.id,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketOwnershipControls(this, "ownership-controls", {
      bucket: bucket.id,
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
    new S3BucketServerSideEncryptionConfigurationA(this, "encryption", {
      bucket: bucket.id,
      rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
    });
    new S3BucketLifecycleConfiguration(this, "lifecycle", {
      bucket: bucket.id,
      rule: [
        {
          id: "expire-access-logs",
          status: "Enabled",
          filter: [{ prefix: `${LOG_PREFIX}/` }],
          expiration: [{ days: retentionDays }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: UNFINISHED_UPLOAD_DAYS }],
        },
      ],
    });
    // Spelled out from what is known before the bucket stands, so that a plan shows the whole policy.
    const bucketArn = `arn:aws:s3:::${name}`;
    const document = new DataAwsIamPolicyDocument(this, "policy-document", {
      statement: [
        {
          sid: "WriteAccessLogs",
          actions: ["s3:PutObject"],
          resources: [`${bucketArn}/${LOG_PREFIX}/${account.accountId}/*`],
          principals: [{ type: "Service", identifiers: ["logdelivery.elasticloadbalancing.amazonaws.com"] }],
        },
        {
          sid: "DenyInsecureTransport",
          effect: "Deny",
          actions: ["s3:*"],
          resources: [bucketArn, `${bucketArn}/*`],
          principals: [{ type: "*", identifiers: ["*"] }],
          condition: [{ test: "Bool", variable: "aws:SecureTransport", values: ["false"] }],
        },
      ],
    });
    const policy = new S3BucketPolicy(this, "policy", { bucket: bucket.id, policy: document.json });
    // The policy's word for the bucket, not the bucket's own: a load balancer that logs here is refused without it.
    this.bucketName = policy.bucket;
  }
}

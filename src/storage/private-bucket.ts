// A private bucket, encrypted and reached over TLS only: what every bucket of the platform has in common.
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import type { S3BucketLifecycleConfigurationRule } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { type IResolvable, type ITerraformDependable, Op } from "cdktf";
import { Construct } from "constructs";
import type { Statement } from "../iam/document";
import { denyPlainHttp } from "../iam/statements";

/** Days after which the parts of an upload that never finished are thrown away. */
export const UNFINISHED_UPLOAD_DAYS = 7;

/** Throws away the parts of uploads that never finished, wherever in a bucket they are: they cost, and no listing shows them. */
export const ABORT_UNFINISHED_UPLOADS: S3BucketLifecycleConfigurationRule = {
  id: "abort-unfinished-uploads",
  status: "Enabled",
  filter: [{ prefix: "" }],
  abortIncompleteMultipartUpload: [{ daysAfterInitiation: UNFINISHED_UPLOAD_DAYS }],
};

export interface PrivateBucketProps {
  /**
   * What the bucket and its settings are called in Terraform, such as `access-logs`.
   *
   * @default - the construct's own id
   */
  readonly resourceName?: string;
  /** The bucket's name, unique across all AWS accounts. */
  readonly name: string;
  /** Its Name tag. */
  readonly tag: string;
  /** Whether destroying the bucket fails while something is in it. */
  readonly deletionProtection: boolean | IResolvable;
  /**
   * Whether Terraform refuses every plan that would destroy the bucket, be it empty or not.
   *
   * @default false
   */
  readonly preventDestroy?: boolean | undefined;
  /**
   * The KMS key that objects are encrypted with: an ID, an ARN or an alias.
   *
   * @default - S3's own keys
   */
  readonly kmsKeyId?: string | undefined;
  /**
   * What must outlive the bucket: a key that lies with Terraform, say, without which nobody could read what is in it.
   *
   * @default - nothing
   */
  readonly dependsOn?: readonly ITerraformDependable[] | undefined;
}

/** A bucket without public access or ACLs, encrypted. */
export class PrivateBucket extends Construct {
  /** The bucket's name, once it stands. */
  readonly id: string;
  /** Spelled out from what is known before the bucket stands, so that a plan shows policies whole. */
  readonly arn: string;
  /** For the bucket's policy: refuses every call that does not come over TLS. */
  readonly denyInsecureTransport: Statement;

  constructor(scope: Construct, id: string, props: PrivateBucketProps) {
    super(scope, id);
    const { resourceName = id, name, tag, deletionProtection, preventDestroy, kmsKeyId, dependsOn } = props;
    const bucket = new S3Bucket(this, `bucket:${resourceName}`, {
      bucket: name,
      forceDestroy:
        typeof deletionProtection === "boolean" ? !deletionProtection : Op.not(deletionProtection),
      tags: { Name: tag },
      ...(preventDestroy && { lifecycle: { preventDestroy } }),
      ...(dependsOn && { dependsOn: [...dependsOn] }),
    });
    new S3BucketPublicAccessBlock(this, `public-access-block:${resourceName}`, {
      bucket: bucket.id,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketOwnershipControls(this, `ownership-controls:${resourceName}`, {
      bucket: bucket.id,
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
    new S3BucketServerSideEncryptionConfigurationA(this, `encryption:${resourceName}`, {
      bucket: bucket.id,
      rule: [
        kmsKeyId === undefined
          ? { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }
          : {
              applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: kmsKeyId },
              // One call to KMS for many objects: "Reducing the cost of SSE-KMS with Amazon S3 Bucket Keys".
              bucketKeyEnabled: true,
            },
      ],
    });
    this.id = bucket.id;
    this.arn = `arn:aws:s3:::${name}`;
    const everything = [this.arn, `${this.arn}/*`];
    this.denyInsecureTransport = denyPlainHttp("DenyInsecureTransport", "s3:*", everything);
  }
}
